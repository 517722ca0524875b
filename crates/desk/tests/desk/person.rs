//! What the window is told of the person at it: what they have half typed, and the day it is.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use desk::Options;
use ipc::{Drafts, KeepDraft, Lock, Me, Status, SyncFacts, WhoAmI};
use replica::Clock;
use serde_json::Value;
use terms::{
    Date, Edit, Field, Heads, Record, Timestamp,
    rows::{DraftRow, ItemKind, Topic, new_item},
};

use crate::office::{Office, SECRET, Window, id, own, period, task};

/// A clock that somebody sets.
#[derive(Debug)]
struct SetClock(AtomicI64);

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

fn keep(path: &str, text: &str) -> KeepDraft {
    KeepDraft {
        doc: own(),
        path: path.to_owned(),
        draft: Some((Heads::default(), text.to_owned())),
    }
}

fn read<T: serde::de::DeserializeOwned>(rows: &[(String, Value)]) -> Vec<T> {
    let read = |(_, row): &(String, Value)| serde_json::from_value(row.clone()).unwrap();
    rows.iter().map(read).collect()
}

#[tokio::test]
async fn what_is_half_typed_anywhere_is_listed_and_counted() {
    let (mut office, mut window) = (Office::open().await, Window::default());
    let task_view = office
        .watch(ipc::Task {
            task: task(),
            period: period(),
        })
        .await;
    let status = office.watch(Status {}).await;
    let drafts = office.watch(Drafts {}).await;
    for _ in 0..3 {
        office.next(&mut window).await;
    }
    let narrative = format!("progress/{}/{}/narrative", task(), period());
    let obstacle = new_item("obstacle", &task(), period());
    for (path, text) in [
        (narrative.as_str(), "Đã xong 3 km"),
        (obstacle.as_str(), "Thiếu vốn"),
        ("lạ/đường", "?"),
    ] {
        office.call(keep(path, text)).await.unwrap();
        // Nothing else that is watched is computed or sent for it.
        let told = [
            office.next(&mut window).await,
            office.next(&mut window).await,
        ];
        assert_eq!(told, [status, drafts]);
    }
    assert!(!window.rows(task_view).is_empty());
    let facts: Vec<SyncFacts> = read(window.rows(status));
    assert_eq!(facts[0].drafts, 3);
    let rows: Vec<DraftRow> = read(window.rows(drafts));
    let about = |path: &str| rows.iter().find(|row| row.draft.path == path).unwrap();
    for (path, what) in [
        (&narrative, Topic::Field(Field::Narrative)),
        (&obstacle, Topic::Item(ItemKind::Obstacle)),
    ] {
        let row = about(path);
        assert_eq!((row.task.clone(), row.what), (Some(task()), what));
        assert_eq!(row.period, Some(period()));
        assert!(!row.title.is_empty() && row.draft.since > Timestamp(0));
    }
    // What nobody has a word for is not hidden.
    assert_eq!(about("lạ/đường").draft.text, "?");

    // Signed out and in again, or started again: it is there.
    office.call(Lock {}).await.unwrap();
    office.sign_in(SECRET).await.unwrap();
    assert_eq!(office.call(Drafts {}).await.unwrap(), rows);
    office.reopen().await;
    assert_eq!(office.call(Drafts {}).await.unwrap(), rows);
    let status = office.watch(Status {}).await;
    let mut window = Window::default();
    office.next(&mut window).await;
    let facts: Vec<SyncFacts> = read(window.rows(status));
    assert_eq!(facts[0].drafts, 3);
    office.desk.close().await;
}

#[tokio::test]
async fn typing_on_tells_the_draft_alone() {
    let (mut office, mut window) = (Office::open().await, Window::default());
    let status = office.watch(Status {}).await;
    let drafts = office.watch(Drafts {}).await;
    office.call(keep("p", "a")).await.unwrap();
    office.call(keep("p", "ab")).await.unwrap();
    let mut told = Vec::new();
    while read::<DraftRow>(window.rows(drafts))
        .first()
        .is_none_or(|row| row.draft.text != "ab")
    {
        told.push(office.next(&mut window).await);
    }
    let facts: Vec<SyncFacts> = read(window.rows(status));
    assert_eq!(facts[0].drafts, 1);
    assert_eq!(told.iter().filter(|watch| **watch == status).count(), 2);
    office.desk.close().await;
}

#[tokio::test]
async fn midnight_is_seen_without_signing_in_again() {
    // 15/09/2019, the last day of the third quarter's reports, five minutes before midnight.
    let clock = Arc::new(SetClock(AtomicI64::new(1_568_566_500)));
    let options = Options {
        day_seen_every: Duration::from_millis(1),
        ..Options::default()
    };
    let mut office = Office::with(Arc::clone(&clock) as Arc<dyn Clock>, options).await;
    office.sign_in(SECRET).await.unwrap();
    let mut window = Window::default();
    let watch = office.watch(WhoAmI {}).await;
    office.next(&mut window).await;
    let me = |window: &Window| read::<Me>(window.rows(watch)).remove(0);
    let before = me(&window);
    assert_eq!(Some(before.today), Date::new(2019, 9, 15));
    assert_eq!(before.period, period());

    clock.0.fetch_add(10 * 60, Ordering::Relaxed);
    office.next(&mut window).await;
    let after = me(&window);
    assert_eq!(Some(after.today), Date::new(2019, 9, 16));
    assert_eq!(after.period, id("2019-year"), "the next one is open");
    office.desk.close().await;
}

#[tokio::test]
async fn an_edit_that_is_refused_by_a_rule_leaves_the_draft() {
    let office = Office::open().await;
    let path = format!("progress/{}/{}/percent", task(), period());
    office.call(keep(&path, "140")).await.unwrap();
    let percent = Some(terms::Decimal::from(140));
    let edit = Edit::set(
        Record::Progress(task(), period()),
        Field::Percent,
        percent.map(terms::Value::Figure),
    );
    office.edit(1, edit).await.unwrap_err();
    let drafts = office.call(Drafts {}).await.unwrap();
    assert_eq!(drafts[0].draft.text, "140");
    assert_eq!(drafts[0].what, Topic::Field(Field::Percent));
    office.desk.close().await;
}
