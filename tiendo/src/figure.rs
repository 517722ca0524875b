//! Figures given on the command line: where one can be read in two ways, which is meant.

use anyhow::{Result, bail};
use programme::views;
use replica::Replica;
use terms::{
    Decimal, DocId, Field,
    reading::{self, Expected, Reading, Way},
    rows::TargetRow,
};

use crate::args::{Figures, ReadAs};

/// Reads a figure of a target; a doubtful one is refused until the call says how it is meant.
pub(crate) fn figure(
    replica: &Replica,
    given: &Figures,
    doc: &DocId,
    field: Field,
    text: &str,
) -> Result<Decimal> {
    let way = match given.read_as {
        Some(ReadAs::Vi) => Way::Vietnamese,
        Some(ReadAs::En) => Way::English,
        None => return unasked(text, &expected(replica, given, doc, field)),
    };
    Ok(reading::parse(way, text)?)
}

fn unasked(text: &str, expected: &Expected) -> Result<Decimal> {
    let ways = match reading::read(text, expected) {
        Reading::Figure(value) => return Ok(value),
        Reading::Refused(error) => return Err(error.into()),
        Reading::Asked(ways) => ways,
    };
    let known = known(expected);
    match ways.as_slice() {
        [(_, vietnamese), (_, english)] => bail!(
            "«{text}» có hai cách đọc: {} (vi) hoặc {} (en){known}; gọi lại với --read-as vi hoặc --read-as en",
            vietnamese.format_vi(),
            english.format_vi()
        ),
        _ => bail!(
            "«{text}» chênh hơn 20 lần so với các số đã biết{known}; xem lại, nếu đúng thì gọi lại với --read-as vi"
        ),
    }
}

/// «; số đã biết: 31.000, kế hoạch 33.500».
fn known(expected: &Expected) -> String {
    let last = expected.last.iter().map(|last| last.value.format_vi());
    let goal = expected.goal.iter();
    let goal = goal.map(|value| format!("kế hoạch {}", value.format_vi()));
    let all: Vec<String> = last.chain(goal).collect();
    if all.is_empty() {
        return String::new();
    }
    format!(" (số đã biết: {})", all.join(", "))
}

/// What the target's figures are like.
fn expected(replica: &Replica, given: &Figures, doc: &DocId, field: Field) -> Expected {
    let viewer = replica.viewer();
    let rows = replica.read(|model, _| views::targets(model, &viewer, given.period, false));
    let row = rows.into_iter().find(|(_, row)| row.target == given.target);
    row.and_then(|(_, row)| held_against(&row, given, doc, field))
        .unwrap_or_default()
}

fn held_against(row: &TargetRow, given: &Figures, doc: &DocId, field: Field) -> Option<Expected> {
    let own = row.cells.as_ref().filter(|cells| cells.doc == *doc);
    let mut shares = row.contributions.iter().map(|share| &share.cells);
    let cells = own.or_else(|| shares.find(|cells| cells.doc == *doc))?;
    let share = own.is_none();
    Some(Expected::of(row, cells, share, given.period, field))
}
