//! People without an application: a key, a document, and a socket to a relay.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    process::Command,
};

use anyhow::{Context, bail};
use futures_util::{SinkExt, StreamExt};
use programme::{Document, LocalActor};
use replica::Clock;
use sync::{
    Cursor, Inspect, Keypair, SignedChange,
    client::{Action, Client, Event, Setup},
    code::Code,
    directory::Directory,
    enrol::{EnrolReply, EnrolRequest},
    frame::{self, ClientFrame, Entry, MAX_FRAME, RelayFrame},
};
use sync_server::admin::Admin;
use terms::{
    AgencyClass, AgencyId, ChangeHeader, ChangeId, Decimal, DocId, Edit, EnrolmentId, Field, Heads,
    Record, Role, Value,
};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config, tungstenite::Message,
};

use super::clock;
use crate::{
    drive::{Process, free_port},
    world::{Programs, TODAY, answers},
};

/// A relay of its own and so many people, one in each agency, connected to it.
pub(super) async fn connected(
    programs: &Programs,
    folder: &Path,
    people: u8,
) -> anyhow::Result<(Process, Vec<Person>)> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?));
    let database = folder.join("relay.db");
    let codes = codes(&database, &format!("http://{address}"), people)?;
    let mut command = Command::new(programs.path("sync-server"));
    command
        .args(["--clock", TODAY, "--enrol-attempts", "1000"])
        .args(["--listen", &address.to_string(), "--log", "warn"])
        .arg("--database")
        .arg(database);
    let relay = Process::start(command, &folder.join("relay.log"))?;
    answers(address).await?;
    let mut all = Vec::new();
    for (number, (agency, code)) in (0..).zip(codes) {
        all.push(Person::enrol(&agency, &code, number).await?);
    }
    Ok((relay, all))
}

/// A code for each person; their agency.
fn codes(database: &Path, url: &str, people: u8) -> anyhow::Result<Vec<(AgencyId, Code)>> {
    let clock = clock()?;
    let mut admin = Admin::open(database, std::sync::Arc::new(move || clock.now()))?;
    let mut codes = Vec::new();
    for number in 0..people {
        let (agency, person) = (
            format!("xa-{number}").parse()?,
            format!("n{number}").parse()?,
        );
        admin.add_agency(&agency, "xã", "xã", AgencyClass::CapHuyen)?;
        admin.add_person(&person, "cán bộ", &agency, Role::Officer, "cán bộ")?;
        codes.push((agency, admin.issue_code(&person, "máy", 1, Some(url))?));
    }
    admin.open_year(2019, &BTreeMap::default())?;
    Ok(codes)
}

/// Somebody who writes in their agency's document.
pub(super) struct Person {
    doc: DocId,
    document: Document,
    local_actor: LocalActor,
    key: Keypair,
    seen: Heads,
    written: i32,
    /// Written and signed, and not sent yet.
    ready: VecDeque<(ChangeId, Vec<u8>)>,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

struct HeaderReader;

impl Inspect for HeaderReader {
    fn inspect(&self, doc: &DocId, bytes: &[u8]) -> Result<ChangeHeader, String> {
        programme::inspect(doc, bytes).map_err(|error| error.to_string())
    }
}

impl Person {
    async fn enrol(agency: &AgencyId, code: &Code, number: u8) -> anyhow::Result<Self> {
        let key = Keypair::from_seed(&[number; 32]);
        let request = EnrolRequest::new(code.secret, "máy".to_owned(), &key, &code.relay);
        let asked = reqwest::Client::new().post(format!("{}/v1/enrol", code.url));
        let reply: EnrolReply = asked.json(&request).send().await?.json().await?;
        let socket = connect(code, &key, &reply).await?;
        let doc = DocId::Agency(2019, agency.clone());
        let document = Document::new(doc.clone());
        let mut ready = VecDeque::new();
        for (header, bytes) in document.changes() {
            let change = SignedChange::birth(bytes.clone());
            ready.push_back((header.id, push(&doc, change)));
        }
        let mut person = Self {
            seen: document.heads(),
            doc,
            document,
            local_actor: LocalActor {
                author: reply.enrolment,
                prefix: [number; 15],
            },
            key,
            written: 0,
            ready,
            socket,
        };
        // The births go before anything is measured.
        person.write(1)?;
        while !person.ready.is_empty() {
            person.push().await?;
        }
        Ok(person)
    }

    /// Writes and signs so many more changes.
    pub(super) fn write(&mut self, changes: u32) -> anyhow::Result<()> {
        let now = clock()?.now();
        for _ in 0..changes {
            self.written += 1;
            let edit = Edit::set(
                Record::Progress("nv-8fp1".parse()?, "2019-q3".parse()?),
                Field::Percent,
                Some(Value::Figure(Decimal::from(self.written % 100))),
            );
            let made = self
                .document
                .edit(&self.local_actor, &self.seen, &edit, None, now)?;
            self.seen = made.heads;
            for (header, bytes) in made.changes {
                let author = self.local_actor.author.clone();
                let change = if header.birth {
                    SignedChange::birth(bytes)
                } else {
                    SignedChange::sign(bytes, &self.doc, &header.id, author, &self.key)
                };
                self.ready.push_back((header.id, push(&self.doc, change)));
            }
        }
        Ok(())
    }

    /// How many bytes the next change takes on the way.
    pub(super) fn weight(&self) -> usize {
        self.ready.front().map_or(0, |(_, frame)| frame.len())
    }

    /// Sends the next change and waits until the relay has it.
    pub(super) async fn push(&mut self) -> anyhow::Result<()> {
        let (id, frame) = self.ready.pop_front().context("nothing is written")?;
        self.socket.send(Message::binary(frame)).await?;
        loop {
            let bytes = next(&mut self.socket).await?;
            match frame::decode(&bytes, MAX_FRAME)? {
                RelayFrame::Changes { entries, .. } if entries.contains(&Entry::Yours(id)) => {
                    return Ok(());
                }
                RelayFrame::Rejected { rejection, .. } => bail!("rejected: {rejection}"),
                RelayFrame::Refused(refusal) => bail!("refused: {refusal}"),
                _ => {}
            }
        }
    }
}

fn push(doc: &DocId, change: SignedChange) -> Vec<u8> {
    let (doc, changes) = (doc.clone(), vec![change]);
    frame::encode(&ClientFrame::Push { doc, changes })
}

/// Connects as a replica does, which then follows all it may read, and hands over the socket.
async fn connect(
    code: &Code,
    key: &Keypair,
    reply: &EnrolReply,
) -> anyhow::Result<WebSocketStream<MaybeTlsStream<TcpStream>>> {
    let mut directory = Directory::new(code.relay);
    for entry in &reply.entries {
        directory.apply(entry)?;
    }
    let mut client = Client::new(Setup {
        enrolment: EnrolmentId::clone(&reply.enrolment),
        key: key.clone(),
        relay: code.relay,
        app: "bench".to_owned(),
        directory,
        cursors: BTreeMap::default(),
        pending: Vec::new(),
        quarantined: BTreeSet::default(),
    });
    let url = format!("{}/v1/ws", code.url.replacen("http", "ws", 1));
    let (mut socket, _) = connect_async_with_config(url, None, true).await?;
    let now = clock()?.now();
    client.handle(Event::Opened { nonce: [7; 32] }, now, &HeaderReader);
    // The challenge, and the welcome; then every stream from its start, without a snapshot.
    let mut events = VecDeque::new();
    for _ in 0..2 {
        events.push_back(Event::Frame(next(&mut socket).await?));
        while let Some(event) = events.pop_front() {
            for action in client.handle(event, now, &HeaderReader) {
                match action {
                    Action::Send(bytes) => socket.send(Message::binary(bytes)).await?,
                    Action::Begin { docs } => events.extend(docs.into_iter().map(from_start)),
                    Action::Close(problem) => bail!("closed: {problem}"),
                    _ => {}
                }
            }
        }
    }
    Ok(socket)
}

fn from_start(doc: DocId) -> Event {
    let (cursor, ids) = (Cursor::START, Vec::new());
    Event::Begun { doc, cursor, ids }
}

async fn next(socket: &mut WebSocketStream<MaybeTlsStream<TcpStream>>) -> anyhow::Result<Vec<u8>> {
    Ok(socket.next().await.context("closed")??.into_data().into())
}
