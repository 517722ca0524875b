//! The files other than tasks and targets.

use std::collections::BTreeSet;

use terms::{
    AgencyClass, AgencyId, Date, Period,
    programme::{self, Citation, PeriodDays, Recipient, Signing},
    text::fold,
};

use crate::{
    Agency, AgencyGroup, AgencySource, Clause, Duty, Figure, Ground, PeriodRow, PeriodSource,
    Problem, Reading, Words, log::Named, reader::Table,
};

/// A clause that must be there.
pub(crate) fn clause(table: &Table) -> Option<Clause> {
    table
        .need_parsed("clause", Problem::Clause)
        .map(|at| at.value)
}

/// A day that must be there.
pub(crate) fn day(table: &Table, field: &'static str) -> Option<Date> {
    table.date(field).map(|at| at.value)
}

/// `[objective]` and `[opening]`.
pub(crate) fn words(table: &Table, field: &'static str) -> Option<Words> {
    let table = table.need_table(field)?;
    let (clause, text) = (clause(&table), table.need("text"));
    Some(Words {
        clause: clause?,
        text: text?,
    })
}

/// `[signing]`.
pub(crate) fn signing(table: &Table) -> Option<Signing> {
    let table = table.need_table("signing")?;
    let (authority, form) = (table.need("authority"), table.need("form"));
    let (position, name) = (table.need("position"), table.need("name"));
    Some(Signing {
        authority: authority?,
        form: form?,
        position: position?,
        name: name?,
    })
}

/// `[[ground]]`.
pub(crate) fn ground(table: &Table) -> Option<Ground> {
    let citation = table
        .pointer("citation", Named::Citation)
        .map(Ground::Citation);
    let text = table.text("text").map(Ground::Text);
    match (citation, text) {
        (Some(ground), None) | (None, Some(ground)) => Some(ground),
        _ => {
            table.fault(Problem::Ground);
            None
        }
    }
}

/// `[[recipient]]`.
pub(crate) fn recipient(table: &Table) -> Option<Recipient> {
    let text = table.need("text");
    let (class, archive) = (class(table), table.flag("archive"));
    Some(Recipient {
        text: text?,
        class,
        archive,
    })
}

const CLASSES: &str = "so-nganh | trung-uong | truc-thuoc-ubnd | cap-huyen";

fn class(table: &Table) -> Option<AgencyClass> {
    let at = table.text_at("class")?;
    let class = AgencyClass::from_code(&at.value);
    if class.is_none() {
        table.log.fault(at.mark, Problem::Word(at.value, CLASSES));
    }
    class
}

/// Names met so far, with the field that held them.
pub(crate) type Names = BTreeSet<(&'static str, String)>;

/// A name that no other table of the list has in the same field.
fn unique(
    table: &Table,
    field: &'static str,
    what: &'static str,
    taken: &mut Names,
) -> Option<String> {
    let at = table.missing(field, table.text_at(field))?;
    if !taken.insert((field, fold(&at.value))) {
        let value = at.value.clone();
        table.log.fault(at.mark, Problem::Repeated { what, value });
    }
    Some(at.value)
}

/// `[[agency]]`.
pub(crate) fn agency(table: &Table, taken: &mut Names) -> Option<Agency> {
    let id = table.id(Named::Agency);
    let name = unique(table, "name", "tên đơn vị", taken);
    let short = unique(table, "short", "tên ngắn", taken);
    let class = class(table);
    if class.is_none() {
        table.missing_field("class");
    }
    let named = table.flag("named");
    let as_written = table
        .list("as_written")
        .into_iter()
        .map(|at| at.value)
        .collect();
    let note = table.text("note");
    Some(Agency {
        thing: programme::Agency {
            id: id?,
            name: name?,
            short: short?,
            class: class?,
        },
        source: AgencySource {
            named,
            as_written,
            note,
        },
    })
}

/// `[[group]]` of agencies.
pub(crate) fn agency_group(table: &Table) -> Option<AgencyGroup> {
    let id = table.id::<AgencyId>(Named::AgencyGroup);
    let name = table.need("name");
    let members = table.pointers("members", Named::Agency);
    let note = table.text("note");
    table.not_empty("members", &members);
    Some(AgencyGroup {
        thing: programme::AgencyGroup {
            id: id?.to_string(),
            name: name?,
            members,
        },
        source: note,
    })
}

/// `[[citation]]`.
pub(crate) fn citation(table: &Table) -> Option<Citation> {
    let id = table.id(Named::Citation);
    let kind = table.need("kind");
    let (number, title) = (table.text("number"), table.text("title"));
    let date = table.optional_date("date").map(|at| at.value);
    let issuer = table.text("issuer");
    if number.is_none() && title.is_none() {
        table.fault(Problem::Nameless);
    }
    Some(Citation {
        id: id?,
        kind: kind?,
        number,
        date,
        issuer,
        title,
    })
}

/// `[[period]]` of the programme's year.
pub(crate) fn period(table: &Table, year: Option<u16>) -> Option<PeriodRow> {
    let period = table.need_parsed::<Period>("period", |e| Problem::Period(e.to_string()));
    if let (Some(at), Some(year)) = (&period, year)
        && at.value.year != year
    {
        let text = format!(
            "kỳ «{}» không thuộc năm {year} của chương trình; sửa năm",
            at.value
        );
        table.log.fault(at.mark, Problem::Period(text));
    }
    let (name, paper_name) = (table.need("name"), table.need("paper_name"));
    let (from, to) = (day(table, "from"), day(table, "to"));
    let deadline = day(table, "deadline");
    for (first, second, fields) in [
        (from, to, ("from", "to")),
        (from, deadline, ("from", "deadline")),
    ] {
        if matches!((first, second), (Some(a), Some(b)) if a > b) {
            table.fault(Problem::DatesReversed(fields.0, fields.1));
        }
    }
    let (wording, clause, note) = (table.need("wording"), clause(table), table.text("note"));
    Some(PeriodRow {
        thing: PeriodDays {
            period: period?.value,
            name: name?,
            paper_name: paper_name?,
            from: from?,
            to: to?,
            deadline: deadline?,
        },
        source: PeriodSource {
            wording: wording?,
            clause: clause?,
            note,
        },
    })
}

/// `[[duty]]`.
pub(crate) fn duty(table: &Table) -> Option<Duty> {
    let id = table.id(Named::Task);
    let (clause, title) = (clause(table), table.need("title"));
    let leads: Vec<AgencyId> = table.pointers("leads", Named::Agency);
    let lead_groups = groups(table, "lead_groups");
    if leads.is_empty() && lead_groups.is_empty() {
        table.fault(Problem::NoLead);
    }
    let supporting_groups = groups(table, "supporting_groups");
    let (to, to_agency) = (table.text("to"), table.pointer("to_agency", Named::Agency));
    let (frequency, deadline) = (table.text("frequency"), table.text("deadline"));
    Some(Duty {
        id: id?,
        clause: clause?,
        title: title?,
        leads,
        lead_groups,
        supporting_groups,
        to,
        to_agency,
        frequency,
        deadline,
    })
}

/// Ids of agency groups.
pub(crate) fn groups(table: &Table, field: &'static str) -> Vec<String> {
    let ids = table.pointers::<AgencyId>(field, Named::AgencyGroup);
    ids.iter().map(ToString::to_string).collect()
}

/// `[[reading]]`.
pub(crate) fn reading(table: &Table) -> Option<Reading> {
    let (said, read, clause) = (table.need("said"), table.need("read"), clause(table));
    let (doubt, note) = (table.flag("doubt"), table.text("note"));
    Some(Reading {
        said: said?,
        read: read?,
        clause: clause?,
        doubt,
        note,
    })
}

/// `[[figure]]`.
pub(crate) fn figure(table: &Table) -> Option<Figure> {
    let (text, why) = (table.need("text"), table.need("why"));
    let mut clauses = Vec::new();
    for at in table.list("clauses") {
        match at.value.parse() {
            Ok(clause) => clauses.push(clause),
            Err(error) => table.log.fault(at.mark, Problem::Clause(error)),
        }
    }
    table.not_empty("clauses", &clauses);
    Some(Figure {
        text: text?,
        clauses,
        why: why?,
    })
}
