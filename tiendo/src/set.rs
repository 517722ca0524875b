//! Writing progress and figures into the agency's own document, or for another with a reason.

use anyhow::{Result, bail};
use programme::rules;
use replica::Replica;
use terms::{Decimal, DocId, Edit, EditRequest, ValueField};

use crate::{
    args::{Progress, Value, Whose},
    figure,
};

/// Writes what was given of a task's progress.
pub(crate) async fn progress(replica: &Replica, given: &Progress) -> Result<String> {
    let (task, period) = (&given.task, given.period);
    let mut edits = Vec::new();
    if let Some(status) = given.status {
        let (task, status, done_on) = (task.clone(), Some(status), given.done_on);
        edits.push(Edit::SetStatus {
            task,
            period,
            status,
            done_on,
        });
    }
    if let Some(percent) = &given.percent {
        let percent = Some(Decimal::parse_vi(percent)?);
        edits.push(Edit::SetPercent {
            task: task.clone(),
            period,
            percent,
        });
    }
    if let Some(text) = &given.narrative {
        edits.push(Edit::SetNarrative {
            task: task.clone(),
            period,
            text: text.clone(),
        });
    }
    write(replica, period.year, &given.whose, edits).await
}

/// Writes what was given of a target's figures.
pub(crate) async fn value(replica: &Replica, given: &Value) -> Result<String> {
    let fields = [
        (ValueField::Actual, &given.actual),
        (ValueField::Estimate, &given.estimate),
        (ValueField::SamePeriod, &given.same_period),
    ];
    let doc = document(replica, given.period.year, &given.whose);
    let mut edits = Vec::new();
    for (field, text) in fields {
        let Some(text) = text else { continue };
        let value = Some(figure::figure(replica, given, &doc, field, text)?);
        edits.push(Edit::SetValue {
            target: given.target.clone(),
            period: given.period,
            field,
            value,
        });
    }
    write(replica, given.period.year, &given.whose, edits).await
}

async fn write(replica: &Replica, year: u16, whose: &Whose, edits: Vec<Edit>) -> Result<String> {
    if edits.is_empty() {
        bail!("chưa nêu gì để ghi; xem `tiendo progress --help` hoặc `tiendo value --help`");
    }
    let doc = document(replica, year, whose);
    // All or nothing: where one figure is refused, what stands beside it is not stored either.
    for edit in &edits {
        rules::check(&doc, edit)?;
        replica.read(|world, _| rules::check_in(world, edit))?;
    }
    for edit in edits {
        let seen = replica.read(|world, _| world.heads(&doc));
        let request = EditRequest {
            doc: doc.clone(),
            seen,
            number: number()?,
            reason: whose.reason.clone(),
            edit,
        };
        replica.edit(request).await?;
    }
    Ok("Đã lưu trên máy.\n".to_owned())
}

/// The document that is written.
fn document(replica: &Replica, year: u16, whose: &Whose) -> DocId {
    let own = || replica.enrolment().agency.clone();
    DocId::Agency(year, whose.agency.clone().unwrap_or_else(own))
}

/// A number that no other edit has.
fn number() -> Result<u64> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}
