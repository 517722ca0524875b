//! What the program can be told when it is started.

use std::path::PathBuf;

use clap::Parser;
use terms::Date;

/// Tiến Độ: the progress of the province's programme, written where the work is done.
#[derive(Debug, Parser)]
#[command(name = "tien-do", version)]
pub(crate) struct Args {
    /// The data folder; by default the system's own place for it.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Runs as if today were this day (YYYY-MM-DD): for tests.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) clock: Option<Date>,
}

fn day(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| format!("«{text}» is no day; write 2019-09-11"))
}
