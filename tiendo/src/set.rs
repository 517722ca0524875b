//! Writing progress and figures into the agency's own document, or for another with a reason.

use anyhow::{Result, bail};
use programme::rules;
use replica::Replica;
use terms::{DocId, Edit, EditRequest, Field, Record, Value, Values, WorkStatus};

use crate::{
    args::{Figures, Progress, Whose},
    figure,
};

/// Writes what was given of a task's progress.
pub(crate) async fn progress(replica: &Replica, given: &Progress) -> Result<String> {
    let record = Record::Progress(given.task.clone(), given.period);
    let edits = edits(&record, given.fields.values()?);
    write(replica, given.period.year, &given.whose, edits).await
}

/// Writes what was given of a target's figures.
pub(crate) async fn figures(replica: &Replica, given: &Figures) -> Result<String> {
    let record = Record::Values(given.target.clone(), given.period);
    let doc = document(replica, given.period.year, &given.whose);
    let read = |field, typed: &str| figure::figure(replica, given, &doc, field, typed);
    let edits = edits(&record, given.fields.values_with(read)?);
    write(replica, given.period.year, &given.whose, edits).await
}

/// An edit for each field; a status and its day are one.
fn edits(record: &Record, given: Values) -> Vec<Edit> {
    let (mut completion, others): (Values, Values) = given
        .into_iter()
        .partition(|(field, _)| matches!(field, Field::Status | Field::DoneOn));
    // Another status than «Hoàn thành» takes the day of completion with it.
    if let [(Field::Status, Some(Value::Status(status)))] = completion.as_slice()
        && *status != WorkStatus::Done
    {
        completion.push((Field::DoneOn, None));
    }
    let set = |values: Values| Edit::Set {
        record: record.clone(),
        values,
    };
    let completion = (!completion.is_empty()).then(|| set(completion));
    let others = others.into_iter().map(|one| set(vec![one]));
    completion.into_iter().chain(others).collect()
}

async fn write(replica: &Replica, year: u16, whose: &Whose, edits: Vec<Edit>) -> Result<String> {
    if edits.is_empty() {
        bail!("chưa nêu gì để ghi; xem `tiendo progress --help` hoặc `tiendo value --help`");
    }
    let doc = document(replica, year, whose);
    // All or nothing: where one figure is refused, what stands beside it is not stored either.
    for edit in &edits {
        rules::check(&doc, edit)?;
        replica.read(|model, _| rules::check_in(model, edit))?;
    }
    let seen = replica.read(|model, _| model.heads(&doc));
    let request = |edit| -> Result<EditRequest> {
        Ok(EditRequest {
            doc: doc.clone(),
            seen: seen.clone(),
            number: number()?,
            reason: whose.reason.clone(),
            edit,
        })
    };
    let requests = edits.into_iter().map(request).collect::<Result<_>>()?;
    replica.edit_together(requests).await?;
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
