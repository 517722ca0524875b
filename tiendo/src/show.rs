//! Looking: status, lists, one task, search.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use programme::views;
use replica::{Connection, Hit, Replica, Status};
use serde::Serialize;
use serde_json::json;
use terms::{
    Date, OfficialStatus, Period, TaskId, Timestamp, WorkStatus,
    rows::{Bucket, PartRow, TaskHead, TaskRow, WorkRow},
};

/// Prints what is known about saving and sending.
pub(crate) fn status(replica: &Replica, as_json: bool) -> Result<()> {
    let Status {
        pending,
        quarantined,
        connection,
        synced_at,
    } = replica.status();
    let me = replica.enrolment();
    let connection = match connection {
        Connection::Offline => "ngoại tuyến".to_owned(),
        Connection::CatchingUp => "đang nhận".to_owned(),
        Connection::Live => "trực tuyến".to_owned(),
        Connection::Refused { message } => message,
    };
    let synced = synced_at.map(Timestamp::format_day_time);
    if as_json {
        return print(&json!({
            "person": me.name, "agency": me.agency, "pending": pending,
            "quarantined": quarantined, "connection": connection, "synced_at": synced_at,
        }));
    }
    println!("{} · {}", me.name, me.agency_name);
    println!("chờ gửi {pending} · bị từ chối {quarantined} · {connection}");
    println!("lần cuối lên tỉnh: {}", synced.as_deref().unwrap_or("chưa"));
    Ok(())
}

/// Prints the agency's tasks in a period.
pub(crate) fn list(
    replica: &Replica,
    period: Period,
    not_updated: bool,
    today: Date,
    as_json: bool,
) -> Result<()> {
    let viewer = replica.viewer();
    let rows =
        replica.read(|world, _| views::my_work(world, &viewer, period, today, &BTreeMap::new()));
    let wanted = |row: &WorkRow| !not_updated || row.bucket != Bucket::Updated;
    let rows: Vec<WorkRow> = rows
        .into_iter()
        .map(|(_, row)| row)
        .filter(wanted)
        .collect();
    if as_json {
        return print(&rows);
    }
    for row in &rows {
        let percent = row
            .percent
            .map(|p| format!("{} %", p.format_vi()))
            .unwrap_or_default();
        println!(
            "{}\t{}\t{}\t{}\t{percent}",
            row.task,
            row.clause,
            row.title,
            words(row.official)
        );
    }
    println!("{} nhiệm vụ", rows.len());
    Ok(())
}

/// Prints one task: what the programme says and what each agency says.
pub(crate) fn task(
    replica: &Replica,
    task: &TaskId,
    period: Period,
    today: Date,
    as_json: bool,
) -> Result<()> {
    let viewer = replica.viewer();
    let rows = replica.read(|world, _| views::task(world, &viewer, task, period, today));
    if rows.is_empty() {
        bail!("không có nhiệm vụ {task}");
    }
    let rows: Vec<TaskRow> = rows.into_iter().map(|(_, row)| row).collect();
    if as_json {
        return print(&rows);
    }
    for row in &rows {
        match row {
            TaskRow::Head(head) => print_head(head),
            TaskRow::Part(part) => print_part(part),
            TaskRow::Milestone(row) => println!("  mốc {}: {}", row.due.format_screen(), row.title),
            TaskRow::Item(row) => println!("  {}: {}", row.agency.short, row.text.text),
            TaskRow::Target { name, goal, .. } => println!("  chỉ tiêu {name}: {goal}"),
        }
    }
    Ok(())
}

/// Prints what the words lead to.
pub(crate) fn search(replica: &Replica, words: &str, as_json: bool) -> Result<()> {
    let hits = replica.search(words)?;
    let lines: Vec<String> = replica.read(|world, _| {
        let line = |hit: &Hit| match hit {
            Hit::Task(task) => {
                let (clause, title) = views::task_name(world, task).unwrap_or_default();
                format!("{task}\t{clause}\t{title}")
            }
            Hit::Target(id) => {
                format!(
                    "{id}\t{}",
                    views::target_name(world, id).unwrap_or_default()
                )
            }
            Hit::Agency(id) => format!("{id}\t{}", views::agency_name(world, id)),
            Hit::Text {
                doc, path, excerpt, ..
            } => format!("{doc}#{path}\t{excerpt}"),
        };
        hits.iter().map(line).collect()
    });
    if as_json {
        return print(&lines);
    }
    for line in &lines {
        println!("{line}");
    }
    Ok(())
}

fn print_head(head: &TaskHead) {
    println!("{}\n{}", head.title, head.clause);
    println!(
        "{} · hạn {}",
        words(head.official),
        head.due.format_screen()
    );
}

fn print_part(part: &PartRow) {
    let percent = part
        .percent
        .agreed()
        .map(|p| format!(" {} %", p.format_vi()));
    let conflict = if part.percent.in_conflict() || part.status.in_conflict() {
        " (cần chọn giữa hai giá trị)"
    } else {
        ""
    };
    let status = part
        .status
        .agreed()
        .map_or("chưa có", |status| work(*status));
    println!(
        "\n{}: {status}{}{conflict}",
        part.agency.short,
        percent.unwrap_or_default()
    );
    if !part.narrative.text.is_empty() {
        println!("{}", part.narrative.text);
    }
}

fn work(status: WorkStatus) -> &'static str {
    match status {
        WorkStatus::NotStarted => "Chưa triển khai",
        WorkStatus::InProgress => "Đang thực hiện",
        WorkStatus::Done => "Hoàn thành",
    }
}

fn words(status: OfficialStatus) -> &'static str {
    match status {
        OfficialStatus::DoneOnTime => "Hoàn thành đúng hạn",
        OfficialStatus::DoneLate => "Hoàn thành quá hạn",
        OfficialStatus::OpenInTime => "Chưa hoàn thành, trong hạn",
        OfficialStatus::OpenLate => "Chưa hoàn thành, quá hạn",
    }
}

fn print(value: &impl Serialize) -> Result<()> {
    println!("{}", serde_json::to_string_pretty(value)?);
    Ok(())
}
