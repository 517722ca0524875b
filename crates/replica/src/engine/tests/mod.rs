//! The writer's work without its thread: what is stored, and that the projection is what a fresh
//! read of the documents says, in whatever order things come.

use programme::{Document, Fact, HistoryStep};
use sync::{Cursor, SignedChange, admit::Rejection, client::StreamEntry};
use terms::{ChangeHeader, ChangeId, Edit, Heads, SaveState, WorkStatus, rows::Draft};

mod property;
mod refused;
mod relay_data;

use super::*;
use crate::{
    shared_model::SharedModel,
    storage::{changes, history, person, projection, quarantine, search},
    testing::{FixedClock, doc, engine, id, narrative, request, status, unlocked},
};

fn attempt<T, E: From<StoreError>>(
    engine: &mut Engine,
    work: impl FnOnce(&mut Engine) -> Result<T, E>,
) -> Result<(T, Batch), E> {
    engine.begin()?;
    let done = engine.attempt(work);
    let committed = engine.commit();
    let done = done?;
    Ok((done, committed?))
}

fn pending(engine: &Engine) -> Vec<(ChangeHeader, SignedChange)> {
    let all = changes::pending_after(&engine.db, 0).unwrap().into_iter();
    all.map(|p| {
        (
            programme::inspect(&p.doc, &p.change.bytes).unwrap(),
            p.change,
        )
    })
    .collect()
}

fn arrived((header, change): &(ChangeHeader, SignedChange)) -> StreamEntry {
    StreamEntry {
        id: header.id,
        change: Some((change.clone(), header.clone())),
    }
}

fn receive(engine: &mut Engine, entries: &[StreamEntry]) {
    attempt(engine, |e| e.receive(&doc(), 1, entries, Cursor::START)).unwrap();
}

fn sorted(mut steps: Vec<HistoryStep>) -> Vec<HistoryStep> {
    steps.sort_by_key(|step| (step.change, step.path.clone()));
    steps
}

/// The rows say what a document made afresh of the same changes says.
#[track_caller]
fn assert_projected(engine: &mut Engine) {
    if changes::hashes(&engine.db, &doc()).unwrap().is_empty() {
        assert_eq!(projection::read(&engine.db, &doc()).unwrap(), []);
        return;
    }
    let fresh: Document = load(&engine.db, &doc()).unwrap();
    let facts: Vec<Fact> = projection::read(&engine.db, &doc()).unwrap();
    assert_eq!(facts, fresh.facts());
    let steps = history::of_document(&engine.db, &doc()).unwrap();
    assert_eq!(sorted(steps), sorted(fresh.history()));
    let heads = projection::heads(&engine.db).unwrap();
    assert_eq!(heads.get(&doc()), Some(&fresh.heads()));
    for fact in &facts {
        let words = fact.values.iter().find_map(|stamp| stamp.value.as_str());
        if let Some(words) = words.filter(|_| fact.path.ends_with("/narrative")) {
            let found = search::find(&engine.db, words).unwrap().len();
            assert_eq!(
                found > 0,
                words.chars().any(char::is_alphanumeric),
                "{words}"
            );
        }
    }
}

#[test]
fn a_request_sent_twice_is_done_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let ask = narrative(Heads::default(), 7, "Đã xong 3 km.");
    let (first, batch) = attempt(&mut an, |e| e.edit(&ask)).unwrap();
    assert!(
        batch.states.is_some_and(|states| states.pending == 1),
        "births go along"
    );
    let (again, batch) = attempt(&mut an, |e| e.edit(&ask)).unwrap();
    assert_eq!((first.clone(), batch.is_empty()), (again, true));
    assert_eq!(pending(&an).len(), 3);
    // The same number on another edit is another request.
    let other = narrative(first.heads, 7, "Đã xong 4 km.");
    attempt(&mut an, |e| e.edit(&other)).unwrap();
    assert_eq!(pending(&an).len(), 4);
}

#[test]
fn edits_that_go_together_are_stored_together() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let seen = Heads::default();
    let (tasks, done) = (["nv-1", "nv-2", "nv-3"], WorkStatus::InProgress);
    let set = |(number, task): (u64, &str)| status(seen.clone(), number, &id(task), done);
    let mut block: Vec<_> = (1..).zip(tasks).map(set).collect();
    let bad = narrative(seen.clone(), 4, "chuông \u{7}");
    block.push(bad);
    let refused = attempt(&mut an, |e| e.edit_together(&block)).map(|_| ());
    assert!(matches!(refused, Err(EditProblem::Rule(_))));
    assert_eq!(pending(&an), []);
    block.pop();
    let (edited, _) = attempt(&mut an, |e| e.edit_together(&block)).unwrap();
    assert_eq!(edited.len(), 3);
    assert_eq!(pending(&an).len(), 7, "root, three cells, three edits");
    assert_projected(&mut an);
}

#[test]
fn what_is_refused_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let (first, _) = attempt(&mut an, |e| e.edit(&narrative(Heads::default(), 1, "Một."))).unwrap();
    let before = (pending(&an), projection::read(&an.db, &doc()).unwrap());
    let long = "x".repeat(1 << 20);
    for text in ["có \0 bên trong", "\u{301}dấu", "a\u{202e}b", long.as_str()] {
        let ask = narrative(first.heads.clone(), 2, text);
        let refused = attempt(&mut an, |e| e.edit(&ask)).map(|_| ());
        assert!(matches!(refused, Err(EditProblem::Rule(_))), "{text:.20?}");
    }
    let mut elsewhere = narrative(Heads::default(), 3, "Lạc chỗ.");
    elsewhere.doc = "agency/2019/so-ke-hoach".parse().unwrap();
    let refused = attempt(&mut an, |e| e.edit(&elsewhere)).map(|_| ());
    assert!(matches!(refused, Err(EditProblem::Denied(_))));
    assert_eq!(
        (pending(&an), projection::read(&an.db, &doc()).unwrap()),
        before
    );
    assert_eq!(changes::standing(&an.db, &elsewhere.doc).unwrap(), []);
    assert_projected(&mut an);
}

#[test]
fn work_that_fails_midway_is_undone_on_the_disk_and_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let half = attempt(&mut an, |e| {
        e.edit(&narrative(Heads::default(), 1, "Nửa chừng."))?;
        Err::<(), _>(EditProblem::Store(StoreError::Closed))
    });
    assert!(half.is_err());
    assert_eq!(pending(&an), []);
    attempt(&mut an, |e| {
        e.edit(&narrative(Heads::default(), 2, "Trọn vẹn."))
    })
    .unwrap();
    assert_projected(&mut an);
    assert_eq!(search::find(&an.db, "nua chung").unwrap(), []);
}

#[test]
fn a_full_disk_stores_nothing_says_so_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let (one, _) = attempt(&mut an, |e| e.edit(&narrative(Heads::default(), 1, "Một."))).unwrap();
    let before = (pending(&an), projection::read(&an.db, &doc()).unwrap());
    let pages: i64 = an
        .db
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    let room = |e: &Engine, pages: i64| {
        let set = format!("PRAGMA max_page_count = {pages}");
        e.db.query_row(&set, [], |row| row.get::<_, i64>(0))
            .unwrap();
    };
    room(&an, pages);
    let long = narrative(one.heads.clone(), 2, &"x".repeat(9_000));
    let full = attempt(&mut an, |e| e.edit(&long)).map(|_| ()).unwrap_err();
    assert!(
        matches!(full, EditProblem::Store(StoreError::Full(..))),
        "{full:?}"
    );
    assert!(
        full.retry() && full.to_string().contains("đĩa đã đầy"),
        "{full}"
    );
    assert_eq!(
        (pending(&an), projection::read(&an.db, &doc()).unwrap()),
        before
    );
    room(&an, 1 << 20);
    attempt(&mut an, |e| e.edit(&long)).unwrap();
    assert_eq!(pending(&an).len(), before.0.len() + 1);
    assert_projected(&mut an);
}

#[test]
fn what_follows_in_a_transaction_that_the_system_ended_fails_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let edit = |number, text| narrative(Heads::default(), number, text);
    an.begin().unwrap();
    an.attempt(|e| e.edit(&edit(1, "Một."))).unwrap();
    an.db.execute_batch("ROLLBACK").unwrap();
    assert!(an.attempt(|e| e.edit(&edit(2, "Hai."))).is_err());
    assert!(an.commit().is_err());
    assert_eq!(pending(&an), []);
    attempt(&mut an, |e| e.edit(&edit(3, "Ba."))).unwrap();
    assert_projected(&mut an);
}

#[test]
fn who_writes_for_another_agency_says_why_and_the_history_keeps_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut khoa = engine(folder.path(), "td-khoa");
    let seen = Heads::default;
    let add = Edit::comment(id("yk-1"), id("nv-1"), "Bổ sung biên bản.".to_owned());
    let mut ask = request(seen(), 1, add);
    for nothing in [None, Some(" \n")] {
        ask.reason = nothing.map(str::to_owned);
        let refused = attempt(&mut khoa, |e| e.edit(&ask)).unwrap_err();
        assert!(refused.to_string().contains("ghi lý do"), "{refused}");
        assert_eq!(pending(&khoa), []);
    }
    ask.reason = Some(" Theo biên bản ".to_owned());
    attempt(&mut khoa, |e| e.edit(&ask)).unwrap();
    let told = history::of_document(&khoa.db, &doc()).unwrap();
    let whys: Vec<_> = told.iter().map(|step| step.reason.as_deref()).collect();
    assert!(!whys.is_empty() && whys.iter().all(|why| *why == Some("Theo biên bản")));
    // Of one's own agency nobody is asked why.
    let mut own = request(seen(), 2, ask.edit.clone());
    own.doc = id("agency/2019/so-ke-hoach");
    attempt(&mut khoa, |e| e.edit(&own)).unwrap();
}

#[test]
fn a_change_before_those_it_builds_on_waits_for_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let mut khoa = engine(folder.path(), "td-khoa");
    let (one, _) = attempt(&mut an, |e| e.edit(&narrative(Heads::default(), 1, "Một."))).unwrap();
    attempt(&mut an, |e| e.edit(&narrative(one.heads, 2, "Một. Hai."))).unwrap();
    let sent = pending(&an);
    for change in sent.iter().rev() {
        receive(&mut khoa, &[arrived(change)]);
        assert_projected(&mut khoa);
    }
    let said = |e: &Engine| projection::read(&e.db, &doc()).unwrap();
    assert_eq!(said(&khoa), said(&an));
    // Rows that waited come after those they waited for, so that they are read in order.
    drop(khoa);
    let mut khoa = engine(folder.path(), "td-khoa");
    assert_projected(&mut khoa);
    // Coming again changes nothing.
    let all: Vec<StreamEntry> = sent.iter().map(arrived).collect();
    receive(&mut khoa, &all);
    assert_projected(&mut khoa);
}

#[test]
fn what_the_relay_refuses_goes_into_quarantine_with_what_builds_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let kept = status(Heads::default(), 1, &id("nv-2"), WorkStatus::InProgress);
    attempt(&mut an, |e| e.edit(&kept)).unwrap();
    let before = projection::read(&an.db, &doc()).unwrap();
    let (one, _) = attempt(&mut an, |e| e.edit(&narrative(Heads::default(), 2, "Tạm."))).unwrap();
    let (two, _) = attempt(&mut an, |e| e.edit(&narrative(one.heads, 3, "Tạm. Rồi."))).unwrap();
    let sent = pending(&an);
    let refused: Vec<(ChangeId, Rejection)> = sent
        .iter()
        .rev()
        .take(2)
        .rev()
        .map(|(header, _)| (header.id, Rejection::DuplicateSeq))
        .collect();
    let actor = |e: &Engine| storage::actors::prefix(&e.db, &doc()).unwrap();
    let old = actor(&an);
    let (aside, batch) = attempt(&mut an, |e| e.quarantine(&doc(), &refused)).unwrap();
    assert_eq!(aside, [refused[0].0, refused[1].0]);
    let states = batch.states.unwrap();
    assert_eq!((states.pending, states.quarantined), (1, 2));
    let ids: Vec<ChangeId> = refused.iter().map(|(id, _)| *id).collect();
    assert!(states.refused.keys().all(|id| ids.contains(id)));
    assert_eq!(states.refused.len(), 2);
    assert!(batch.documents[&doc()].whole);
    assert_ne!(actor(&an), old);
    assert_projected(&mut an);
    let without: Vec<Fact> = projection::read(&an.db, &doc()).unwrap();
    assert_eq!(without, before);
    assert_eq!(search::find(&an.db, "tam").unwrap(), []);
    // Nothing is lost: bytes, reason and what was written are kept.
    let kept = quarantine::all(&an.db).unwrap();
    assert_eq!(
        kept.iter().map(|one| one.change).collect::<Vec<_>>(),
        [refused[0].0, refused[1].0]
    );
    assert_eq!(kept[1].steps[0].to.as_str(), Some("Tạm. Rồi."));
    // A field that shows the refused ones can be saved, and a new one goes on.
    attempt(&mut an, |e| {
        e.edit(&narrative(two.heads, 4, "Tạm. Rồi. Lại."))
    })
    .unwrap();
    assert_projected(&mut an);
    let unknown = Heads::new(vec![ChangeId([9; 32])]);
    let unknown = attempt(&mut an, |e| e.edit(&narrative(unknown, 6, "Lạ."))).map(|_| ());
    assert!(matches!(unknown, Err(EditProblem::Rule(_))));
    attempt(&mut an, |e| e.edit(&narrative(Heads::default(), 5, "Mới."))).unwrap();
    assert_projected(&mut an);
    // Should the relay have one after all, it stands again.
    receive(&mut an, &[arrived(&sent[sent.len() - 2])]);
    assert_eq!(quarantine::all(&an.db).unwrap().len(), 1);
    assert_projected(&mut an);
}

#[test]
fn an_acknowledgement_empties_what_is_pending_and_losing_it_fills_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    attempt(&mut an, |e| e.edit(&narrative(Heads::default(), 1, "Một."))).unwrap();
    let sent = pending(&an);
    let own: Vec<StreamEntry> = sent
        .iter()
        .map(|(header, _)| StreamEntry {
            id: header.id,
            change: None,
        })
        .collect();
    receive(&mut an, &own);
    assert_eq!(pending(&an), []);
    let ids: Vec<ChangeId> = own.iter().map(|one| one.id).collect();
    attempt(&mut an, |e| e.unacknowledge(&doc(), &ids)).unwrap();
    assert_eq!(pending(&an).len(), 1, "the edit; births are everybody's");
}

/// How far these changes have got, by what each batch told and by what is on the disk.
#[track_caller]
fn assert_states(
    enrolment: &str,
    folder: &std::path::Path,
    shared_model: &SharedModel,
    states: &[SaveState],
) {
    let unlocked = unlocked(folder, enrolment);
    let db = storage::open_to_read(&unlocked.folder.join("replica.sqlite")).unwrap();
    let mut ids = db
        .prepare("SELECT hash FROM change ORDER BY number")
        .unwrap();
    let ids = ids.query_map([], |row| row.get(0).map(ChangeId)).unwrap();
    let ids: Vec<ChangeId> = ids.map(Result::unwrap).collect();
    let of = |read_model: &programme::ReadModel| -> Vec<SaveState> {
        ids.iter().map(|id| read_model.states().of(id)).collect()
    };
    assert_eq!(of(&shared_model.model().facts), states, "as told");
    let read = crate::opening::read_states(&db).unwrap();
    let read: Vec<SaveState> = ids.iter().map(|id| read.of(id)).collect();
    assert_eq!(read, states, "as read again");
}

#[test]
fn a_change_is_at_the_province_when_the_relay_has_said_so_and_no_longer() {
    let folder = tempfile::tempdir().unwrap();
    let open = |enrolment| {
        let unlocked = unlocked(folder.path(), enrolment);
        let file = unlocked.folder.join("replica.sqlite");
        crate::opening::open(&file, &unlocked, Arc::new(FixedClock)).unwrap()
    };
    let province = |seq| SaveState::Province { seq };
    let (mut an, an_shown) = open("td-an");
    let (mut khoa, khoa_shown) = open("td-khoa");
    let tell = |shared_model: &SharedModel, ((), batch): ((), Batch)| shared_model.take_in(batch);

    let (_, batch) = attempt(&mut an, |e| e.edit(&narrative(Heads::default(), 1, "Một."))).unwrap();
    an_shown.take_in(batch);
    let own = |states: &[SaveState]| assert_states("td-an", folder.path(), &an_shown, states);
    own(&[SaveState::Device, SaveState::Device, SaveState::Device]);
    let sent = pending(&an);
    let named = |(header, _): &(ChangeHeader, SignedChange)| StreamEntry {
        id: header.id,
        change: None,
    };
    let entries: Vec<StreamEntry> = sent.iter().map(named).collect();
    let done = attempt(&mut an, |e| e.receive(&doc(), 4, &entries, Cursor::START)).unwrap();
    tell(&an_shown, done);
    own(&[province(Some(4)), province(Some(5)), province(Some(6))]);

    // Somebody else has it from a snapshot, which says no numbers; then the relay loses the last.
    let all: Vec<StreamEntry> = sent.iter().map(arrived).collect();
    let done = attempt(&mut khoa, |e| e.begin_with(&doc(), &all, Cursor::START)).unwrap();
    tell(&khoa_shown, done);
    let others =
        |states: &[SaveState]| assert_states("td-khoa", folder.path(), &khoa_shown, states);
    others(&[province(None), province(None), province(None)]);
    let lost = [sent[2].0.id];
    let done = attempt(&mut khoa, |e| e.unacknowledge(&doc(), &lost)).unwrap();
    tell(&khoa_shown, done);
    others(&[province(None), province(None), SaveState::Device]);
    let again = [named(&sent[2])];
    let done = attempt(&mut khoa, |e| e.receive(&doc(), 9, &again, Cursor::START)).unwrap();
    tell(&khoa_shown, done);
    others(&[province(None), province(None), province(Some(9))]);
}

#[test]
fn opening_reads_rows_and_loads_no_document() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let (one, _) = attempt(&mut an, |e| e.edit(&narrative(Heads::default(), 1, "Một."))).unwrap();
    // No document could be made of these.
    an.db
        .execute("UPDATE change SET bytes = x'00'", [])
        .unwrap();
    drop(an);
    let unlocked = unlocked(folder.path(), "td-an");
    let file = unlocked.folder.join("replica.sqlite");
    let (an, shared_model) = crate::opening::open(&file, &unlocked, Arc::new(FixedClock)).unwrap();
    assert_eq!(shared_model.model().facts.heads(&doc()), one.heads);
    assert_eq!(search::find(&an.db, "mot").unwrap().len(), 1);
    assert!(load(&an.db, &doc()).is_err());
}

#[test]
fn drafts_and_looks_survive() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let draft = Draft {
        doc: doc(),
        path: "progress/nv-1/2019-q3/narrative".to_owned(),
        seen: Heads::new(vec![ChangeId([1; 32]), ChangeId([2; 32])]),
        text: "đang gõ dở".to_owned(),
        since: FixedClock.now(),
    };
    attempt(&mut an, |e| {
        Ok::<_, StoreError>(person::keep_draft(&e.db, &draft)?)
    })
    .unwrap();
    drop(an);
    let mut an = engine(folder.path(), "td-an");
    assert_eq!(
        person::drafts(&an.db).unwrap(),
        std::slice::from_ref(&draft)
    );
    attempt(&mut an, |e| {
        Ok::<_, StoreError>(person::drop_draft(&e.db, &draft.doc, &draft.path)?)
    })
    .unwrap();
    assert_eq!(person::drafts(&an.db).unwrap(), []);
}

#[test]
fn news_is_what_others_said_since_one_looked() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let mut khoa = engine(folder.path(), "td-khoa");
    let (one, _) = attempt(&mut an, |e| e.edit(&narrative(Heads::default(), 1, "Một."))).unwrap();
    let add = Edit::obstacle(
        id("k-1"),
        id("nv-9"),
        id("2019-q3"),
        "Thiếu vốn".to_owned(),
        None,
    );
    attempt(&mut an, |e| e.edit(&request(Heads::default(), 2, add))).unwrap();
    let all: Vec<StreamEntry> = pending(&an).iter().map(arrived).collect();
    receive(&mut khoa, &all);
    let news = |e: &Engine, reader: &str| {
        let news = history::news(&e.db, &[id(reader)].into(), 9).unwrap();
        news.into_keys()
            .map(|task| task.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(news(&khoa, "td-khoa"), ["nv-1", "nv-9"]);
    assert_eq!(news(&an, "td-an"), Vec::<String>::new());
    attempt(&mut khoa, |e| {
        Ok::<_, StoreError>(history::look(&e.db, &id("nv-1"))?)
    })
    .unwrap();
    assert_eq!(news(&khoa, "td-khoa"), ["nv-9"]);
    attempt(&mut an, |e| e.edit(&narrative(one.heads, 3, "Một. Hai."))).unwrap();
    let new: Vec<StreamEntry> = pending(&an).iter().map(arrived).collect();
    receive(&mut khoa, &new);
    assert_eq!(news(&khoa, "td-khoa"), ["nv-1", "nv-9"]);
}
