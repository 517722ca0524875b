//! Looking: status, lists, one task, search.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use programme::views;
use replica::{ConnectionStatus, Hit, Replica, Status};
use serde::Serialize;
use serde_json::json;
use terms::{
    Date, Field, Period, TaskId, Timestamp,
    rows::{Bucket, ProgressRow, TaskDetails, TaskRow, WorkRow},
};

/// What is known about saving and sending.
pub(crate) fn status(replica: &Replica, as_json: bool) -> Result<String> {
    let Status {
        drafts,
        pending,
        quarantined,
        connection,
        synced_at,
    } = replica.status();
    let me = replica.enrolment();
    let connection = match connection {
        ConnectionStatus::Offline => "ngoại tuyến".to_owned(),
        ConnectionStatus::CatchingUp => "đang nhận".to_owned(),
        ConnectionStatus::Live => "trực tuyến".to_owned(),
        ConnectionStatus::Refused(message) => message,
    };
    let synced = synced_at.map(Timestamp::format_day_time);
    if as_json {
        return json_text(&json!({
            "person": me.name, "agency": me.agency, "drafts": drafts, "pending": pending,
            "quarantined": quarantined, "connection": connection, "synced_at": synced_at,
        }));
    }
    Ok(format!(
        "{} · {}\ngõ dở {drafts} · chờ gửi {pending} · bị từ chối {quarantined} · {connection}\n\
         lần cuối lên tỉnh: {}\n",
        me.name,
        me.agency_name,
        synced.as_deref().unwrap_or("chưa")
    ))
}

/// The agency's tasks in a period.
pub(crate) fn list(
    replica: &Replica,
    period: Period,
    not_updated: bool,
    today: Date,
    as_json: bool,
) -> Result<String> {
    let viewer = replica.viewer();
    let rows =
        replica.read(|model, _| views::my_work(model, &viewer, period, today, &BTreeMap::new()));
    let wanted = |row: &WorkRow| !not_updated || row.bucket != Bucket::Updated;
    let rows: Vec<WorkRow> = rows
        .into_iter()
        .map(|(_, row)| row)
        .filter(wanted)
        .collect();
    if as_json {
        return json_text(&rows);
    }
    let lines: String = rows.iter().map(list_line).collect();
    Ok(format!("{lines}{} nhiệm vụ\n", rows.len()))
}

fn list_line(row: &WorkRow) -> String {
    let percent = row
        .percent
        .map(|p| format!("{} %", p.format_vi()))
        .unwrap_or_default();
    format!(
        "{}\t{}\t{}\t{}\t{percent}\n",
        row.task,
        row.clause,
        row.title,
        row.official.words()
    )
}

/// One task: what the programme says and what each agency says.
pub(crate) fn task(
    replica: &Replica,
    task: &TaskId,
    period: Period,
    today: Date,
    as_json: bool,
) -> Result<String> {
    let viewer = replica.viewer();
    let rows = replica.read(|model, _| views::task(model, &viewer, task, period, today));
    if rows.is_empty() {
        bail!("chương trình không có nhiệm vụ «{task}»; xem `tiendo list` hoặc `tiendo search`");
    }
    let rows: Vec<TaskRow> = rows.into_iter().map(|(_, row)| row).collect();
    if as_json {
        return json_text(&rows);
    }
    Ok(rows.iter().map(task_line).collect())
}

fn task_line(row: &TaskRow) -> String {
    match row {
        TaskRow::Details(head) => head_lines(head),
        TaskRow::Progress(part) => part_lines(part),
        TaskRow::Milestone(row) => format!("  mốc {}: {}\n", row.due.format_screen(), row.title),
        TaskRow::Item(row) => format!("  {}: {}\n", row.agency.short, row.text.text),
        TaskRow::Target { name, goal, .. } => format!("  chỉ tiêu {name}: {goal}\n"),
    }
}

/// What the words lead to.
pub(crate) fn search(replica: &Replica, words: &str, as_json: bool) -> Result<String> {
    let hits = replica.search(words)?;
    let lines: Vec<String> = replica.read(|model, _| {
        let line = |hit: &Hit| match hit {
            Hit::Task(task) => {
                let (clause, title) = views::task_name(model, task).unwrap_or_default();
                format!("{task}\t{clause}\t{title}\n")
            }
            Hit::Target(id) => {
                format!(
                    "{id}\t{}\n",
                    views::target_name(model, id).unwrap_or_default()
                )
            }
            Hit::Agency(id) => format!("{id}\t{}\n", views::agency_name(model, id)),
            Hit::Text {
                doc, path, excerpt, ..
            } => format!("{doc}#{path}\t{excerpt}\n"),
        };
        hits.iter().map(line).collect()
    });
    if as_json {
        return json_text(&lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>());
    }
    Ok(lines.concat())
}

fn head_lines(head: &TaskDetails) -> String {
    let (official, due) = (head.official.words(), head.due.format_screen());
    format!("{}\n{}\n{official} · hạn {due}\n", head.title, head.clause)
}

fn part_lines(part: &ProgressRow) -> String {
    let lines = part.lines.iter().filter_map(|line| {
        let words = line.value.agreed().filter(|words| !words.is_empty())?;
        Some(format!("{}: {words}\n", line.field.name()))
    });
    let texts = part.texts.iter().filter(|text| !text.text.text.is_empty());
    let texts = texts.map(|text| match text.field {
        Field::Narrative => format!("{}\n", text.text.text),
        field => format!("{}: {}\n", field.name(), text.text.text),
    });
    let percent = part
        .percent
        .agreed()
        .map(|p| format!(" {} %", p.format_vi()));
    let conflict = if part.in_conflict() {
        " (cần chọn giữa hai giá trị)"
    } else {
        ""
    };
    let status = part
        .status
        .agreed()
        .map_or("chưa có", |status| status.words());
    format!(
        "\n{}: {status}{}{conflict}\n{}{}",
        part.agency.short,
        percent.unwrap_or_default(),
        lines.collect::<String>(),
        texts.collect::<String>(),
    )
}

/// A value as JSON that people read too.
pub(crate) fn json_text(value: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}
