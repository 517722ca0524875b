//! Every screen in every size, as PNG files.

use std::path::Path;

use anyhow::Context;

use crate::{
    drive::Session,
    page,
    world::{Programs, Stage, World},
};

/// A screen: its name, at whose window, where it is, and what shows that it is painted.
struct Screen {
    name: &'static str,
    agency: &'static str,
    place: &'static str,
    sign: &'static str,
}

const SCREENS: &[Screen] = &[
    Screen {
        name: "viec-cua-toi",
        agency: "huyen-tran-de",
        place: "#/viec",
        sign: "a.work-row",
    },
    Screen {
        name: "nhiem-vu",
        agency: "huyen-tran-de",
        place: "#/nhiem-vu/nv-90yh",
        sign: "[data-screen='task'] [data-agency]",
    },
    Screen {
        name: "chuong-trinh",
        agency: "so-khdt",
        place: "#/chuong-trinh",
        sign: "a.tree-row",
    },
    Screen {
        name: "chi-tieu",
        agency: "so-khdt",
        place: "#/chi-tieu",
        sign: "[data-screen='targets'] [data-row]",
    },
    Screen {
        name: "chi-tieu-mot",
        agency: "so-khdt",
        place: "#/chi-tieu/ct-15dz",
        sign: "[data-target]",
    },
    Screen {
        name: "tong-quan",
        agency: "so-khdt",
        place: "#/tong-quan",
        sign: "main h1",
    },
];

/// Width, height and theme.
const SIZES: &[(u32, u32, &str)] = &[
    (1280, 800, "light"),
    (800, 1280, "light"),
    (360, 780, "light"),
    (1280, 800, "dark"),
];

/// Takes them all into a folder.
pub async fn take(programs: Programs, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    let stage = Stage::prepare(programs, true)?;
    for theme in ["light", "dark"] {
        let place = tempfile::tempdir()?;
        let mut world = stage.world(place.path()).await?;
        for agency in ["huyen-tran-de", "so-khdt"] {
            take_at(&mut world, agency, theme, folder).await?;
        }
    }
    Ok(())
}

async fn take_at(
    world: &mut World,
    agency: &str,
    theme: &str,
    folder: &Path,
) -> anyhow::Result<()> {
    let gtk = if theme == "dark" {
        "Adwaita:dark"
    } else {
        "Adwaita"
    };
    let sizes: Vec<_> = SIZES.iter().filter(|(_, _, of)| *of == theme).collect();
    if agency == "huyen-tran-de" {
        let mut app = world.app(agency, &[]);
        app.theme = gtk;
        let window = world.window(app).await?;
        window.page().await_element("#secret").await?;
        for (width, height, _) in &sizes {
            shoot(
                window.page(),
                folder,
                "vao-ung-dung",
                (*width, *height),
                theme,
            )
            .await?;
        }
        window.close().await?;
    }
    let mut app = world.app(agency, &["--sign-in"]);
    app.theme = gtk;
    let window = world.window(app).await?;
    page::await_pill(window.page(), &["Đã lên tỉnh"]).await?;
    for screen in SCREENS.iter().filter(|screen| screen.agency == agency) {
        page::go(window.page(), screen.place).await?;
        window
            .page()
            .await_element(screen.sign)
            .await
            .context(screen.name)?;
        for (width, height, _) in &sizes {
            shoot(window.page(), folder, screen.name, (*width, *height), theme).await?;
        }
    }
    window.close().await
}

async fn shoot(
    page: &Session,
    folder: &Path,
    name: &str,
    (width, height): (u32, u32),
    theme: &str,
) -> anyhow::Result<()> {
    page.resize(width, height).await?;
    page.settled().await?;
    let file = folder.join(format!("{name}-{width}x{height}-{theme}.png"));
    std::fs::write(&file, page.picture().await?)?;
    println!("{}", file.display());
    Ok(())
}
