//! Agencies and groups by name, and who answers for a task.

use serde::{Deserialize, Serialize};

use crate::{AgencyId, GroupId, rows::Authored};

/// An agency as a row names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AgencyName {
    /// The id.
    pub id: AgencyId,
    /// «Sở Y tế», «Trần Đề»: unique.
    pub short: String,
}

/// A numbered group of the programme as it is named beside other things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupName {
    /// The group.
    pub id: GroupId,
    /// Its number: «I».
    pub number: String,
    /// Its title.
    pub title: String,
}

/// Who answers for a task, as the text says or as was assigned since.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Responsible {
    /// Lead agencies that the text names.
    pub leads: Vec<AgencyName>,
    /// Groups that lead («các Sở, ngành», «cấp huyện») and how many they are.
    pub lead_groups: Vec<(String, usize)>,
    /// Assigned by Sở KH&ĐT («phân công»), with who and when.
    pub assigned: Option<Authored<AgencyName>>,
    /// Assigned by several at once: none of them leads until somebody chooses. `None` is «as the
    /// text says».
    pub rivals: Vec<Authored<AgencyName>>,
    /// Supporting agencies that the text names.
    pub supporting: Vec<AgencyName>,
    /// Groups that support.
    pub supporting_groups: Vec<(String, usize)>,
    /// «các đơn vị có liên quan»: not named by the text.
    pub supporting_unnamed: bool,
    /// Named since by the lead, with who named them.
    pub named: Vec<Authored<AgencyName>>,
    /// Whether several leads answer together.
    pub joint: bool,
}

/// What an agency is to a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskRole {
    /// The one lead.
    Lead,
    /// One of several leads, or of a group that leads.
    JointLead,
    /// A supporter by name.
    Supporting,
    /// A supporter as member of a group.
    GroupSupporting,
}
