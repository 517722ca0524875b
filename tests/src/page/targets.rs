//! The table of «Chỉ tiêu».

use anyhow::ensure;
use serde_json::json;

use super::Field;
use crate::drive::{Session, until};

/// The table in one window, in the period open on the journeys' day.
#[derive(Debug)]
pub struct TargetsPage {
    page: Session,
}

impl TargetsPage {
    /// Opens it.
    pub async fn open(page: &Session) -> anyhow::Result<Self> {
        super::go(page, "#/chi-tieu").await?;
        page.await_element("[data-row]").await?;
        Ok(Self { page: page.clone() })
    }

    /// The cell «Thực hiện» of a target, as an agency says it.
    pub fn actual(&self, agency: &str, target: &str) -> Field {
        let document = format!("agency/2019/{agency}");
        Field::new(
            &self.page,
            &document,
            &format!("values/{target}/{}/actual", super::task::PERIOD),
        )
    }

    /// Pastes a block into a cell, as the system's clipboard gives it to the page.
    pub async fn paste(&self, cell: &Field, block: &str) -> anyhow::Result<()> {
        cell.enter().await?;
        let script = "const data = new DataTransfer(); \
                      data.setData('text/plain', arguments[1]); \
                      const paste = { clipboardData: data, bubbles: true, cancelable: true }; \
                      return !arguments[0].dispatchEvent(new ClipboardEvent('paste', paste))";
        let arguments = [cell.element().await?.reference(), json!(block)];
        let taken = self.page.script(script, &arguments).await?;
        ensure!(taken == true, "the table did not take the block");
        self.page
            .await_element(".paste-preview[open]")
            .await
            .map(|_| ())
    }

    /// Waits until the preview says all of this.
    pub async fn await_preview(&self, parts: &[&str]) -> anyhow::Result<()> {
        self.await_text(".paste-preview[open]", parts).await
    }

    /// Stores what can be stored of the block.
    pub async fn store(&self) -> anyhow::Result<()> {
        self.page
            .press_when_still("[data-act='paste-save']:not([disabled])")
            .await?;
        self.page.await_gone(".paste-preview[open]").await
    }

    /// Answers how a figure is meant that can be read in two ways.
    pub async fn read_as(&self, value: &str) -> anyhow::Result<()> {
        let chip = format!("[data-question] [data-act='read-as'][data-value='{value}']");
        self.page.press_when_still(&chip).await?;
        self.page.await_gone("[data-question]").await
    }

    /// Waits until these words stand somewhere in the table or below it.
    pub async fn await_words(&self, words: &str) -> anyhow::Result<()> {
        let script = "return document.body.textContent.includes(arguments[0])";
        until(&format!("the page says «{words}»"), || async {
            let there = self.page.script(script, &[words.into()]).await?;
            Ok((there == true).then_some(()))
        })
        .await
    }

    /// Puts back what stood in the cells of the block.
    pub async fn undo(&self) -> anyhow::Result<()> {
        self.page
            .press_when_still("[data-act='undo-paste']:not([disabled])")
            .await
    }

    /// Waits until this is said of what was pasted.
    pub async fn await_notice(&self, words: &str) -> anyhow::Result<()> {
        self.await_text(".paste-notice", &[words]).await
    }

    async fn await_text(&self, of: &str, parts: &[&str]) -> anyhow::Result<()> {
        until(&format!("{of} says {parts:?}"), || async {
            let text = self.page.await_element(of).await?.text().await?;
            Ok(parts.iter().all(|part| text.contains(part)).then_some(()))
        })
        .await
    }
}
