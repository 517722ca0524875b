//! Waiting for something to become true.

use std::{
    future::Future,
    time::{Duration, Instant},
};

use anyhow::bail;

/// Long enough for the slowest machine; only a thing that never comes is waited for this long.
pub(super) const TIMEOUT: Duration = Duration::from_mins(2);
const PAUSE: Duration = Duration::from_millis(40);

/// Asks again and again until the answer is there. An error counts as «not yet»: a page that is
/// just being painted has no such element.
pub async fn until<T, F>(what: &str, mut ask: impl FnMut() -> F) -> anyhow::Result<T>
where
    F: Future<Output = anyhow::Result<Option<T>>>,
{
    let begun = Instant::now();
    loop {
        let answer = ask().await;
        match answer {
            Ok(Some(there)) => return Ok(there),
            Ok(None) if begun.elapsed() > TIMEOUT => bail!("waited in vain: {what}"),
            Err(error) if begun.elapsed() > TIMEOUT => {
                return Err(error.context(format!("waited in vain: {what}")));
            }
            _ => tokio::time::sleep(PAUSE).await,
        }
    }
}
