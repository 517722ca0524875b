//! Who calls, where a reverse proxy stands before the relay.
//!
//! To the socket all who come through it are one address. It says itself for whom it calls, in the
//! header `X-Forwarded-For`, to which every proxy on the way adds who called it. Only its own entry,
//! the last, can be believed, and only a proxy that the settings name: anybody can write a header.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use super::Problem;
use crate::listener::Caller;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// Puts the real caller in the proxy's place before anything else looks at who calls.
pub(super) async fn see_through_proxy(mut request: Request, next: Next) -> Response {
    let from = last_forwarded(request.headers());
    let caller = request.extensions_mut().get_mut::<ConnectInfo<Caller>>();
    if let (Some(ConnectInfo(caller)), Some(from)) = (caller, from)
        && caller.is_proxy
        && !caller.is_at(from)
    {
        return Problem::full().into_response();
    }
    next.run(request).await
}

/// Whom the last proxy names; some name the port too.
fn last_forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all(FORWARDED_FOR).iter().next_back()?;
    let last = last.to_str().ok()?.rsplit(',').next()?.trim();
    let with_port = || last.parse::<SocketAddr>().map(|address| address.ip());
    last.parse().or_else(|_| with_port()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_entry_counts_in_each_way_of_writing_it() {
        // headers → whom the proxy names
        let table: [(&[&str], Option<&str>); 9] = [
            (&["10.1.2.3"], Some("10.1.2.3")),
            (&["6.6.6.6, 10.1.2.3"], Some("10.1.2.3")),
            (&["6.6.6.6", "7.7.7.7,10.1.2.3 "], Some("10.1.2.3")),
            (&["10.1.2.3:4711"], Some("10.1.2.3")),
            (&["2001:db8::7"], Some("2001:db8::7")),
            (&["[2001:db8::7]:4711"], Some("2001:db8::7")),
            (&["10.1.2.3, unknown"], None),
            (&["10.1.2.3,"], None),
            (&[], None),
        ];
        for (lines, named) in table {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(FORWARDED_FOR, line.parse().unwrap());
            }
            let named = named.map(|address| address.parse().unwrap());
            assert_eq!(last_forwarded(&headers), named, "{lines:?}");
        }
    }
}
