//! What «Chương trình» is narrowed to.

use serde::{Deserialize, Serialize};

use crate::{AgencyId, GroupId, OfficialStatus};

/// What «Chương trình» is narrowed to: by its controls, by a link, or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct TreeFilter {
    /// Only tasks of this group.
    pub group: Option<GroupId>,
    /// Only tasks in which this agency has a part.
    pub agency: Option<AgencyId>,
    /// Only tasks of this official status.
    pub status: Option<OfficialStatus>,
    /// Only tasks with an open obstacle.
    pub obstacles: bool,
    /// Only tasks that no lead has updated in the period.
    pub not_updated: bool,
    /// Only tasks that match all of these words, marks or not.
    pub search: String,
}
