//! A relay with the programme of 2019, an officer and a reviewer, each with a data folder: made
//! once, through `tiendo` itself; each test works in a copy of its own.

use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::{Arc, LazyLock},
};

use replica::{Clock, ShiftedClock};
use serde_json::Value;
use sync_server::{Config, Running, admin::Admin};
use tempfile::TempDir;
use terms::Role;
use tokio::runtime::Runtime;

/// The day on which everything happens.
pub(crate) const TODAY: &str = "2019-09-11";
pub(crate) const SECRET: &str = "mật khẩu 2468";

pub(crate) static OFFICE: LazyLock<Office> = LazyLock::new(Office::open);

pub(crate) struct Office {
    folder: PathBuf,
    address: SocketAddr,
    _relay: Running,
    _runtime: Runtime,
}

impl Office {
    fn open() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("office");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let runtime = Runtime::new().unwrap();
        let clock = ShiftedClock::on(TODAY.parse().unwrap());
        let database = folder.join("relay.sqlite");
        let mut config = Config::new(SocketAddr::from(([127, 0, 0, 1], 0)), &database);
        config.clock = Arc::new(move || clock.now());
        let mut admin = Admin::open(&database, Arc::new(move || clock.now())).unwrap();
        furnish(&mut admin);
        let relay = runtime.block_on(sync_server::start(config)).unwrap();
        let office = Self {
            folder,
            address: relay.addr,
            _relay: relay,
            _runtime: runtime,
        };
        office.enrol(&mut admin, "khoa");
        office.enrol(&mut admin, "an");
        let khoa = Home::at(office.folder.join("khoa"));
        khoa.ok(&["import", seeds().to_str().unwrap()]);
        khoa.ok(&["sync"]);
        Home::at(office.folder.join("an")).ok(&["sync"]);
        office
    }

    fn enrol(&self, admin: &mut Admin, person: &str) {
        let url = format!("http://{}", self.address);
        let code = admin.issue_code(&person.parse().unwrap(), "máy", 1, Some(&url));
        let home = Home::at(self.folder.join(person));
        let code = code.unwrap().to_string();
        home.ok(&["enrol", "--code", &code, "--device", "Máy thử"]);
    }

    /// A person's data folder, copied for one test: as good as another device of theirs.
    pub(crate) fn home(&self, person: &str) -> Home {
        let copy = tempfile::tempdir().unwrap();
        copy_all(&self.folder.join(person), copy.path());
        Home {
            folder: copy.path().to_owned(),
            _copy: Some(copy),
        }
    }
}

/// The folder of the real programme.
pub(crate) fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/soc-trang-2019")
}

fn furnish(admin: &mut Admin) {
    for agency in seeds::load(&seeds()).unwrap().agencies {
        let (name, short) = (&agency.name, &agency.short);
        admin
            .add_agency(&agency.id, name, short, agency.class)
            .unwrap();
    }
    let people = [
        ("an", "Nguyễn Văn An", "huyen-tran-de", Role::Officer),
        ("khoa", "Lê Anh Khoa", "so-khdt", Role::Reviewer),
    ];
    for (person, name, agency, role) in people {
        let (person, agency) = (person.parse().unwrap(), agency.parse().unwrap());
        admin
            .add_person(&person, name, &agency, role, "cán bộ")
            .unwrap();
    }
    admin.open_year(2019, &BTreeMap::default()).unwrap();
}

/// A data folder that `tiendo` works in.
pub(crate) struct Home {
    pub(crate) folder: PathBuf,
    _copy: Option<TempDir>,
}

impl Home {
    /// A folder as it is, or is not yet.
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self {
            folder,
            _copy: None,
        }
    }

    /// The call, not made yet.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
        command
            .env_clear()
            .env("TIENDO_SECRET", SECRET)
            .env("TIENDO_CLOCK", TODAY)
            .arg("--data")
            .arg(&self.folder)
            .args(arguments);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What it prints when all is well.
    #[track_caller]
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What it prints as JSON.
    #[track_caller]
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let arguments = [&["--json"], arguments].concat();
        serde_json::from_str(&self.ok(&arguments)).unwrap()
    }

    /// It exits with `code` and says `says` on standard error, and nothing on standard output.
    #[track_caller]
    pub(crate) fn fails(&self, arguments: &[&str], code: i32, says: &str) {
        let output = self.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(says), "{arguments:?}: {said}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{arguments:?}");
    }

    /// The folder of the one person here.
    pub(crate) fn enrolment(&self) -> PathBuf {
        let people = enrolment_list(&self.folder);
        self.folder.join(people[0].enrolment.as_str())
    }

    /// The first task of the person's agency.
    pub(crate) fn task(&self) -> String {
        let rows = self.json(&["list", "--period", "2019-q3"]);
        rows[0]["task"].as_str().unwrap().to_owned()
    }

    /// Changes that wait to be sent.
    pub(crate) fn pending(&self) -> u64 {
        self.json(&["status"])["pending"].as_u64().unwrap()
    }
}

pub(crate) fn enrolment_list(folder: &Path) -> Vec<replica::Enrolment> {
    replica::enrolment::list(folder).unwrap()
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_all(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}
