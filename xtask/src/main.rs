//! Set up, run, test, measure: everything that is more than one cargo command.
//!
//! On `std` and `anyhow` alone, so that it is built in seconds on a fresh machine.

mod journeys;
mod run;
mod setup;
mod shell;
mod test;
mod ui;
mod workspace;

use anyhow::bail;

use crate::{setup::Needs, workspace::Workspace};

const HELP: &str = "\
cargo xtask COMMAND

  run [--as AGENCY]... [--data DIR] [--virtual]
                  the demonstration: a relay on this computer and a window for each person
                  (huyen-tran-de and so-khdt unless --as names others)
  ui [--release]  the UI alone; reload an open window with Ctrl+R
  test [NAME]     what CI runs; with a name, only the journeys whose name contains it
  pictures DIR    every screen in every size, as PNG files
  bench [relay]   figures, beside floors measured in the same run; or the relay's alone
  setup           only what the others need: system packages and the wasm target
  help            this

Build products go to $CARGO_TARGET_DIR, or else to ~/.cache/tien-do/target.";

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", &[][..]),
    };
    let workspace = Workspace::find()?;
    match command {
        "run" => run::run(&workspace, rest),
        "ui" => {
            let wasm = setup::setup(&Needs::ui())?;
            ui::build(&workspace, wasm, ui::profile(rest)?)
        }
        "test" => test::test(&workspace, rest),
        "pictures" => journeys::pictures(&workspace, rest),
        "bench" => journeys::bench(&workspace, rest),
        "setup" => setup::setup(&Needs::everything()).map(|_| println!("Everything is there.")),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => bail!("no command «{other}»\n\n{HELP}"),
    }
}
