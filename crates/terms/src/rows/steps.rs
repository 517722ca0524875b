//! What somebody did: as news, and as a step of a history.

use serde::{Deserialize, Serialize};

use crate::{ChangeId, SaveState, TargetId, TaskId, Timestamp, rows::Author};

/// What somebody did, in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// The task it is about, if one.
    pub task: Option<TaskId>,
    /// The target it is about, if one.
    pub target: Option<TargetId>,
    /// Which field of it.
    pub what: FieldKind,
    /// The value before, as a person reads it.
    pub from: Option<String>,
    /// The value after, as a person reads it; of a text its first words.
    pub to: Option<String>,
    /// Who.
    pub by: Author,
    /// When.
    pub at: Timestamp,
    /// How far it has got.
    pub saved: SaveState,
    /// The change.
    pub change: ChangeId,
    /// The title of the task or the name of the target.
    pub title: String,
}

/// Which kind of field, for the catalogue to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// Tình trạng.
    Status,
    /// Ngày hoàn thành.
    DoneOn,
    /// Tiến độ (%).
    Percent,
    /// Kết quả.
    Narrative,
    /// Khó khăn, vướng mắc.
    Obstacle,
    /// Kiến nghị, đề xuất.
    Proposal,
    /// Ý kiến.
    Comment,
    /// Mốc.
    Milestone,
    /// Thực hiện.
    Actual,
    /// Ước thực hiện.
    Estimate,
    /// Cùng kỳ năm trước.
    SamePeriod,
    /// Dấu «không có số».
    ValueMark,
    /// Ghi chú.
    Note,
    /// Đơn vị chủ trì, phối hợp.
    Responsible,
    /// Anything that this version has no word for.
    Other,
}

/// One step in the history of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryRow {
    /// Where the field stands.
    pub path: String,
    /// Which kind of field.
    pub what: FieldKind,
    /// What stood there for the writer: several where they chose between values.
    pub from: Vec<String>,
    /// What was written; `None` where it was cleared.
    pub to: Option<String>,
    /// Why, where the writer said so.
    pub reason: Option<String>,
    /// Who.
    pub by: Author,
    /// When, by the writer's clock.
    pub at: Timestamp,
    /// The change.
    pub change: ChangeId,
    /// How far it has got.
    pub saved: SaveState,
}
