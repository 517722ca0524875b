//! What stands typed and not saved, behind the status line.

use anyhow::Context;

use crate::drive::{Session, until};

/// The sheet behind the status line, open.
#[derive(Debug)]
pub struct Drafts {
    page: Session,
}

impl Drafts {
    /// Opens it.
    pub async fn open(page: &Session) -> anyhow::Result<Self> {
        page.press_when_still(".pill").await?;
        page.await_element(".status-sheet[open]").await?;
        Ok(Self { page: page.clone() })
    }

    /// Waits until it lists all of these words, and nothing else.
    pub async fn await_only(&self, words: &[&str]) -> anyhow::Result<()> {
        until(&format!("the drafts are {words:?}"), || async {
            let mut drafts = String::new();
            let rows = self.page.all("[data-draft]").await?;
            for row in &rows {
                drafts.push_str(&row.text().await?);
            }
            let all = words.iter().all(|words| drafts.contains(words));
            Ok((all && rows.len() == words.len()).then_some(()))
        })
        .await
    }

    /// Goes where one was typed, which closes the sheet.
    pub async fn go_to(&self, path: &str) -> anyhow::Result<()> {
        self.press(path, "open-draft").await?;
        self.page.await_gone(".status-sheet[open]").await
    }

    /// Lets one go, and says so again when asked.
    pub async fn let_go(&self, path: &str) -> anyhow::Result<()> {
        self.press(path, "drop-draft").await?;
        self.press(path, "drop-draft-yes").await
    }

    async fn press(&self, path: &str, act: &str) -> anyhow::Result<()> {
        let button = format!("[data-draft*='{path}'] [data-act='{act}']");
        self.page
            .press_when_still(&button)
            .await
            .with_context(|| format!("{act} of {path}"))
    }
}

/// Waits until what is being typed is on the disk: the shell says so to whoever asks it. On a slow
/// machine the first words are kept before the last are typed.
pub async fn await_draft(page: &Session, text: &str) -> anyhow::Result<()> {
    until("a draft is kept", || async {
        let drafts = page.ask_shell("Drafts").await?;
        let kept = |draft: &serde_json::Value| draft["text"] == text;
        Ok(drafts
            .as_array()
            .is_some_and(|drafts| drafts.iter().any(kept))
            .then_some(()))
    })
    .await
}
