//! A desk over a data folder in which the reviewer of Sở KH&ĐT is enrolled, with the programme of
//! 2019, and no relay.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

use desk::{Desk, Options};
use ipc::{Command, Problem, Query, RowChange, ShownHeads, Update, View, Watch, WatchId};
use replica::{
    Clock, Enrolment, Replica, ShiftedClock, Unlocked,
    vault::{FileVault, Vault as _},
};
use serde_json::Value;
use sync::{
    Cursor, Keypair,
    directory::{DirectoryEntry, DirectoryEvent, SignedEntry, standard_grants},
};
use tempfile::TempDir;
use terms::{AgencyId, DocId, Edit, EditRequest, Heads, Period, Role, TaskId, Timestamp};
use tokio::sync::mpsc;

/// 11/09/2019.
const TODAY: Timestamp = Timestamp(1_568_178_000);
pub(crate) const SECRET: &str = "mật khẩu 2468";

/// A desk, its window's end of the channel, and the folder below.
pub(crate) struct Office {
    pub(crate) desk: Arc<Desk>,
    pub(crate) updates: mpsc::Receiver<Update>,
    folder: TempDir,
}

impl Office {
    /// Nobody is signed in yet.
    pub(crate) async fn closed() -> Self {
        Self::with(clock(), Options::default()).await
    }

    /// The same with another clock.
    pub(crate) async fn with(clock: Arc<dyn Clock>, options: Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        enrol(folder.path()).await;
        let desk = Desk::new(folder.path().to_owned(), clock, options);
        let updates = desk.listen();
        Self {
            desk,
            updates,
            folder,
        }
    }

    /// The reviewer is signed in.
    pub(crate) async fn open() -> Self {
        let office = Self::closed().await;
        office.sign_in(SECRET).await.unwrap();
        office
    }

    /// Ends the program, and starts it again with the reviewer signed in.
    pub(crate) async fn reopen(&mut self) {
        self.desk.close().await;
        let folder = self.folder.path().to_owned();
        self.desk = Desk::new(folder, clock(), Options::default());
        self.updates = self.desk.listen();
        self.sign_in(SECRET).await.unwrap();
    }

    pub(crate) async fn sign_in(&self, secret: &str) -> Result<ipc::Me, Problem> {
        let enrolment = id("td-khoa");
        let secret = secret.to_owned();
        self.call(ipc::Unlock { enrolment, secret }).await
    }

    /// Asks as a window does.
    pub(crate) async fn call<C: Command>(&self, command: C) -> Result<C::Reply, Problem> {
        let args = serde_json::to_value(command).unwrap();
        let reply = self.desk.call(C::NAME, args).await?;
        Ok(serde_json::from_value(reply).unwrap())
    }

    pub(crate) async fn watch(&self, query: impl View) -> WatchId {
        let query: Query = query.query();
        self.call(Watch { query }).await.unwrap()
    }

    /// Edits the document of the reviewer's own agency, against nothing.
    pub(crate) async fn edit(&self, number: u64, edit: Edit) -> Result<ipc::Edited, Problem> {
        let request = EditRequest {
            doc: own(),
            seen: Heads::default(),
            number,
            reason: None,
            edit,
        };
        self.call(ipc::Submit { request }).await
    }

    /// The next update, carried out on the rows that the window has.
    pub(crate) async fn next(&mut self, window: &mut Window) -> WatchId {
        let update = self.updates.recv().await.unwrap();
        window.take(&update)
    }
}

/// What a window's row stores hold.
#[derive(Default)]
pub(crate) struct Window(BTreeMap<WatchId, Watched>);

#[derive(Default)]
struct Watched {
    next: u64,
    rows: Vec<(String, Value)>,
    heads: ShownHeads,
}

impl Window {
    /// The rows of a watch.
    pub(crate) fn rows(&self, watch: WatchId) -> &[(String, Value)] {
        self.0.get(&watch).map_or(&[], |watched| &watched.rows)
    }

    /// At which heads a watch shows each document, or has shown one that it no longer shows.
    pub(crate) fn heads(&self, watch: WatchId) -> &ShownHeads {
        static NONE: ShownHeads = ShownHeads::new();
        self.0.get(&watch).map_or(&NONE, |watched| &watched.heads)
    }

    /// Whether `watch` shows what the new watch `anew` of `other` shows.
    pub(crate) fn shows_as(&self, watch: WatchId, other: &Self, anew: WatchId) -> bool {
        let heads = self.heads(watch);
        let mut docs = other.heads(anew).iter();
        self.rows(watch) == other.rows(anew) && docs.all(|(doc, at)| heads.get(doc) == Some(at))
    }

    /// Carries an update out as the UI does; a gap in its numbers ends the test.
    pub(crate) fn take(&mut self, update: &Update) -> WatchId {
        // As it travels.
        let json = serde_json::to_vec(update).unwrap();
        let update: Update = serde_json::from_slice(&json).unwrap();
        let Watched { next, rows, heads } = self.0.entry(update.watch).or_default();
        assert_eq!(update.number, *next, "a gap");
        *next += 1;
        heads.extend(update.heads);
        for change in update.changes {
            match change {
                RowChange::Remove { key } => rows.retain(|(k, _)| *k != key),
                RowChange::Put { key, after, row } => {
                    rows.retain(|(k, _)| *k != key);
                    let place = after.map_or(0, |after| {
                        1 + rows.iter().position(|(k, _)| *k == after).unwrap()
                    });
                    rows.insert(place, (key, row));
                }
            }
        }
        update.watch
    }
}

/// The reviewer's own agency's document.
pub(crate) fn own() -> DocId {
    id("agency/2019/so-khdt")
}

/// A task that Sở KH&ĐT leads.
pub(crate) fn task() -> TaskId {
    id("nv-8fp1")
}

pub(crate) fn period() -> Period {
    id("2019-q3")
}

/// Any id.
pub(crate) fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}

/// One for all: what is opened later is not earlier.
static CLOCK: LazyLock<ShiftedClock> = LazyLock::new(|| ShiftedClock::starting_at(TODAY));

fn clock() -> Arc<dyn Clock> {
    Arc::new(*CLOCK)
}

fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds/soc-trang-2019")
}

/// Enrols the reviewer in `folder`, and brings the programme in.
async fn enrol(folder: &Path) {
    let programme = seeds::load(&seeds()).unwrap();
    let agencies: Vec<AgencyId> = programme.agencies.iter().map(|a| a.id.clone()).collect();
    let unlocked = reviewer(folder, &agencies);
    let who = unlocked.enrolment().clone();
    let vault = FileVault::alone(folder);
    vault.seal(&who.enrolment, &[1; 32], SECRET).unwrap();
    let file = folder.join(who.enrolment.as_str()).join("enrolment.json");
    std::fs::write(file, serde_json::to_vec(&who).unwrap()).unwrap();
    let replica = Replica::open(unlocked, clock()).unwrap();
    replica.import(programme.content()).await.unwrap();
    replica.close().await;
}

fn reviewer(folder: &Path, agencies: &[AgencyId]) -> Unlocked {
    let (key, relay) = (Keypair::from_seed(&[1; 32]), Keypair::from_seed(&[2; 32]));
    let (agency, role) = (id::<AgencyId>("so-khdt"), Role::Reviewer);
    let enrolment = Enrolment {
        enrolment: id("td-khoa"),
        person: id("khoa"),
        name: "Lê Anh Khoa".to_owned(),
        agency_name: "Sở Kế hoạch và Đầu tư".to_owned(),
        agency: agency.clone(),
        role,
        relay_url: "http://127.0.0.1:9".to_owned(),
        relay_key: relay.public(),
    };
    let mut facts = vec![
        DirectoryEvent::PersonAdded {
            id: enrolment.person.clone(),
            name: enrolment.name.clone(),
            agency,
            role,
            position: String::new(),
        },
        DirectoryEvent::Enrolled {
            enrolment: enrolment.enrolment.clone(),
            person: enrolment.person.clone(),
            device: "máy".to_owned(),
            key: key.public(),
        },
    ];
    facts.extend(standard_grants(2019, agencies, &BTreeMap::new()));
    let mut tail = Cursor::START;
    let sign = |fact| {
        let entry = SignedEntry::sign(&DirectoryEntry { time: TODAY, fact }, tail, &relay);
        tail = entry.check(tail, &relay.public()).unwrap();
        entry
    };
    let entries = facts.into_iter().map(sign).collect();
    Unlocked::new(folder, enrolment, &[1; 32]).with_directory(entries)
}
