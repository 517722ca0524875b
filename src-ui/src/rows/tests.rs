//! Heads travel apart from the rows.

use leptos::prelude::Owner;
use terms::{ChangeId, DocId, Heads, rows::TaskRow};

use super::*;

fn heads(of: u8) -> Heads {
    Heads::new(vec![ChangeId([of; 32])])
}

/// A milestone of a document, as it travels.
fn milestone(doc: &DocId, title: &str) -> serde_json::Value {
    let register = |path: &str| serde_json::json!({ "path": path, "values": [] });
    serde_json::json!({
        "kind": "milestone", "id": "m-1", "title": title, "due": "2019-09-30", "source": "",
        "fields": {
            "title": register("t"), "due": register("d"), "source": register("s"),
            "removed": register("r"),
        },
        "done_on": register("o"), "doc": doc, "heads": [], "by": null, "writable": true,
        "task": "nv-8fp1",
    })
}

fn update(number: u64, doc: (&DocId, u8), put: &[(&str, serde_json::Value)]) -> Update {
    let change = |(key, row): &(&str, serde_json::Value)| RowChange::Put {
        key: (*key).to_owned(),
        after: None,
        row: row.clone(),
    };
    Update {
        watch: 1,
        number,
        heads: [(doc.0.clone(), heads(doc.1))].into(),
        changes: put.iter().map(change).collect(),
    }
}

#[test]
fn rows_are_shown_at_the_heads_of_their_update() {
    let owner = Owner::new();
    owner.with(|| {
        let rows = Rows::<TaskRow>::new();
        // Not by `apply`: only a page has a timeline to note it in.
        rows.state.set(RowsState::Ready);
        let (mine, theirs): (DocId, DocId) = (
            "agency/2019/so-khdt".parse().unwrap(),
            "agency/2019/so-yt".parse().unwrap(),
        );
        let shown = |key: &str| match rows.row(key).unwrap().get_untracked() {
            TaskRow::Milestone(row) => (row.title, row.heads),
            other => panic!("{other:?}"),
        };
        let all = [("a", milestone(&mine, "A")), ("b", milestone(&mine, "B"))];
        rows.apply(&update(0, (&mine, 1), &all)).unwrap();
        let their = [("c", milestone(&theirs, "C"))];
        rows.apply(&update(1, (&theirs, 7), &their)).unwrap();
        rows.apply(&update(2, (&mine, 2), &[("a", milestone(&mine, "A2"))]))
            .unwrap();
        assert_eq!(shown("a"), ("A2".to_owned(), heads(2)));
        assert_eq!(shown("b"), ("B".to_owned(), heads(2)), "it did not change");
        assert_eq!(shown("c"), ("C".to_owned(), heads(7)));
        // A row that changes after its heads came, without them.
        let mut alone = update(3, (&mine, 2), &[("b", milestone(&mine, "B2"))]);
        alone.heads.clear();
        rows.apply(&alone).unwrap();
        assert_eq!(shown("b"), ("B2".to_owned(), heads(2)));
        // Gone from the view, but still there under the focus.
        rows.held.set(Some("c".into()));
        rows.stepping.set_value(true);
        let mut gone = update(4, (&theirs, 8), &[]);
        gone.changes = vec![RowChange::Remove {
            key: "c".to_owned(),
        }];
        rows.apply(&gone).unwrap();
        assert_eq!(shown("c"), ("C".to_owned(), heads(7)));
    });
}
