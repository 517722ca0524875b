//! The one window.

use std::{path::Path, sync::Arc};

use anyhow::Context;
use desk::Desk;
use tauri::{Manager, RunEvent, WebviewUrl, WebviewWindowBuilder, async_runtime};

use crate::{assets::DiskAssets, commands};

/// What stands above the window. The package is called `tien-do`: dpkg and rpm take no other letters.
pub const TITLE: &str = "Tiến Độ";

/// What a window is opened with.
pub struct Opening<'a> {
    /// The data folder, for what the web view keeps.
    pub folder: &'a Path,
    /// Who answers, over the same folder.
    pub desk: Arc<Desk>,
    /// What the page runs before its own scripts.
    pub script: Option<String>,
}

/// Opens the window and returns when it was closed and everything is on the disk.
pub fn open(opening: Opening<'_>) -> anyhow::Result<()> {
    let app = builder(opening).context("the window can't be opened")?;
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            async_runtime::block_on(app.state::<Arc<Desk>>().close());
        }
    });
    Ok(())
}

fn builder(opening: Opening<'_>) -> tauri::Result<tauri::App> {
    let mut context = tauri::generate_context!();
    if let Some(assets) = DiskAssets::find() {
        context.set_assets(Box::new(assets));
    }
    let app = tauri::Builder::default()
        .manage(opening.desk)
        .invoke_handler(tauri::generate_handler![commands::call, commands::listen])
        .build(context)?;
    let mut window = WebviewWindowBuilder::new(&app, "main", WebviewUrl::default())
        .title(TITLE)
        .inner_size(1280.0, 800.0)
        .min_inner_size(360.0, 600.0)
        .data_directory(opening.folder.join("webview"));
    if let Some(script) = opening.script {
        window = window.initialization_script(script);
    }
    window.build()?;
    Ok(app)
}
