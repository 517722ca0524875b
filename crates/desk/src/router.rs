//! Commands by name: each with the one function that answers it.

use std::{collections::HashMap, future::Future, pin::Pin, sync::Arc};

use ipc::{Command, Problem, ProblemKind};
use serde_json::Value;

use crate::Desk;

type Answer = Pin<Box<dyn Future<Output = Result<Value, Problem>> + Send>>;
type Handler = Box<dyn Fn(Arc<Desk>, Value) -> Answer + Send + Sync>;

/// The commands that are answered.
#[derive(Default)]
pub(crate) struct Router {
    handlers: HashMap<&'static str, Handler>,
}

impl Router {
    /// Adds the function that answers `C`.
    pub(crate) fn on<C, F, Fut>(mut self, answer: F) -> Self
    where
        C: Command + Send,
        F: Fn(Arc<Desk>, C) -> Fut + Copy + Send + Sync + 'static,
        Fut: Future<Output = Result<C::Reply, Problem>> + Send + 'static,
    {
        let handler = move |desk: Arc<Desk>, args: Value| -> Answer {
            Box::pin(async move {
                let command: C = serde_json::from_value(args).map_err(|e| misread(C::NAME, &e))?;
                let reply = answer(desk, command).await?;
                serde_json::to_value(reply).map_err(|e| misread(C::NAME, &e))
            })
        };
        self.handlers.insert(C::NAME, Box::new(handler));
        self
    }

    /// Answers the command called `name`.
    pub(crate) async fn call(
        &self,
        desk: Arc<Desk>,
        name: &str,
        args: Value,
    ) -> Result<Value, Problem> {
        match self.handlers.get(name) {
            Some(handler) => handler(desk, args).await,
            None => Err(misread(name, &"không có lệnh này")),
        }
    }

    #[cfg(test)]
    pub(crate) fn names(&self) -> std::collections::BTreeSet<&'static str> {
        self.handlers.keys().copied().collect()
    }
}

/// The window and the shell are of different versions, or somebody else is calling.
fn misread(name: &str, why: &dyn std::fmt::Display) -> Problem {
    Problem {
        kind: ProblemKind::Internal,
        message: format!("Ứng dụng không hiểu lệnh «{name}» ({why}). Hãy đóng và mở lại ứng dụng."),
        retry: false,
    }
}
