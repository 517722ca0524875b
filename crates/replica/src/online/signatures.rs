//! The authors' signatures of what came in snapshots, read once everything else is here.

use std::collections::BTreeMap;

use sync::{Ticket, client::Problem, directory::Directory, signatures::ChangeSignature};
use terms::{ChangeId, DocId, EnrolmentId};
use tokio::task;

use super::http::HttpClient;
use crate::{
    storage::{StoreError, changes},
    writer::Writer,
};

/// Reads and checks the signatures that are missing. What can't be had now is asked for again with
/// the next connection; a wrong one means that the relay vouched for what nobody wrote.
pub(super) async fn fetch(http: HttpClient, writer: Writer, ticket: Ticket) -> Result<(), Problem> {
    let read = writer.call(|engine| {
        let without_signature = changes::without_signature(&engine.db)?;
        Ok::<_, StoreError>((without_signature, engine.directory.clone()))
    });
    let Ok((without_signature, directory)) = read.await else {
        return Ok(());
    };
    for (doc, changes) in without_signature {
        let missing = Missing {
            doc,
            changes,
            directory: directory.clone(),
        };
        missing.fetch(&http, &writer, ticket).await?;
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
    async fn fetch(
        mut self,
        http: &HttpClient,
        writer: &Writer,
        ticket: Ticket,
    ) -> Result<(), Problem> {
        let mut after = Some(0);
        while let Some(from) = after.filter(|_| !self.changes.is_empty()) {
            let page = match http.signatures(&self.doc, from, ticket).await {
                Ok(page) => page,
                Err(error) => {
                    tracing::info!(doc = %self.doc, %error, "no signatures");
                    return Ok(());
                }
            };
            after = page.next.filter(|next| *next > from);
            let checking = task::spawn_blocking(move || self.check(page.signatures));
            let Ok(checked) = checking.await else {
                return Ok(());
            };
            let (missing, signatures) = checked?;
            let doc = missing.doc.clone();
            let stored = writer.call(move |engine| engine.store_signatures(&doc, &signatures));
            if stored.await.is_err() {
                return Ok(());
            }
            self = missing;
        }
        Ok(())
    }

    /// The proofs that were missing, each of the author that the change names.
    fn check(
        mut self,
        signatures: Vec<ChangeSignature>,
    ) -> Result<(Self, Vec<ChangeSignature>), Problem> {
        let mut checked = Vec::new();
        for signature in signatures {
            let Some(author) = self.changes.remove(&signature.change) else {
                continue;
            };
            let key = self.directory.key(&author);
            let holds = key.is_some_and(|key| signature.holds(&self.doc, key));
            if signature.author != author || !holds {
                return Err(Problem::BadChange {
                    doc: self.doc,
                    why: format!("{author}, {:?}", signature.change),
                });
            }
            checked.push(signature);
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
        let signature = |author: &EnrolmentId, key: &Keypair| {
            let change = SignedChange::sign(vec![1], &doc, &id, author.clone(), key);
            ChangeSignature::of(id, &change).unwrap()
        };
        let missing = || Missing {
            doc: doc.clone(),
            changes: BTreeMap::from([(id, an.clone())]),
            directory: directory.clone(),
        };
        let [key, other] = ["td-an", "td-binh"].map(testing::key_of);
        let (left, accepted) = missing()
            .check(vec![signature(&an, &key)])
            .map_err(|_| ())
            .unwrap();
        assert!(left.changes.is_empty() && accepted.len() == 1);
        for forged in [
            signature(&an, &other),
            signature(&binh, &other),
            signature(&binh, &key),
        ] {
            let problem = missing().check(vec![forged]).map(|_| ()).unwrap_err();
            assert!(!problem.retry() && problem.to_string().contains("chữ ký"));
        }
    }
}
