//! A relay for one test, the people and devices around it, and the papers they write.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use futures_util::{SinkExt as _, StreamExt as _};
use sync::{
    Cursor, Inspect, Keypair, PublicKey, Refusal, SignedChange, Ticket,
    client::{self, Client},
    code::Code,
    enrol::{EnrolReply, EnrolRequest},
    frame::{self, ClientFrame, Entry, MAX_FRAME, RelayFrame},
};
use sync_server::{Config, Running, admin::Admin};
use tempfile::TempDir;
use terms::{AgencyClass, ChangeHeader, ChangeId, DocId, EnrolmentId, Role, Timestamp};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, tungstenite::Message};

/// 11/09/2019, four days before the third quarter's reports are due.
pub(crate) const TODAY: Timestamp = Timestamp(1_568_170_800);

pub(crate) const TRAN_DE: &str = "agency/2019/huyen-tran-de";
pub(crate) const KE_SACH: &str = "agency/2019/huyen-ke-sach";

/// A relay in this process, with two districts, a department, and somebody in each.
pub(crate) struct TestRelay {
    pub(crate) folder: TempDir,
    pub(crate) admin: Admin,
    pub(crate) clock: Arc<AtomicI64>,
    pub(crate) addr: SocketAddr,
    pub(crate) key: PublicKey,
    running: Option<Running>,
}

impl TestRelay {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    pub(crate) async fn start_with(set: impl FnOnce(&mut Config)) -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Arc::new(AtomicI64::new(TODAY.0));
        let mut admin = Admin::open(&folder.path().join("relay.db"), tells(&clock)).unwrap();
        furnish(&mut admin);
        let mut config = config(&folder);
        config.clock = tells(&clock);
        set(&mut config);
        let running = sync_server::start(config).await.unwrap();
        let (addr, key) = (running.addr, running.public_key);
        Self {
            folder,
            admin,
            clock,
            addr,
            key,
            running: Some(running),
        }
    }

    /// Stops it cleanly; [`TestRelay::resume`] starts it again on the same database.
    pub(crate) async fn stop(&mut self) {
        self.running.take().unwrap().shutdown().await;
    }

    pub(crate) async fn resume(&mut self) {
        let mut config = config(&self.folder);
        config.clock = tells(&self.clock);
        let running = sync_server::start(config).await.unwrap();
        (self.addr, self.running) = (running.addr, Some(running));
    }

    /// Puts an older copy of the database in its place, while the relay is down.
    pub(crate) async fn restore(&mut self, backup: &[u8]) {
        self.stop().await;
        // Nobody may have a file open that is replaced.
        let elsewhere = self.folder.path().join("elsewhere.db");
        self.admin = Admin::open(&elsewhere, tells(&self.clock)).unwrap();
        fs::write(self.database(), backup).unwrap();
        self.admin = Admin::open(&self.database(), tells(&self.clock)).unwrap();
        self.resume().await;
    }

    pub(crate) fn hours_pass(&self, hours: i64) {
        self.clock.fetch_add(hours * 3600, Ordering::SeqCst);
    }

    pub(crate) fn code_for(&mut self, person: &str) -> Code {
        self.admin
            .issue_code(&person.parse().unwrap(), "laptop", 48, None)
            .unwrap()
    }

    pub(crate) async fn enrol(&mut self, person: &str) -> Device {
        let code = self.code_for(person);
        Device::enrol(&code).await
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("relay.db")
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }
}

pub(crate) fn config(folder: &TempDir) -> Config {
    Config::new(
        (Ipv4Addr::LOCALHOST, 0).into(),
        folder.path().join("relay.db"),
    )
}

fn tells(clock: &Arc<AtomicI64>) -> sync_server::Clock {
    let clock = Arc::clone(clock);
    Arc::new(move || Timestamp(clock.load(Ordering::SeqCst)))
}

/// Two districts, a department, and an officer or reviewer in each.
pub(crate) fn furnish(admin: &mut Admin) {
    for (agency, person, role, class) in [
        ("huyen-tran-de", "an", Role::Officer, AgencyClass::CapHuyen),
        ("huyen-ke-sach", "chi", Role::Officer, AgencyClass::CapHuyen),
        ("so-khdt", "binh", Role::Reviewer, AgencyClass::SoNganh),
    ] {
        let id = agency.parse().unwrap();
        admin.add_agency(&id, agency, agency, class).unwrap();
        admin
            .add_person(&person.parse().unwrap(), person, &id, role, "cán bộ")
            .unwrap();
    }
    admin.open_year(2019, &BTreeMap::default()).unwrap();
}

/// A person on a device.
#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) enrolment: EnrolmentId,
    pub(crate) key: Keypair,
    pub(crate) relay: PublicKey,
    pub(crate) reply: EnrolReply,
}

impl Device {
    /// What a new device asks with a code.
    pub(crate) fn request(code: &Code) -> EnrolRequest {
        EnrolRequest::new(code.secret, "máy".to_owned(), &new_key(), &code.relay)
    }

    pub(crate) async fn enrol(code: &Code) -> Self {
        let key = new_key();
        let request = EnrolRequest::new(code.secret, "máy xách tay".to_owned(), &key, &code.relay);
        let answer = post(&code.url, &request).await;
        let reply: EnrolReply = answer.json().await.unwrap();
        reply.check(code.relay, &key.public()).unwrap();
        Self {
            enrolment: reply.enrolment.clone(),
            key,
            relay: code.relay,
            reply,
        }
    }

    /// Connects and proves who it is.
    pub(crate) async fn connect(&self, to: SocketAddr) -> Connection {
        let mut connection = self.knock(to).await;
        match connection.any().await {
            RelayFrame::Welcome { signature } => {
                connection.ticket = Some(Ticket::of(&signature));
                connection
            }
            other => panic!("no welcome but {other:?}"),
        }
    }

    /// Connects, sends its proof, and does not yet look at the answer.
    pub(crate) async fn knock(&self, to: SocketAddr) -> Connection {
        self.knock_at(to, TODAY).await
    }

    pub(crate) async fn knock_at(&self, to: SocketAddr, now: Timestamp) -> Connection {
        let mut connection = Connection::open(to).await;
        let setup = client::Setup {
            enrolment: self.enrolment.clone(),
            key: self.key.clone(),
            relay: self.relay,
            app: "test".to_owned(),
            directory: sync::directory::Directory::new(self.relay),
            cursors: BTreeMap::default(),
            pending: Vec::new(),
            quarantined: BTreeSet::default(),
        };
        let mut client = Client::new(setup);
        client.handle(client::Event::Opened { nonce: [7; 32] }, now, &HeaderReader);
        let challenge = connection.bytes().await.expect("a challenge");
        for action in client.handle(client::Event::Frame(challenge), now, &HeaderReader) {
            match action {
                client::Action::Send(bytes) => connection.send_bytes(bytes).await,
                client::Action::Close(problem) => panic!("{problem}"),
                _ => {}
            }
        }
        connection
    }
}

struct HeaderReader;

impl Inspect for HeaderReader {
    fn inspect(&self, doc: &DocId, bytes: &[u8]) -> Result<ChangeHeader, String> {
        programme::inspect(doc, bytes).map_err(|error| error.to_string())
    }
}

pub(crate) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A socket to the relay that speaks in frames.
pub(crate) struct Connection {
    pub(crate) socket: Socket,
    /// What lets questions over HTTP in, once welcomed.
    pub(crate) ticket: Option<Ticket>,
}

impl Connection {
    pub(crate) async fn open(to: SocketAddr) -> Self {
        let (socket, _) = tokio_tungstenite::connect_async(format!("ws://{to}/v1/ws"))
            .await
            .unwrap();
        Self {
            socket,
            ticket: None,
        }
    }

    pub(crate) async fn send_bytes(&mut self, bytes: Vec<u8>) {
        self.socket
            .send(Message::Binary(bytes.into()))
            .await
            .unwrap();
    }

    pub(crate) async fn send_text(&mut self, text: &str) {
        self.socket.send(Message::Text(text.into())).await.unwrap();
    }

    pub(crate) async fn send(&mut self, frame: &ClientFrame) {
        self.send_bytes(frame::encode(frame)).await;
    }

    /// Sends if the relay is still there.
    pub(crate) async fn try_send(&mut self, frame: &ClientFrame) -> bool {
        self.socket
            .send(Message::Binary(frame::encode(frame).into()))
            .await
            .is_ok()
    }

    /// The next message, or nothing once the relay has closed.
    pub(crate) async fn bytes(&mut self) -> Option<Vec<u8>> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Binary(bytes))) => return Some(bytes.into()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    pub(crate) async fn any(&mut self) -> RelayFrame {
        self.maybe().await.expect("a frame, not the end")
    }

    pub(crate) async fn maybe(&mut self) -> Option<RelayFrame> {
        let bytes = self.bytes().await?;
        Some(frame::decode(&bytes, MAX_FRAME).unwrap())
    }

    /// The next frame that is neither the directory nor small talk.
    pub(crate) async fn next(&mut self) -> RelayFrame {
        loop {
            match self.any().await {
                RelayFrame::Directory { .. } | RelayFrame::UpToDate { .. } => {}
                frame => return frame,
            }
        }
    }

    /// Why the relay closes; whatever comes before is passed over.
    pub(crate) async fn refusal(&mut self) -> Refusal {
        let mut said = None;
        while let Some(frame) = self.maybe().await {
            if let RelayFrame::Refused(refusal) = frame {
                said = Some(refusal);
            }
        }
        said.expect("the relay closes and says why")
    }

    /// Follows the directory and these documents from the start.
    pub(crate) async fn follow(&mut self, docs: &[&str]) {
        self.send(&ClientFrame::FollowDirectory {
            from: Cursor::START,
        })
        .await;
        let docs = docs
            .iter()
            .map(|doc| (doc.parse().unwrap(), Cursor::START))
            .collect();
        self.send(&ClientFrame::Follow { docs }).await;
        while !matches!(self.any().await, RelayFrame::UpToDate { .. }) {}
    }

    pub(crate) async fn push(&mut self, doc: &str, changes: Vec<SignedChange>) {
        self.send(&ClientFrame::Push {
            doc: doc.parse().unwrap(),
            changes,
        })
        .await;
    }

    /// The ids of the next entries of the stream, and whether each was pushed here.
    pub(crate) async fn changes(&mut self) -> Vec<(ChangeId, bool)> {
        match self.next().await {
            RelayFrame::Changes { doc, entries, .. } => entries
                .iter()
                .map(|entry| match entry {
                    Entry::Yours(id) => (*id, true),
                    Entry::Theirs(change) => {
                        (programme::inspect(&doc, &change.bytes).unwrap().id, false)
                    }
                })
                .collect(),
            other => panic!("no changes but {other:?}"),
        }
    }
}

pub(crate) fn new_key() -> Keypair {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).unwrap();
    Keypair::from_seed(&seed)
}

pub(crate) async fn post(url: &str, request: &EnrolRequest) -> reqwest::Response {
    let client = reqwest::Client::new();
    client
        .post(format!("{url}/v1/enrol"))
        .json(request)
        .send()
        .await
        .unwrap()
}
