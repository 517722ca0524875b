//! What the invented people say: read from `demo/said`, written through their replicas
//! as they would have written it, each quarter's in its time.

mod edits;
mod words;

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use anyhow::Context;
use replica::{Clock, Replica};
use terms::{DocId, Edit, EditRequest, Heads, Timestamp};

use self::words::Said;
use crate::{
    enrol,
    office::Office,
    people::{self, Person},
};

/// Lets everybody say it.
pub(crate) async fn say(office: &Office) -> anyhow::Result<()> {
    let people = people::all()?;
    for (agency, said) in words::all()? {
        let speaker = people
            .iter()
            .find(|person| person.agency.as_str() == agency)
            .with_context(|| format!("nobody speaks for {agency}"))?;
        say_as(office, speaker, &said).await?;
        println!("  what {} of {agency} says", speaker.name);
    }
    Ok(())
}

async fn say_as(office: &Office, speaker: &Person, said: &Said) -> anyhow::Result<()> {
    let clock = Arc::new(HandClock(AtomicI64::new(office.clock().now().0)));
    let replica = enrol::open(office, speaker, Arc::clone(&clock) as Arc<dyn Clock>)?;
    let doc = DocId::Agency(2019, speaker.agency.clone());
    for (number, (period, edit)) in (1..).zip(edits::of(said)?) {
        clock
            .0
            .store(edits::written_at(period)?.0, Ordering::Relaxed);
        edit_once(&replica, &doc, number, edit).await?;
    }
    // The relay refuses a clock that is days behind its own.
    clock.0.store(office.clock().now().0, Ordering::Relaxed);
    enrol::send_and_close(replica).await;
    Ok(())
}

async fn edit_once(replica: &Replica, doc: &DocId, number: u64, edit: Edit) -> anyhow::Result<()> {
    let seen = Heads::default();
    let request = EditRequest {
        doc: doc.clone(),
        seen,
        number,
        reason: None,
        edit,
    };
    replica.edit(request).await?;
    Ok(())
}

/// A clock that is set by hand.
struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}
