//! The transport over Tauri: `call` for commands, and for updates a channel that is given to
//! `listen` at start-up.
//!
//! Only what the web view itself offers is used (`window.__TAURI_INTERNALS__`), through
//! reflection: there is no package to load and nothing that needs unsafe code.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use ipc::{Problem, ProblemKind, Update};
use js_sys::{Array, ArrayBuffer, Function, JSON, Object, Promise, Reflect, Uint8Array};
use serde::de::DeserializeOwned;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::{Answer, Transport};
use crate::catalogue::words;

/// The shell of this window.
#[derive(Debug, Clone, Default)]
pub struct Tauri {
    /// Fulfilled when the shell has taken the channel: a watch opened before would send its
    /// snapshot nowhere.
    listening: Rc<RefCell<Option<Promise>>>,
}

impl Transport for Tauri {
    fn call(&self, name: &'static str, args: Value) -> Answer {
        let listening = self.listening.borrow().clone();
        Box::pin(async move {
            if let Some(listening) = listening {
                JsFuture::from(listening)
                    .await
                    .map_err(|error| problem(&error))?;
            }
            let payload = serde_json::json!({ "name": name, "args": args });
            let answer = invoke("call", &payload)
                .await
                .map_err(|error| problem(&error))?;
            from_js(&answer).map_err(|error| internal(&error))
        })
    }

    fn demonstration_pin(&self) -> Option<String> {
        let told = Reflect::get(&js_sys::global(), &"__TIEN_DO_DEMONSTRATION__".into()).ok()?;
        Reflect::get(&told, &"pin".into()).ok()?.as_string()
    }

    fn listen(&self, handler: Box<dyn Fn(Update)>) {
        let line = RefCell::new(Reordering::default());
        let on_message = Closure::<dyn Fn(JsValue)>::new(move |message: JsValue| {
            let Some(index) = Reflect::get(&message, &"index".into())
                .ok()
                .and_then(|index| index.as_f64())
            else {
                return;
            };
            let body = Reflect::get(&message, &"message".into()).unwrap_or(JsValue::UNDEFINED);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let ready = line.borrow_mut().take(index as u64, body);
            for update in ready.iter().filter_map(|body| from_js::<Update>(body).ok()) {
                handler(update);
            }
        });
        // The channel lives as long as the window.
        let callback = on_message.into_js_value();
        let listening = future_to_promise(async move {
            let id = transform_callback(&callback).ok_or(JsValue::NULL)?;
            let channel = format!("__CHANNEL__:{id}");
            invoke("listen", &serde_json::json!({ "channel": channel })).await
        });
        self.listening.replace(Some(listening));
    }
}

/// Puts messages back into the order in which they were sent: a long one travels by another way
/// than a short one and may be overtaken.
#[derive(Debug)]
struct Reordering<T> {
    next: u64,
    early: BTreeMap<u64, T>,
}

impl<T> Default for Reordering<T> {
    fn default() -> Self {
        Self {
            next: 0,
            early: BTreeMap::new(),
        }
    }
}

impl<T> Reordering<T> {
    /// Takes message `index`; hands back all that can be read now, in order.
    fn take(&mut self, index: u64, message: T) -> Vec<T> {
        self.early.insert(index, message);
        let mut ready = Vec::new();
        while let Some(message) = self.early.remove(&self.next) {
            ready.push(message);
            self.next += 1;
        }
        ready
    }
}

fn internals() -> Result<JsValue, JsValue> {
    Reflect::get(&js_sys::global(), &"__TAURI_INTERNALS__".into())
}

async fn invoke(command: &str, payload: &Value) -> Result<JsValue, JsValue> {
    let internals = internals()?;
    let invoke: Function = Reflect::get(&internals, &"invoke".into())?.dyn_into()?;
    let payload = JSON::parse(&payload.to_string())?;
    let promise: Promise = invoke
        .call2(&internals, &command.into(), &payload)?
        .dyn_into()?;
    JsFuture::from(promise).await
}

fn transform_callback(callback: &JsValue) -> Option<f64> {
    let internals = internals().ok()?;
    let transform: Function = Reflect::get(&internals, &"transformCallback".into())
        .ok()?
        .dyn_into()
        .ok()?;
    transform
        .apply(&internals, &Array::of2(callback, &JsValue::FALSE))
        .ok()?
        .as_f64()
}

fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, String> {
    // What is long comes as the bytes of its JSON.
    if let Some(bytes) = value.dyn_ref::<ArrayBuffer>() {
        let bytes = Uint8Array::new(bytes).to_vec();
        return serde_json::from_slice(&bytes).map_err(|error| error.to_string());
    }
    let text = if value.is_undefined() {
        "null".to_owned()
    } else {
        let text = JSON::stringify(value).map_err(|_| "không đọc được".to_owned())?;
        String::from(text)
    };
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

/// What the shell refuses with is a problem; anything else is a fault of the window itself.
fn problem(error: &JsValue) -> Problem {
    from_js(error).unwrap_or_else(|_| {
        let text = error.as_string().unwrap_or_else(|| {
            error
                .dyn_ref::<Object>()
                .map(|o| String::from(o.to_string()))
                .unwrap_or_default()
        });
        internal(&text)
    })
}

fn internal(detail: &str) -> Problem {
    Problem {
        kind: ProblemKind::Internal,
        message: (words().common.internal)(detail),
        retry: true,
    }
}

#[cfg(test)]
mod tests {
    use super::Reordering;

    #[test]
    fn messages_are_read_in_the_order_in_which_they_were_sent() {
        let mut line = Reordering::default();
        assert_eq!(line.take(1, "b"), Vec::<&str>::new());
        assert_eq!(line.take(2, "c"), Vec::<&str>::new());
        assert_eq!(line.take(0, "a"), ["a", "b", "c"]);
        assert_eq!(line.take(4, "e"), Vec::<&str>::new());
        assert_eq!(line.take(3, "d"), ["d", "e"]);
    }
}
