//! The authors' signatures of what came in snapshots, read once everything else is here.

use std::collections::BTreeMap;

use sync::{Ticket, client::Problem, directory::Directory, proof::Proof};
use terms::{ChangeId, DocId, EnrolmentId};
use tokio::task;

use super::ask::Asker;
use crate::{
    storage::{StoreError, changes},
    writer::Writer,
};

/// Reads and checks the signatures that are missing. What can't be had now is asked for again with
/// the next connection; a wrong one means that the relay vouched for what nobody wrote.
pub(super) async fn prove(asker: Asker, writer: Writer, ticket: Ticket) -> Result<(), Problem> {
    let read = writer.call(|engine| {
        let unproved = changes::unproved(&engine.db)?;
        Ok::<_, StoreError>((unproved, engine.directory.clone()))
    });
    let Ok((unproved, directory)) = read.await else {
        return Ok(());
    };
    for (doc, changes) in unproved {
        let missing = Missing {
            doc,
            changes,
            directory: directory.clone(),
        };
        missing.prove(&asker, &writer, ticket).await?;
    }
    Ok(())
}

/// What a document lacks.
struct Missing {
    doc: DocId,
    /// By whom each change says to be.
    changes: BTreeMap<ChangeId, EnrolmentId>,
    directory: Directory,
}

impl Missing {
    async fn prove(
        mut self,
        asker: &Asker,
        writer: &Writer,
        ticket: Ticket,
    ) -> Result<(), Problem> {
        let mut after = Some(0);
        while let Some(from) = after.filter(|_| !self.changes.is_empty()) {
            let page = match asker.proofs(&self.doc, from, ticket).await {
                Ok(page) => page,
                Err(error) => {
                    tracing::info!(doc = %self.doc, %error, "no proofs");
                    return Ok(());
                }
            };
            after = page.next.filter(|next| *next > from);
            let checking = task::spawn_blocking(move || self.check(page.proofs));
            let Ok(checked) = checking.await else {
                return Ok(());
            };
            let (missing, proofs) = checked?;
            let doc = missing.doc.clone();
            let stored = writer.call(move |engine| engine.prove(&doc, &proofs));
            if stored.await.is_err() {
                return Ok(());
            }
            self = missing;
        }
        Ok(())
    }

    /// The proofs that were missing, each of the author that the change names.
    fn check(mut self, proofs: Vec<Proof>) -> Result<(Self, Vec<Proof>), Problem> {
        let mut checked = Vec::new();
        for proof in proofs {
            let Some(author) = self.changes.remove(&proof.change) else {
                continue;
            };
            let key = self.directory.key(&author);
            let holds = key.is_some_and(|key| proof.holds(&self.doc, key));
            if proof.author != author || !holds {
                return Err(Problem::BadChange {
                    doc: self.doc,
                    why: format!("{author}, {:?}", proof.change),
                });
            }
            checked.push(proof);
        }
        Ok((self, checked))
    }
}

#[cfg(test)]
mod tests {
    use sync::{Keypair, SignedChange};

    use super::*;
    use crate::testing;

    #[test]
    fn only_the_signature_of_whom_the_change_names_proves_it() {
        let folder = tempfile::tempdir().unwrap();
        let directory = testing::engine(folder.path(), "td-an").directory;
        let (doc, id) = (testing::doc(), ChangeId([3; 32]));
        let [an, binh]: [EnrolmentId; 2] = ["td-an", "td-binh"].map(testing::id);
        let proof = |author: &EnrolmentId, key: &Keypair| {
            let change = SignedChange::sign(vec![1], &doc, &id, author.clone(), key);
            Proof::of(id, &change).unwrap()
        };
        let missing = || Missing {
            doc: doc.clone(),
            changes: BTreeMap::from([(id, an.clone())]),
            directory: directory.clone(),
        };
        let [key, other] = ["td-an", "td-binh"].map(testing::key_of);
        let (left, proved) = missing()
            .check(vec![proof(&an, &key)])
            .map_err(|_| ())
            .unwrap();
        assert!(left.changes.is_empty() && proved.len() == 1);
        for forged in [proof(&an, &other), proof(&binh, &other), proof(&binh, &key)] {
            let problem = missing().check(vec![forged]).map(|_| ()).unwrap_err();
            assert!(!problem.retry() && problem.to_string().contains("chữ ký"));
        }
    }
}
