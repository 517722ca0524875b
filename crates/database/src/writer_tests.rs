//! Jobs over a table of numbers, and a sum of them in memory.

use std::sync::{Arc, Mutex, mpsc as std_mpsc};

use rusqlite::Connection;

use super::*;
use crate::ErrorKind;

/// A table of numbers and their sum.
struct Numbers {
    db: Connection,
    sum: i64,
    commits: usize,
    /// Fails the next commit.
    refuses: bool,
    /// Told whether the queue was still open when this was dropped.
    dropped: Option<(Writer<Numbers>, std_mpsc::Sender<bool>)>,
}

impl Numbers {
    fn new() -> Self {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE n (n INTEGER UNIQUE)")
            .unwrap();
        Self {
            db,
            sum: 0,
            commits: 0,
            refuses: false,
            dropped: None,
        }
    }

    fn add(&mut self, number: i64) -> Result<i64, Error> {
        self.sum += number;
        self.db.execute("INSERT INTO n VALUES (?1)", [number])?;
        Ok(self.sum)
    }

    fn stored(&self) -> i64 {
        let sum = "SELECT coalesce(sum(n), 0) FROM n";
        self.db.query_row(sum, [], |row| row.get(0)).unwrap()
    }
}

impl Drop for Numbers {
    fn drop(&mut self) {
        if let Some((writer, tell)) = self.dropped.take() {
            tell.send(writer.is_running()).unwrap();
        }
    }
}

impl Transactional for Numbers {
    type Error = Error;
    type Before = i64;
    type Committed = usize;

    fn connection(&self) -> &Connection {
        &self.db
    }

    fn before_job(&mut self) -> i64 {
        self.sum
    }

    fn job_undone(&mut self, before: i64) -> Result<(), Error> {
        self.sum = before;
        Ok(())
    }

    fn before_commit(&mut self) -> Result<(), Error> {
        if std::mem::take(&mut self.refuses) {
            return Err(Error::io(
                std::path::Path::new("n"),
                io::ErrorKind::StorageFull.into(),
            ));
        }
        Ok(())
    }

    fn committed(&mut self) -> usize {
        self.commits += 1;
        self.commits
    }

    fn rolled_back(&mut self) {
        self.sum = self.stored();
    }
}

/// What happened, in order.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn note(&self, what: impl Into<String>) {
        self.0.lock().unwrap().push(what.into());
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Observer<Numbers> for Heard {
    fn committed(&mut self, number: &mut usize) {
        self.note(format!("committed {number}"));
    }

    fn answered(&mut self, number: usize) {
        self.note(format!("answered {number}"));
    }

    fn failed(&mut self, error: &Error) {
        self.note(format!("failed {:?}", error.kind()));
    }
}

const LIMITS: Limits = Limits {
    waiting: 16,
    together: 8,
};

/// A job that holds the thread until the sender is used: what is asked meanwhile waits together.
async fn hold(writer: &Writer<Numbers>) -> std_mpsc::Sender<()> {
    let (release, held) = std_mpsc::channel();
    let (tell, began) = oneshot::channel();
    let job = move |_: &mut Numbers| {
        tell.send(()).unwrap();
        held.recv().unwrap();
        Ok::<_, Error>(())
    };
    assert!(writer.send(job, |_| ()).await);
    began.await.unwrap();
    release
}

#[test]
fn a_job_that_fails_is_undone_alone_without_a_thread_too() {
    let mut numbers = Numbers::new();
    begin(&mut numbers).unwrap();
    attempt(&mut numbers, |n| n.add(1)).unwrap();
    let twice = attempt(&mut numbers, |n| {
        n.add(2)?;
        n.add(1)
    });
    assert_eq!(twice.unwrap_err().kind(), ErrorKind::Refused);
    assert_eq!(attempt(&mut numbers, |n| n.add(4)).unwrap(), 5);
    commit(&mut numbers).unwrap();
    assert_eq!((numbers.stored(), numbers.sum), (5, 5));
}

#[test]
fn a_transaction_that_the_system_ended_keeps_nothing() {
    let mut numbers = Numbers::new();
    begin(&mut numbers).unwrap();
    attempt(&mut numbers, |n| n.add(1)).unwrap();
    let ended = attempt(&mut numbers, |n| {
        n.db.execute_batch("ROLLBACK")?;
        n.add(1)?;
        n.add(1)
    });
    assert!(ended.is_err());
    let later = attempt(&mut numbers, |n| n.add(2)).unwrap_err();
    assert_eq!(later.kind(), ErrorKind::Undone);
    assert_eq!(commit(&mut numbers).unwrap_err().kind(), ErrorKind::Undone);
}

#[tokio::test]
async fn a_job_that_fails_does_not_fail_its_neighbours() {
    let heard = Heard::default();
    let (writer, _) = Writer::start("n", LIMITS, Numbers::new(), heard.clone()).unwrap();
    let release = hold(&writer).await;
    let mut told = Vec::new();
    for number in [1, 1, 2] {
        let (tell, tells) = oneshot::channel();
        let heard = heard.clone();
        let answer = move |done: Result<i64, Error>| {
            heard.note(format!("{number} {}", done.is_ok()));
            let _ = tell.send(());
        };
        let job = move |n: &mut Numbers| n.add(number);
        assert!(writer.send(job, answer).await);
        told.push(tells);
    }
    release.send(()).unwrap();
    for told in told {
        told.await.unwrap();
    }
    let sums = |n: &mut Numbers| Ok::<_, Error>((n.stored(), n.sum));
    assert_eq!(writer.call(sums).await.unwrap(), (3, 3));
    // One commit for all of them, and no answer before it.
    let expected = ["committed 1", "1 true", "1 false", "2 true", "answered 1"];
    assert_eq!(heard.all()[..5], expected);
}

#[tokio::test]
async fn what_cannot_be_committed_fails_for_all_and_is_forgotten() {
    let heard = Heard::default();
    let (writer, _) = Writer::start("n", LIMITS, Numbers::new(), heard.clone()).unwrap();
    let full = writer
        .call(|n: &mut Numbers| {
            n.refuses = true;
            n.add(1)
        })
        .await;
    assert_eq!(full.unwrap_err().kind(), ErrorKind::Full);
    assert_eq!(heard.all(), ["failed Full"]);
    assert_eq!(writer.call(|n| n.add(1)).await.unwrap(), 1);
}

#[tokio::test]
async fn whoever_sees_the_queue_closed_finds_the_state_gone() {
    let (writer, ended) = Writer::start("n", LIMITS, Numbers::new(), Heard::default()).unwrap();
    let (tell, told) = std_mpsc::channel();
    let mine = writer.clone();
    let died = writer
        .call(move |n: &mut Numbers| -> Result<(), Error> {
            n.dropped = Some((mine, tell));
            panic!("a fault")
        })
        .await;
    assert_eq!(died.unwrap_err().kind(), ErrorKind::Closed);
    ended.wait().await;
    assert!(!writer.is_running());
    assert!(
        told.recv().unwrap(),
        "the queue was closed before the state was gone"
    );
}
