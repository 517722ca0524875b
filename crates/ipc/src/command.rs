//! Commands: a struct is its own arguments and names its reply.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use terms::{
    AgencyId, Date, DocId, EditRequest, EnrolmentId, Heads, Period, Role, TargetId, TaskId,
    Timestamp,
    rows::{AgencyName, DraftRow, GroupName, HistoryRow},
};

use crate::{Problem, Query, WatchId};

/// Something that the UI asks for.
pub trait Command: Serialize + DeserializeOwned + 'static {
    /// What comes back.
    type Reply: Serialize + DeserializeOwned + 'static;
    /// The command's name on the wire.
    const NAME: &'static str;
}

macro_rules! commands {
    ($($name:ident => $reply:ty;)*) => {
        $(impl Command for $name {
            type Reply = $reply;
            const NAME: &'static str = stringify!($name);
        })*

        /// Every command's name: whoever answers has to know them all.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),*];
    };
}

commands! {
    People => Vec<PersonRow>;
    Enrol => Me;
    Unlock => Me;
    Lock => ();
    WhoAmI => Option<Me>;
    Watch => WatchId;
    Unwatch => ();
    Submit => Edited;
    SubmitTogether => Vec<Edited>;
    Check => Vec<Option<Problem>>;
    KeepDraft => ();
    Drafts => Vec<DraftRow>;
    History => Vec<HistoryRow>;
    Looked => ();
    Find => Vec<Found>;
    SyncNow => ();
    Unsent => Vec<UnsentRow>;
}

/// Who is enrolled on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {}

/// Enrols a person on this device with a one-time code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrol {
    /// The code: carries the relay's address and key.
    pub code: String,
    /// What the device is called in the directory.
    pub device: String,
    /// The PIN or passphrase that unlocks it from now on.
    pub secret: String,
}

/// Signs in, without a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlock {
    /// Who.
    pub enrolment: EnrolmentId,
    /// The PIN or passphrase.
    pub secret: String,
}

/// Signs out; what was committed goes on being sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {}

/// Who is signed in: asked after the web view was reloaded. Also a view, of somebody who is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhoAmI {}

/// Watches a view: its snapshot and changes come over the channel under the id returned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// Which view.
    pub query: Query,
}

/// Ends a watch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unwatch {
    /// Which.
    pub watch: WatchId,
}

/// Makes an edit; the reply comes when it is committed on this disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submit {
    /// The edit.
    pub request: EditRequest,
}

/// Makes several edits in one step: when the reply comes all of them are on this disk, in their
/// order; after a problem none is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmitTogether {
    /// The edits.
    pub requests: Vec<EditRequest>,
}

/// Asks of each edit whether it would be refused, and why. Nothing is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// The edits.
    pub requests: Vec<EditRequest>,
}

/// Keeps what is being typed, before it is an edit. `None` lets it go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepDraft {
    /// The document.
    pub doc: DocId,
    /// The field.
    pub path: String,
    /// What the field showed when typing began, and what is typed.
    pub draft: Option<(Heads, String)>,
}

/// What is typed and not an edit yet. Also a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drafts {}

/// The history of a field, or with an empty path of the whole task or target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "kebab-case")]
pub enum History {
    /// One field of one document, newest first.
    Field {
        /// The document.
        doc: DocId,
        /// The field.
        path: String,
    },
    /// All that was said of a task, by all agencies, newest first.
    Task {
        /// The task.
        task: TaskId,
    },
    /// All that was said of a target.
    Target {
        /// The target.
        target: TargetId,
    },
}

/// The person has now seen a task: its news is no news any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// The task.
    pub task: TaskId,
}

/// Finds tasks, targets and agencies as one types (Ctrl+K).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Find {
    /// The words.
    pub text: String,
}

/// «Đồng bộ ngay».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncNow {}

/// What has not reached the province yet, or was refused by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsent {}

/// A person enrolled on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// The person's name.
    pub name: String,
    /// The agency's full name.
    pub agency: String,
    /// Position.
    pub role: Role,
}

/// The person at this window and what they may choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// The person's name.
    pub name: String,
    /// What the person may say.
    pub role: Role,
    /// The person's agency.
    pub agency: AgencyId,
    /// Its full name: «UBND huyện Trần Đề».
    pub agency_name: String,
    /// The programme's year.
    pub year: u16,
    /// The day it is, by the clock that the app was given.
    pub today: Date,
    /// Whether that clock is a demonstration's.
    pub demonstration: bool,
    /// The period open for reporting on that day.
    pub period: Period,
    /// Each period with its deadline: the last day on which a report is in time.
    pub periods: Vec<(Period, Date)>,
    /// All agencies, to filter by.
    pub agencies: Vec<AgencyName>,
    /// The programme's numbered groups, to name what one is narrowed to.
    pub groups: Vec<GroupName>,
}

/// An edit that is on this disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// The document's heads with it: what the field has seen from now on.
    pub heads: Heads,
    /// When it was committed.
    pub at: Timestamp,
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Found {
    /// A task.
    Task {
        /// The task.
        task: TaskId,
        /// Its clause.
        clause: String,
        /// Its title.
        title: String,
    },
    /// A target.
    Target {
        /// The target.
        target: TargetId,
        /// Its name.
        name: String,
    },
    /// An agency.
    Agency {
        /// The agency.
        agency: AgencyName,
    },
    /// What somebody wrote: the task it is about and the words around.
    Text {
        /// The task.
        task: TaskId,
        /// The task's title.
        title: String,
        /// The words around the place.
        excerpt: String,
    },
}

/// A change that has not reached the province, or was refused: where it is stands in its step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsentRow {
    /// What was changed.
    pub history: HistoryRow,
    /// The document.
    pub doc: DocId,
}
