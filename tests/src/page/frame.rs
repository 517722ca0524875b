//! What is on every screen, and the way in.

use anyhow::Context;
use serde_json::json;

use crate::drive::{Key, Session, until};

/// Waits until the status line says one of these: «Đã lên tỉnh», «Chờ gửi» …
pub async fn await_status(page: &Session, words: &[&str]) -> anyhow::Result<()> {
    until(
        &format!("the status line says one of {words:?}"),
        || async {
            let status_line = page.find(".pill").await?.context("no status line")?;
            let text = status_line.text().await?;
            Ok(words.iter().any(|words| text.contains(words)).then_some(()))
        },
    )
    .await
}

/// Goes to a place by its address: `#/viec`, `#/nhiem-vu/nv-k7q2`.
pub async fn go(page: &Session, place: &str) -> anyhow::Result<()> {
    page.script("location.hash = arguments[0]", &[json!(place)])
        .await
        .map(|_| ())
}

/// Searches with Ctrl+K for what somebody types, and goes to the hit that says `words`.
pub async fn find_by_words(page: &Session, typed: &str, words: &str) -> anyhow::Result<()> {
    page.type_text(&(Key::Control + "k")).await?;
    page.await_element("#palette-input")
        .await?
        .type_text(typed)
        .await?;
    let hit = until(&format!("«{words}» is found"), || async {
        for hit in page.all(".palette-hit").await? {
            if hit.text().await?.contains(words) {
                return Ok(Some(hit));
            }
        }
        Ok(None)
    })
    .await?;
    hit.click().await
}

/// Signs out; the way in stands there.
pub async fn sign_out(page: &Session) -> anyhow::Result<()> {
    page.press_when_still(".nav-lock").await?;
    page.await_element("#secret").await.map(|_| ())
}

/// Types code, device and PIN and asks to be enrolled.
pub async fn enrol(page: &Session, code: &str, pin: &str) -> anyhow::Result<()> {
    for (field, text) in [
        ("#code", code),
        ("#device", "Máy thử"),
        ("#new-secret", pin),
    ] {
        let field = page.await_element(field).await?;
        field.click().await?;
        page.select_all().await?;
        field.type_text(text).await?;
    }
    page.await_element("button.primary").await?.click().await
}

/// Types the PIN of whoever is offered first.
pub async fn unlock(page: &Session, pin: &str) -> anyhow::Result<()> {
    page.await_element("#secret").await?.type_text(pin).await?;
    page.await_element("button.primary").await?.click().await
}

/// What the way in says against entering, as soon as it says something.
pub async fn refusal(page: &Session) -> anyhow::Result<String> {
    until("the screen says why not", || async {
        for alert in page.all("[role='alert']").await? {
            let text = alert.text().await?;
            if !text.trim().is_empty() {
                return Ok(Some(text));
            }
        }
        Ok(None)
    })
    .await
}
