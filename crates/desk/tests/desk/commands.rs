//! Every command, once as it should be and once as it should not.

use ipc::{
    Check, Drafts, Enrol, Find, Found, History, KeepDraft, Lock, Looked, People, ProblemKind,
    SubmitTogether, SyncNow, Unlock, Unsent, Unwatch, WhoAmI,
};
use serde_json::json;
use terms::{Decimal, Edit, EditRequest, Field, Heads, Record, SaveState, Value};

use crate::office::{Office, Window, id, own, period, task};

const WORDS: &str = "Đường tỉnh 934 đã trải nhựa 12 km.";

fn narrative(text: &str) -> Edit {
    Edit::text(
        Record::Progress(task(), period()),
        Field::Narrative,
        text.to_owned(),
    )
}

#[tokio::test]
async fn nobody_gets_further_than_the_door_without_signing_in() {
    let office = Office::closed().await;
    assert_eq!(office.call(WhoAmI {}).await.unwrap(), None);
    let people = office.call(People {}).await.unwrap();
    assert_eq!(people[0].name, "Lê Anh Khoa");
    for (name, args) in [
        ("Watch", json!({ "query": { "view": "status" } })),
        ("Drafts", json!({})),
        ("Find", json!({ "text": "đường" })),
        ("SyncNow", json!({})),
        ("Unsent", json!({})),
        ("Looked", json!({ "task": "nv-8fp1" })),
        ("History", json!({ "of": "task", "task": "nv-8fp1" })),
        (
            "KeepDraft",
            json!({ "doc": own(), "path": "p", "draft": null }),
        ),
    ] {
        let problem = office.desk.call(name, args).await.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Locked, "{name}");
    }
    let problem = office.edit(1, narrative(WORDS)).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Locked);
    let problem = office.sign_in("1111").await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Locked);
    assert!(
        problem.message.contains("không đúng"),
        "{}",
        problem.message
    );
    let (enrolment, secret) = (id("td-ai-do"), "1111".to_owned());
    let problem = office.call(Unlock { enrolment, secret }).await.unwrap_err();
    assert!(
        problem.message.contains("chưa ghi danh"),
        "{}",
        problem.message
    );
    let (code, device, secret) = ("hôm nay".to_owned(), "máy".to_owned(), "1111".to_owned());
    let enrol = Enrol {
        code,
        device,
        secret,
    };
    let problem = office.call(enrol).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Input);
    office.desk.close().await;
}

#[tokio::test]
async fn what_is_no_command_is_told_so() {
    let office = Office::closed().await;
    for (name, args) in [
        ("Xoa", json!({})),
        ("Find", json!({})),
        ("Find", json!([1])),
    ] {
        let problem = office.desk.call(name, args).await.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Internal, "{name}");
        assert!(problem.message.contains(name), "{}", problem.message);
    }
    office.desk.close().await;
}

#[tokio::test]
async fn an_edit_is_saved_found_in_history_and_unsent() {
    let office = Office::open().await;
    let me = office.call(WhoAmI {}).await.unwrap().unwrap();
    assert_eq!((me.year, me.period), (2019, period()));
    assert!(!me.agencies.is_empty() && !me.periods.is_empty() && !me.groups.is_empty());
    let edited = office.edit(1, narrative(WORDS)).await.unwrap();
    assert_eq!(
        office.edit(1, narrative(WORDS)).await.unwrap(),
        edited,
        "twice is once"
    );

    let path = format!("progress/{}/{}/narrative", task(), period());
    let of_field = History::Field { doc: own(), path };
    for of in [of_field, History::Task { task: task() }] {
        let history = office.call(of).await.unwrap();
        assert_eq!(history[0].to.as_deref(), Some(WORDS), "{history:?}");
        assert_eq!(history[0].by.person, "Lê Anh Khoa");
    }
    let target = History::Target {
        target: id("ct-tgy7"),
    };
    assert!(!office.call(target).await.unwrap().is_empty(), "its import");
    let unsent = office.call(Unsent {}).await.unwrap();
    let last = unsent.last().unwrap();
    assert_eq!(
        (&last.history.saved, last.history.to.as_deref()),
        (&SaveState::Device, Some(WORDS))
    );
    let found = office
        .call(Find {
            text: "duong tinh 934 trai nhua".to_owned(),
        })
        .await
        .unwrap();
    assert!(
        matches!(&found[..], [Found::Text { task: t, .. }] if *t == task()),
        "{found:?}"
    );
    office.call(Looked { task: task() }).await.unwrap();
    office.call(SyncNow {}).await.unwrap();

    let percent = Some(terms::Decimal::from(140));
    let too_much = Edit::set(
        Record::Progress(task(), period()),
        Field::Percent,
        percent.map(Value::Figure),
    );
    let problem = office.edit(2, too_much).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Input);
    assert!(problem.message.starts_with("140 %"), "{}", problem.message);
    office.desk.close().await;
}

fn figure(target: &str, value: i32) -> Edit {
    let value = Value::Figure(Decimal::from(value));
    Edit::set(
        Record::Values(id(target), period()),
        Field::Actual,
        Some(value),
    )
}

fn requests(edits: Vec<Edit>) -> Vec<EditRequest> {
    let request = |(number, edit)| EditRequest {
        doc: own(),
        seen: Heads::default(),
        number,
        reason: Some("Hoàn tác dán".to_owned()),
        edit,
    };
    (1..).zip(edits).map(request).collect()
}

#[tokio::test]
async fn a_block_is_checked_and_then_stored_in_one_step() {
    let office = Office::open().await;
    let before = office.call(Unsent {}).await.unwrap().len();
    // A share above a hundred, a figure that can't be negative, a target that nobody knows.
    let mixed = requests(vec![
        figure("ct-9cl5", 55),
        figure("ct-mn98", 140),
        figure("ct-15dz", -3),
        figure("ct-khong-co", 5),
    ]);
    let check = Check {
        requests: mixed.clone(),
    };
    let answers = office.call(check).await.unwrap();
    let refused: Vec<bool> = answers.iter().map(Option::is_some).collect();
    assert_eq!(refused, [false, true, true, true]);
    let message = &answers[1].as_ref().unwrap().message;
    assert!(message.contains("từ 0 đến 100"), "{message}");
    let together = SubmitTogether { requests: mixed };
    office.call(together).await.unwrap_err();
    let unsent = office.call(Unsent {}).await.unwrap().len();
    assert_eq!(unsent, before, "one is refused: none is stored");

    let good = requests(vec![figure("ct-9cl5", 55), figure("ct-mn98", 16)]);
    let together = SubmitTogether {
        requests: good.clone(),
    };
    let edited = office.call(together.clone()).await.unwrap();
    assert_eq!(edited.len(), 2);
    assert_eq!(
        office.call(together).await.unwrap(),
        edited,
        "twice is once"
    );
    let unsent = office.call(Unsent {}).await.unwrap();
    assert_eq!(unsent.len(), before + 2);
    let path = format!("values/ct-mn98/{}/actual", period());
    let of_field = History::Field { doc: own(), path };
    let history = office.call(of_field).await.unwrap();
    assert_eq!(history[0].to.as_deref(), Some("16"));
    assert_eq!(history[0].reason.as_deref(), Some("Hoàn tác dán"));
    let elsewhere = requests(vec![figure("ct-9cl5", 55)]);
    let elsewhere = elsewhere.into_iter().map(|request| EditRequest {
        doc: id("agency/2018/so-khdt"),
        ..request
    });
    let check = Check {
        requests: elsewhere.collect(),
    };
    let answers = office.call(check).await.unwrap();
    let problem = answers[0].as_ref().unwrap();
    assert_eq!(problem.kind, ProblemKind::Denied);
    office.desk.close().await;
}

#[tokio::test]
async fn a_figure_told_in_words_leads_to_its_target() {
    let office = Office::open().await;
    let text = "số liệu Cục Thống kê công bố".to_owned();
    let note = Edit::text(Record::Values(id("ct-tgy7"), period()), Field::Note, text);
    office.edit(1, note).await.unwrap();
    let text = "cuc thong ke cong bo".to_owned();
    let found = office.call(Find { text }).await.unwrap();
    assert!(
        matches!(&found[..], [Found::Target { target, .. }] if *target == id("ct-tgy7")),
        "{found:?}"
    );
    office.desk.close().await;
}

#[tokio::test]
async fn a_draft_is_there_for_whoever_signs_in_again() {
    let office = Office::open().await;
    let (doc, path) = (own(), "progress/nv-8fp1/2019-q3/narrative".to_owned());
    let draft = Some((Heads::default(), "đang gõ dở".to_owned()));
    let keep = KeepDraft {
        doc: doc.clone(),
        path: path.clone(),
        draft,
    };
    office.call(keep).await.unwrap();
    office.call(Lock {}).await.unwrap();
    assert_eq!(office.call(WhoAmI {}).await.unwrap(), None);
    office.sign_in(crate::office::SECRET).await.unwrap();
    assert_eq!(
        office.call(Drafts {}).await.unwrap()[0].draft.text,
        "đang gõ dở"
    );
    office
        .call(KeepDraft {
            doc,
            path,
            draft: None,
        })
        .await
        .unwrap();
    assert_eq!(office.call(Drafts {}).await.unwrap(), []);
    office.desk.close().await;
}

#[tokio::test]
async fn a_watch_that_ended_is_silent() {
    let mut office = Office::open().await;
    let mut window = Window::default();
    let task = ipc::Task {
        task: task(),
        period: period(),
    };
    let first = office.watch(task.clone()).await;
    assert_eq!(office.next(&mut window).await, first);
    office.call(Unwatch { watch: first }).await.unwrap();
    let second = office.watch(task).await;
    assert_eq!(office.next(&mut window).await, second);
    assert_eq!(window.rows(first), window.rows(second));
    office.edit(1, narrative(WORDS)).await.unwrap();
    assert_eq!(office.next(&mut window).await, second);
    assert_ne!(window.rows(first), window.rows(second));
    office.desk.close().await;
}
