//! WebDriver, as much of it as is needed, straight on WebKit's own driver.

use std::{path::Path, time::Duration};

use anyhow::{Context, bail};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use super::{Element, base64, until};

/// A session with the web view of one app.
#[derive(Debug, Clone)]
pub struct Session {
    http: Client,
    base: String,
}

/// Keys that are no letter.
#[derive(Debug, Clone, Copy)]
pub enum Key {
    /// To the next field.
    Tab,
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// The beginning of the line.
    Home,
    /// The end of the line.
    End,
    /// The key before the first character.
    Backspace,
    /// Control and A: everything in the field.
    SelectAll,
}

impl Key {
    fn code(self) -> &'static str {
        match self {
            Self::Tab => "\u{e004}",
            Self::Enter => "\u{e007}",
            Self::Escape => "\u{e00c}",
            Self::Home => "\u{e011}",
            Self::End => "\u{e010}",
            Self::Backspace => "\u{e003}",
            Self::SelectAll => "\u{e009}a\u{e000}",
        }
    }
}

impl Session {
    /// Lets the driver at `port` start the app and attach to its first web view.
    pub async fn start(port: u16, app: &Path, arguments: &[String]) -> anyhow::Result<Self> {
        let http = Client::builder().timeout(Duration::from_mins(2)).build()?;
        let driver = format!("http://127.0.0.1:{port}");
        until("the driver answers", || async {
            let status = http.get(format!("{driver}/status")).send().await?;
            Ok(status.status().is_success().then_some(()))
        })
        .await?;
        let options = json!({ "binary": app, "args": arguments });
        let wanted =
            json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let reply = ask(
            &http,
            Method::POST,
            &format!("{driver}/session"),
            Some(wanted),
        )
        .await?;
        let id = reply["sessionId"]
            .as_str()
            .context("a session without an id")?;
        Ok(Self {
            http,
            base: format!("{driver}/session/{id}"),
        })
    }

    /// Ends the session; the driver ends the app with it.
    pub async fn end(&self) -> anyhow::Result<()> {
        ask(&self.http, Method::DELETE, &self.base, None)
            .await
            .map(|_| ())
    }

    /// The element that a selector finds, now.
    pub async fn find(&self, css: &str) -> anyhow::Result<Option<Element>> {
        Ok(self.all(css).await?.into_iter().next())
    }

    /// All of them, now.
    pub async fn all(&self, css: &str) -> anyhow::Result<Vec<Element>> {
        let wanted = json!({ "using": "css selector", "value": css });
        let found = self.post("elements", wanted).await?;
        let found = found.as_array().context("elements are no list")?;
        found
            .iter()
            .map(|element| Element::new(self.clone(), element))
            .collect()
    }

    /// The element that a selector finds, as soon as it is there.
    pub async fn await_element(&self, css: &str) -> anyhow::Result<Element> {
        until(&format!("an element {css}"), || self.find(css)).await
    }

    /// Waits until a selector finds nothing any more.
    pub async fn await_gone(&self, css: &str) -> anyhow::Result<()> {
        until(&format!("no element {css}"), || async {
            Ok(self.find(css).await?.is_none().then_some(()))
        })
        .await
    }

    /// Runs a script in the page and returns what it returns.
    pub async fn script(&self, script: &str, arguments: &[Value]) -> anyhow::Result<Value> {
        self.post(
            "execute/sync",
            json!({ "script": script, "args": arguments }),
        )
        .await
    }

    /// The page as a PNG file.
    pub async fn picture(&self) -> anyhow::Result<Vec<u8>> {
        let reply = ask(
            &self.http,
            Method::GET,
            &format!("{}/screenshot", self.base),
            None,
        )
        .await?;
        base64::decode(reply.as_str().context("a picture that is no text")?)
    }

    /// What the shell behind this window answers to a command without arguments.
    pub async fn ask_shell(&self, command: &str) -> anyhow::Result<Value> {
        let script = "const [name, done] = arguments; \
                      window.__TAURI_INTERNALS__.invoke('call', { name, args: {} }).then(done)";
        self.post(
            "execute/async",
            json!({ "script": script, "args": [command] }),
        )
        .await
    }

    /// Waits until the fonts are there and the page has been painted twice since.
    pub async fn settled(&self) -> anyhow::Result<()> {
        let script = "const done = arguments[0]; document.fonts.ready.then(() => \
                      requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
        self.post("execute/async", json!({ "script": script, "args": [] }))
            .await
            .map(|_| ())
    }

    /// Clicks what stands still: text areas grow to their texts, and what they move is missed. It
    /// is looked for again then, for it may have been painted anew.
    pub async fn press_when_still(&self, what: &str) -> anyhow::Result<()> {
        self.await_element(what).await?;
        self.settled().await?;
        self.await_element(what).await?.click().await
    }

    /// Makes the window this large.
    pub async fn resize(&self, width: u32, height: u32) -> anyhow::Result<()> {
        let rect = json!({ "x": 0, "y": 0, "width": width, "height": height });
        self.post("window/rect", rect).await.map(|_| ())
    }

    /// Loads the page anew.
    pub async fn reload(&self) -> anyhow::Result<()> {
        self.post("refresh", json!({})).await.map(|_| ())
    }

    /// Types into whatever holds the focus.
    pub async fn type_text(&self, text: &str) -> anyhow::Result<()> {
        self.focused().await?.type_text(text).await
    }

    /// Presses a key where the focus is.
    pub async fn press(&self, key: Key) -> anyhow::Result<()> {
        self.focused().await?.type_text(key.code()).await
    }

    /// What holds the focus.
    pub async fn focused(&self) -> anyhow::Result<Element> {
        let url = format!("{}/element/active", self.base);
        Element::new(
            self.clone(),
            &ask(&self.http, Method::GET, &url, None).await?,
        )
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        ask(
            &self.http,
            Method::POST,
            &format!("{}/{path}", self.base),
            Some(body),
        )
        .await
    }
}

async fn ask(http: &Client, how: Method, url: &str, body: Option<Value>) -> anyhow::Result<Value> {
    let mut request = http.request(how, url);
    if let Some(body) = body {
        request = request.json(&body);
    }
    let mut reply: Value = request.send().await?.json().await?;
    let value = reply["value"].take();
    if let Some(error) = value["error"].as_str() {
        bail!(
            "WebDriver: {error}: {}",
            value["message"].as_str().unwrap_or_default()
        );
    }
    Ok(value)
}
