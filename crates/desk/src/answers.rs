//! The one function that answers each command.

use std::{sync::Arc, time::Duration};

use ipc::{
    Check, Draft, Drafts, Edited, Enrol, Find, Found, History, KeepDraft, Lock, Looked, Me, People,
    PersonRow, Problem, Submit, SubmitTogether, SyncNow, Unlock, Unsent, UnsentRow, Unwatch, Watch,
    WatchId, WhoAmI,
};
use replica::{Replica, enrolment};
use terms::rows::HistoryRow;

use crate::{find, office::Office, problem::IntoProblem, router::Router, views};

/// How long a new device waits for the programme before it opens the window without.
const FIRST_PROGRAMME: Duration = Duration::from_secs(15);

type Answer<T> = Result<T, Problem>;
type At = Arc<Office>;

/// All of them.
pub(crate) fn router() -> Router {
    Router::default()
        .on::<People, _, _>(people)
        .on::<Enrol, _, _>(enrol)
        .on::<Unlock, _, _>(unlock)
        .on::<Lock, _, _>(lock)
        .on::<WhoAmI, _, _>(who_am_i)
        .on::<Watch, _, _>(watch)
        .on::<Unwatch, _, _>(unwatch)
        .on::<Submit, _, _>(submit)
        .on::<SubmitTogether, _, _>(submit_together)
        .on::<Check, _, _>(check)
        .on::<KeepDraft, _, _>(keep_draft)
        .on::<Drafts, _, _>(drafts)
        .on::<History, _, _>(history)
        .on::<Looked, _, _>(looked)
        .on::<Find, _, _>(find)
        .on::<SyncNow, _, _>(sync_now)
        .on::<Unsent, _, _>(unsent)
}

async fn people(office: At, _: People) -> Answer<Vec<PersonRow>> {
    let enrolled = enrolment::list(office.folder()).map_err(IntoProblem::into_problem)?;
    Ok(enrolled.into_iter().map(views::person).collect())
}

async fn enrol(office: At, command: Enrol) -> Answer<Me> {
    let Enrol {
        code,
        device,
        secret,
    } = command;
    let unlocked = enrolment::enrol(office.folder(), &code, &device, &secret)
        .await
        .map_err(IntoProblem::into_problem)?;
    let replica = Replica::open(unlocked, office.clock()).map_err(IntoProblem::into_problem)?;
    replica.go_online(&tokio::runtime::Handle::current());
    // Without the programme there is no period to open the window on.
    let _ = tokio::time::timeout(FIRST_PROGRAMME, programme_arrived(&replica)).await;
    Ok(seat(&office, &replica))
}

async fn programme_arrived(replica: &Replica) {
    let mut changed = replica.watch();
    while replica.read(|world, _| programme::views::periods(world).is_empty())
        && changed.changed().await.is_ok()
    {}
}

async fn unlock(office: At, command: Unlock) -> Answer<Me> {
    let Unlock { enrolment, secret } = command;
    let at = Arc::clone(&office);
    // Deriving the key from the secret takes a good part of a second on purpose.
    let unlocked = blocking(move || enrolment::unlock(at.folder(), &enrolment, &secret)).await?;
    let replica = match office.open_replica(&unlocked.enrolment().enrolment) {
        Some(replica) => replica,
        None => Replica::open(unlocked, office.clock()).map_err(IntoProblem::into_problem)?,
    };
    Ok(seat(&office, &replica))
}

/// Seats the person and lets the replica look for the relay.
fn seat(office: &At, replica: &Replica) -> Me {
    replica.go_online(&tokio::runtime::Handle::current());
    office.sign_in(replica.clone());
    views::me(replica, office.today(), office.options())
}

async fn lock(office: At, _: Lock) -> Answer<()> {
    office.sign_out();
    Ok(())
}

async fn who_am_i(office: At, _: WhoAmI) -> Answer<Option<Me>> {
    let replica = office.replica().ok();
    Ok(replica.map(|replica| views::me(&replica, office.today(), office.options())))
}

async fn watch(office: At, command: Watch) -> Answer<WatchId> {
    office.watch(command.query).await
}

async fn unwatch(office: At, command: Unwatch) -> Answer<()> {
    office.unwatch(command.watch);
    Ok(())
}

async fn submit(office: At, command: Submit) -> Answer<Edited> {
    let edited = office
        .replica()?
        .edit(command.request)
        .await
        .map_err(IntoProblem::into_problem)?;
    Ok(told(edited))
}

async fn submit_together(office: At, command: SubmitTogether) -> Answer<Vec<Edited>> {
    let edited = office
        .replica()?
        .edit_together(command.requests)
        .await
        .map_err(IntoProblem::into_problem)?;
    Ok(edited.into_iter().map(told).collect())
}

fn told(edited: replica::Edited) -> Edited {
    Edited {
        heads: edited.heads,
        at: edited.at,
    }
}

async fn check(office: At, command: Check) -> Answer<Vec<Option<Problem>>> {
    let replica = office.replica()?;
    let problem = |request| replica.check(request).err().map(IntoProblem::into_problem);
    Ok(command.requests.iter().map(problem).collect())
}

async fn keep_draft(office: At, command: KeepDraft) -> Answer<()> {
    let KeepDraft { doc, path, draft } = command;
    office
        .replica()?
        .keep_draft(doc, path, draft)
        .await
        .map_err(IntoProblem::into_problem)
}

async fn drafts(office: At, _: Drafts) -> Answer<Vec<Draft>> {
    let drafts = office
        .replica()?
        .drafts()
        .map_err(IntoProblem::into_problem)?;
    Ok(drafts.into_iter().map(views::draft).collect())
}

async fn history(office: At, command: History) -> Answer<Vec<HistoryRow>> {
    views::history(&office.replica()?, &command)
}

async fn looked(office: At, command: Looked) -> Answer<()> {
    office
        .replica()?
        .looked(command.task)
        .await
        .map_err(IntoProblem::into_problem)
}

async fn find(office: At, command: Find) -> Answer<Vec<Found>> {
    find::find(&office.replica()?, &command.text)
}

async fn sync_now(office: At, _: SyncNow) -> Answer<()> {
    office.replica()?.sync_now();
    Ok(())
}

async fn unsent(office: At, _: Unsent) -> Answer<Vec<UnsentRow>> {
    views::unsent(&office.replica()?)
}

async fn blocking<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Answer<T>
where
    T: Send + 'static,
    E: IntoProblem + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(IntoProblem::into_problem),
        Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_command_is_answered() {
        let all = ipc::COMMANDS.iter().copied().collect();
        assert_eq!(super::router().names(), all);
    }
}
