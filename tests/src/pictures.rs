//! Every screen in every size, as PNG files.

use std::path::Path;

use anyhow::Context;
use serde_json::json;

use crate::{
    drive::{Key, Session},
    page::{self, status_text},
    world::{Programs, Stage, World},
};

/// A window and what is looked at in it, in this order.
struct Visit {
    /// Who is there.
    who: Who,
    screens: &'static [Screen],
}

/// Who is there when a window opens.
enum Who {
    /// Nobody has enrolled in this folder.
    Nobody(&'static str),
    /// The people of an agency, none of whom has signed in.
    SignedOut(&'static str),
    /// The first of them.
    SignedIn(&'static str),
}

/// A screen: its name, where it is, what is done there, and what shows that it is painted.
struct Screen {
    name: &'static str,
    place: &'static str,
    steps: &'static [Step],
    sign: &'static str,
}

/// What is done before the picture.
enum Step {
    /// Presses what a selector finds.
    Press(&'static str),
    /// Types into it.
    Type(&'static str, &'static str),
}

/// The task about whose percentage two people disagree in the end.
const TASK: &str = "nv-90yh";
const DISTRICT: &str = "huyen-tran-de";
const PROVINCE: &str = "so-khdt";

const VISITS: &[Visit] = &[
    Visit {
        who: Who::Nobody("may-moi"),
        screens: &[shown("vao-ung-dung-lan-dau", "", "#code")],
    },
    Visit {
        who: Who::SignedOut(DISTRICT),
        screens: &[shown("vao-ung-dung", "", "#secret")],
    },
    Visit {
        who: Who::SignedIn(DISTRICT),
        screens: &[
            shown("viec-cua-toi", "#/viec", "a.work-row"),
            shown("nhiem-vu", "#/nhiem-vu/nv-90yh", "[data-agency]"),
            Screen {
                name: "sua-moc",
                place: "#/nhiem-vu/nv-o64y",
                steps: &[Step::Press("[data-act='correct-milestone']")],
                sign: ".milestone-fields",
            },
        ],
    },
    Visit {
        who: Who::SignedIn(PROVINCE),
        screens: &[
            shown("chuong-trinh", "#/chuong-trinh", "a.tree-row"),
            Screen {
                name: "loc-khong-co-gi",
                place: "#/chuong-trinh",
                steps: &[Step::Type("#tree-search", "không việc nào")],
                sign: ".tree-list .empty",
            },
            Screen {
                name: "ghi-thay",
                place: "#/nhiem-vu/nv-o64y",
                steps: &[
                    Step::Press("[data-item] [data-act='toggle-item']"),
                    Step::Press("[data-milestone] [data-act='correct-milestone']"),
                ],
                sign: "[data-milestone] [data-act='reason']",
            },
            shown("chi-tieu", "#/chi-tieu", "[data-row]"),
            shown("chi-tieu-mot", "#/chi-tieu/ct-15dz", "[data-target]"),
            shown("tong-quan", "#/tong-quan", "[data-list='groups'] tr"),
            Screen {
                name: "tim-kiem",
                place: "#/tong-quan",
                steps: &[
                    Step::Press(".header-find"),
                    Step::Type("#palette-input", "lua"),
                ],
                sign: ".palette-hit:nth-child(5)",
            },
            Screen {
                name: "trang-thai",
                place: "#/viec",
                steps: &[Step::Press(".pill")],
                sign: ".status-sheet[open]",
            },
        ],
    },
];

/// Looked at last: whoever disagrees says so in the status line of every screen.
const DISAGREED: Visit = Visit {
    who: Who::SignedIn(DISTRICT),
    screens: &[shown(
        "hai-gia-tri",
        "#/nhiem-vu/nv-90yh",
        "[data-conflict] [data-act='choose']",
    )],
};

/// Width, height and theme.
const SIZES: &[(u32, u32, &str)] = &[
    (1280, 800, "light"),
    (800, 1280, "light"),
    (360, 780, "light"),
    (1280, 800, "dark"),
];

const fn shown(name: &'static str, place: &'static str, sign: &'static str) -> Screen {
    Screen {
        name,
        place,
        steps: &[],
        sign,
    }
}

/// Takes them all into a folder.
pub async fn take(programs: Programs, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    let stage = Stage::prepare(programs, true)?;
    for theme in ["light", "dark"] {
        let place = tempfile::tempdir()?;
        let mut world = stage.world(place.path()).await?;
        for visit in VISITS {
            visit.take(&mut world, theme, folder).await?;
        }
        disagree(&world)?;
        DISAGREED.take(&mut world, theme, folder).await?;
    }
    Ok(())
}

/// Two people of the district, neither of whom has seen the other's, write the same figure.
fn disagree(world: &World) -> anyhow::Result<()> {
    let people = world.tiendo(DISTRICT, &["people"])?;
    let people: Vec<&str> = people
        .lines()
        .filter_map(|person| person.split_whitespace().next())
        .collect();
    for (person, percent) in people.iter().zip(["60", "75"]) {
        let progress = ["--as", person, "progress", TASK, "--period", "2019-q3"];
        let words = [&progress[..], &["--percent", percent]].concat();
        world.tiendo(DISTRICT, &words)?;
    }
    for person in &people {
        world.tiendo(DISTRICT, &["--as", person, "sync"])?;
    }
    Ok(())
}

impl Visit {
    async fn take(&self, world: &mut World, theme: &str, folder: &Path) -> anyhow::Result<()> {
        let mut app = match self.who {
            Who::Nobody(folder) => world.app(folder),
            Who::SignedOut(agency) => world.demonstration(agency, false),
            Who::SignedIn(agency) => world.demonstration(agency, true),
        };
        if theme == "dark" {
            app.theme = "Adwaita:dark";
        }
        let window = world.window(app).await?;
        let page = window.page();
        if let Who::SignedIn(_) = self.who {
            page::await_status(page, &[status_text::LIVE, status_text::CHOOSE]).await?;
        }
        for screen in self.screens {
            screen.show(page).await.context(screen.name)?;
            for (width, height, of) in SIZES {
                if *of == theme {
                    page.resize(*width, *height).await?;
                    screen.bring_forward(page).await?;
                    let name = format!("{}-{width}x{height}-{theme}.png", screen.name);
                    shoot(page, &folder.join(name)).await?;
                }
            }
            if !screen.steps.is_empty() {
                page.press(Key::Escape).await?;
            }
        }
        window.close().await
    }
}

impl Screen {
    async fn show(&self, page: &Session) -> anyhow::Result<()> {
        if !self.place.is_empty() {
            page::go(page, self.place).await?;
        }
        for step in self.steps {
            match step {
                Step::Press(what) => page.press_when_still(what).await?,
                Step::Type(into, text) => page.await_element(into).await?.type_text(text).await?,
            }
        }
        page.await_element(self.sign).await.map(|_| ())
    }

    /// What was opened far down is what the picture is of.
    async fn bring_forward(&self, page: &Session) -> anyhow::Result<()> {
        if self.steps.is_empty() {
            return Ok(());
        }
        let script = "document.querySelector(arguments[0])?.scrollIntoView({ block: 'center' })";
        page.script(script, &[json!(self.sign)]).await.map(|_| ())
    }
}

async fn shoot(page: &Session, file: &Path) -> anyhow::Result<()> {
    page.settled().await?;
    std::fs::write(file, page.picture().await?)?;
    println!("{}", file.display());
    Ok(())
}
