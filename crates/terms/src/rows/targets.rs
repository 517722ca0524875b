//! «Chỉ tiêu».

use serde::{Deserialize, Serialize};

use crate::{
    Decimal, DocId, Goal, Heads, Kind, Period, TargetId, TaskId, ValueMark, Verdict,
    rows::{AgencyName, Authored, Register, TextField},
};

/// A row of «Chỉ tiêu».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetRow {
    /// The target.
    pub target: TargetId,
    /// «1», or «1.1» for a part («trong đó»).
    pub number: String,
    /// 1 for a part of the row above.
    pub indent: u8,
    /// The name.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// The goal.
    pub goal: Goal,
    /// The goal in words: «trên 2», «7,3 – 7,5».
    pub goal_text: String,
    /// How its figures behave.
    pub kind: Kind,
    /// The agency that owns it, if one.
    pub owner: Option<AgencyName>,
    /// Whether the owner was assigned rather than named by the text, with who and when.
    pub assigned: Option<Authored<AgencyName>>,
    /// Assigned by several at once: none of them owns it until somebody chooses.
    pub rivals: Vec<Authored<AgencyName>>,
    /// What this view has seen of the programme's document, to assign in.
    pub programme: Heads,
    /// Clauses that state it: the task and «II.1.a, gạch 1».
    pub clauses: Vec<(TaskId, String)>,
    /// The owner's figures, or of the agency at this window where nobody owns the target.
    pub cells: Option<ValueCells>,
    /// What other agencies say beside it, never summed unless the programme declares it.
    pub contributions: Vec<Contribution>,
    /// Of a flow: the actual figures of the year's quarters up to this one.
    pub cumulative: Option<Decimal>,
    /// Per cent of the goal, where that makes sense.
    pub of_goal: Option<Decimal>,
    /// Index against the same period last year, where that makes sense.
    pub of_same_period: Option<Decimal>,
    /// The verdict on the estimate, or on the actual figure where there is no estimate; where the
    /// sentence has other conditions, on all of them.
    pub verdict: Verdict,
    /// The other conditions of the same sentence.
    pub conditions: Vec<Condition>,
    /// Through the year, for the chart: period, actual, estimate.
    pub series: Vec<(Period, Option<Decimal>, Option<Decimal>)>,
}

/// Another condition of the sentence that states a target: both must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The target that it is a row of its own as.
    pub target: TargetId,
    /// Its name.
    pub name: String,
    /// Its goal in words, with the unit.
    pub goal: String,
    /// The verdict on it alone.
    pub verdict: Verdict,
}

/// The figures of one target by one agency in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueCells {
    /// The document they stand in.
    pub doc: DocId,
    /// What this view has seen of it.
    pub heads: Heads,
    /// Whether the person at this window may write them.
    pub writable: bool,
    /// Thực hiện.
    pub actual: Register<Decimal>,
    /// Ước thực hiện.
    pub estimate: Register<Decimal>,
    /// Cùng kỳ năm trước.
    pub same_period: Register<Decimal>,
    /// Why there is no figure.
    pub mark: Register<ValueMark>,
    /// Ghi chú.
    pub note: TextField,
}

/// What an agency that does not own a target says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// The agency.
    pub agency: AgencyName,
    /// Its figures.
    pub cells: ValueCells,
}
