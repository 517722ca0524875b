//! What stands behind one window: who is at it, which replicas are open, what it watches.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use ipc::{Me, Problem, ProblemKind, Query, Update, WatchId};
use replica::{Clock, Replica};
use serde_json::Value;
use terms::{Date, EnrolmentId};
use tokio::{
    sync::{mpsc, watch},
    time::MissedTickBehavior,
};

use crate::{answers, diff::Rows, session::Session, views, watches::Watches};

/// Updates that may wait for the web view. While it takes none, nothing more is computed for it;
/// what changes meanwhile is told together afterwards. So memory stays bounded, and nothing that
/// was told last can have been dropped.
const WAITING_UPDATES: usize = 64;

/// What the desk is told when it is set up.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The clock is a demonstration's: the window says so.
    pub demonstration: bool,
    /// How often it is seen whether another day has begun. A computer that sleeps stops the timers
    /// that are to wake at midnight, so the clock is read instead.
    pub day_seen_every: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            demonstration: false,
            day_seen_every: Duration::from_secs(30),
        }
    }
}

/// Grows with what it tells of.
type Version = watch::Receiver<u64>;

/// What stands behind one window.
pub struct Desk {
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

/// What was changed of what is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// Anything.
    All,
    /// What is typed and not an edit yet, and nothing else.
    Drafts,
}

impl Desk {
    /// A desk over the data folder `folder`. Nobody is signed in yet. Must be called, and then
    /// used, within a tokio runtime.
    pub fn new(folder: PathBuf, clock: Arc<dyn Clock>, options: Options) -> Arc<Self> {
        Arc::new(Self {
            folder,
            clock,
            options,
            state: Mutex::default(),
        })
    }

    /// Answers the command `name`.
    pub async fn call(self: &Arc<Self>, name: &str, args: Value) -> Result<Value, Problem> {
        answers::ROUTER.call(Arc::clone(self), name, args).await
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }

    fn today(&self) -> Date {
        self.clock.now().date()
    }

    /// The person at the window.
    pub(crate) fn me(&self, replica: &Replica) -> Me {
        views::me(replica, self.today(), self.options)
    }

    /// Where updates of watched views come out from now on. A new listener takes the place of the
    /// one before and its watches end: the web view was loaded anew.
    pub fn listen(&self) -> mpsc::Receiver<Update> {
        let (out, updates) = mpsc::channel(WAITING_UPDATES);
        let mut state = self.state();
        state.watches.end_all();
        state.out = Some(out);
        updates
    }

    /// The replica of this enrolment, if it is open already and of use.
    pub(crate) fn open_replica(&self, enrolment: &EnrolmentId) -> Option<Replica> {
        let state = self.state();
        let open = state.open.get(enrolment);
        open.filter(|replica| replica.is_open()).cloned()
    }

    /// Signs a person in; from now on what changes in the replica is sent to the window.
    pub(crate) fn sign_in(self: &Arc<Self>, replica: Replica) {
        let (desk, signed_in_replica) = (Arc::clone(self), replica.clone());
        // Read now, and heard from now on: no view may be older than this without being told.
        let today = self.today();
        let heard = (replica.watch(), replica.watch_drafts());
        let refresher =
            tokio::spawn(async move { desk.keep_fresh(&signed_in_replica, heard, today).await });
        let mut state = self.state();
        state
            .open
            .insert(replica.enrolment().enrolment.clone(), replica.clone());
        // What somebody else was looking at is not for this person.
        state.watches.end_all();
        state.session = Some(Session::new(replica, refresher));
    }

    /// Signs out. What was committed is still sent to the relay.
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

    /// Begins a watch and sends its snapshot.
    pub(crate) async fn watch(&self, query: Query) -> Result<WatchId, Problem> {
        let out = self.state().out.clone();
        let room = match &out {
            Some(out) => out.reserve().await.ok(),
            None => None,
        };
        let replica = self.replica()?;
        // Under the lock: a change is either in these rows already or refreshes them after.
        let mut state = self.state();
        let rows = self.rows(&replica, &query);
        let snapshot = state.watches.begin(query, rows);
        let watch = snapshot.watch;
        if let Some(room) = room {
            room.send(snapshot);
        }
        Ok(watch)
    }

    pub(crate) fn unwatch(&self, watch: WatchId) {
        self.state().watches.end(watch);
    }

    /// Sends what changes of what is watched, for as long as the replica is open.
    async fn keep_fresh(
        &self,
        replica: &Replica,
        (mut changed, mut drafts): (Version, Version),
        mut today: Date,
    ) {
        let mut day = tokio::time::interval(self.options.day_seen_every);
        day.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let what = tokio::select! {
                biased;
                open = changed.changed() => open.map(|()| What::All),
                open = drafts.changed() => open.map(|()| What::Drafts),
                _ = day.tick() => {
                    let seen = std::mem::replace(&mut today, self.today());
                    if seen == today {
                        continue;
                    }
                    Ok(What::All)
                }
            };
            let Ok(what) = what else { return };
            self.refresh(replica, what).await;
        }
    }

    /// Computes what is watched again, one view after the other, and sends what changed of it.
    async fn refresh(&self, replica: &Replica, what: What) {
        let (out, watched) = {
            let state = self.state();
            (state.out.clone(), state.watches.all())
        };
        let Some(out) = out else { return };
        for watch in watched {
            // Gone: the web view was loaded anew, and what it watched has ended.
            let Ok(room) = out.reserve().await else {
                return;
            };
            let query = self.state().watches.query(watch);
            let Some(query) = query else { continue };
            if what == What::Drafts && !views::shows_drafts(&query) {
                continue;
            }
            // Nobody waits for this. Only here rows change, so that none can be told twice; what
            // happens meanwhile leads here again.
            let rows = self.rows(replica, &query);
            let update = self.state().watches.refresh(watch, rows);
            if let Some(update) = update {
                room.send(update);
            }
        }
    }

    /// Closes every replica, waiting until what was handed to it is on the disk.
    pub async fn close(&self) {
        let open = std::mem::take(&mut self.state().open);
        self.sign_out();
        for replica in open.into_values() {
            replica.close().await;
        }
    }

    fn rows(&self, replica: &Replica, query: &Query) -> Rows {
        views::rows(replica, query, self.today(), self.options)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves nothing half done here that a refresh would not mend.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
