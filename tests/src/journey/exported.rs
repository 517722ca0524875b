//! What a replica hands out, read by a library that is not ours.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::{DISTRICT, OFFICER, TASK};
use crate::world::{World, told};

/// What documents say: the values at each path of each, as JSON writes them.
type Values = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// Automerge's JavaScript library opens every exported document and finds the same values in it:
/// figures, a narrative, a value that was cleared, and two that stand against each other.
pub(super) fn read_by_javascript(world: &World) -> anyhow::Result<()> {
    let first = std::fs::read_to_string(world.folder().join(DISTRICT).join("demonstration"))?;
    let code = world.code(OFFICER, &world.url())?;
    world.tiendo("laptop", &["enrol", "--code", &code, "--device", "máy thử"])?;
    let desk = |arguments: &[&str]| {
        let who = ["--as", first.trim()];
        world.tiendo(DISTRICT, &[&who[..], arguments].concat())
    };
    let laptop = |arguments: &[&str]| world.tiendo("laptop", arguments);

    // Each on its own computer and neither knowing of the other, two percentages.
    let cell = ["progress", TASK, "--period", "2019-q3"];
    let words = "Mở 6 lớp nghề ở xã Trung Bình, có 174 học viên.";
    let first_words = [
        "--status",
        "in-progress",
        "--percent",
        "40",
        "--narrative",
        words,
    ];
    laptop(&["sync"])?;
    desk(&[&cell[..], &first_words].concat())?;
    laptop(&[&cell[..], &["--percent", "62,5"]].concat())?;
    desk(&["sync"])?;
    laptop(&["sync"])?;
    desk(&["sync"])?;

    let (folder, file) = (
        world.folder().join("export"),
        world.folder().join("export.json"),
    );
    desk(&["export", "automerge", text(&folder)?])?;
    desk(&["export", "json", text(&file)?])?;
    let (ours, theirs) = (of_json(&file)?, of_javascript(&folder)?);

    let name = format!("agency-2019-{DISTRICT}");
    let percent = format!("progress/{TASK}/2019-q3/percent");
    ensure!(
        ours[&name][&percent].len() == 2,
        "the two percentages are {:?}",
        ours[&name][&percent]
    );
    ensure!(ours.keys().eq(theirs.keys()), "other documents");
    for (document, facts) in &ours {
        for (path, values) in facts {
            let read = theirs[document].get(path);
            ensure!(
                read == Some(values),
                "{document} {path}: {values:?} became {read:?}"
            );
        }
    }
    Ok(())
}

/// The values of `tiendo export json`.
fn of_json(file: &Path) -> anyhow::Result<Values> {
    let all: Value = serde_json::from_slice(&std::fs::read(file)?)?;
    let documents = all["documents"].as_object().context("no documents")?;
    let facts = |document: &Value| {
        let facts = document["facts"].as_object().into_iter().flatten();
        facts
            .map(|(path, stamps)| (path.clone(), values(stamps)))
            .collect()
    };
    Ok(documents
        .iter()
        .map(|(doc, document)| (doc.replace('/', "-"), facts(document)))
        .collect())
}

fn values(stamps: &Value) -> BTreeSet<String> {
    let stamps = stamps.as_array().into_iter().flatten();
    // A cleared value has no `value` beside its type: null, as JavaScript says.
    stamps
        .map(|stamp| stamp["value"]["value"].to_string())
        .collect()
}

/// The values that Automerge's library finds in the exported files.
fn of_javascript(folder: &Path) -> anyhow::Result<Values> {
    let modules = std::env::var_os("TIENDO_NODE_MODULES")
        .context("TIENDO_NODE_MODULES is not set: run this through cargo xtask")?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("js/read.mjs");
    let mut node = Command::new("node");
    node.arg(script).arg(folder).arg(PathBuf::from(modules));
    let read: BTreeMap<String, BTreeMap<String, Vec<Value>>> = serde_json::from_str(&told(node)?)?;
    let once = |values: Vec<Value>| values.iter().map(Value::to_string).collect();
    Ok(read
        .into_iter()
        .map(|(document, facts)| {
            let facts = facts.into_iter().map(|(path, values)| (path, once(values)));
            (document, facts.collect())
        })
        .collect())
}

fn text(path: &Path) -> anyhow::Result<&str> {
    path.to_str().context("a path that is no text")
}
