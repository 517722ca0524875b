//! What a path of a document says of the field that stands there.

use terms::{Field, FieldPath};

/// The text that is confirmed by writing at a path.
pub(crate) fn confirmed(path: &str) -> Option<String> {
    let at = FieldPath::parse(path).filter(|at| at.read)?;
    Some(at.record.path(at.field))
}

/// Whether a figure stands at a path: its values are compared as numbers.
pub(crate) fn is_figure(path: &str) -> bool {
    FieldPath::parse(path).is_some_and(|at| !at.read && at.field.declaration().value.is_number())
}

/// Whether the mark «gạch bỏ» of an item or a milestone stands at a path.
pub(crate) fn is_strike(path: &str) -> bool {
    strike_of(path).is_some_and(|strike| strike == path)
}

/// The path of the mark «gạch bỏ» that a write at `path` contradicts: whoever writes in an item or
/// a milestone says that it lives. Reading its text again does not.
pub(crate) fn contradicted(path: &str) -> Option<String> {
    let strike = strike_of(path)?;
    let read = FieldPath::parse(path).is_some_and(|at| at.read);
    (strike != path && !read).then_some(strike)
}

/// The path of the mark «gạch bỏ» beside a path. A field of a newer version has it beside it too.
fn strike_of(path: &str) -> Option<String> {
    let (record, _) = path.rsplit_once('/')?;
    let removed = match record.split_once('/')?.0 {
        "items" => Field::ItemRemoved,
        "milestones" => Field::MilestoneRemoved,
        _ => return None,
    };
    Some(format!("{record}/{}", removed.key()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_in_an_item_contradicts_its_strike_and_reading_it_does_not() {
        let strike = Some("items/vm-1/removed".to_owned());
        let table = [
            ("items/vm-1/text", strike.clone()),
            ("items/vm-1/of-a-newer-version", strike),
            ("items/vm-1/removed", None),
            ("items/vm-1/read", None),
            (
                "milestones/m-1/due",
                Some("milestones/m-1/removed".to_owned()),
            ),
            ("progress/nv-1/2019-q3/status", None),
            ("items", None),
        ];
        for (path, contradicts) in table {
            assert_eq!(contradicted(path), contradicts, "{path}");
        }
        assert!(is_strike("items/vm-1/removed"));
        assert!(!is_strike("items/vm-1/text"));
        assert!(!is_strike("removed"));
    }

    #[test]
    fn each_merged_text_is_confirmed_beside_it() {
        let cell = "progress/nv-1/2019-q3";
        for (read, text) in [("read", "narrative"), ("solution_read", "solution")] {
            let text = format!("{cell}/{text}");
            assert_eq!(confirmed(&format!("{cell}/{read}")), Some(text));
        }
        assert_eq!(confirmed("progress/nv-1/2019-q3/narrative"), None);
    }
}
