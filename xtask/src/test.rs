//! What CI runs. Every step is tried, so that one run tells everything that is wrong.

mod count;

use std::process::Command;

use anyhow::bail;

use crate::{
    journeys, run,
    setup::{self, Needs, Wasm},
    shell::{self, step},
    test::count::Count,
    ui,
    workspace::{Profile, Workspace},
};

/// The version that journeys hold our exports against.
const AUTOMERGE_JS: &str = "@automerge/automerge@3.5.0";

/// Runs all steps, or with a name only the journeys that contain it; the last line is the sum.
pub(crate) fn test(workspace: &Workspace, arguments: &[String]) -> anyhow::Result<()> {
    let wasm = setup::setup(&Needs::everything())?;
    let mut count = Count::default();
    if arguments.is_empty() {
        check(workspace, wasm, &mut count);
        in_the_crates(workspace, &mut count);
    }
    let built =
        run::build(workspace, Profile::Dev).and_then(|()| ui::build(workspace, wasm, Profile::Dev));
    if count.step(built) {
        journeys(workspace, arguments, &mut count);
    }
    println!("\n{count}");
    if count.failed > 0 {
        // The sum stays the last line: nothing is printed about an error that has been told.
        std::process::exit(1);
    }
    Ok(())
}

fn check(workspace: &Workspace, wasm: Wasm, count: &mut Count) {
    let docs = |mut command: Command| shell::run(command.env("RUSTDOCFLAGS", "-D warnings"));
    let strict = |mut command: Command| shell::run(command.args(["--", "-D", "warnings"]));
    count.step(step("format", || {
        shell::run(&mut workspace.cargo(&["fmt", "--all", "--check"]))
    }));
    count.step(step("clippy", || {
        strict(workspace.cargo(&["clippy", "--all-targets"]))
    }));
    count.step(step("clippy of the UI and its bundler", || {
        strict(wasm.cargo(workspace, &["clippy", "--package", "tiendo-ui"]))?;
        strict(workspace.cargo(&["clippy", "--package", "bundle"]))
    }));
    count.step(step("documentation", || {
        docs(workspace.cargo(&["doc", "--no-deps", "--document-private-items"]))?;
        docs(wasm.cargo(workspace, &["doc", "--no-deps", "--package", "tiendo-ui"]))
    }));
}

fn in_the_crates(workspace: &Workspace, count: &mut Count) {
    let all = workspace.cargo(&["test", "--no-fail-fast"]);
    count.tests(step("tests in the crates", || count::tests(all)));
}

fn journeys(workspace: &Workspace, arguments: &[String], count: &mut Count) {
    if let Err(missing) = automerge_js(workspace) {
        println!("\nSkipping the comparison with Automerge's JavaScript library: {missing:#}");
    }
    let mut program = journeys::program(workspace, Profile::Dev, "test");
    program.args(arguments);
    count.tests(step("journeys", || count::tests(program)));
}

fn automerge_js(workspace: &Workspace) -> anyhow::Result<()> {
    let folder = journeys::node_modules(workspace);
    if folder
        .join("node_modules/@automerge/automerge/package.json")
        .is_file()
    {
        return Ok(());
    }
    if shell::ask(Command::new("npm").arg("--version")).is_none() {
        bail!("npm is not there");
    }
    std::fs::create_dir_all(&folder)?;
    step("Automerge's JavaScript library", || {
        let mut npm = Command::new("npm");
        npm.args([
            "install",
            "--no-audit",
            "--no-fund",
            "--save-exact",
            "--prefix",
        ])
        .arg(&folder);
        shell::run(npm.arg(AUTOMERGE_JS))
    })
}
