//! What they say as the edits that write it.

use anyhow::{Context, anyhow};
use terms::{
    Date, Decimal, Edit, Field, Period, PeriodKind, Record, TaskId, Timestamp, Value, WorkStatus,
};

use super::words::{Done, Milestone, Obstacle, OfTarget, OfTask, Said};

const YEAR: u16 = 2019;
/// Reports are written in the afternoon, Vietnam's time.
const AFTERNOON: i64 = 15 * 60 * 60;

/// All edits, those of an earlier period first.
pub(super) fn of(said: &Said) -> anyhow::Result<Vec<(Period, Edit)>> {
    let mut edits = Vec::new();
    for task in &said.task {
        of_task(task, &mut edits)?;
    }
    for target in &said.target {
        of_target(target, &mut edits)?;
    }
    edits.sort_by_key(|(period, _)| *period);
    Ok(edits)
}

/// When a period's report is written: a few days before its deadline.
pub(super) fn written_at(period: Period) -> anyhow::Result<Timestamp> {
    let (month, day) = match period.kind {
        PeriodKind::Q1 => (3, 12),
        PeriodKind::Q2 => (6, 12),
        _ => (9, 9),
    };
    let day = Date::new(2019, month, day).context("no such day")?;
    let epoch = Timestamp::default().date();
    // The day begins in Vietnam seven hours before it does at Greenwich.
    Ok(Timestamp(
        epoch.days_until(day) * 24 * 60 * 60 + AFTERNOON - 7 * 60 * 60,
    ))
}

fn of_task(said: &OfTask, edits: &mut Vec<(Period, Edit)>) -> anyhow::Result<()> {
    let task = &said.id;
    for (period, quarter) in quarters([&said.q1, &said.q2, &said.q3]) {
        let (percent, text) = quarter;
        let status = Some(WorkStatus::InProgress);
        let percent = Some(figure(&percent.to_string())?);
        edits.extend(
            [
                Edit::status(task.clone(), period, status, None),
                Edit::set(
                    Record::Progress(task.clone(), period),
                    Field::Percent,
                    percent.map(Value::Figure),
                ),
                Edit::text(
                    Record::Progress(task.clone(), period),
                    Field::Narrative,
                    text.clone(),
                ),
            ]
            .map(|edit| (period, edit)),
        );
    }
    edits.extend(said.done.iter().flat_map(|done| finished(task, done)));
    if let Some(obstacle) = &said.obstacle {
        edits.push(met(task, obstacle)?);
    }
    if let Some(milestone) = &said.milestone {
        edits.push(set(task, milestone)?);
    }
    Ok(())
}

fn finished(task: &TaskId, done: &Done) -> [(Period, Edit); 2] {
    let Done { period, on, text } = done;
    let status = Edit::status(task.clone(), *period, Some(WorkStatus::Done), Some(*on));
    let narrative = Edit::text(
        Record::Progress(task.clone(), *period),
        Field::Narrative,
        text.clone(),
    );
    [(*period, status), (*period, narrative)]
}

fn met(task: &TaskId, obstacle: &Obstacle) -> anyhow::Result<(Period, Edit)> {
    let edit = Edit::obstacle(
        format!("vm-{task}").parse()?,
        task.clone(),
        obstacle.period,
        obstacle.text.clone(),
        obstacle.waits_for.clone(),
    );
    Ok((obstacle.period, edit))
}

fn set(task: &TaskId, milestone: &Milestone) -> anyhow::Result<(Period, Edit)> {
    let edit = Edit::milestone(
        format!("moc-{task}").parse()?,
        task.clone(),
        milestone.title.clone(),
        milestone.due,
        milestone.source.clone(),
    );
    Ok((milestone.period, edit))
}

fn of_target(said: &OfTarget, edits: &mut Vec<(Period, Edit)>) -> anyhow::Result<()> {
    let mut set = |period, field, text: &str| {
        let (target, value) = (said.id.clone(), Some(figure(text)?));
        edits.push((
            period,
            Edit::set(
                Record::Values(target, period),
                field,
                value.map(Value::Figure),
            ),
        ));
        anyhow::Ok(())
    };
    for (period, text) in quarters([&said.q1, &said.q2, &said.q3]) {
        set(period, Field::Actual, text)?;
    }
    let third = Period {
        year: YEAR,
        kind: PeriodKind::Q3,
    };
    let others = [
        (Field::Estimate, &said.estimate),
        (Field::SamePeriod, &said.same),
    ];
    for (field, text) in others {
        if let Some(text) = text {
            set(third, field, text)?;
        }
    }
    Ok(())
}

fn quarters<T>(said: [&Option<T>; 3]) -> impl Iterator<Item = (Period, &T)> {
    let kinds = [PeriodKind::Q1, PeriodKind::Q2, PeriodKind::Q3];
    let periods = kinds.map(|kind| Period { year: YEAR, kind });
    periods
        .into_iter()
        .zip(said)
        .filter_map(|(period, said)| Some((period, said.as_ref()?)))
}

fn figure(text: &str) -> anyhow::Result<Decimal> {
    Decimal::parse_vi(text).map_err(|error| anyhow!("«{text}»: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_said_can_be_written() {
        for (agency, said) in super::super::words::all().unwrap() {
            let edits = of(&said).unwrap_or_else(|error| panic!("{agency}: {error:#}"));
            assert!(edits.is_sorted_by_key(|(period, _)| *period), "{agency}");
            assert!(!edits.is_empty(), "{agency}");
        }
    }

    #[test]
    fn a_report_is_written_before_its_deadline() {
        let third = Period {
            year: 2019,
            kind: PeriodKind::Q3,
        };
        let at = written_at(third).unwrap();
        assert_eq!(
            (at.date(), at.format_time().as_str()),
            (Date::new(2019, 9, 9).unwrap(), "15:00")
        );
    }
}
