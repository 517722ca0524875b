//! The one function that answers each command.

use std::sync::{Arc, LazyLock};

use ipc::{
    Check, Drafts, Edited, Enrol, Find, Found, History, KeepDraft, Lock, Looked, Me, People,
    PersonRow, Problem, Submit, SubmitTogether, SyncNow, Unlock, Unsent, UnsentRow, Unwatch, Watch,
    WatchId, WhoAmI,
};
use replica::{Replica, enrolment};
use terms::rows::{DraftRow, HistoryRow};

use crate::{Desk, find, problem::IntoProblem, router::Router, views};

type Answer<T> = Result<T, Problem>;
type Window = Arc<Desk>;

/// All of them.
pub(crate) static ROUTER: LazyLock<Router> = LazyLock::new(|| {
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
});

async fn people(desk: Window, _: People) -> Answer<Vec<PersonRow>> {
    let enrolled = enrolment::list(desk.folder()).map_err(IntoProblem::into_problem)?;
    Ok(enrolled.into_iter().map(views::person).collect())
}

async fn enrol(desk: Window, command: Enrol) -> Answer<Me> {
    let Enrol {
        code,
        device,
        secret,
    } = command;
    let unlocked = enrolment::enrol(desk.folder(), &code, &device, &secret)
        .await
        .map_err(IntoProblem::into_problem)?;
    let replica = Replica::open(unlocked, desk.clock()).map_err(IntoProblem::into_problem)?;
    Ok(signed_in(&desk, &replica))
}

async fn unlock(desk: Window, command: Unlock) -> Answer<Me> {
    let Unlock { enrolment, secret } = command;
    let at = Arc::clone(&desk);
    // Deriving the key from the secret takes a good part of a second on purpose.
    let unlocked = blocking(move || enrolment::unlock(at.folder(), &enrolment, &secret)).await?;
    let replica = match desk.open_replica(&unlocked.enrolment().enrolment) {
        Some(replica) => replica,
        None => Replica::open(unlocked, desk.clock()).map_err(IntoProblem::into_problem)?,
    };
    Ok(signed_in(&desk, &replica))
}

/// Signs the person in and lets the replica look for the relay.
fn signed_in(desk: &Window, replica: &Replica) -> Me {
    replica.go_online(&tokio::runtime::Handle::current());
    desk.sign_in(replica.clone());
    desk.me(replica)
}

async fn lock(desk: Window, _: Lock) -> Answer<()> {
    desk.sign_out();
    Ok(())
}

async fn who_am_i(desk: Window, _: WhoAmI) -> Answer<Option<Me>> {
    let replica = desk.replica().ok();
    Ok(replica.map(|replica| desk.me(&replica)))
}

async fn watch(desk: Window, command: Watch) -> Answer<WatchId> {
    desk.watch(command.query).await
}

async fn unwatch(desk: Window, command: Unwatch) -> Answer<()> {
    desk.unwatch(command.watch);
    Ok(())
}

async fn submit(desk: Window, command: Submit) -> Answer<Edited> {
    let edited = desk
        .replica()?
        .edit(command.request)
        .await
        .map_err(IntoProblem::into_problem)?;
    Ok(told(edited))
}

async fn submit_together(desk: Window, command: SubmitTogether) -> Answer<Vec<Edited>> {
    let edited = desk
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

async fn check(desk: Window, command: Check) -> Answer<Vec<Option<Problem>>> {
    let replica = desk.replica()?;
    let problem = |request| replica.check(request).err().map(IntoProblem::into_problem);
    Ok(command.requests.iter().map(problem).collect())
}

async fn keep_draft(desk: Window, command: KeepDraft) -> Answer<()> {
    let KeepDraft { doc, path, draft } = command;
    desk.replica()?
        .keep_draft(doc, path, draft)
        .await
        .map_err(IntoProblem::into_problem)
}

async fn drafts(desk: Window, _: Drafts) -> Answer<Vec<DraftRow>> {
    views::drafts(&desk.replica()?).map_err(IntoProblem::into_problem)
}

async fn history(desk: Window, command: History) -> Answer<Vec<HistoryRow>> {
    views::history(&desk.replica()?, &command)
}

async fn looked(desk: Window, command: Looked) -> Answer<()> {
    desk.replica()?
        .looked(command.task)
        .await
        .map_err(IntoProblem::into_problem)
}

async fn find(desk: Window, command: Find) -> Answer<Vec<Found>> {
    find::find(&desk.replica()?, &command.text)
}

async fn sync_now(desk: Window, _: SyncNow) -> Answer<()> {
    desk.replica()?.sync_now();
    Ok(())
}

async fn unsent(desk: Window, _: Unsent) -> Answer<Vec<UnsentRow>> {
    views::unsent(&desk.replica()?)
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
        assert_eq!(super::ROUTER.names(), all);
    }
}
