//! An element of a page.

use anyhow::Context;
use serde_json::{Value, json};

use super::{Session, until};

/// The name under which WebDriver hands elements about.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An element. It goes stale when the page removes it; then everything fails.
#[derive(Debug, Clone)]
pub struct Element {
    session: Session,
    id: String,
}

impl Element {
    pub(super) fn new(session: Session, reference: &Value) -> anyhow::Result<Self> {
        let id = reference[ELEMENT]
            .as_str()
            .context("no element")?
            .to_owned();
        Ok(Self { session, id })
    }

    /// Clicks it, as a person would: it has to be visible.
    pub async fn click(&self) -> anyhow::Result<()> {
        self.post("click", json!({})).await
    }

    /// Types into it, key by key.
    pub async fn type_text(&self, text: &str) -> anyhow::Result<()> {
        self.post("value", json!({ "text": text })).await
    }

    /// The text that it shows.
    pub async fn text(&self) -> anyhow::Result<String> {
        self.string("return arguments[0].innerText").await
    }

    /// What is typed in it; its text where one can only read.
    pub async fn value(&self) -> anyhow::Result<String> {
        let script = "return arguments[0].value ?? arguments[0].innerText";
        self.string(script).await
    }

    /// An attribute; empty where it has none.
    pub async fn attribute(&self, name: &str) -> anyhow::Result<String> {
        let script = "return arguments[0].getAttribute(arguments[1]) ?? ''";
        let value = self
            .session
            .script(script, &[self.reference(), json!(name)])
            .await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Whether it holds the focus.
    pub async fn has_focus(&self) -> anyhow::Result<bool> {
        let script = "return document.activeElement === arguments[0]";
        Ok(self.session.script(script, &[self.reference()]).await? == Value::Bool(true))
    }

    /// Chooses an option of a list by its value.
    pub async fn choose(&self, value: &str) -> anyhow::Result<()> {
        let script = "arguments[0].focus(); arguments[0].value = arguments[1]; \
                      for (const kind of ['input', 'change']) \
                        arguments[0].dispatchEvent(new Event(kind, { bubbles: true }));";
        self.session
            .script(script, &[self.reference(), json!(value)])
            .await
            .map(|_| ())
    }

    async fn string(&self, script: &str) -> anyhow::Result<String> {
        let value = self.session.script(script, &[self.reference()]).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Has it done by the driver, as soon as the page shows the element: one that has just been
    /// opened is there before it can be seen.
    async fn post(&self, what: &str, body: Value) -> anyhow::Result<()> {
        let path = format!("element/{}/{what}", self.id);
        until("the element can be used", || async {
            match self.session.post(&path, body.clone()).await {
                Err(error) if error.to_string().contains("not interactable") => Err(error),
                done => Ok(Some(done)),
            }
        })
        .await?
        .map(|_| ())
    }

    /// What stands for it in a script's arguments.
    pub fn reference(&self) -> Value {
        json!({ ELEMENT: self.id })
    }
}
