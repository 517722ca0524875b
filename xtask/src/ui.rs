//! The UI as a web view loads it: wasm, its glue, one style sheet, page and fonts.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

use crate::{
    setup::Wasm,
    shell::{self, step},
    workspace::{Profile, Workspace},
};

/// The profile that is asked for on the command line.
pub(crate) fn profile(flags: &[String]) -> anyhow::Result<Profile> {
    match flags {
        [] => Ok(Profile::Dev),
        [flag] if flag == "--release" => Ok(Profile::Release),
        _ => bail!("ui takes nothing but --release"),
    }
}

/// Builds it into its folder below the build products.
pub(crate) fn build(workspace: &Workspace, wasm: Wasm, profile: Profile) -> anyhow::Result<()> {
    step("the UI", || {
        compile(workspace, wasm, profile)?;
        let folder = workspace.ui(profile);
        fs::create_dir_all(&folder)?;
        bundle(workspace, &folder, profile)?;
        copy_files(&workspace.root.join("src-ui"), &folder)
    })
}

fn compile(workspace: &Workspace, wasm: Wasm, profile: Profile) -> anyhow::Result<()> {
    let mut cargo = wasm.cargo(workspace, &["build", "--package", "tiendo-ui", "--bins"]);
    if profile == Profile::Release {
        // For the web, small counts more than fast.
        cargo
            .arg("--release")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "s");
    }
    shell::run(&mut cargo)
}

fn bundle(workspace: &Workspace, folder: &Path, profile: Profile) -> anyhow::Result<()> {
    let kind = if profile == Profile::Release {
        "release"
    } else {
        "debug"
    };
    let wasm = workspace
        .target
        .join(crate::setup::TARGET)
        .join(kind)
        .join("tiendo-ui.wasm");
    if is_newer(&folder.join("app_bg.wasm"), &wasm) {
        return Ok(());
    }
    // In release: the step over the whole module takes a minute without optimisation.
    shell::run(&mut workspace.cargo(&["build", "--quiet", "--package", "bundle"]))?;
    let mut bundle = workspace.command(workspace.program(Profile::Dev, "bundle"), &[]);
    bundle.arg(&wasm).arg(folder);
    if profile == Profile::Release {
        bundle.arg("--release");
    }
    shell::run(&mut bundle)
}

fn is_newer(product: &Path, source: &Path) -> bool {
    let changed = |path: &Path| fs::metadata(path).and_then(|m| m.modified());
    matches!((changed(product), changed(source)), (Ok(product), Ok(source)) if product >= source)
}

fn copy_files(source: &Path, folder: &Path) -> anyhow::Result<()> {
    for name in ["index.html", "boot.js"] {
        fs::copy(source.join(name), folder.join(name))
            .with_context(|| format!("src-ui/{name} can't be copied"))?;
    }
    fs::write(folder.join("app.css"), style(source)?)?;
    let fonts = folder.join("fonts");
    fs::create_dir_all(&fonts)?;
    for font in fs::read_dir(source.join("fonts"))? {
        let font = font?;
        fs::copy(font.path(), fonts.join(font.file_name()))?;
    }
    Ok(())
}

/// One sheet: what holds everywhere first, then each component's own, in the order of their names.
fn style(source: &Path) -> anyhow::Result<String> {
    let sheets = [
        sheets_in(&source.join("style"))?,
        sheets_in(&source.join("src"))?,
    ]
    .concat();
    let mut all = String::new();
    for sheet in sheets {
        all.push_str(&fs::read_to_string(&sheet)?);
        all.push('\n');
    }
    Ok(all)
}

fn sheets_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(sheets_in(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "css") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
