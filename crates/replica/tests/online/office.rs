//! A relay with an officer and a reviewer, each with a data folder of their own.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use replica::{
    Clock, ConnectionStatus, EditProblem, Edited, Replica, ShiftedClock, Unlocked, enrolment,
};
use sync_server::{Config, Running, admin::Admin};
use tempfile::TempDir;
use terms::{
    AgencyClass, DocId, Edit, EditRequest, Field, Heads, PersonId, Record, Role, Timestamp,
};

pub(crate) const SECRET: &str = "mật khẩu 2468";

/// A relay's folder and the people's folders.
pub(crate) struct Office {
    folder: TempDir,
    clock: ShiftedClock,
    pub(crate) address: SocketAddr,
}

impl Office {
    /// Makes the relay's database and starts it.
    pub(crate) async fn open() -> (Self, Running) {
        let folder = tempfile::tempdir().unwrap();
        let clock = ShiftedClock::starting_at(Timestamp(1_568_178_000));
        let address = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut office = Self {
            folder,
            clock,
            address,
        };
        office.fill();
        let running = office.start().await;
        office.address = running.addr;
        (office, running)
    }

    /// Starts the relay, where it was before.
    pub(crate) async fn start(&self) -> Running {
        let mut config = Config::new(self.address, self.database());
        config.clock = self.relay_clock();
        sync_server::start(config).await.unwrap()
    }

    /// The administrator.
    pub(crate) fn admin(&self) -> Admin {
        Admin::open(&self.database(), self.relay_clock()).unwrap()
    }

    fn fill(&self) {
        let mut admin = self.admin();
        let agencies = [
            ("huyen-tran-de", "UBND huyện Trần Đề", AgencyClass::CapHuyen),
            ("so-ke-hoach", "Sở Kế hoạch và Đầu tư", AgencyClass::SoNganh),
        ];
        for (agency, name, class) in agencies {
            admin.add_agency(&id(agency), name, agency, class).unwrap();
        }
        let people = [
            ("an", "Nguyễn Văn An", "huyen-tran-de", Role::Officer),
            ("khoa", "Lê Anh Khoa", "so-ke-hoach", Role::Reviewer),
        ];
        for (person, name, agency, role) in people {
            admin
                .add_person(&id(person), name, &id(agency), role, "cán bộ")
                .unwrap();
        }
        admin
            .open_year(2019, &std::collections::BTreeMap::default())
            .unwrap();
    }

    /// A code for a person.
    pub(crate) fn code(&self, person: &str) -> String {
        let person: PersonId = id(person);
        let url = format!("http://{}", self.address);
        self.admin()
            .issue_code(&person, "máy thử", 1, Some(&url))
            .unwrap()
            .to_string()
    }

    /// Enrols a person on a device of their own.
    pub(crate) async fn enrol(&self, person: &str) -> Unlocked {
        let code = self.code(person);
        enrolment::enrol(&self.home(person), &code, "máy thử", SECRET)
            .await
            .unwrap()
    }

    /// Opens a replica.
    pub(crate) fn replica(&self, unlocked: Unlocked) -> Replica {
        Replica::open(unlocked, Arc::new(self.clock)).unwrap()
    }

    /// Opens a replica whose clock is so many seconds wrong.
    pub(crate) fn replica_at(&self, unlocked: Unlocked, off: i64) -> Replica {
        let offset = self.clock.offset + off;
        Replica::open(unlocked, Arc::new(ShiftedClock { offset })).unwrap()
    }

    /// A person's data folder.
    pub(crate) fn home(&self, person: &str) -> PathBuf {
        self.folder.path().join(person)
    }

    /// The relay loses all documents, as with a backup that is older than they are.
    pub(crate) fn forget_changes(&self) {
        let db = rusqlite::Connection::open(self.database()).unwrap();
        let sql = "DELETE FROM change; DELETE FROM actor; DELETE FROM doc;";
        db.execute_batch(sql).unwrap();
    }

    /// How many changes the relay has.
    pub(crate) fn changes(&self) -> i64 {
        let db = rusqlite::Connection::open(self.database()).unwrap();
        let sql = "SELECT count(*) FROM change";
        db.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("relay.sqlite")
    }

    fn relay_clock(&self) -> sync_server::Clock {
        let clock = self.clock;
        Arc::new(move || clock.now())
    }
}

/// Any id.
pub(crate) fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}

/// The document of Huyện Trần Đề.
pub(crate) fn doc() -> DocId {
    id("agency/2019/huyen-tran-de")
}

/// What the document is known to hold.
pub(crate) fn heads(replica: &Replica) -> Heads {
    replica.read(|read_model, _| read_model.heads(&doc()))
}

/// Writes a narrative against what is there, with the reason that a reviewer needs.
pub(crate) async fn write(
    replica: &Replica,
    number: u64,
    text: &str,
) -> Result<Edited, EditProblem> {
    let edit = Edit::text(
        Record::Progress(id("nv-1"), id("2019-q3")),
        Field::Narrative,
        text.to_owned(),
    );
    let (doc, seen) = (doc(), heads(replica));
    replica
        .edit(EditRequest {
            doc,
            seen,
            number,
            reason: Some("Bổ sung".to_owned()),
            edit,
        })
        .await
}

/// Goes online in this runtime.
pub(crate) fn online(replica: &Replica) {
    replica.go_online(&tokio::runtime::Handle::current());
}

/// Waits until it is so; for ever if it never is.
pub(crate) async fn until(replica: &Replica, so: impl Fn(&Replica) -> bool) {
    let mut changed = replica.watch();
    while !so(replica) {
        changed.changed().await.unwrap();
    }
}

/// Connected, and nothing waits to be sent.
pub(crate) fn is_live(replica: &Replica) -> bool {
    let status = replica.status();
    status.connection == ConnectionStatus::Live && status.pending == 0
}

/// What the status says must be done.
pub(crate) fn refusal(replica: &Replica) -> Option<String> {
    match replica.status().connection {
        ConnectionStatus::Refused(message) => Some(message),
        _ => None,
    }
}

/// A folder as it stands on the disk at this moment, as a crash would leave it.
pub(crate) fn as_it_stands(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        // What SQLite shares between connections dies with them.
        if !entry.path().to_string_lossy().ends_with("-shm") {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
