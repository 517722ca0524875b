//! The words themselves, as they stand in `demo/said`.

use anyhow::Context;
use serde::Deserialize;
use terms::{AgencyId, Date, Period, TargetId, TaskId};

/// What each agency says.
pub(super) fn all() -> anyhow::Result<Vec<(&'static str, Said)>> {
    let read = |(agency, text): &(&'static str, &str)| {
        let said = toml::from_str(text).with_context(|| format!("said/{agency}.toml"))?;
        Ok((*agency, said))
    };
    SAID.iter().map(read).collect()
}

macro_rules! said {
    ($($agency:literal),* $(,)?) => {
        const SAID: &[(&str, &str)] =
            &[$(($agency, include_str!(concat!("../../said/", $agency, ".toml")))),*];
    };
}

said![
    "cuc-thue",
    "huyen-ke-sach",
    "huyen-tran-de",
    "so-cong-thuong",
    "so-gddt",
    "so-ldtbxh",
    "so-nnptnt",
    "so-tai-chinh",
    "so-tnmt",
    "so-tttt",
    "so-vhttdl",
    "so-y-te",
    "tx-vinh-chau",
];

/// What one agency says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    #[serde(default)]
    pub(super) task: Vec<OfTask>,
    #[serde(default)]
    pub(super) target: Vec<OfTarget>,
}

/// Of a task: per cent and a sentence for each quarter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfTask {
    pub(super) id: TaskId,
    pub(super) q1: Option<(u32, String)>,
    pub(super) q2: Option<(u32, String)>,
    pub(super) q3: Option<(u32, String)>,
    pub(super) done: Option<Done>,
    pub(super) obstacle: Option<Obstacle>,
    pub(super) milestone: Option<Milestone>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Done {
    pub(super) period: Period,
    pub(super) on: Date,
    pub(super) text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Obstacle {
    pub(super) period: Period,
    pub(super) text: String,
    pub(super) waits_for: Option<AgencyId>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Milestone {
    pub(super) period: Period,
    pub(super) title: String,
    pub(super) due: Date,
    pub(super) source: String,
}

/// Of a target: the actual figure of each quarter, the third quarter's estimate, and what the same
/// quarter of last year came to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfTarget {
    pub(super) id: TargetId,
    pub(super) q1: Option<String>,
    pub(super) q2: Option<String>,
    pub(super) q3: Option<String>,
    pub(super) estimate: Option<String>,
    pub(super) same: Option<String>,
}
