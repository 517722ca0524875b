//! One field of one document.

use anyhow::ensure;

use crate::drive::{Element, Key, Session, until};

/// A field, found by the document and the place in it where it is kept.
#[derive(Debug, Clone)]
pub struct Field {
    page: Session,
    at: String,
}

impl Field {
    /// The field of `document` at `path`, in this window.
    pub fn new(page: &Session, document: &str, path: &str) -> Self {
        Self {
            page: page.clone(),
            at: format!("{document}#{path}"),
        }
    }

    /// Where it stands: document and path.
    pub fn address(&self) -> &str {
        &self.at
    }

    /// The element to type in.
    pub async fn element(&self) -> anyhow::Result<Element> {
        self.page
            .await_element(&format!("[data-path='{}']", self.at))
            .await
    }

    /// Puts the focus into it.
    pub async fn enter(&self) -> anyhow::Result<()> {
        let element = self.element().await?;
        element.click().await?;
        ensure!(
            element.has_focus().await?,
            "{} does not take the focus",
            self.at
        );
        Ok(())
    }

    /// Leaves it with Tab: what was typed is an edit now.
    pub async fn leave(&self) -> anyhow::Result<()> {
        self.page.press(Key::Tab).await
    }

    /// Replaces what stands there, and leaves.
    pub async fn write(&self, text: &str) -> anyhow::Result<()> {
        self.enter().await?;
        self.page.select_all().await?;
        self.page.type_text(text).await?;
        self.leave().await
    }

    /// Adds to the end of what stands there, and stays.
    pub async fn append(&self, text: &str) -> anyhow::Result<()> {
        self.enter().await?;
        self.element().await?.type_text(text).await
    }

    /// What stands in it now.
    pub async fn value(&self) -> anyhow::Result<String> {
        self.element().await?.value().await
    }

    /// Waits until it holds all of these.
    pub async fn await_all(&self, parts: &[&str]) -> anyhow::Result<String> {
        until(&format!("{} holds {parts:?}", self.at), || async {
            let value = self.value().await?;
            Ok(parts
                .iter()
                .all(|part| value.contains(part))
                .then_some(value))
        })
        .await
    }

    /// Waits until it holds this and nothing else.
    pub async fn await_value(&self, text: &str) -> anyhow::Result<()> {
        until(&format!("{} is «{text}»", self.at), || async {
            Ok((self.value().await? == text).then_some(()))
        })
        .await
    }

    /// What the line under it says: how safe it is, or what is wrong.
    pub async fn note(&self) -> anyhow::Result<String> {
        let id = self.element().await?.attribute("aria-describedby").await?;
        let note = self.page.await_element(&format!("[id='{id}']")).await?;
        note.text().await
    }

    /// Waits until the line under it says this.
    pub async fn await_note(&self, words: &str) -> anyhow::Result<()> {
        until(&format!("{} says «{words}»", self.at), || async {
            let note = self.note().await?;
            Ok(note.contains(words).then_some(()))
        })
        .await
    }

    /// Waits until another's text is offered beside it.
    pub async fn await_offer(&self, text: &str) -> anyhow::Result<()> {
        let offered =
            "return arguments[0].closest('.field').querySelector('.field-offer q')?.innerText";
        until(&format!("«{text}» is offered at {}", self.at), || async {
            let field = self.element().await?;
            let offered = self.page.script(offered, &[field.reference()]).await?;
            Ok((offered == text).then_some(()))
        })
        .await
    }

    /// Presses «Lưu» under it: what stands typed there is an edit now.
    pub async fn save(&self) -> anyhow::Result<()> {
        let press = "arguments[0].closest('.field').querySelector('.field-note > .link').click()";
        let field = self.element().await?;
        self.page
            .script(press, &[field.reference()])
            .await
            .map(|_| ())
    }

    /// Waits until it shows that values stand against each other; which.
    pub async fn await_conflict(&self) -> anyhow::Result<Vec<String>> {
        let one = format!("[data-conflict='{}'] [data-act='choose']", self.at);
        until(&format!("{} shows several values", self.at), || async {
            let mut values = Vec::new();
            for choice in self.page.all(&one).await? {
                values.push(choice.attribute("data-value").await?);
            }
            values.sort();
            Ok((values.len() > 1).then_some(values))
        })
        .await
    }

    /// Chooses one of the values that stand against each other.
    pub async fn choose(&self, value: &str) -> anyhow::Result<()> {
        let button = format!(
            "[data-conflict='{}'] [data-act='choose'][data-value='{value}']",
            self.at
        );
        self.page.await_element(&button).await?.click().await
    }

    /// Waits until nothing stands against each other any more.
    pub async fn await_agreement(&self) -> anyhow::Result<()> {
        self.page
            .await_gone(&format!("[data-conflict='{}']", self.at))
            .await
    }
}
