//! What a relay is told at its start.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use crate::clock::{self, Clock};

/// How a relay is to be run. The program reads it from flags, environment and a file; the desktop
/// app and the tests fill it in.
#[derive(Clone)]
pub struct Config {
    /// Where to listen. Port 0 lets the system choose.
    pub listen: SocketAddr,
    /// The database; made if there is none.
    pub database: PathBuf,
    /// Where replicas reach the relay, for codes to carry; without it, the address it listens on.
    pub public_url: Option<String>,
    /// How many replicas may be connected at once.
    pub max_connections: usize,
    /// How many attempts to enrol one address has at once; then one more each ten seconds.
    pub enrol_attempts: u32,
    /// How long a new connection may take to authenticate.
    pub auth_timeout: Duration,
    /// After how long a silence a replica is asked whether it is still there; after as long again
    /// its place is free.
    pub silence: Duration,
    /// Reverse proxies of which it is believed for whom they call (`X-Forwarded-For`): what one
    /// address may do is counted for their callers. Nobody else's word is taken for it.
    pub trusted_proxy: Vec<IpAddr>,
    /// The time.
    pub clock: Clock,
}

impl Config {
    /// The usual settings, with the machine's clock.
    pub fn new(listen: SocketAddr, database: impl Into<PathBuf>) -> Self {
        Self {
            listen,
            database: database.into(),
            public_url: None,
            max_connections: 1_000,
            enrol_attempts: 10,
            auth_timeout: Duration::from_secs(10),
            silence: Duration::from_secs(30),
            trusted_proxy: Vec::new(),
            clock: clock::system(),
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("listen", &self.listen)
            .field("database", &self.database)
            .field("public_url", &self.public_url)
            .field("max_connections", &self.max_connections)
            .field("enrol_attempts", &self.enrol_attempts)
            .field("time_for_strangers", &self.auth_timeout)
            .field("silence", &self.silence)
            .field("trusted_proxy", &self.trusted_proxy)
            .finish_non_exhaustive()
    }
}
