//! The relay as a program: reads flags, environment and file, then serves or administers.

mod cli;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match cli::Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One sentence for a person: each part of the chain says it in more detail.
            eprintln!("Lỗi: {error:#}");
            ExitCode::FAILURE
        }
    }
}
