//! Row changes: whatever happens, and however slow the window is, its rows become those of a
//! fresh view.

use ipc::{MyWork, Overview, Query, Targets, Task, Tree, Unwatch, View as _, WatchId};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, TestRunner},
};
use terms::{Edit, Field, Record, TreeFilter, Value, WorkStatus};

use crate::office::{Office, Window, id, own, period, task};

/// Every view but the status line, which tells the time.
fn queries() -> Vec<Query> {
    let period = period();
    let tree = |filter| Tree { period, filter }.query();
    let searched = TreeFilter {
        search: "duong".to_owned(),
        ..TreeFilter::default()
    };
    let stuck = TreeFilter {
        obstacles: true,
        ..TreeFilter::default()
    };
    vec![
        MyWork { period }.query(),
        tree(TreeFilter::default()),
        tree(searched),
        tree(stuck),
        Task {
            task: task(),
            period,
        }
        .query(),
        Targets {
            period,
            mine: false,
        }
        .query(),
        Overview { period }.query(),
    ]
}

/// Begins a watch and takes its snapshot; what comes before it is for `window`. A web view takes
/// updates while it waits for an answer.
async fn begin(office: &mut Office, window: &mut Window, query: Query) -> (WatchId, ipc::Update) {
    let Office { desk, updates, .. } = office;
    let asked = desk.call("Watch", serde_json::json!({ "query": query }));
    tokio::pin!(asked);
    let mut snapshot = None;
    let watch = loop {
        tokio::select! {
            reply = &mut asked => break reply.unwrap().as_u64().unwrap(),
            update = updates.recv() => match update.unwrap() {
                update if update.number == 0 => snapshot = Some(update),
                update => {
                    window.take(&update);
                }
            }
        }
    };
    while snapshot.is_none() {
        match updates.recv().await.unwrap() {
            update if update.watch == watch => snapshot = Some(update),
            update => {
                window.take(&update);
            }
        }
    }
    (watch, snapshot.unwrap())
}

async fn watch_all(office: &mut Office, window: &mut Window) -> Vec<WatchId> {
    let mut watches = Vec::new();
    for query in queries() {
        let (watch, snapshot) = begin(office, window, query).await;
        window.take(&snapshot);
        watches.push(watch);
    }
    watches
}

/// Takes updates until the window shows what it would show if it were opened now; for ever if it
/// never does.
async fn settle(office: &mut Office, window: &mut Window, watches: &[WatchId]) {
    for (watch, query) in watches.iter().zip(queries()) {
        let mut fresh = Window::default();
        let (again, snapshot) = begin(office, window, query).await;
        fresh.take(&snapshot);
        office.call(Unwatch { watch: again }).await.unwrap();
        while !window.shows_as(*watch, &fresh, again) {
            office.next(window).await;
        }
    }
}

fn edits() -> impl Strategy<Value = Edit> {
    let tasks = prop::sample::select(vec!["nv-8fp1", "nv-dq6n", "nv-zzzz"]);
    let words = prop::sample::select(vec!["Đường 934.", "Cầu Đại Ngãi", "", "duong"]);
    (0..7_u8, tasks, words, 0..3_i32, any::<bool>()).prop_map(|(kind, task, text, n, yes)| {
        let (task, period, text) = (id(task), period(), text.to_owned());
        match kind {
            0 => Edit::text(Record::Progress(task, period), Field::Narrative, text),
            1 => {
                let status = Some(if yes {
                    WorkStatus::InProgress
                } else {
                    WorkStatus::NotStarted
                });
                Edit::status(task, period, status, None)
            }
            2 => Edit::set(
                Record::Progress(task, period),
                Field::Percent,
                (yes.then(|| n.into())).map(Value::Figure),
            ),
            3 => {
                let id = id(&format!("k-{n}"));
                Edit::obstacle(id, task, period, text, None)
            }
            4 => Edit::set(
                Record::Item(id(&format!("k-{n}"))),
                Field::ItemRemoved,
                Some(Value::Flag(yes)),
            ),
            5 => Edit::set(
                Record::Values(id("ct-tgy7"), period),
                Field::Actual,
                (yes.then(|| n.into())).map(Value::Figure),
            ),
            _ => Edit::text(Record::Values(id("ct-tgy7"), period), Field::Note, text),
        }
    })
}

#[test]
fn carrying_out_the_changes_gives_a_fresh_view() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(Config::default());
    runtime.block_on(async {
        let (mut office, mut window) = (Office::open().await, Window::default());
        let watches = watch_all(&mut office, &mut window).await;
        let mut number = 0;
        for _ in 0..16 {
            let some = prop::collection::vec(edits(), 1..6)
                .new_tree(&mut runner)
                .unwrap();
            for edit in some.current() {
                number += 1;
                // What the rules refuse changes nothing, and that is shown as well.
                let _ = office.edit(number, edit).await;
            }
            settle(&mut office, &mut window, &watches).await;
        }
        // What changed little by little is what the disk says.
        office.reopen().await;
        let mut anew = Window::default();
        for (before, after) in watches.iter().zip(watch_all(&mut office, &mut anew).await) {
            assert_eq!(window.rows(*before), anew.rows(after));
            assert!(window.shows_as(*before, &anew, after), "other heads");
        }
        office.desk.close().await;
    });
}

#[tokio::test]
async fn a_window_that_takes_nothing_for_long_misses_nothing_afterwards() {
    let (mut office, mut window) = (Office::open().await, Window::default());
    let watches = watch_all(&mut office, &mut window).await;
    let percent = |number: u64| {
        Edit::set(
            Record::Progress(task(), period()),
            Field::Percent,
            Some(Value::Figure(i32::try_from(number % 100).unwrap().into())),
        )
    };
    // Until no more may wait for it, and then some.
    let mut number = 0;
    while office.updates.len() < office.updates.max_capacity() {
        number += 1;
        office.edit(number, percent(number)).await.unwrap();
    }
    for number in number + 1..number + 4 {
        office.edit(number, percent(number)).await.unwrap();
    }
    // On this one thread the desk has its turn with the last of them while nothing is taken.
    for _ in 0..9 {
        tokio::task::yield_now().await;
    }
    settle(&mut office, &mut window, &watches).await;
    office.desk.close().await;
}

#[tokio::test]
async fn a_web_view_loaded_anew_watches_anew() {
    let (mut office, mut window) = (Office::open().await, Window::default());
    let before = watch_all(&mut office, &mut window).await;
    office.updates = office.desk.listen();
    let mut anew = Window::default();
    let watches = watch_all(&mut office, &mut anew).await;
    assert!(
        watches.iter().all(|watch| !before.contains(watch)),
        "an id given twice"
    );
    let percent = Some(terms::Decimal::from(5));
    let edit = Edit::set(
        Record::Progress(task(), period()),
        Field::Percent,
        percent.map(Value::Figure),
    );
    office.edit(1, edit).await.unwrap();
    settle(&mut office, &mut anew, &watches).await;
    office.desk.close().await;
}

/// The updates that one edit makes, the window's own kept up with them.
async fn edited(
    office: &mut Office,
    window: &mut Window,
    (number, edit): (u64, Edit),
    watches: [WatchId; 2],
) -> (ipc::Edited, [ipc::Update; 2]) {
    let edited = office.edit(number, edit).await.unwrap();
    let first = office.updates.recv().await.unwrap();
    let second = office.updates.recv().await.unwrap();
    assert_eq!([first.watch, second.watch], watches);
    window.take(&first);
    window.take(&second);
    (edited, [first, second])
}

/// Which rows an update brings.
fn brought(update: &ipc::Update) -> Vec<&str> {
    let changes = update.changes.iter();
    changes
        .filter_map(|change| match change {
            ipc::RowChange::Put { key, .. } => Some(key.as_str()),
            ipc::RowChange::Remove { .. } => None,
        })
        .collect()
}

#[tokio::test]
async fn an_edit_of_one_field_sends_only_its_row() {
    let (mut office, mut window) = (Office::open().await, Window::default());
    let (task, period) = (task(), period());
    // An obstacle in the document of which the percentage will be another.
    let text = "Thiếu vốn.".to_owned();
    let obstacle = Edit::obstacle(id("vm-1"), task.clone(), period, text, None);
    office.edit(1, obstacle).await.unwrap();
    let of_task = Task {
        task: task.clone(),
        period,
    };
    let of_targets = Targets {
        period,
        mine: false,
    };
    let mut watches = [0; 2];
    for (watch, query) in watches
        .iter_mut()
        .zip([of_task.query(), of_targets.query()])
    {
        let (begun, snapshot) = begin(&mut office, &mut window, query).await;
        window.take(&snapshot);
        *watch = begun;
    }
    let own_name = own().to_string();
    let of_own = |(_, row): &&(String, serde_json::Value)| row["doc"] == *own_name;
    let rows = window.rows(watches[0]).iter().filter(of_own).count();
    assert!(rows > 1, "{rows} rows of the document");

    let progress = Record::Progress(task, period);
    let percent = Edit::set(progress, Field::Percent, Some(Value::Figure(40.into())));
    let (first, [of_task, of_targets]) =
        edited(&mut office, &mut window, (2, percent), watches).await;
    let values = Record::Values(id("ct-tgy7"), period);
    let actual = Edit::set(values, Field::Actual, Some(Value::Figure(7.into())));
    let (second, [task_after, targets_after]) =
        edited(&mut office, &mut window, (3, actual), watches).await;
    assert_eq!(brought(&of_task), ["part/so-khdt"]);
    assert!(brought(&of_targets).is_empty());
    assert!(brought(&task_after).is_empty());
    assert_eq!(brought(&targets_after), ["ct-tgy7"]);
    // The heads go with all of them, once, and are what the writer's next edit is made at.
    for (update, made) in [
        (&of_task, &first),
        (&of_targets, &first),
        (&task_after, &second),
        (&targets_after, &second),
    ] {
        let heads: Vec<_> = update.heads.iter().collect();
        assert_eq!(heads, [(&own(), &made.heads)]);
    }
    office.desk.close().await;
}
