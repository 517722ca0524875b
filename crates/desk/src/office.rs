//! Who is at the window, which replicas are open, what the window watches.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ipc::{Problem, ProblemKind, Query, Update, WatchId};
use replica::{Clock, Replica};
use terms::{Date, EnrolmentId};
use tokio::sync::mpsc;

use crate::{Options, diff::Keyed, session::Session, views, watches::Watches};

/// Updates that may wait for the web view. One that does not fit is dropped; the gap in its
/// numbers makes the web view watch again, so memory stays bounded and nothing is missed.
const WAITING_UPDATES: usize = 1024;

/// The state behind one window.
pub(crate) struct Office {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
    options: Options,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    session: Option<Session>,
    /// Replicas of people who signed out go on sending what they had committed.
    open: BTreeMap<EnrolmentId, Replica>,
    watches: Watches,
    out: Option<mpsc::Sender<Update>>,
}

impl Office {
    pub(crate) fn new(folder: PathBuf, clock: Arc<dyn Clock>, options: Options) -> Self {
        Self {
            folder,
            clock,
            options,
            state: Mutex::default(),
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }

    pub(crate) fn today(&self) -> Date {
        self.clock.now().date()
    }

    pub(crate) fn options(&self) -> Options {
        self.options
    }

    pub(crate) fn listen(&self) -> mpsc::Receiver<Update> {
        let (out, updates) = mpsc::channel(WAITING_UPDATES);
        let mut state = self.state();
        state.watches.end_all();
        state.out = Some(out);
        updates
    }

    /// The replica of this enrolment, if it is open already.
    pub(crate) fn open_replica(&self, enrolment: &EnrolmentId) -> Option<Replica> {
        self.state().open.get(enrolment).cloned()
    }

    /// Seats a person at the window; from now on what changes in the replica is sent.
    pub(crate) fn sign_in(self: &Arc<Self>, replica: Replica) {
        let mut changed = replica.watch();
        let office = Arc::clone(self);
        let refresher = tokio::spawn(async move {
            while changed.changed().await.is_ok() {
                changed.mark_unchanged();
                office.refresh();
            }
        });
        let mut state = self.state();
        state
            .open
            .insert(replica.enrolment().enrolment.clone(), replica.clone());
        state.session = Some(Session::new(replica, refresher));
    }

    /// Leaves the window empty. What was committed goes on being sent.
    pub(crate) fn sign_out(&self) {
        let mut state = self.state();
        state.session = None;
        state.watches.end_all();
    }

    /// The replica of who is signed in.
    pub(crate) fn replica(&self) -> Result<Replica, Problem> {
        self.state()
            .session
            .as_ref()
            .map(|s| s.replica().clone())
            .ok_or_else(|| Problem {
                kind: ProblemKind::Locked,
                message: "Chưa có ai đăng nhập. Hãy chọn tên và nhập mã PIN.".to_owned(),
                retry: false,
            })
    }

    pub(crate) fn watch(&self, query: Query) -> Result<WatchId, Problem> {
        let replica = self.replica()?;
        // Under the lock: a change is either in these rows already or refreshes them after.
        let mut state = self.state();
        let rows = self.rows(&replica, &query);
        let snapshot = state.watches.begin(query, rows);
        let watch = snapshot.watch;
        state.send(snapshot);
        Ok(watch)
    }

    pub(crate) fn unwatch(&self, watch: WatchId) {
        self.state().watches.end(watch);
    }

    /// Computes what is watched again and sends what changed of it.
    pub(crate) fn refresh(&self) {
        let mut state = self.state();
        let Some(replica) = state.session.as_ref().map(|s| s.replica().clone()) else {
            return;
        };
        for update in state.watches.refresh(|query| self.rows(&replica, query)) {
            state.send(update);
        }
    }

    pub(crate) async fn close(&self) {
        let open = std::mem::take(&mut self.state().open);
        self.sign_out();
        for replica in open.into_values() {
            replica.close().await;
        }
    }

    fn rows(&self, replica: &Replica, query: &Query) -> Vec<Keyed> {
        views::rows(replica, query, self.clock.now())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves nothing half done here that a refresh would not mend.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn send(&self, update: Update) {
        if let Some(out) = &self.out
            && out.try_send(update).is_err()
        {
            tracing::warn!("the web view does not take its updates; it will watch again");
        }
    }
}
