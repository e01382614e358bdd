//! Whether a call that is made ahead is still wished for: who gives it up tells those who
//! make it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A wish. Clones tell the same.
#[derive(Clone, Default)]
pub(crate) struct Wish(Arc<AtomicBool>);

impl Wish {
    /// Nobody will ask for what comes of it.
    pub(crate) fn give_up(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub(crate) fn is_given_up(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}
