//! What the program can be told when it is started.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use terms::AgencyId;

/// The demonstration of Tiến Độ.
#[derive(Debug, Parser)]
#[command(name = "tien-do-demo", version)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Opens it: a relay on this computer and a window for each person.
    Open(Open),
    /// Opens one person's window, and no relay.
    Window(Window),
}

/// How to open the demonstration.
#[derive(Debug, clap::Args)]
pub(crate) struct Open {
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

/// How to open one person's window.
#[derive(Debug, clap::Args)]
pub(crate) struct Window {
    /// The person's data folder, made ready by `open`.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Signs the person in at once, without a PIN.
    #[arg(long)]
    pub(crate) sign_in: bool,
}
