//! The one window.

use std::{path::Path, sync::Arc};

use anyhow::Context;
use desk::{Desk, Options};
use replica::ShiftedClock;
use tauri::{Manager, RunEvent, WebviewUrl, WebviewWindowBuilder, async_runtime};

use crate::{assets::DiskAssets, demo, door};

/// What a window is opened with.
pub(crate) struct Opening<'a> {
    /// The data folder: replicas, keys and what the web view keeps.
    pub(crate) folder: &'a Path,
    /// The clock.
    pub(crate) clock: ShiftedClock,
    /// Whether the demonstration's person is signed in at once.
    pub(crate) sign_in: bool,
}

/// Opens the window and returns when it was closed and everything is on the disk.
pub(crate) fn open(opening: &Opening<'_>) -> anyhow::Result<()> {
    let demonstration = demo::is_demonstration(opening.folder);
    let desk = async_runtime::block_on(async {
        let options = Options {
            demonstration,
            ..Options::default()
        };
        let desk = Desk::new(opening.folder.to_owned(), Arc::new(opening.clock), options);
        if opening.sign_in {
            demo::sign_in(&desk, opening.folder).await?;
        }
        anyhow::Ok(desk)
    })?;
    let app = builder(opening.folder, desk, demonstration).context("the window can't be opened")?;
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            async_runtime::block_on(app.state::<Arc<Desk>>().close());
        }
    });
    Ok(())
}

fn builder(folder: &Path, desk: Arc<Desk>, demonstration: bool) -> tauri::Result<tauri::App> {
    let mut context = tauri::generate_context!();
    if let Some(assets) = DiskAssets::find() {
        context.set_assets(Box::new(assets));
    }
    let app = tauri::Builder::default()
        .manage(desk)
        .invoke_handler(tauri::generate_handler![door::call, door::listen])
        .build(context)?;
    let mut window = WebviewWindowBuilder::new(&app, "main", WebviewUrl::default())
        .title("Tiến Độ")
        .inner_size(1280.0, 800.0)
        .min_inner_size(360.0, 600.0)
        .data_directory(folder.join("webview"));
    if demonstration {
        window = window.initialization_script(demo::greeting());
    }
    window.build()?;
    Ok(app)
}
