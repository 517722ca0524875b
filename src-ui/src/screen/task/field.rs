//! The edits of a part that are more than one field: a status and its day.

use terms::{
    Date, Edit, Period, TaskId, WorkStatus,
    rows::{Authored, ProgressRow},
};

/// The edit of a status chosen: done goes with the day that stands there, or with today.
pub fn status_edit(
    status: Option<WorkStatus>,
    part: &ProgressRow,
    (task, period): (TaskId, Period),
    today: Option<Date>,
) -> Edit {
    let day = part.done_on.agreed().copied().or(today);
    let done_on = day.filter(|_| status == Some(WorkStatus::Done));
    Edit::status(task, period, status, done_on)
}

/// The edit that makes one of several statuses the only one, with the day set in the same breath.
pub fn status_choice(
    authored: &Authored<WorkStatus>,
    part: &ProgressRow,
    (task, period): (TaskId, Period),
    today: Option<Date>,
) -> Edit {
    let with_it = part
        .done_on
        .values
        .iter()
        .find(|day| day.change == authored.change);
    let any = || part.done_on.values.iter().find_map(|day| day.value);
    let day = with_it.and_then(|day| day.value).or_else(any).or(today);
    let done_on = day.filter(|_| authored.value == Some(WorkStatus::Done));
    Edit::status(task, period, authored.value, done_on)
}

/// The edit of a day of completion typed.
pub fn day_edit(text: &str, (task, period): (TaskId, Period)) -> Result<Edit, String> {
    let day = Date::parse_vi(text).map_err(|error| error.to_string())?;
    Ok(Edit::status(
        task,
        period,
        Some(WorkStatus::Done),
        Some(day),
    ))
}

/// The edit that makes one of several days the only one.
pub fn day_choice(
    authored: &Authored<Date>,
    part: &ProgressRow,
    (task, period): (TaskId, Period),
) -> Edit {
    let status = match authored.value {
        Some(_) => Some(WorkStatus::Done),
        None => part.status.agreed().copied(),
    };
    Edit::status(task, period, status, authored.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_typed_is_a_day_of_completion() {
        let about = || ("nv-1".parse().unwrap(), "2019-q3".parse().unwrap());
        let (task, period) = about();
        let day = Date::new(2019, 9, 5);
        let done = Edit::status(task, period, Some(WorkStatus::Done), day);
        assert_eq!(day_edit("5/9/2019", about()), Ok(done));
        assert!(day_edit("31/02/2019", about()).is_err());
        assert!(day_edit("", about()).is_err());
    }
}
