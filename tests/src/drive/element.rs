//! An element of a page.

use std::future::Future;

use fantoccini::{elements, error::CmdError};
use serde_json::{Value, json};

use super::{session::answer, until};

/// An element. It goes stale when the page removes it; then everything fails.
#[derive(Debug, Clone)]
pub struct Element(elements::Element);

impl From<elements::Element> for Element {
    fn from(element: elements::Element) -> Self {
        Self(element)
    }
}

impl Element {
    /// Clicks it, as a person would: it has to be visible.
    pub async fn click(&self) -> anyhow::Result<()> {
        self.when_visible(|| self.0.click()).await
    }

    /// Types into it, key by key.
    pub async fn type_text(&self, text: &str) -> anyhow::Result<()> {
        self.when_visible(|| self.0.send_keys(text)).await
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
        Ok(answer(self.0.attr(name)).await?.unwrap_or_default())
    }

    /// Whether it holds the focus.
    pub async fn has_focus(&self) -> anyhow::Result<bool> {
        let script = "return document.activeElement === arguments[0]";
        Ok(self.script(script, None).await? == Value::Bool(true))
    }

    /// Gives it the focus without a click, which may do more.
    pub async fn focus(&self) -> anyhow::Result<()> {
        let focused = self.script("arguments[0].focus()", None).await;
        focused.map(|_| ())
    }

    /// Chooses an option of a list by its value.
    pub async fn choose(&self, value: &str) -> anyhow::Result<()> {
        let script = "arguments[0].focus(); arguments[0].value = arguments[1]; \
                      for (const kind of ['input', 'change']) \
                        arguments[0].dispatchEvent(new Event(kind, { bubbles: true }));";
        self.script(script, Some(json!(value))).await.map(|_| ())
    }

    /// What stands for it in a script's arguments.
    pub fn reference(&self) -> Value {
        json!(self.0)
    }

    /// Has it done by the driver, as soon as the page shows the element: one that has just been
    /// opened is there before it can be seen, and of one at the edge of a list that scrolls the
    /// driver may hit what lies beside it. A person scrolls.
    async fn when_visible<F>(&self, act: impl Fn() -> F) -> anyhow::Result<()>
    where
        F: Future<Output = Result<(), CmdError>>,
    {
        let done = until("the element can be used", || async {
            match answer(act()).await {
                Err(error) if not_visible(&error) => {
                    let middle = "arguments[0].scrollIntoView({ block: 'center' })";
                    self.script(middle, None).await?;
                    Err(error)
                }
                done => Ok(Some(done)),
            }
        });
        done.await?
    }

    async fn string(&self, script: &str) -> anyhow::Result<String> {
        let value = self.script(script, None).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Runs a script whose first argument is this element.
    async fn script(&self, script: &str, more: Option<Value>) -> anyhow::Result<Value> {
        let arguments = [self.reference()].into_iter().chain(more).collect();
        answer(self.0.clone().client().execute(script, arguments)).await
    }
}

fn not_visible(error: &anyhow::Error) -> bool {
    error
        .downcast_ref()
        .is_some_and(CmdError::is_element_not_interactable)
}
