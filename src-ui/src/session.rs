//! Who is at this window, which period they look at, and what they were typing.

use ipc::{Draft, Drafts, Lock, Me, WhoAmI};
use leptos::{
    prelude::{
        Get, GetUntracked, LocalStorage, RwSignal, Set, SetValue, Signal, StoredValue, UpdateValue,
        With, expect_context, provide_context,
    },
    task::{spawn_local, tick},
};
use terms::{AgencyId, Date, DocId, Period, PeriodKind};

use crate::transport::Door;

/// Whether somebody is at this window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// The shell has not answered yet.
    Asking,
    /// Nobody is signed in.
    Nobody,
    /// Somebody is.
    Somebody(Box<Me>),
}

/// The person at this window. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Session {
    door: Door,
    presence: RwSignal<Presence>,
    period: RwSignal<Period>,
    drafts: StoredValue<Vec<Draft>, LocalStorage>,
}

/// The session of this window.
pub fn use_session() -> Session {
    expect_context()
}

impl Session {
    /// Nobody yet.
    pub fn provide(door: Door) -> Self {
        let session = Self {
            door,
            presence: RwSignal::new(Presence::Asking),
            period: RwSignal::new(Period {
                year: 2000,
                kind: PeriodKind::Year,
            }),
            drafts: StoredValue::new_local(Vec::new()),
        };
        provide_context(session);
        session
    }

    /// Asks who is signed in: after a reload somebody is.
    pub async fn restore(self) {
        match self.door.call(WhoAmI {}).await {
            Ok(Some(me)) => self.enter(me).await,
            _ => self.presence.set(Presence::Nobody),
        }
    }

    /// Somebody has signed in.
    pub async fn enter(self, me: Me) {
        self.drafts
            .set_value(self.door.call(Drafts {}).await.unwrap_or_default());
        self.period.set(me.period);
        self.presence.set(Presence::Somebody(Box::new(me)));
    }

    /// Signs out, after the screens have gone and committed what was typed in them.
    pub fn lock(self) {
        self.presence.set(Presence::Nobody);
        spawn_local(async move {
            tick().await;
            let _ = self.door.call(Lock {}).await;
        });
    }

    /// Whether somebody is signed in.
    pub fn presence(self) -> Presence {
        self.presence.get()
    }

    /// Reads something of the person at this window; `None` where nobody is.
    pub fn with<T>(self, read: impl FnOnce(&Me) -> T) -> Option<T> {
        self.presence.with(|presence| match presence {
            Presence::Somebody(me) => Some(read(me)),
            Presence::Asking | Presence::Nobody => None,
        })
    }

    /// The person's agency.
    pub fn agency(self) -> Option<AgencyId> {
        self.with(|me| me.agency.clone())
    }

    /// The day it is.
    pub fn today(self) -> Option<Date> {
        self.with(|me| me.today)
    }

    /// The period looked at.
    pub fn period(self) -> Signal<Period> {
        self.period.into()
    }

    /// Looks at another period.
    pub fn set_period(self, period: Period) {
        if self.period.get_untracked() != period {
            self.period.set(period);
        }
    }

    /// What was being typed in a field when the app last ended: handed out once.
    pub fn take_draft(self, doc: &DocId, path: &str) -> Option<Draft> {
        let mut taken = None;
        self.drafts.update_value(|drafts| {
            let at = drafts
                .iter()
                .position(|draft| draft.doc == *doc && draft.path == path);
            taken = at.map(|at| drafts.swap_remove(at));
        });
        taken
    }
}
