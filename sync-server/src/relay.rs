//! A running relay: what its parts share, how it starts and how it stops.

use std::{future::IntoFuture as _, io, net::SocketAddr, sync::Arc, time::Duration};

use database::Ended;
use sync::{Keypair, PublicKey, code::Code, directory::Directory};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, mpsc, watch},
    task::{self, JoinHandle},
    time::{self, timeout},
};
use tracing::{error, info};

use crate::{
    Config,
    clock::Clock,
    http,
    hub::Hub,
    limiter::Limiter,
    listener::{Caller, GuardedListener},
    log::Log,
    random,
    readers::Readers,
    snapshots::Snapshots,
    store::{Serving, Store, StoreError},
    writer::Writer,
};

/// How often to look for what an administrator has committed from another process.
const POLL_INTERVAL: Duration = Duration::from_millis(200);

/// After an attempt to enrol, how long until the address gets another.
const ENROL_REFILL: Duration = Duration::from_secs(10);

/// How long stopping may take before the relay ends without waiting for what still runs. Nothing
/// acknowledged is lost by that.
const STOP_TIMEOUT: Duration = Duration::from_secs(5);

/// Why a relay does not start: what happened and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database does not serve.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another program listens there.
    #[error(
        "cổng {0} đang có chương trình khác dùng; hãy dừng chương trình đó hoặc đổi thiết lập «listen»"
    )]
    PortInUse(SocketAddr),
    /// The address is not this machine's, or may not be used.
    #[error("không mở được địa chỉ {address}: {why}; hãy sửa thiết lập «listen»")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        why: io::Error,
    },
    /// The address for replicas is none.
    #[error(
        "«{0}» không phải địa chỉ máy chủ; hãy sửa thiết lập «public_url», ví dụ \
         https://tiendo.soctrang.gov.vn"
    )]
    PublicUrl(String),
    /// The system refused something else.
    #[error("hệ thống từ chối: {0}; hãy thử khởi động lại máy chủ")]
    System(#[from] io::Error),
    /// The system has no random bytes.
    #[error("hệ thống không cấp số ngẫu nhiên: {0}; không thể tạo khóa an toàn")]
    Random(#[from] getrandom::Error),
}

/// What all connections and requests share.
pub(crate) struct Relay {
    pub(crate) key: Keypair,
    pub(crate) clock: Clock,
    pub(crate) hub: Arc<Hub>,
    pub(crate) writer: Writer,
    pub(crate) readers: Readers,
    pub(crate) snapshots: Snapshots,
    pub(crate) enrol: Limiter,
    pub(crate) slots: Arc<Semaphore>,
    /// After how long a silence a replica is asked whether it is still there.
    pub(crate) silence: Duration,
    /// Every connection holds a copy: when all copies are dropped, all connections have ended.
    pub(crate) alive: mpsc::Sender<()>,
}

/// A relay that serves. Dropping it stops it without waiting.
#[derive(Debug)]
pub struct Running {
    /// Where it listens; the real port where 0 was asked for.
    pub addr: SocketAddr,
    /// Its public key: what codes carry.
    pub public_key: PublicKey,
    /// Where replicas reach it.
    pub url: String,
    stop: watch::Sender<bool>,
    served: JoinHandle<()>,
}

impl Running {
    /// Takes no more connections, lets those there are finish, writes everything down and ends.
    pub async fn shutdown(self) {
        self.stop.send_replace(true);
        let _ = self.served.await;
    }
}

/// Starts a relay.
pub async fn start(config: Config) -> Result<Running, StartError> {
    let listener = bind(config.listen).await?;
    let addr = listener.local_addr()?;
    let opened = task::spawn_blocking(move || open(config, addr)).await;
    let Opened {
        config,
        serving,
        store,
        key,
        directory,
        url,
    } = opened.map_err(io::Error::other)??;
    let public_key = key.public();
    let hub = Hub::new(Arc::clone(&directory));
    let clock = Arc::clone(&config.clock);
    let log = Log::new(store, key.clone(), directory, Arc::clone(&clock));
    let (writer, written) = Writer::start(log, Arc::clone(&hub))?;
    let (alive, gone) = mpsc::channel(1);
    let guarded_listener =
        GuardedListener::new(listener, config.auth_timeout, &config.trusted_proxy);
    let relay = Relay {
        key,
        clock,
        hub,
        writer,
        readers: Readers::new(config.database),
        snapshots: Snapshots::default(),
        enrol: Limiter::new(config.enrol_attempts, ENROL_REFILL),
        slots: Arc::new(Semaphore::new(config.max_connections)),
        silence: config.silence,
        alive,
    };
    let (stop, stopping) = watch::channel(false);
    info!(%addr, %public_key, url, "relay started");
    let served = tokio::spawn(serve(
        guarded_listener,
        Arc::new(relay),
        stopping,
        gone,
        written,
        serving,
    ));
    Ok(Running {
        addr,
        public_key,
        url,
        stop,
        served,
    })
}

async fn bind(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address)
        .await
        .map_err(|why| match why.kind() {
            io::ErrorKind::AddrInUse => StartError::PortInUse(address),
            _ => StartError::Listen { address, why },
        })
}

struct Opened {
    config: Config,
    serving: Serving,
    store: Store,
    key: Keypair,
    directory: Arc<Directory>,
    url: String,
}

/// Opens the database and sees that it is whole.
fn open(config: Config, addr: SocketAddr) -> Result<Opened, StartError> {
    let seed = random::bytes()?;
    let mut store = Store::open(&config.database, || seed)?;
    let serving = Serving::begin(&config.database)?;
    store.check()?;
    let (key, directory) = store.read(|tx| {
        let (docs, changes) = tx.size()?;
        info!(database = %config.database.display(), docs, changes, "database");
        Ok((tx.key()?, tx.directory()?))
    })?;
    let url = config.public_url.clone().unwrap_or_else(|| local_url(addr));
    Code::new(&url, key.public(), [0; 16]).map_err(|_| StartError::PublicUrl(url.clone()))?;
    // An address that means every address of this machine is of no use in a code.
    if config.public_url.is_some() || !addr.ip().is_unspecified() {
        store.write(|tx| tx.set_public_url(&url))?;
    }
    Ok(Opened {
        config,
        serving,
        store,
        key,
        directory,
        url,
    })
}

fn local_url(addr: SocketAddr) -> String {
    if addr.ip().is_unspecified() {
        format!("http://127.0.0.1:{}", addr.port())
    } else {
        format!("http://{addr}")
    }
}

/// Serves until told to stop, then brings everything to an end in order.
async fn serve(
    guarded_listener: GuardedListener,
    relay: Arc<Relay>,
    stopping: watch::Receiver<bool>,
    mut gone: mpsc::Receiver<()>,
    written: Ended,
    serving: Serving,
) {
    let hub = Arc::clone(&relay.hub);
    let looking = tokio::spawn(poll_other_writers(relay.writer.clone()));
    let app = http::router(relay).into_make_service_with_connect_info::<Caller>();
    let served = axum::serve(guarded_listener, app)
        .with_graceful_shutdown(stopped(stopping.clone()))
        .into_future();
    let mut served = tokio::spawn(served);
    stopped(stopping).await;
    info!("stopping");
    looking.abort();
    hub.stop();
    let end = async {
        let _ = (&mut served).await;
        // Connections and requests are gone when nobody holds a copy of the sender, and the writer
        // ends when nobody can send it anything.
        let _ = gone.recv().await;
        written.wait().await;
    };
    if timeout(STOP_TIMEOUT, end).await.is_ok() {
        info!("stopped");
    } else {
        error!("stopped without waiting for everybody");
    }
    served.abort();
    drop(serving);
}

/// Waits until the relay is told to stop, or nobody is left to tell it.
async fn stopped(mut stopping: watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stop| *stop).await;
}

async fn poll_other_writers(writer: Writer) {
    let mut ticks = time::interval(POLL_INTERVAL);
    ticks.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        writer.poll_other_writers();
    }
}
