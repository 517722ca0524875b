//! Times the start and every view on a full year of 140 agencies (design §9), and prints them.
//!
//! `cargo run --release -p desk --example full_year -- FOLDER`: the first run fills the folder,
//! which takes minutes; the following ones only measure.

// A measurement ends where something is not as it should be.
#![allow(clippy::unwrap_used)]

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use desk::{Desk, Options};
use ipc::Update;
use programme::{ProgrammeContent, Viewer, views::my_work};
use replica::{
    Clock, Enrolment, Replica, ShiftedClock, Unlocked,
    vault::{FileVault, Vault as _},
};
use serde_json::{Value, json};
use sync::{
    Cursor, Keypair,
    directory::{Fact, Record, SignedEntry, standard_grants},
};
use terms::{
    AgencyClass, AgencyId, DocId, Edit, EditRequest, Period, Role, TaskId, Timestamp, WorkStatus,
};
use tokio::{sync::mpsc, task::JoinSet};

/// Agencies, as design §9 has them.
const AGENCIES: usize = 140;
/// Tasks that an agency reports on in each period.
const TASKS: usize = 15;
const PERIODS: [&str; 5] = ["2019-q1", "2019-q2", "2019-q3", "2019-q4", "2019-year"];
const TODAY: Timestamp = Timestamp(1_568_178_000);
const SECRET: &str = "một năm đầy đủ của tỉnh";
/// How often each thing is timed.
const REPEATED: u64 = 40;

#[tokio::main]
async fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("a folder"));
    let clock: Arc<dyn Clock> = Arc::new(ShiftedClock::starting_at(TODAY));
    if !folder.join("full").exists() {
        fill(&folder, Arc::clone(&clock)).await;
        std::fs::write(folder.join("full"), "").unwrap();
    }
    let begun = Instant::now();
    let replica = Replica::open(reviewer(&folder), Arc::clone(&clock)).unwrap();
    println!("start to the model in memory: {:?}", begun.elapsed());
    let file = replica.folder().join("replica.sqlite");
    println!(
        "database: {} MB",
        file.metadata().unwrap().len() / 1_000_000
    );
    replica.close().await;
    let desk = Desk::new(folder, clock, Options::default());
    let mut updates = desk.listen();
    let unlock = json!({ "enrolment": "td-khoa", "secret": SECRET });
    desk.call("Unlock", unlock).await.unwrap();
    views(&desk, &mut updates).await;
    searches(&desk).await;
    changes(&desk, &mut updates).await;
    desk.close().await;
}

/// How long each view takes to be there, watched anew.
async fn views(desk: &Desk, updates: &mut mpsc::Receiver<Update>) {
    for (name, query) in queries() {
        let mut times = Vec::new();
        for _ in 0..REPEATED {
            let begun = Instant::now();
            let args = json!({ "query": query });
            let watch = desk.call("Watch", args).await.unwrap();
            updates.recv().await.unwrap();
            times.push(begun.elapsed());
            desk.call("Unwatch", json!({ "watch": watch }))
                .await
                .unwrap();
        }
        print(name, times);
    }
}

fn queries() -> Vec<(&'static str, Value)> {
    let period = PERIODS[2];
    let tree = |search: &str| {
        json!({ "view": "tree", "period": period, "agency": null, "status": null,
            "obstacles": false, "not_updated": false, "search": search })
    };
    vec![
        ("my work", json!({ "view": "my-work", "period": period })),
        ("tree", tree("")),
        ("tree, searched", tree("duong tinh")),
        (
            "task",
            json!({ "view": "task", "task": "nv-8fp1", "period": period }),
        ),
        (
            "targets",
            json!({ "view": "targets", "period": period, "mine": false }),
        ),
        ("overview", json!({ "view": "overview", "period": period })),
        ("status", json!({ "view": "status" })),
    ]
}

/// How long a search takes, as one types it.
async fn searches(desk: &Desk) {
    for text in [
        "d",
        "du",
        "duong",
        "duong tinh",
        "hòa đông",
        "nông thôn mới",
        "xyz",
    ] {
        let mut times = Vec::new();
        for _ in 0..REPEATED {
            let begun = Instant::now();
            desk.call("Find", json!({ "text": text })).await.unwrap();
            times.push(begun.elapsed());
        }
        print(&format!("find «{text}»"), times);
    }
}

/// How long an edit takes to be answered, and to be shown in a view that is watched.
async fn changes(desk: &Desk, updates: &mut mpsc::Receiver<Update>) {
    // Other edits than those of the run before, which would be done already.
    let run = u64::from(std::process::id());
    for (view, (name, query)) in (0_u64..).zip(queries()) {
        let args = json!({ "query": query });
        let watch = desk.call("Watch", args).await.unwrap();
        updates.recv().await.unwrap();
        // Changes with every edit, and is told after the view.
        let args = json!({ "query": { "view": "status" } });
        let status = desk.call("Watch", args).await.unwrap();
        updates.recv().await.unwrap();
        let (mut answered, mut shown) = (Vec::new(), Vec::new());
        for number in 0..REPEATED {
            let number = (run * 10 + view) * 1_000 + number;
            let begun = Instant::now();
            desk.call("Submit", percent(number)).await.unwrap();
            answered.push(begun.elapsed());
            while updates.recv().await.unwrap().watch != status {}
            shown.push(begun.elapsed());
        }
        print(&format!("edit with {name} watched: answered"), answered);
        print(&format!("edit with {name} watched: shown"), shown);
        for watch in [watch, status] {
            let args = json!({ "watch": watch });
            desk.call("Unwatch", args).await.unwrap();
        }
    }
}

fn percent(number: u64) -> Value {
    let edit = json!({ "kind": "set-percent", "task": "nv-8fp1", "period": PERIODS[2],
        "percent": (number % 101).to_string() });
    let request = json!({ "doc": "agency/2019/so-khdt", "seen": [], "number": number,
        "reason": null, "edit": edit });
    json!({ "request": request })
}

fn print(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!("{name}: median {:?}, p95 {:?}", at(50), at(95));
}

/// A year in which everybody has written everything.
async fn fill(folder: &Path, clock: Arc<dyn Clock>) {
    let replica = Replica::open(reviewer(folder), clock).unwrap();
    replica.import(content()).await.unwrap();
    // So many at a time that their documents stay in memory.
    for some in agencies().chunks(20) {
        let writing = some
            .iter()
            .map(|agency| say_all(replica.clone(), agency.clone()));
        writing.collect::<JoinSet<()>>().join_all().await;
    }
    let file = replica.folder().join("replica.sqlite");
    replica.close().await;
    let (folder, who) = (folder.join("td-khoa"), reviewer(folder).enrolment().clone());
    std::fs::write(
        folder.join("enrolment.json"),
        serde_json::to_vec(&who).unwrap(),
    )
    .unwrap();
    let vault = FileVault::new(folder.parent().unwrap());
    vault.seal(&who.enrolment, &[1; 32], SECRET).unwrap();
    // It all has been at the province for long.
    let db = rusqlite::Connection::open(file).unwrap();
    db.execute_batch("UPDATE change SET state = 'acknowledged', relay_seq = number")
        .unwrap();
}

async fn say_all(replica: Replica, agency: AgencyId) {
    let doc = DocId::Agency(2019, agency.clone());
    let tasks = tasks(&replica, &agency);
    for (number, period) in (0_u64..).zip(PERIODS) {
        let period: Period = period.parse().unwrap();
        for (place, task) in tasks.iter().enumerate() {
            for (which, edit) in edits(task, period, place).into_iter().enumerate() {
                let seen = replica.read(|world, _| world.heads(&doc));
                let number = number * 1_000_000 + u64::try_from(place * 10 + which).unwrap();
                let (doc, reason) = (doc.clone(), Some("nhập thay".to_owned()));
                let request = EditRequest {
                    doc,
                    seen,
                    number,
                    reason,
                    edit,
                };
                replica.edit(request).await.unwrap();
            }
        }
    }
}

fn tasks(replica: &Replica, agency: &AgencyId) -> Vec<TaskId> {
    let viewer = Viewer {
        agency: agency.clone(),
        ..replica.viewer()
    };
    let period: Period = PERIODS[2].parse().unwrap();
    let rows =
        replica.read(|world, _| my_work(world, &viewer, period, TODAY.date(), &BTreeMap::new()));
    rows.into_iter()
        .take(TASKS)
        .map(|(_, row)| row.task)
        .collect()
}

fn edits(task: &TaskId, period: Period, place: usize) -> Vec<Edit> {
    let task = || task.clone();
    let text = format!(
        "Kỳ {period}: đã hoàn thành {place} km đường tỉnh, nghiệm thu hai cầu nông thôn, giải \
         ngân vốn đầu tư công theo kế hoạch; còn vướng giải phóng mặt bằng tại xã Hòa Đông."
    );
    let percent = Some(terms::Decimal::from(i32::try_from(place).unwrap()));
    let id = || format!("k-{}-{period}", task()).parse().unwrap();
    let mut edits = vec![
        Edit::SetStatus {
            task: task(),
            period,
            status: Some(WorkStatus::InProgress),
            done_on: None,
        },
        Edit::SetPercent {
            task: task(),
            period,
            percent,
        },
        Edit::SetNarrative {
            task: task(),
            period,
            text: text.clone(),
        },
    ];
    // An agency has a few that are open.
    if place.is_multiple_of(5) && period == PERIODS[2].parse().unwrap() {
        let text = text.clone();
        edits.push(Edit::AddObstacle {
            id: id(),
            task: task(),
            period,
            text,
            waits_for: None,
        });
    }
    edits
}

/// The programme of 2019 with as many agencies as a large province has.
fn content() -> ProgrammeContent {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds/soc-trang-2019");
    let mut content = tiendo::content(seeds::load(&seeds).unwrap());
    let known: Vec<AgencyId> = content
        .agencies
        .iter()
        .map(|agency| agency.id.clone())
        .collect();
    let more: Vec<AgencyId> = agencies()
        .into_iter()
        .filter(|id| !known.contains(id))
        .collect();
    for id in &more {
        content.agencies.push(programme::AgencyContent {
            id: id.clone(),
            name: format!("Đơn vị {id}"),
            short: format!("Đơn vị {id}"),
            class: AgencyClass::SoNganh,
        });
    }
    let tasks = content
        .tasks
        .iter_mut()
        .filter(|task| !task.heading)
        .collect::<Vec<_>>();
    let count = tasks.len();
    for (place, task) in tasks.into_iter().enumerate() {
        let of = |step: usize| more[(place * 7 + step * count) % more.len()].clone();
        task.supporting.extend((0..10).map(of));
        task.supporting.sort();
        task.supporting.dedup();
    }
    content
}

fn agencies() -> Vec<AgencyId> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds/soc-trang-2019");
    let seeds = seeds::load(&seeds).unwrap();
    let known = seeds.agencies.into_iter().map(|agency| agency.id);
    known
        .chain((0..).map(|number| format!("don-vi-{number}").parse().unwrap()))
        .take(AGENCIES)
        .collect()
}

fn reviewer(folder: &Path) -> Unlocked {
    let (key, relay) = (Keypair::from_seed(&[1; 32]), Keypair::from_seed(&[2; 32]));
    let agencies = agencies();
    let agency: AgencyId = "so-khdt".parse().unwrap();
    let mut facts: Vec<Fact> = Vec::new();
    let (person, role) = ("khoa".parse::<terms::PersonId>().unwrap(), Role::Reviewer);
    let name = "Lê Anh Khoa".to_owned();
    facts.push(Fact::PersonAdded {
        id: person.clone(),
        name: name.clone(),
        agency: agency.clone(),
        role,
        position: String::new(),
    });
    facts.push(Fact::Enrolled {
        enrolment: "td-khoa".parse().unwrap(),
        person: person.clone(),
        device: "máy".to_owned(),
        key: key.public(),
    });
    facts.extend(standard_grants(2019, &agencies, &BTreeMap::new()));
    let mut head = Cursor::START;
    let entries = facts.into_iter().map(|fact| {
        let entry = SignedEntry::sign(&Record { time: TODAY, fact }, head, &relay);
        head = entry.check(head, &relay.public()).unwrap();
        entry
    });
    let entries = entries.collect();
    let enrolment = Enrolment {
        enrolment: "td-khoa".parse().unwrap(),
        person,
        name,
        agency_name: agency.to_string(),
        agency,
        role,
        relay_url: "http://127.0.0.1:9".to_owned(),
        relay_key: relay.public(),
    };
    Unlocked::new(folder, enrolment, &[1; 32]).with_directory(entries)
}
