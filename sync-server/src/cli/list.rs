//! `sync-server admin list …`: as a table to read, or as JSON to process.

use clap::ValueEnum;
use serde_json::{Value, json};
use sync_server::admin::{Admin, AdminError};
use terms::Timestamp;

use super::words;

/// Which list.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum What {
    #[value(help = "Đơn vị")]
    Agencies,
    #[value(help = "Người")]
    People,
    #[value(help = "Thiết bị đã đăng ký")]
    Enrolments,
    #[value(help = "Quyền")]
    Grants,
    #[value(help = "Mã đã cấp")]
    Codes,
}

/// The list, ready to print.
pub(super) fn list(what: What, json: bool, admin: &mut Admin) -> Result<String, AdminError> {
    let table = match what {
        What::Agencies => agencies(admin)?,
        What::People => people(admin)?,
        What::Enrolments => enrolments(admin)?,
        What::Grants => grants(admin)?,
        What::Codes => codes(admin)?,
    };
    Ok(if json {
        table.to_json()
    } else {
        table.to_text()
    })
}

/// Columns with a name for programs and a title for people.
struct Table {
    columns: &'static [(&'static str, &'static str)],
    rows: Vec<Vec<String>>,
}

fn agencies(admin: &mut Admin) -> Result<Table, AdminError> {
    let directory = admin.directory()?;
    let rows = directory.agencies().map(|(id, agency)| {
        let class = words::class_word(agency.class).to_owned();
        vec![
            id.to_string(),
            agency.name.clone(),
            agency.short.clone(),
            class,
        ]
    });
    let columns = &[
        ("id", "MÃ"),
        ("name", "TÊN"),
        ("short", "TÊN NGẮN"),
        ("class", "LOẠI"),
    ];
    Ok(Table {
        columns,
        rows: rows.collect(),
    })
}

fn people(admin: &mut Admin) -> Result<Table, AdminError> {
    let directory = admin.directory()?;
    let rows = directory.people().map(|(id, person)| {
        let role = words::role_word(person.role).to_owned();
        let agency = person.agency.to_string();
        vec![
            id.to_string(),
            person.name.clone(),
            agency,
            role,
            person.position.clone(),
        ]
    });
    let columns = &[
        ("id", "MÃ"),
        ("name", "HỌ TÊN"),
        ("agency", "ĐƠN VỊ"),
        ("role", "VAI TRÒ"),
        ("position", "CHỨC VỤ"),
    ];
    Ok(Table {
        columns,
        rows: rows.collect(),
    })
}

fn enrolments(admin: &mut Admin) -> Result<Table, AdminError> {
    let directory = admin.directory()?;
    let rows = directory.enrolments().map(|(id, enrolment)| {
        let revoked = enrolment.revoked.as_ref();
        let at = revoked
            .map(|revoked| moment(revoked.time))
            .unwrap_or_default();
        let why = revoked
            .map(|revoked| revoked.why.clone())
            .unwrap_or_default();
        vec![
            id.to_string(),
            enrolment.person.to_string(),
            enrolment.device.clone(),
            at,
            why,
        ]
    });
    let columns = &[
        ("id", "MÃ"),
        ("person", "NGƯỜI"),
        ("device", "THIẾT BỊ"),
        ("revoked_at", "THU HỒI LÚC"),
        ("why", "LÝ DO"),
    ];
    Ok(Table {
        columns,
        rows: rows.collect(),
    })
}

fn grants(admin: &mut Admin) -> Result<Table, AdminError> {
    let rows = admin.grants()?.into_iter().map(|grant| {
        let right = words::right_word(grant.right).to_owned();
        vec![
            grant.doc.to_string(),
            words::subject_word(&grant.subject),
            right,
        ]
    });
    let columns = &[("doc", "TÀI LIỆU"), ("subject", "AI"), ("right", "QUYỀN")];
    Ok(Table {
        columns,
        rows: rows.collect(),
    })
}

fn codes(admin: &mut Admin) -> Result<Table, AdminError> {
    let rows = admin.codes()?.into_iter().map(|code| {
        let used = code.used_at.map(moment).unwrap_or_default();
        let enrolment = code.enrolment.map(String::from).unwrap_or_default();
        vec![
            code.person.to_string(),
            code.device,
            moment(code.expires_at),
            used,
            enrolment,
        ]
    });
    let columns = &[
        ("person", "NGƯỜI"),
        ("device", "THIẾT BỊ"),
        ("expires_at", "HẾT HẠN"),
        ("used_at", "DÙNG LÚC"),
        ("enrolment", "ĐĂNG KÝ"),
    ];
    Ok(Table {
        columns,
        rows: rows.collect(),
    })
}

fn moment(time: Timestamp) -> String {
    format!("{} {}", time.date(), time.format_time())
}

impl Table {
    fn to_json(&self) -> String {
        let object = |row: &Vec<String>| -> Value {
            self.columns
                .iter()
                .zip(row)
                .map(|((name, _), cell)| (*name, json!(cell)))
                .collect()
        };
        let rows: Vec<Value> = self.rows.iter().map(object).collect();
        format!("{:#}\n", Value::from(rows))
    }

    fn to_text(&self) -> String {
        let titles: Vec<String> = self
            .columns
            .iter()
            .map(|(_, title)| (*title).to_owned())
            .collect();
        let lines = || std::iter::once(&titles).chain(&self.rows);
        let width = |column: usize| lines().map(|row| row[column].chars().count()).max();
        let widths: Vec<usize> = (0..titles.len())
            .map(|column| width(column).unwrap_or(0))
            .collect();
        let line = |row: &Vec<String>| {
            let cells = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:width$}"));
            format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
        };
        lines().map(line).collect()
    }
}
