//! The relay of the demonstration and its folders.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, anyhow};
use replica::{Clock, ShiftedClock};
use seeds::Programme;
use sync::directory::{Right, Subject};
use sync_server::{
    Config, Running,
    admin::{Admin, Shared},
};
use terms::{AgencyId, DocId, Role};

use crate::{args::Open, people::Person, today};

/// A relay that runs on this computer, and where everybody's folders are.
pub(crate) struct Office {
    data: PathBuf,
    clock: ShiftedClock,
    programme: Programme,
    config: Config,
    /// None while the cable is pulled.
    relay: Option<Running>,
}

impl Office {
    /// Starts the relay. Its port is chosen the first time and kept: the people who are enrolled
    /// remember it.
    pub(crate) async fn open(wanted: &Open) -> anyhow::Result<Self> {
        let clock = ShiftedClock::on(today().context("no such day")?);
        let folder = wanted.data.join("relay");
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("{} can't be made", folder.display()))?;
        let database = folder.join("relay.db");
        let mut config = Config::new(address(&folder, wanted.port)?, &database);
        config.clock = Arc::new(move || clock.now());
        // Everybody enrols from one address within a minute.
        config.enrol_attempts = 1_000;
        let mut office = Self {
            data: wanted.data.clone(),
            clock,
            programme: programme(&wanted.seeds)?,
            config,
            relay: None,
        };
        office.join_cable().await?;
        Ok(office)
    }

    /// Starts the relay: the network is there.
    async fn join_cable(&mut self) -> anyhow::Result<()> {
        let relay = sync_server::start(self.config.clone()).await;
        self.relay = Some(relay.context("the relay can't be started")?);
        Ok(())
    }

    /// Pulls the cable, or puts it back; whether it is in now.
    pub(crate) async fn toggle_cable(&mut self) -> anyhow::Result<bool> {
        match self.relay.take() {
            Some(relay) => relay.shutdown().await,
            None => self.join_cable().await?,
        }
        Ok(self.relay.is_some())
    }

    /// Adds the agencies of the programme, the people, and the rights of the year.
    pub(crate) fn furnish(&self, people: &[Person]) -> anyhow::Result<()> {
        let mut admin = self.admin()?;
        for agency in &self.programme.agencies {
            admin.add_agency(&agency.id, &agency.name, &agency.short, agency.class)?;
        }
        for person in people {
            let Person {
                id,
                name,
                agency,
                role,
                position,
                ..
            } = person;
            admin.add_person(id, name, agency, *role, position)?;
        }
        // Nearly every agency leads something together with nearly every other: rather than one
        // right for each pair, whoever works anywhere may read everywhere.
        for agency in &self.programme.agencies {
            let doc = DocId::Agency(self.programme.year, agency.id.clone());
            for role in [Role::Officer, Role::Head] {
                admin.grant(&Subject::Role(role), &doc, Right::Read)?;
            }
        }
        admin.open_year(self.programme.year, &Shared::new())?;
        Ok(())
    }

    /// Administers the relay.
    pub(crate) fn admin(&self) -> anyhow::Result<Admin> {
        let clock = self.clock;
        Ok(Admin::open(
            &self.config.database,
            Arc::new(move || clock.now()),
        )?)
    }

    /// The programme as data.
    pub(crate) fn programme(&self) -> &Programme {
        &self.programme
    }

    /// The folder of an agency's computer: its people share it.
    pub(crate) fn computer(&self, agency: &AgencyId) -> PathBuf {
        self.data.join(agency.as_str())
    }

    /// The day and time that it is here.
    pub(crate) fn clock(&self) -> ShiftedClock {
        self.clock
    }

    /// Stops the relay when everything is on its disk.
    pub(crate) async fn close(self) {
        if let Some(relay) = self.relay {
            relay.shutdown().await;
        }
    }
}

fn programme(seeds: &Path) -> anyhow::Result<Programme> {
    seeds::load(seeds).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow!(
            "the programme in {} can't be read:\n{}",
            seeds.display(),
            faults.join("\n")
        )
    })
}

fn address(folder: &Path, wanted: Option<u16>) -> anyhow::Result<SocketAddr> {
    let kept = folder.join("port");
    let before = std::fs::read_to_string(&kept)
        .ok()
        .and_then(|text| text.trim().parse().ok());
    let port = match (wanted, before) {
        (Some(port), _) | (None, Some(port)) => port,
        (None, None) => TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
            .local_addr()?
            .port(),
    };
    if before.is_none() {
        std::fs::write(&kept, port.to_string())
            .with_context(|| format!("{} can't be written", kept.display()))?;
    }
    Ok((Ipv4Addr::LOCALHOST, port).into())
}
