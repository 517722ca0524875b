//! Who is at this window, which period they look at, and what they were typing.

mod drafts;
mod under_way;

use ipc::{KeepDraft, Lock, Me, WhoAmI};
use leptos::{
    prelude::{
        Effect, Get, GetUntracked, LocalStorage, Memo, RwSignal, Set, Signal, StoredValue, Update,
        UpdateValue, With, WithUntracked, WithValue, expect_context, provide_context,
    },
    task::{spawn_local, tick},
};
use terms::{
    AgencyId, Date, Period, PeriodKind,
    rows::{Draft, DraftRow},
};

use crate::{
    rows::{Rows, RowsState},
    transport::Client,
};
use drafts::{Drafts, Kept};
pub use drafts::{Place, Typed};
pub use under_way::{Going, UnderWay};

/// Whether somebody is at this window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The shell has not answered yet.
    Asking,
    /// Nobody is signed in.
    Nobody,
    /// Somebody is.
    Somebody,
}

/// The drafts as rows, watched for as long as somebody is signed in.
#[derive(Clone, Copy)]
pub struct DraftRows(pub Rows<DraftRow>);

/// The person at this window. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Session {
    client: Client,
    presence: RwSignal<Presence>,
    me: RwSignal<Option<Me>>,
    chosen: RwSignal<Option<Period>>,
    period: Memo<Period>,
    drafts: StoredValue<Drafts, LocalStorage>,
    /// How often drafts were let go from elsewhere than their field, and which was the last.
    discarded: RwSignal<(u64, Option<Place>)>,
    writes: StoredValue<UnderWay, LocalStorage>,
    locking: StoredValue<UnderWay, LocalStorage>,
}

/// The session of this window.
pub fn use_session() -> Session {
    expect_context()
}

impl Session {
    /// Nobody yet.
    pub fn provide(client: Client) -> Self {
        let (me, chosen) = (RwSignal::new(None::<Me>), RwSignal::new(None));
        let nothing = Period {
            year: 2000,
            kind: PeriodKind::Year,
        };
        let session = Self {
            client,
            presence: RwSignal::new(Presence::Asking),
            me,
            chosen,
            period: Memo::new(move |last: Option<&Period>| {
                let looked_at = me.with(|me| me.as_ref().map(|me| looked_at(chosen.get(), me)));
                looked_at.or(last.copied()).unwrap_or(nothing)
            }),
            drafts: StoredValue::new_local(Drafts::default()),
            discarded: RwSignal::new((0, None)),
            writes: StoredValue::new_local(UnderWay::default()),
            locking: StoredValue::new_local(UnderWay::default()),
        };
        provide_context(session);
        session
    }

    /// Asks who is signed in: after a reload somebody is.
    pub async fn restore(self) {
        match self.client.call(WhoAmI {}).await {
            Ok(Some(me)) => self.enter(me),
            _ => self.presence.set(Presence::Nobody),
        }
    }

    /// Somebody has signed in.
    pub fn enter(self, me: Me) {
        self.drafts
            .update_value(|drafts| *drafts = Drafts::default());
        self.chosen.set(None);
        self.me.set(Some(me));
        self.presence.set(Presence::Somebody);
    }

    /// Follows who is signed in and what they have typed, for the component that calls. What it
    /// returns becomes true when the drafts are known: a field takes its draft when it is mounted.
    pub fn follow(self) -> Signal<bool> {
        let me = self.client.watch(|| WhoAmI {});
        Effect::new(move |_| {
            let told = me.find(|me: &Me| Some(me.clone()));
            if told.is_some() && self.me.with_untracked(|me| *me != told) {
                self.me.set(told);
            }
        });
        let (drafts, known) = (self.client.watch(|| ipc::Drafts {}), RwSignal::new(false));
        provide_context(DraftRows(drafts));
        Effect::new(move |_| {
            let told: Vec<Draft> = drafts.all().into_iter().map(|(_, row)| row.draft).collect();
            let waiting = drafts.state() == RowsState::Waiting;
            self.drafts.update_value(|drafts| drafts.told(told));
            if !waiting && !known.get_untracked() {
                known.set(true);
            }
        });
        known.into()
    }

    /// Signs out, after the screens have gone and what was typed in them is on the disk.
    pub fn lock(self) {
        self.presence.set(Presence::Nobody);
        let going = self.locking.with_value(UnderWay::begin);
        spawn_local(async move {
            let _going = going;
            tick().await;
            self.me.set(None);
            self.writes.with_value(Clone::clone).none().await;
            let _ = self.client.call(Lock {}).await;
        });
    }

    /// Waits until whoever was here before has signed out.
    pub async fn locked(self) {
        self.locking.with_value(Clone::clone).none().await;
    }

    /// Something is on its way to the disk for as long as what this returns lives: nobody is signed
    /// out meanwhile.
    pub fn begin_write(self) -> Going {
        self.writes.with_value(UnderWay::begin)
    }

    /// Whether somebody is signed in.
    pub fn presence(self) -> Presence {
        self.presence.get()
    }

    /// Reads something of the person at this window; `None` where nobody is.
    pub fn with<T>(self, read: impl FnOnce(&Me) -> T) -> Option<T> {
        self.me.with(|me| me.as_ref().map(read))
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

    /// Looks at another period, for as long as there is such a one.
    pub fn set_period(self, period: Period) {
        if self.chosen.get_untracked() != Some(period) {
            self.chosen.set(Some(period));
        }
    }

    /// What is typed in a field and not an edit yet.
    pub fn draft(self, place: &Place) -> Option<Typed> {
        self.drafts.with_value(|drafts| drafts.of(place).cloned())
    }

    /// Keeps what is typed in a field; `None` lets it go.
    pub fn keep_draft(self, place: Place, typed: Option<Typed>) {
        let mut begin = false;
        self.drafts
            .update_value(|drafts| begin = drafts.keep(place.clone(), typed));
        if !begin {
            return;
        }
        let going = self.begin_write();
        spawn_local(async move {
            let _going = going;
            while let Some(draft) = self.next_draft(&place) {
                let (doc, path) = place.clone();
                let answer = self.client.call(KeepDraft { doc, path, draft }).await;
                if answer.is_err() {
                    self.drafts.update_value(|drafts| drafts.failed(&place));
                }
            }
        });
    }

    /// What is typed in a field is on its way to become an edit.
    pub fn note_sent(self, place: Place, typed: Typed) {
        self.drafts.update_value(|drafts| drafts.note(place, typed));
    }

    /// What was on its way was saved, or was refused and is a draft.
    pub fn note_answer(self, place: Place, sent: &Typed, saved: bool) {
        let keep = self
            .drafts
            .with_value(|drafts| drafts.answered(&place, sent, saved));
        if let Some(typed) = keep {
            self.keep_draft(place, typed);
        }
    }

    /// Lets a draft go from elsewhere than its field, which shows what the view says if it is
    /// mounted.
    pub fn discard(self, place: Place) {
        self.keep_draft(place.clone(), None);
        self.discarded
            .update(|(number, last)| (*number, *last) = (*number + 1, Some(place)));
    }

    /// How often [`discard`](Self::discard) was called, and whether the last was this place.
    pub fn discarded(self, place: &Place) -> (u64, bool) {
        self.discarded
            .with(|(number, last)| (*number, last.as_ref() == Some(place)))
    }

    fn next_draft(self, place: &Place) -> Option<Kept> {
        let mut next = None;
        self.drafts.update_value(|drafts| next = drafts.next(place));
        next
    }
}

/// The period that a person looks at: the one chosen, while there is such a one; otherwise the one
/// that is open.
fn looked_at(chosen: Option<Period>, me: &Me) -> Period {
    let there = |period: &Period| me.periods.iter().any(|(known, _)| known == period);
    chosen.filter(there).unwrap_or(me.period)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    fn me(open: &str, periods: &[&str]) -> Me {
        let due = Date::new(2019, 9, 15).unwrap();
        Me {
            enrolment: "td-an".parse().unwrap(),
            name: "An".into(),
            role: terms::Role::Officer,
            agency: "so-y-te".parse().unwrap(),
            agency_name: "Sở Y tế".into(),
            year: 2019,
            today: due,
            demonstration: false,
            period: period(open),
            periods: periods.iter().map(|text| (period(text), due)).collect(),
            agencies: vec![],
            groups: vec![],
        }
    }

    #[test]
    fn the_open_period_is_followed_until_somebody_chooses() {
        let (q2, q3) = (Some(period("2019-q2")), period("2019-q3"));
        let year = me("2019-q3", &["2019-q1", "2019-q2", "2019-q3"]);
        assert_eq!(looked_at(None, &year), q3);
        assert_eq!(Some(looked_at(q2, &year)), q2);
        // Nothing has come yet on a new device; a new year has no such period.
        assert_eq!(looked_at(None, &me("2019-year", &[])), period("2019-year"));
        let next = me("2020-q1", &["2020-q1", "2020-q2"]);
        assert_eq!(looked_at(q2, &next), period("2020-q1"));
    }
}
