//! The screen «Nhiệm vụ», as one agency's part of it.

use serde_json::json;

use super::Field;
use crate::drive::{Session, until};

/// One task in one window, in the period open on the journeys' day.
#[derive(Debug, Clone)]
pub struct TaskPage {
    page: Session,
    task: String,
    agency: String,
}

/// The period that is open.
pub(super) const PERIOD: &str = "2019-q3";

/// Where the text of a new obstacle is typed.
const NEW_OBSTACLE: &str = "[data-new='obstacle-text']";

impl TaskPage {
    /// Opens the task beside «Chương trình», to look at what `agency` says of it.
    pub async fn open(page: &Session, task: &str, agency: &str) -> anyhow::Result<Self> {
        super::go(page, &format!("#/nhiem-vu/{task}")).await?;
        Self::await_shown(page, task, agency).await
    }

    /// Waits until the task is open, wherever one came from.
    pub async fn await_shown(page: &Session, task: &str, agency: &str) -> anyhow::Result<Self> {
        until(&format!("{task} is open"), || async {
            let address = page.script("return location.hash", &[]).await?;
            let there = address.as_str().is_some_and(|hash| hash.ends_with(task));
            Ok(there.then_some(()))
        })
        .await?;
        page.await_element("[data-screen='task']").await?;
        let opened = Self {
            page: page.clone(),
            task: task.to_owned(),
            agency: agency.to_owned(),
        };
        opened.unfold().await?;
        Ok(opened)
    }

    /// A field of the agency's progress: `status`, `percent`, `narrative`.
    pub fn field(&self, name: &str) -> Field {
        let document = format!("agency/2019/{}", self.agency);
        Field::new(
            &self.page,
            &document,
            &format!("progress/{}/{PERIOD}/{name}", self.task),
        )
    }

    /// Says why one writes in another agency's document.
    pub async fn give_reason(&self, reason: &str) -> anyhow::Result<()> {
        let field = format!("[data-agency='{}'] [data-act='reason']", self.agency);
        let field = self.page.await_element(&field).await?;
        field.click().await?;
        field.type_text(reason).await
    }

    /// Chooses the status.
    pub async fn set_status(&self, code: &str) -> anyhow::Result<()> {
        self.field("status").element().await?.choose(code).await
    }

    /// Notes an obstacle.
    pub async fn add_obstacle(&self, text: &str) -> anyhow::Result<()> {
        self.begin_obstacle(text).await?;
        self.save_obstacle().await
    }

    /// Opens the form of a new obstacle and types in it.
    pub async fn begin_obstacle(&self, text: &str) -> anyhow::Result<()> {
        self.page
            .await_element("[data-act='new-obstacle']")
            .await?
            .click()
            .await?;
        let form = self.page.await_element(NEW_OBSTACLE).await?;
        form.type_text(text).await
    }

    /// Waits until the form of a new obstacle stands there with these words.
    pub async fn await_new_obstacle(&self, text: &str) -> anyhow::Result<()> {
        until(&format!("the form has «{text}»"), || async {
            let form = self.page.await_element(NEW_OBSTACLE).await?;
            Ok((form.value().await? == text).then_some(()))
        })
        .await
    }

    /// Saves it.
    pub async fn save_obstacle(&self) -> anyhow::Result<()> {
        self.page
            .await_element("[data-act='add-obstacle']")
            .await?
            .click()
            .await
    }

    /// Sets a milestone.
    pub async fn add_milestone(&self, title: &str, due: &str) -> anyhow::Result<()> {
        let find = |what: &'static str| self.page.await_element(what);
        self.page
            .press_when_still("[data-act='new-milestone']")
            .await?;
        find("[data-new='milestone-title']")
            .await?
            .type_text(title)
            .await?;
        find("[data-new='milestone-due']")
            .await?
            .type_text(due)
            .await?;
        find("[data-act='add-milestone']").await?.click().await
    }

    /// Waits until these words stand somewhere on the page, be it in a field.
    pub async fn await_words(&self, words: &str) -> anyhow::Result<()> {
        let script = "const typed = [...document.querySelectorAll('input, textarea')]; \
                      const all = document.body.textContent + typed.map(e => e.value).join('\\n'); \
                      return all.includes(arguments[0])";
        until(&format!("the page says «{words}»"), || async {
            let there = self.page.script(script, &[json!(words)]).await?;
            Ok((there == json!(true)).then_some(()))
        })
        .await
    }

    /// Opens the history of a field and waits until it holds all of these.
    pub async fn await_history(&self, field: &str, parts: &[&str]) -> anyhow::Result<()> {
        let button = format!(
            "[data-act='history'][data-of='{}']",
            self.field(field).address()
        );
        self.page.await_element(&button).await?.click().await?;
        until(&format!("the history holds {parts:?}"), || async {
            let mut texts = String::new();
            for history in self.page.all("[data-history]").await? {
                texts.push_str(&history.text().await?);
            }
            Ok(parts.iter().all(|part| texts.contains(part)).then_some(()))
        })
        .await
    }

    /// Parts of agencies that have said nothing are folded away: unfolds this one.
    async fn unfold(&self) -> anyhow::Result<()> {
        let part = format!("[data-agency='{}']", self.agency);
        self.page.await_element(&part).await?;
        if self.page.find(&format!("{part}[hidden]")).await?.is_some() {
            self.page
                .await_element("[data-act='show-silent']")
                .await?
                .click()
                .await?;
        }
        let folded = format!("{part} [data-act='toggle-part'][aria-expanded='false']");
        if let Some(folded) = self.page.find(&folded).await? {
            folded.click().await?;
        }
        self.field("narrative").element().await.map(|_| ())
    }
}
