//! A session of WebDriver with the web view of one app, straight on WebKit's own driver.

use std::{future::Future, net::Ipv4Addr, path::Path};

use anyhow::Context;
use fantoccini::{Client, ClientBuilder, Locator, error::CmdError, key::Key, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::net::TcpStream;

use super::{
    Element,
    until::{TIMEOUT, until},
};

/// A session with the web view of one app.
#[derive(Debug, Clone)]
pub struct Session {
    client: Client,
}

impl Session {
    /// Lets the driver at `port` start the app and attach to its first web view.
    pub async fn start(port: u16, app: &Path, arguments: &[String]) -> anyhow::Result<Self> {
        until("the driver listens", || async {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
            Ok(Some(()))
        })
        .await?;
        let options = json!({ "binary": app, "args": arguments });
        let wanted = Capabilities::from_iter([("webkitgtk:browserOptions".to_owned(), options)]);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://{}:{port}", Ipv4Addr::LOCALHOST))
            .await?;
        Ok(Self { client })
    }

    /// Ends the session; the driver ends the app with it.
    pub async fn end(&self) -> anyhow::Result<()> {
        answer(self.client.clone().close()).await
    }

    /// The element that a selector finds, now.
    pub async fn find(&self, css: &str) -> anyhow::Result<Option<Element>> {
        Ok(self.all(css).await?.into_iter().next())
    }

    /// All of them, now.
    pub async fn all(&self, css: &str) -> anyhow::Result<Vec<Element>> {
        let found = answer(self.client.find_all(Locator::Css(css))).await?;
        Ok(found.into_iter().map(Element::from).collect())
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
        answer(self.client.execute(script, arguments.to_vec())).await
    }

    /// The page as a PNG file.
    pub async fn picture(&self) -> anyhow::Result<Vec<u8>> {
        answer(self.client.screenshot()).await
    }

    /// What the shell behind this window answers to a command without arguments.
    pub async fn ask_shell(&self, command: &str) -> anyhow::Result<Value> {
        let script = "const [name, done] = arguments; \
                      window.__TAURI_INTERNALS__.invoke('call', { name, args: {} }).then(done)";
        answer(self.client.execute_async(script, vec![json!(command)])).await
    }

    /// Waits until the fonts are there and the page has been painted twice since.
    pub async fn settled(&self) -> anyhow::Result<()> {
        let script = "const done = arguments[0]; document.fonts.ready.then(() => \
                      requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
        let painted = answer(self.client.execute_async(script, Vec::new()));
        painted.await.map(|_| ())
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
        answer(self.client.set_window_rect(0, 0, width, height)).await
    }

    /// Loads the page anew.
    pub async fn reload(&self) -> anyhow::Result<()> {
        answer(self.client.refresh()).await
    }

    /// Types into whatever holds the focus.
    pub async fn type_text(&self, text: &str) -> anyhow::Result<()> {
        self.focused().await?.type_text(text).await
    }

    /// Presses a key where the focus is.
    pub async fn press(&self, key: Key) -> anyhow::Result<()> {
        self.type_text(&key).await
    }

    /// Selects everything in the field that holds the focus.
    pub async fn select_all(&self) -> anyhow::Result<()> {
        self.type_text(&(Key::Control + "a")).await
    }

    /// What holds the focus.
    pub async fn focused(&self) -> anyhow::Result<Element> {
        answer(self.client.active_element())
            .await
            .map(Element::from)
    }
}

/// What the driver answers. One that says nothing has failed as well.
pub(super) async fn answer<T>(
    asked: impl Future<Output = Result<T, CmdError>>,
) -> anyhow::Result<T> {
    let answered = tokio::time::timeout(TIMEOUT, asked).await;
    Ok(answered.context("the driver does not answer")??)
}
