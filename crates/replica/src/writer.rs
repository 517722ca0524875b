//! The one thread that writes the database, and what it tells the read model.

use std::{io, sync::Arc};

use database::{Ended, Limits, Observer};

use crate::{
    engine::{Batch, Engine},
    shared_model::SharedModel,
    storage::StoreError,
};

/// Hands work to the thread.
pub(crate) type Writer = database::Writer<Engine>;

const LIMITS: Limits = Limits {
    waiting: 256,
    together: 64,
};

/// Starts the thread. Whoever sees it ended finds the folder free.
pub(crate) fn start(engine: Engine, shared_model: Arc<SharedModel>) -> io::Result<(Writer, Ended)> {
    Writer::start("replica", LIMITS, engine, Shown(shared_model))
}

/// What was committed is shown before anybody is told that it was.
struct Shown(Arc<SharedModel>);

impl Observer<Engine> for Shown {
    fn committed(&mut self, batch: &mut Batch) {
        self.0.take_in(std::mem::take(batch));
    }

    fn failed(&mut self, error: &StoreError) {
        tracing::error!(error = %database::causes(error), "nothing was stored");
    }
}
