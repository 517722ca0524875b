//! Refusals that meet what was written or received meanwhile.

use super::*;

fn texts(engine: &Engine) -> Vec<String> {
    let facts = projection::read(&engine.db, &doc()).unwrap().into_iter();
    let facts = facts.filter(|fact| fact.path.ends_with("/narrative"));
    let said = facts.flat_map(|fact| fact.values).map(|stamp| stamp.value);
    said.filter_map(|value| value.as_str().map(str::to_owned))
        .collect()
}

fn write(engine: &mut Engine, seen: Heads, number: u64, text: &str) -> Heads {
    let ask = narrative(seen, number, text);
    attempt(engine, |e| e.edit(&ask)).unwrap().0.heads
}

#[test]
fn what_was_written_while_a_refusal_was_on_its_way_goes_aside_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let one = write(&mut an, Heads::default(), 1, "Một.");
    let sent = pending(&an);
    let refused = sent.last().unwrap().0.id;
    let two = write(&mut an, one, 2, "Một. Hai.");
    let built = pending(&an).last().unwrap().0.id;
    // The relay, and the state machine, know of the first one alone.
    let bad = [(refused, Rejection::BadSignature)];
    let (aside, _) = attempt(&mut an, |e| e.quarantine(&doc(), &bad)).unwrap();
    assert_eq!(aside, [refused, built]);
    assert_projected(&mut an);
    let kept = quarantine::all(&an.db).unwrap();
    assert_eq!(kept[1].rejection, Rejection::BuildsOnRejected(refused));
    assert_eq!(kept[1].steps[0].to.as_str(), Some("Một. Hai."));
    // Said again, it changes nothing.
    let prefix = storage::actors::prefix(&an.db, &doc()).unwrap();
    let (again, _) = attempt(&mut an, |e| e.quarantine(&doc(), &bad)).unwrap();
    assert_eq!(again, []);
    assert_eq!(storage::actors::prefix(&an.db, &doc()).unwrap(), prefix);
    // The person types on in the field that shows both.
    write(&mut an, two, 3, "Một. Hai. Ba.");
    assert_eq!(texts(&an), ["Một. Hai. Ba."]);
    assert_projected(&mut an);
}

#[test]
fn what_others_built_on_a_refused_change_goes_aside_and_comes_back_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let mut binh = engine(folder.path(), "td-binh");
    let one = write(&mut an, Heads::default(), 1, "An.");
    let by_an = pending(&an);
    receive(&mut binh, &by_an.iter().map(arrived).collect::<Vec<_>>());
    let two = write(&mut binh, one, 2, "An. Bình.");
    let by_binh = pending(&binh);
    receive(&mut an, &by_binh.iter().map(arrived).collect::<Vec<_>>());
    write(&mut an, two, 3, "An. Bình. An.");
    let (cell, said) = (by_an[1].0.id, by_an[2].0.id);
    assert!(by_an[1].0.birth);
    // A restored relay wants An's first change back from Bình, and refuses it.
    let bad = [(said, Rejection::BadSignature)];
    let (aside, _) = attempt(&mut binh, |e| e.quarantine(&doc(), &bad)).unwrap();
    assert_eq!(aside, [said, by_binh.last().unwrap().0.id]);
    assert_projected(&mut binh);
    // The stream brings it after all: what built on it is sent again.
    receive(&mut binh, &[arrived(&by_an[2])]);
    assert_eq!(texts(&binh), ["An. Bình."]);
    assert_eq!(quarantine::all(&binh.db).unwrap(), []);
    assert_eq!(pending(&binh).len(), 1);
    assert_projected(&mut binh);
    // On An's side everything goes with the birth of the cell, and can be written anew.
    let bad = [(cell, Rejection::NotGranted(doc()))];
    let (aside, _) = attempt(&mut an, |e| e.quarantine(&doc(), &bad)).unwrap();
    assert_eq!(aside.len(), 4);
    assert_projected(&mut an);
    let (_, batch) = attempt(&mut an, |e| e.edit(&narrative(Heads::default(), 4, "Lại."))).unwrap();
    assert_eq!(
        batch.committed.len(),
        5,
        "the cell, the edit, and what had gone aside for the cell"
    );
    assert_eq!(quarantine::all(&an.db).unwrap(), []);
    assert_projected(&mut an);
}

#[test]
fn what_nobody_can_give_back_goes_aside_so_that_people_can_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut an = engine(folder.path(), "td-an");
    let mut binh = engine(folder.path(), "td-binh");
    let one = write(&mut an, Heads::default(), 1, "An.");
    let mut without_signature: Vec<StreamEntry> = pending(&an).iter().map(arrived).collect();
    for (change, _) in without_signature
        .iter_mut()
        .filter_map(|one| one.change.as_mut())
    {
        change.signature = None;
    }
    let begin = |e: &mut Engine| e.begin_with(&doc(), &without_signature, Cursor::START);
    attempt(&mut binh, begin).unwrap();
    let lost = without_signature.last().unwrap().id;
    write(&mut binh, one, 2, "An. Bình.");
    let built = pending(&binh).last().unwrap().0.id;
    let bad = [(built, Rejection::MissingDeps(vec![lost]))];
    let (aside, _) = attempt(&mut binh, |e| e.quarantine(&doc(), &bad)).unwrap();
    assert_eq!(aside, [lost, built]);
    assert_eq!(
        quarantine::all(&binh.db).unwrap()[0].rejection,
        Rejection::Unproved
    );
    assert_projected(&mut binh);
}
