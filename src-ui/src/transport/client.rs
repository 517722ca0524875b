//! Typed commands and watched rows over a [`Transport`].

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
};

use ipc::{Command, Problem, ProblemKind, Unwatch, Update, View, Watch, WatchId};
use leptos::{
    prelude::{
        Effect, Get, LocalStorage, Memo, StoredValue, WithValue, expect_context, on_cleanup,
    },
    task::spawn_local,
};

use super::Transport;
use crate::{catalogue::words, rows::Rows};

/// The window's side of the bridge. Cheap to copy; lives as long as the window.
#[derive(Clone, Copy)]
pub struct Client(StoredValue<Rc<Inner>, LocalStorage>);

struct Inner {
    transport: Box<dyn Transport>,
    subscriptions: RefCell<Subscriptions>,
}

/// Takes the updates of one watch.
type Handler = Rc<dyn Fn(Update)>;

/// Who waits for which updates.
#[derive(Default)]
struct Subscriptions {
    handlers: HashMap<WatchId, Handler>,
    /// Calls to `Watch` that have not been answered yet.
    opening: usize,
    /// Updates that overtook the answer which names their watch.
    early: Vec<Update>,
}

/// The window's client.
pub fn use_client() -> Client {
    expect_context()
}

/// A number that no other request has: whole, and small enough for JSON to keep exactly.
pub fn fresh_number() -> u64 {
    u64::from_be_bytes(random()) >> 11
}

/// The tail of a fresh id: `ob-3f1c…`.
pub fn fresh_id(prefix: &str) -> String {
    let (high, low) = (u64::from_be_bytes(random()), u64::from_be_bytes(random()));
    format!("{prefix}-{high:016x}{low:016x}")
}

impl Client {
    /// A client over a transport; starts to listen at once.
    pub fn new(transport: impl Transport) -> Self {
        let inner = Rc::new(Inner {
            transport: Box::new(transport),
            subscriptions: RefCell::default(),
        });
        let weak = Rc::downgrade(&inner);
        inner.transport.listen(Box::new(move |update| {
            if let Some(inner) = weak.upgrade() {
                inner.dispatch(update);
            }
        }));
        Self(StoredValue::new_local(inner))
    }

    /// Sends a command and waits for its reply.
    pub async fn call<C: Command>(self, command: C) -> Result<C::Reply, Problem> {
        let inner = self.0.with_value(Rc::clone);
        let args = serde_json::to_value(command).map_err(|error| internal(&error))?;
        let reply = inner.transport.call(C::NAME, args).await?;
        serde_json::from_value(reply).map_err(|error| internal(&error))
    }

    /// The PIN that everybody in a demonstration has; none outside of one.
    pub fn demonstration_pin(self) -> Option<String> {
        self.0
            .with_value(|inner| inner.transport.demonstration_pin())
    }

    /// Sends a command whose reply nobody waits for.
    pub fn send<C: Command>(self, command: C) {
        spawn_local(async move {
            let _ = self.call(command).await;
        });
    }

    /// Watches what `view` asks for, until the component that asked goes. When the query
    /// changes, the rows stay until the new ones are there.
    pub fn watch<V>(self, view: impl Fn() -> V + Send + Sync + 'static) -> Rows<V::Row>
    where
        V: View,
    {
        let rows = Rows::new();
        let query = Memo::new(move |_| view());
        let watching = Rc::new(Subscription {
            client: self,
            turn: Cell::default(),
            id: Cell::default(),
        });
        let open = Rc::clone(&watching);
        Effect::new(move |_| open.open(query.get(), rows));
        let close = StoredValue::new_local(watching);
        on_cleanup(move || close.with_value(|watching| watching.close()));
        rows
    }
}

/// One watch, opened again whenever its query changes or an update was missed.
struct Subscription {
    client: Client,
    /// Counts openings, so that the answer to an old one is let go.
    turn: Cell<u64>,
    id: Cell<Option<WatchId>>,
}

impl Subscription {
    fn open<V: View>(self: &Rc<Self>, view: V, rows: Rows<V::Row>) {
        self.close();
        let turn = self.turn.get();
        let this = Rc::clone(self);
        let inner = self.client.0.with_value(Rc::clone);
        inner.subscriptions.borrow_mut().opening += 1;
        spawn_local(async move {
            let answer = this
                .client
                .call(Watch {
                    query: view.clone().query(),
                })
                .await;
            let current = this.turn.get() == turn;
            match answer {
                Ok(id) if current => {
                    this.id.set(Some(id));
                    let again = Rc::downgrade(&this);
                    inner.opened(Some((
                        id,
                        Rc::new(move |update: Update| {
                            if rows.apply(&update).is_err()
                                && let Some(this) = again.upgrade()
                            {
                                this.open(view.clone(), rows);
                            }
                        }),
                    )));
                }
                Ok(id) => {
                    inner.opened(None);
                    this.client.send(Unwatch { watch: id });
                }
                Err(problem) => {
                    inner.opened(None);
                    if current {
                        rows.fail(problem);
                    }
                }
            }
        });
    }

    fn close(&self) {
        self.turn.set(self.turn.get() + 1);
        if let Some(id) = self.id.take() {
            self.client
                .0
                .with_value(|inner| inner.subscriptions.borrow_mut().handlers.remove(&id));
            self.client.send(Unwatch { watch: id });
        }
    }
}

impl Inner {
    fn dispatch(&self, update: Update) {
        let handler = {
            let mut subscriptions = self.subscriptions.borrow_mut();
            match subscriptions.handlers.get(&update.watch) {
                Some(handler) => Rc::clone(handler),
                None if subscriptions.opening > 0 => return subscriptions.early.push(update),
                None => return,
            }
        };
        handler(update);
    }

    /// A `Watch` was answered: hands over what came before the answer.
    fn opened(&self, watch: Option<(WatchId, Handler)>) {
        let early = {
            let mut subscriptions = self.subscriptions.borrow_mut();
            subscriptions.opening -= 1;
            subscriptions.handlers.extend(watch);
            std::mem::take(&mut subscriptions.early)
        };
        for update in early {
            self.dispatch(update);
        }
    }
}

fn internal(error: &serde_json::Error) -> Problem {
    Problem {
        kind: ProblemKind::Internal,
        message: (words().common.internal)(&error.to_string()),
        retry: true,
    }
}

fn random() -> [u8; 8] {
    let mut bytes = [0; 8];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    if let Some(crypto) = crypto {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}
