//! How large things are.

use std::path::Path;

use anyhow::Context;

use super::open;
use crate::world::World;

pub(super) async fn print(world: &World) -> anyhow::Result<()> {
    let ui = std::env::var_os("TIENDO_UI_DIR").context("TIENDO_UI_DIR is not set")?;
    let wasm = std::fs::metadata(Path::new(&ui).join("app_bg.wasm"))?.len();
    println!("the UI's wasm: {} KB", wasm / 1024);
    let replica = open(world, "so-khdt")?;
    let documents = replica.export_documents()?;
    for (doc, bytes) in documents.iter().filter(|(doc, _)| doc.agency().is_none()) {
        println!("{doc}: {} KB saved", bytes.len() / 1024);
    }
    let all: usize = documents.iter().map(|(_, bytes)| bytes.len()).sum();
    println!(
        "all {} documents of the province: {} KB saved",
        documents.len(),
        all / 1024
    );
    replica.close().await;
    Ok(())
}
