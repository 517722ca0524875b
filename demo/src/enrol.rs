//! Enrolling the people, each on their agency's computer, and bringing the programme in.

use std::sync::Arc;

use anyhow::Context;
use replica::{Clock, Replica, enrolment};
use terms::{DocId, Heads, Role};

use crate::{
    PIN,
    office::Office,
    people::{self, Person},
    sign_in,
};

/// How long a code of the demonstration counts, in hours: it is used at once.
const HOURS: u32 = 1;

/// Enrols the person if they are not yet.
pub(crate) async fn enrol(office: &Office, person: &Person) -> anyhow::Result<()> {
    let computer = office.computer(&person.agency);
    std::fs::create_dir_all(&computer)?;
    if enrolment::list(&computer)?
        .iter()
        .any(|enrolled| enrolled.person == person.id)
    {
        return Ok(());
    }
    let device = format!("Máy của {}", person.agency);
    let code = office
        .admin()?
        .issue_code(&person.id, &device, HOURS, None)?;
    let enrolled = enrolment::enrol(&computer, &code.to_string(), &device, PIN).await?;
    sign_in::remember(&computer, &enrolled.enrolment().enrolment)
}

/// Opens the replica of a person who is enrolled.
pub(crate) fn open(
    office: &Office,
    person: &Person,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<Replica> {
    let computer = office.computer(&person.agency);
    let enrolled = enrolment::list(&computer)?;
    let enrolled = enrolled
        .iter()
        .find(|enrolled| enrolled.person == person.id)
        .with_context(|| format!("{} is not enrolled", person.name))?;
    let unlocked = enrolment::unlock(&computer, &enrolled.enrolment, PIN)?;
    Ok(Replica::open(unlocked, clock)?)
}

/// Closes a replica when the relay has everything.
pub(crate) async fn send_and_close(replica: Replica) {
    let mut changed = replica.watch();
    replica.go_online(&tokio::runtime::Handle::current());
    while replica.status().pending > 0 && changed.changed().await.is_ok() {}
    replica.close().await;
}

/// Lets the reviewer import the programme, as an editor of Sở KH&ĐT does.
pub(crate) async fn import(office: &Office) -> anyhow::Result<()> {
    let people = people::all()?;
    let reviewer = people
        .iter()
        .find(|person| person.role == Role::Reviewer)
        .context("nobody may write the programme")?;
    let replica = open(office, reviewer, Arc::new(office.clock()))?;
    let programme = DocId::Programme(office.programme().year);
    if replica.read(|world, _| world.heads(&programme)) == Heads::default() {
        let content = office.programme().clone().content();
        replica.import(content).await?;
    }
    send_and_close(replica).await;
    Ok(())
}
