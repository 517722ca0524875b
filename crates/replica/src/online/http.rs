//! HTTP requests to the relay, authorised by the ticket of the live connection.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use reqwest::{Client, Response, StatusCode, header};
use sync::{
    Ticket,
    signatures::SignaturePage,
    snapshot::{MAX_SNAPSHOT, SignedSnapshot},
};
use terms::DocId;

/// How long the relay may say nothing.
const TIMEOUT: Duration = Duration::from_secs(20);

/// How often an interrupted answer is asked for again while the connection holds.
const TRIES: u32 = 5;

/// The pause before the second attempt; it grows by as much before each further one.
const PAUSE: Duration = Duration::from_millis(200);

/// The longest list and the longest page of proofs.
const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// Asks one relay. What came of an interrupted answer is kept, also for the next connection.
#[derive(Debug, Clone)]
pub(super) struct HttpClient {
    client: Client,
    url: String,
    partial: Arc<Mutex<BTreeMap<DocId, PartialSnapshot>>>,
}

/// The beginning of a snapshot.
#[derive(Debug, Clone, Default)]
struct PartialSnapshot {
    tag: Option<header::HeaderValue>,
    bytes: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
    /// It did not come, or not to its end.
    #[error("{0}")]
    Cut(#[from] reqwest::Error),
    /// The relay answers with something else.
    #[error("{0}")]
    Refused(StatusCode),
    /// What came is not what was asked for.
    #[error("not understood")]
    Nonsense,
}

impl HttpClient {
    /// Asks the relay at `url`.
    pub(super) fn new(url: &str) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .connect_timeout(TIMEOUT)
            .read_timeout(TIMEOUT)
            // The address in the code is the relay's own.
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self {
            client,
            url: url.to_owned(),
            partial: Arc::default(),
        })
    }

    /// The documents of which there is a snapshot.
    pub(super) async fn list(&self, ticket: Ticket) -> Result<Vec<DocId>, HttpError> {
        let asked = self.get("snapshots", ticket).send().await?;
        let bytes = whole(asked).await?;
        serde_json::from_slice(&bytes).map_err(|_| HttpError::Nonsense)
    }

    /// Who signed the changes of a document after this number.
    pub(super) async fn signatures(
        &self,
        doc: &DocId,
        after: u64,
        ticket: Ticket,
    ) -> Result<SignaturePage, HttpError> {
        let path = format!("signatures/{doc}?after={after}");
        let asked = self.get(&path, ticket).send().await?;
        SignaturePage::from_bytes(&whole(asked).await?).ok_or(HttpError::Nonsense)
    }

    /// A document's snapshot, from where it was interrupted.
    pub(super) async fn snapshot(
        &self,
        doc: &DocId,
        ticket: Ticket,
    ) -> Result<SignedSnapshot, HttpError> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.more(doc, ticket).await {
                Err(HttpError::Cut(error)) if tries < TRIES => {
                    tracing::debug!(%doc, %error, "interrupted");
                    tokio::time::sleep(PAUSE * tries).await;
                }
                Err(error) => return Err(error),
                Ok(()) => break,
            }
        }
        let bytes = self.part(doc, std::mem::take).bytes;
        SignedSnapshot::from_bytes(&bytes).ok_or(HttpError::Nonsense)
    }

    /// Reads on where the last answer ended.
    async fn more(&self, doc: &DocId, ticket: Ticket) -> Result<(), HttpError> {
        let mut asked = self.get(&format!("snapshots/{doc}"), ticket);
        let PartialSnapshot { tag, bytes } = self.part(doc, |part| part.clone());
        if let Some(tag) = tag.filter(|_| !bytes.is_empty()) {
            asked = asked
                .header(header::RANGE, format!("bytes={}-", bytes.len()))
                .header(header::IF_RANGE, tag);
        }
        let mut answer = asked.send().await?;
        match answer.status() {
            StatusCode::PARTIAL_CONTENT => {}
            StatusCode::OK => {
                let tag = answer.headers().get(header::ETAG).cloned();
                let bytes = Vec::new();
                self.part(doc, |part| *part = PartialSnapshot { tag, bytes });
            }
            other => return Err(HttpError::Refused(other)),
        }
        while let Some(chunk) = answer.chunk().await? {
            let len = self.part(doc, |part| {
                part.bytes.extend_from_slice(&chunk);
                part.bytes.len()
            });
            if len > MAX_SNAPSHOT {
                self.part(doc, |part| *part = PartialSnapshot::default());
                return Err(HttpError::Nonsense);
            }
        }
        Ok(())
    }

    fn get(&self, path: &str, ticket: Ticket) -> reqwest::RequestBuilder {
        self.client
            .get(format!("{}/v1/{path}", self.url))
            .bearer_auth(ticket)
    }

    fn part<T>(&self, doc: &DocId, look: impl FnOnce(&mut PartialSnapshot) -> T) -> T {
        let mut partial = self.partial.lock().unwrap_or_else(PoisonError::into_inner);
        look(partial.entry(doc.clone()).or_default())
    }
}

async fn whole(mut answer: Response) -> Result<Vec<u8>, HttpError> {
    if !answer.status().is_success() {
        return Err(HttpError::Refused(answer.status()));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_ANSWER {
            return Err(HttpError::Nonsense);
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Write as _};

    use sync::{Cursor, Keypair, snapshot::Snapshot};
    use terms::Heads;

    use super::*;

    /// Answers one request after another with these bytes, and says what was asked.
    fn answering(with: Vec<Vec<u8>>) -> (String, std::thread::JoinHandle<Vec<String>>) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answering = std::thread::spawn(move || {
            let asked = with.into_iter().map(|bytes| {
                let (mut socket, _) = listener.accept().unwrap();
                let lines = BufReader::new(socket.try_clone().unwrap()).lines();
                let lines = lines
                    .map_while(Result::ok)
                    .take_while(|line| !line.is_empty());
                let asked: Vec<String> = lines.collect();
                socket.write_all(&bytes).unwrap();
                asked.join("\n").to_lowercase()
            });
            asked.collect()
        });
        (url, answering)
    }

    fn answer(status: &str, len: usize, body: &[u8]) -> Vec<u8> {
        let head = format!(
            "HTTP/1.1 {status}\r\nETag: \"a\"\r\nContent-Length: {len}\r\nConnection: close\r\n\r\n"
        );
        [head.as_bytes(), body].concat()
    }

    fn ticket() -> Ticket {
        "0".repeat(32).parse().unwrap()
    }

    #[tokio::test]
    async fn an_interrupted_snapshot_is_read_on_where_it_ended() {
        let doc: DocId = "agency/2019/so-y-te".parse().unwrap();
        let snapshot = Snapshot {
            doc: doc.clone(),
            cursor: Cursor::START,
            heads: Heads::default(),
        };
        let signed = SignedSnapshot::sign(snapshot, vec![7; 5000], &Keypair::from_seed(&[1; 32]));
        let bytes = signed.to_bytes();
        let (url, heard) = answering(vec![
            answer("200 OK", bytes.len(), &bytes[..2000]),
            answer(
                "206 Partial Content",
                bytes.len() - 2000,
                &bytes[2000..3000],
            ),
            answer("206 Partial Content", bytes.len() - 3000, &bytes[3000..]),
        ]);
        let http = HttpClient::new(&url).unwrap();
        assert_eq!(http.snapshot(&doc, ticket()).await.unwrap(), signed);
        let heard = heard.join().unwrap();
        assert!(heard[0].contains("bearer 000") && !heard[0].contains("range"));
        assert!(heard[1].contains("range: bytes=2000-") && heard[1].contains("if-range: \"a\""));
        assert!(heard[2].contains("range: bytes=3000-"));
    }

    #[tokio::test]
    async fn what_is_no_snapshot_is_told_apart() {
        let doc: DocId = "agency/2019/so-y-te".parse().unwrap();
        let (url, _) = answering(vec![
            answer("404 Not Found", 0, b""),
            answer("200 OK", 6, b"<html>"),
        ]);
        let http = HttpClient::new(&url).unwrap();
        let refused = http.snapshot(&doc, ticket()).await.unwrap_err();
        assert!(matches!(refused, HttpError::Refused(StatusCode::NOT_FOUND)));
        let page = http.snapshot(&doc, ticket()).await.unwrap_err();
        assert!(matches!(page, HttpError::Nonsense));
    }
}
