//! What can be typed where: every edit of an agency's document.

use programme::Scalar;
use terms::{
    Date, Edit, Field, FieldPath, ItemId, MilestoneId, Record, Value, ValueMark, WorkStatus,
};

use crate::common::{office::id, period, task};

/// The fields that people look at and write; each is looked at for itself, an item and a
/// milestone as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    Status,
    Percent,
    Actual,
    Estimate,
    SamePeriod,
    Mark,
    Funding,
    Narrative,
    Solution,
    Note,
    Item,
    Milestone,
    Named,
    New,
}

pub const STATUS: &str = "progress/nv-1/2019-q3/status";
pub const DONE_ON: &str = "progress/nv-1/2019-q3/done_on";
pub const PERCENT: &str = "progress/nv-1/2019-q3/percent";
pub const NARRATIVE: &str = "progress/nv-1/2019-q3/narrative";
pub const SOLUTION: &str = "progress/nv-1/2019-q3/solution";
pub const FUNDING: &str = "progress/nv-1/2019-q3/funding";
pub const ACTUAL: &str = "values/ct-1/2019-q3/actual";
pub const ESTIMATE: &str = "values/ct-1/2019-q3/estimate";
pub const SAME_PERIOD: &str = "values/ct-1/2019-q3/same_period";
pub const MARK: &str = "values/ct-1/2019-q3/mark";
pub const NOTE: &str = "values/ct-1/2019-q3/note";
pub const ITEM_TEXT: &str = "items/kk-1/text";
pub const WAITS_FOR: &str = "items/kk-1/waits_for";
pub const RESOLVED: &str = "items/kk-1/resolved_on";
pub const REMOVED: &str = "items/kk-1/removed";
pub const REACHED: &str = "milestones/moc-1/done_on";
pub const TITLE: &str = "milestones/moc-1/title";
pub const DUE: &str = "milestones/moc-1/due";
pub const SOURCE: &str = "milestones/moc-1/source";
pub const STRUCK: &str = "milestones/moc-1/removed";
pub const NAMED: &str = "named/nv-1/so-khdt";

/// Single values.
pub const REGISTERS: [&str; 15] = [
    STATUS,
    DONE_ON,
    PERCENT,
    FUNDING,
    ACTUAL,
    ESTIMATE,
    SAME_PERIOD,
    MARK,
    WAITS_FOR,
    RESOLVED,
    REACHED,
    TITLE,
    DUE,
    SOURCE,
    NAMED,
];

/// What can be struck out, with the mark of it.
pub const STRIKES: [(Area, &str); 2] = [(Area::Item, REMOVED), (Area::Milestone, STRUCK)];

/// Texts that several people write.
pub const TEXTS: [&str; 4] = [NARRATIVE, SOLUTION, NOTE, ITEM_TEXT];

impl Area {
    pub const ALL: [Self; 14] = [
        Self::Status,
        Self::Percent,
        Self::Actual,
        Self::Estimate,
        Self::SamePeriod,
        Self::Mark,
        Self::Funding,
        Self::Narrative,
        Self::Solution,
        Self::Note,
        Self::Item,
        Self::Milestone,
        Self::Named,
        Self::New,
    ];

    /// The text among its fields.
    pub fn text(self) -> Option<&'static str> {
        match self {
            Self::Narrative => Some(NARRATIVE),
            Self::Solution => Some(SOLUTION),
            Self::Note => Some(NOTE),
            Self::Item => Some(ITEM_TEXT),
            _ => None,
        }
    }

    /// The fields that a person looks at with it.
    pub fn paths(self) -> &'static [&'static str] {
        match self {
            Self::Status => &[STATUS, DONE_ON],
            Self::Percent => &[PERCENT],
            Self::Actual => &[ACTUAL],
            Self::Estimate => &[ESTIMATE],
            Self::SamePeriod => &[SAME_PERIOD],
            Self::Mark => &[MARK],
            Self::Funding => &[FUNDING],
            Self::Narrative => &[NARRATIVE],
            Self::Solution => &[SOLUTION],
            Self::Note => &[NOTE],
            Self::Item => &[ITEM_TEXT, WAITS_FOR, RESOLVED, REMOVED],
            Self::Milestone => &[REACHED, TITLE, DUE, SOURCE, STRUCK],
            Self::Named => &[NAMED],
            Self::New => &[],
        }
    }
}

/// What somebody typed.
#[derive(Debug, Clone)]
pub struct Typed {
    pub edit: Edit,
    /// The single values that it sets.
    pub puts: Vec<(&'static str, Scalar)>,
    /// The text that it writes.
    pub text: Option<Retyped>,
    /// The text that it says reads well as merged.
    pub confirms: Option<&'static str>,
    /// The item, or the milestone's title, that it adds.
    pub adds: Option<(String, String)>,
}

/// A text retyped: sentences are single characters, each typed once and thrice over, so that no
/// diff can mistake one for another.
#[derive(Debug, Clone)]
pub struct Retyped {
    pub path: &'static str,
    pub added: Option<char>,
    pub struck: Option<char>,
    pub text: String,
}

/// What `way` of writing makes of an area that shows `shown`; `number` is never used twice.
pub fn typed(area: Area, way: u8, number: u32, shown: &str) -> Typed {
    match area {
        Area::Narrative | Area::Solution | Area::Note => text(area, way, number, shown),
        Area::Item => match way % 8 {
            0..=2 => strike(way / 8),
            3 => waits_for(way / 8),
            4 => resolved(way / 8),
            _ => text(area, way / 8, number, shown),
        },
        Area::Milestone => of_milestone(way),
        Area::New => new(way, number),
        Area::Status => status(way),
        _ => value(area, way),
    }
}

fn put(edit: Edit, path: &'static str, value: Option<impl ToString>) -> Typed {
    let value = value.map_or(Scalar::Null, |value| Scalar::Text(value.to_string()));
    puts(edit, vec![(path, value)])
}

fn puts(edit: Edit, puts: Vec<(&'static str, Scalar)>) -> Typed {
    Typed {
        edit,
        puts,
        text: None,
        confirms: None,
        adds: None,
    }
}

fn status(way: u8) -> Typed {
    let status = [
        None,
        Some(WorkStatus::NotStarted),
        Some(WorkStatus::InProgress),
    ];
    let status = status
        .get(usize::from(way % 5))
        .copied()
        .unwrap_or(Some(WorkStatus::Done));
    let done_on = day(way / 5).filter(|_| status == Some(WorkStatus::Done));
    let done_on = done_on.or((status == Some(WorkStatus::Done)).then(|| id("2019-08-01")));
    let edit = Edit::status(task(), period(), status, done_on);
    let text = |value: Option<String>| value.map_or(Scalar::Null, Scalar::Text);
    let code = text(status.map(|status| status.code().to_owned()));
    puts(
        edit,
        vec![
            (STATUS, code),
            (DONE_ON, text(done_on.map(|day| day.to_string()))),
        ],
    )
}

fn day(way: u8) -> Option<Date> {
    ["2019-09-01", "2019-09-02"]
        .get(usize::from(way % 3))
        .map(|day| id(day))
}

/// Few values, so that people often set the same; 2 and 2,0 are one.
fn value(area: Area, way: u8) -> Typed {
    let (task, period, target) = (task(), period(), id("ct-1"));
    let figure = ["1", "2", "2.0", "3"]
        .get(usize::from(way % 5))
        .map(|figure| id(figure));
    let set = |field, path| {
        let edit = Edit::set(
            Record::Values(id("ct-1"), period),
            field,
            figure.map(Value::Figure),
        );
        put(edit, path, figure)
    };
    match area {
        Area::Actual => set(Field::Actual, ACTUAL),
        Area::Estimate => set(Field::Estimate, ESTIMATE),
        Area::SamePeriod => set(Field::SamePeriod, SAME_PERIOD),
        Area::Mark => {
            let marks = [
                (ValueMark::NotOccurred, "not-occurred"),
                (ValueMark::NotCollected, "not-collected"),
                (ValueMark::YearlyOnly, "yearly-only"),
            ];
            let chosen = marks.get(usize::from(way % 4));
            let mark = chosen.map(|(mark, _)| *mark);
            let edit = Edit::set(
                Record::Values(target, period),
                Field::Mark,
                mark.map(Value::Mark),
            );
            put(edit, MARK, chosen.map(|(_, code)| code))
        }
        Area::Funding => {
            let money = ["Ngân sách tỉnh", "Vốn vay", ""][usize::from(way % 3)];
            let edit = Edit::text(Record::Progress(task, period), Field::Funding, money);
            put(edit, FUNDING, Some(money))
        }
        Area::Named => {
            let (agency, named) = (id("so-khdt"), way.is_multiple_of(2));
            let edit = Edit::supporter(task, agency, named);
            puts(edit, vec![(NAMED, Scalar::Bool(named))])
        }
        _ => {
            let percent = figure;
            let edit = Edit::set(
                Record::Progress(task, period),
                Field::Percent,
                percent.map(Value::Figure),
            );
            put(edit, PERCENT, percent)
        }
    }
}

/// The obstacle that is there before anybody begins.
pub fn the_obstacle() -> Typed {
    let text = "Thiếu vốn".to_owned();
    let edit = Edit::obstacle(item(), task(), period(), text.clone(), None);
    let text = Retyped {
        path: ITEM_TEXT,
        added: None,
        struck: None,
        text,
    };
    Typed {
        text: Some(text),
        ..puts(edit, Vec::new())
    }
}

fn item() -> ItemId {
    id("kk-1")
}

pub fn milestone() -> MilestoneId {
    id("moc-1")
}

/// The milestone that is there before anybody begins.
pub fn the_milestone() -> Typed {
    let (title, source) = ("Nghiệm thu".to_owned(), String::new());
    let text = |text: &str| Scalar::Text(text.to_owned());
    let written = vec![
        (TITLE, text(&title)),
        (DUE, text("2019-10-01")),
        (SOURCE, text(&source)),
    ];
    let edit = Edit::milestone(milestone(), task(), title, id("2019-10-01"), source);
    puts(edit, written)
}

fn of_milestone(way: u8) -> Typed {
    let (id, choice) = (milestone(), way / 8);
    let word = ["Nghiệm thu", "Bàn giao", "Khởi công"][usize::from(choice % 3)].to_owned();
    match way % 8 {
        0..=2 => {
            let removed = !choice.is_multiple_of(3);
            let edit = Edit::set(
                Record::Milestone(id),
                Field::MilestoneRemoved,
                Some(Value::Flag(removed)),
            );
            puts(edit, vec![(STRUCK, Scalar::Bool(removed))])
        }
        3 => {
            let title = word.clone();
            put(
                Edit::text(Record::Milestone(id), Field::MilestoneTitle, title),
                TITLE,
                Some(word),
            )
        }
        4 => {
            let due = day(choice % 2).unwrap();
            put(
                Edit::set(
                    Record::Milestone(id),
                    Field::MilestoneDue,
                    Some(Value::Day(due)),
                ),
                DUE,
                Some(due),
            )
        }
        5 => {
            let source = word.clone();
            put(
                Edit::text(Record::Milestone(id), Field::MilestoneSource, source),
                SOURCE,
                Some(word),
            )
        }
        _ => {
            let done_on = day(choice);
            put(
                Edit::set(
                    Record::Milestone(id),
                    Field::MilestoneDone,
                    done_on.map(Value::Day),
                ),
                REACHED,
                done_on,
            )
        }
    }
}

fn strike(way: u8) -> Typed {
    let (id, removed) = (item(), !way.is_multiple_of(3));
    let edit = Edit::set(
        Record::Item(id),
        Field::ItemRemoved,
        Some(Value::Flag(removed)),
    );
    puts(edit, vec![(REMOVED, Scalar::Bool(removed))])
}

fn waits_for(way: u8) -> Typed {
    let agency = ["so-khdt", "so-y-te"].get(usize::from(way % 3));
    let waits_for = agency.map(|agency| id(agency));
    put(
        Edit::set(
            Record::Item(item()),
            Field::WaitsFor,
            waits_for.map(Value::Agency),
        ),
        WAITS_FOR,
        agency,
    )
}

fn resolved(way: u8) -> Typed {
    let (id, resolved_on) = (item(), day(way));
    put(
        Edit::set(
            Record::Item(id),
            Field::ResolvedOn,
            resolved_on.map(Value::Day),
        ),
        RESOLVED,
        resolved_on,
    )
}

fn text(area: Area, way: u8, number: u32, shown: &str) -> Typed {
    let path = area.text().unwrap();
    let at = || FieldPath::parse(path).unwrap();
    let make = |text: String| at().set(Some(Value::Text(text)));
    if way.is_multiple_of(5) {
        // Read again: by its own edit, or by writing the text as it stands.
        let edit = if way.is_multiple_of(2) {
            make(shown.to_owned())
        } else {
            at().confirm()
        };
        let confirms = Some(path);
        return Typed {
            confirms,
            ..puts(edit, Vec::new())
        };
    }
    let retyped = retyped(path, shown, way, number);
    let edit = make(retyped.text.clone());
    Typed {
        text: Some(retyped),
        ..puts(edit, Vec::new())
    }
}

fn retyped(path: &'static str, text: &str, way: u8, number: u32) -> Retyped {
    let sentence = char::from_u32(0x4E00 + number).unwrap();
    let new = sentence.to_string().repeat(3);
    let old = text.chars().rfind(|c| ('\u{4E00}'..'\u{9FFF}').contains(c));
    let (text, added, struck) = match (way % 4, old) {
        (0, Some(old)) => (text.replace(old, ""), None, Some(old)),
        (1, _) => (format!("{new}{text}"), Some(sentence), None),
        (2, Some(old)) => (
            format!("{}{new}", text.replace(old, "")),
            Some(sentence),
            Some(old),
        ),
        _ => (format!("{text}{new}"), Some(sentence), None),
    };
    Retyped {
        path,
        added,
        struck,
        text,
    }
}

fn new(way: u8, number: u32) -> Typed {
    let (task, period) = (task(), period());
    let text = format!("Mục số {number}");
    let name = format!("moi-{number}");
    let item = || id::<ItemId>(&name);
    let edit = match way % 4 {
        0 => Edit::obstacle(item(), task, period, text.clone(), None),
        1 => Edit::proposal(item(), Some(task), period, text.clone()),
        2 => Edit::comment(item(), task, text.clone()),
        _ => Edit::milestone(
            id(&name),
            task,
            text.clone(),
            id("2019-10-01"),
            String::new(),
        ),
    };
    Typed {
        adds: Some((name, text)),
        ..puts(edit, Vec::new())
    }
}
