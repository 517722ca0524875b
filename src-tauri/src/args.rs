//! What the program can be told when it is started.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use terms::{AgencyId, Date};

/// Tiến Độ: the progress of the province's programme, written where the work is done.
#[derive(Debug, Parser)]
#[command(name = "tien-do", version)]
pub(crate) struct Args {
    /// The data folder; by default the system's own place for it.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Runs as if today were this day (YYYY-MM-DD): for demonstrations.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) clock: Option<Date>,
    /// Signs the person in at once, without a PIN. Only in a data folder made by `demo`.
    #[arg(long)]
    pub(crate) sign_in: bool,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Opens the demonstration: a relay on this computer and a window for each person.
    Demo(Demo),
}

/// How to open the demonstration.
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Where it keeps everything.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// The programme as data (seeds/soc-trang-2019).
    #[arg(long, value_name = "DIR")]
    pub(crate) seeds: PathBuf,
    /// Whose windows to open, by agency; by default Huyện Trần Đề and Sở KH&ĐT.
    #[arg(long, value_name = "AGENCY")]
    pub(crate) r#as: Vec<AgencyId>,
    /// The relay's port on this computer; by default a free one, kept from then on.
    #[arg(long)]
    pub(crate) port: Option<u16>,
    /// Nobody has said anything yet.
    #[arg(long)]
    pub(crate) silent: bool,
    /// Makes everything ready and opens no window.
    #[arg(long)]
    pub(crate) prepare_only: bool,
}

fn day(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| format!("«{text}» is no day; write 2019-09-11"))
}
