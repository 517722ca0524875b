//! What the fields of a part show and what their edits are: plain functions.

use terms::{
    Date, Decimal, Edit, Period, SaveState, TaskId, Timestamp, WorkStatus,
    rows::{Field, PartRow, Said, TextField},
};

use crate::catalogue::words;

/// How safe a field is: as its least safe value.
pub fn saved<T>(field: &Field<T>) -> Option<(SaveState, Timestamp)> {
    field.saved()
}

/// The same of a text.
pub fn text_saved(field: &TextField) -> Option<(SaveState, Timestamp)> {
    field.saved()
}

/// The period that a part's rows are of, as its paths say: `progress/<task>/<period>/narrative`.
pub fn period_of(path: &str) -> Option<Period> {
    path.split('/').nth(2)?.parse().ok()
}

/// The edit of a status chosen: done goes with the day that stands there, or with today.
pub fn status_edit(
    code: &str,
    part: &PartRow,
    task: TaskId,
    period: Period,
    today: Option<Date>,
) -> Edit {
    let status = WorkStatus::from_code(code);
    let day = part.done_on.agreed().copied().or(today);
    let done_on = day.filter(|_| status == Some(WorkStatus::Done));
    Edit::SetStatus {
        task,
        period,
        status,
        done_on,
    }
}

/// The edit that makes one of several statuses the only one, with the day set in the same breath.
pub fn status_choice(
    said: &Said<WorkStatus>,
    part: &PartRow,
    task: TaskId,
    period: Period,
    today: Option<Date>,
) -> Edit {
    let with_it = part
        .done_on
        .values
        .iter()
        .find(|day| day.change == said.change);
    let any = || part.done_on.values.iter().find_map(|day| day.value);
    let day = with_it.and_then(|day| day.value).or_else(any).or(today);
    let done_on = day.filter(|_| said.value == Some(WorkStatus::Done));
    Edit::SetStatus {
        task,
        period,
        status: said.value,
        done_on,
    }
}

/// The edit of a day of completion typed.
pub fn day_edit(text: &str, task: TaskId, period: Period) -> Result<Edit, String> {
    let day = Date::parse_vi(text).map_err(|error| error.to_string())?;
    Ok(Edit::SetStatus {
        task,
        period,
        status: Some(WorkStatus::Done),
        done_on: Some(day),
    })
}

/// The edit of a percentage typed; nothing typed clears.
pub fn percent_edit(text: &str, task: TaskId, period: Period) -> Result<Edit, String> {
    let text = text.trim().trim_end_matches('%').trim_end();
    if text.is_empty() {
        return Ok(Edit::SetPercent {
            task,
            period,
            percent: None,
        });
    }
    let percent = Decimal::parse_vi(text).map_err(|error| error.to_string())?;
    if percent.is_negative() || percent > Decimal::from(100) {
        return Err(words().field.percent_range.to_owned());
    }
    Ok(Edit::SetPercent {
        task,
        period,
        percent: Some(percent),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task() -> TaskId {
        "nv-1".parse().unwrap()
    }

    fn period() -> Period {
        period_of("progress/nv-1/2019-q3/narrative").unwrap()
    }

    #[test]
    fn a_path_without_a_period_has_none() {
        assert_eq!(period().to_string(), "2019-q3");
        assert_eq!(period_of("items/ob-1/text"), None);
        assert_eq!(period_of(""), None);
    }

    #[test]
    fn a_percentage_is_from_nought_to_a_hundred_or_nothing() {
        let percent = |text: &str| match percent_edit(text, task(), period()) {
            Ok(Edit::SetPercent { percent, .. }) => Ok(percent.map(|p| p.to_string())),
            _ => Err(()),
        };
        let is = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(percent(" 60 % "), is("60"));
        assert_eq!(percent("60,5"), is("60.5"));
        assert_eq!(percent("  "), Ok(None));
        for bad in ["140", "-1", "60.5", "12a", "%x"] {
            assert_eq!(percent(bad), Err(()), "{bad}");
        }
    }

    #[test]
    fn a_day_typed_is_a_day_of_completion() {
        let day = Date::new(2019, 9, 5);
        assert_eq!(
            day_edit("5/9/2019", task(), period()),
            Ok(Edit::SetStatus {
                task: task(),
                period: period(),
                status: Some(WorkStatus::Done),
                done_on: day
            })
        );
        assert!(day_edit("31/02/2019", task(), period()).is_err());
        assert!(day_edit("", task(), period()).is_err());
    }
}
