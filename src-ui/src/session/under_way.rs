//! What is on its way to the disk: whoever signs out waits for it.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};

/// Counts what is under way. Clones count together.
#[derive(Clone, Default)]
pub struct UnderWay(Rc<Counted>);

#[derive(Default)]
struct Counted {
    count: Cell<usize>,
    waiting: RefCell<Vec<Waker>>,
}

/// Something is under way for as long as this lives.
pub struct Going(UnderWay);

impl UnderWay {
    /// One more thing is under way.
    pub fn begin(&self) -> Going {
        self.0.count.set(self.0.count.get() + 1);
        Going(self.clone())
    }

    /// Waits until nothing is.
    pub async fn none(&self) {
        poll_fn(|context| {
            if self.0.count.get() == 0 {
                return Poll::Ready(());
            }
            self.0.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

impl Drop for Going {
    fn drop(&mut self) {
        let Counted { count, waiting } = &*self.0.0;
        count.set(count.get() - 1);
        if count.get() == 0 {
            waiting.take().into_iter().for_each(Waker::wake);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{pin::pin, task::Context};

    use super::*;

    #[test]
    fn whoever_waits_goes_on_when_the_last_has_come_home() {
        let all = UnderWay::default();
        let mut context = Context::from_waker(Waker::noop());
        assert!(pin!(all.none()).poll(&mut context).is_ready());
        let (first, second) = (all.begin(), all.clone().begin());
        let mut none = pin!(all.none());
        assert!(none.as_mut().poll(&mut context).is_pending());
        drop(first);
        assert!(none.as_mut().poll(&mut context).is_pending());
        drop(second);
        assert!(none.as_mut().poll(&mut context).is_ready());
    }
}
