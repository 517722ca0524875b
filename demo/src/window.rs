//! One person's window: the app's own, told that it is a demonstration.

use std::sync::Arc;

use anyhow::Context;
use desk::{Desk, Options};
use replica::ShiftedClock;
use tiendo_app::{Opening, block_on};

use crate::{PIN, args::Window, sign_in, today};

/// Opens it and returns when it was closed.
pub(crate) fn open(wanted: &Window) -> anyhow::Result<()> {
    let clock = ShiftedClock::on(today().context("no such day")?);
    let desk = block_on(async {
        let options = Options {
            demonstration: true,
            ..Options::default()
        };
        let desk = Desk::new(wanted.data.clone(), Arc::new(clock), options);
        if wanted.sign_in {
            sign_in::sign_in(&desk, &wanted.data).await?;
        }
        anyhow::Ok(desk)
    })?;
    tiendo_app::open(Opening {
        folder: &wanted.data,
        desk,
        script: Some(greeting()),
    })
}

/// Tells the screens the PIN, for «Vào ứng dụng» to show.
fn greeting() -> String {
    format!("window.__TIEN_DO_DEMONSTRATION__ = {{ pin: '{PIN}' }};")
}
