//! Calls made in the background: takes a draft, and returns the reply later. Uses threads; knows no pages.

use std::fmt;
use std::panic::resume_unwind;
use std::thread::{Builder, JoinHandle};

use super::Session;
use crate::cancel::Cancel;
use crate::trace::Scene;
use crate::{Draft, Reply, Result};

/// A call in the background, on its own thread.
///
/// Dropping it does not wait: the thread ends by itself. A call that waits for a permit is cancelled immediately; a
/// request in flight completes within its timeout, and is not retried.
pub struct Prefetch {
    session: Session,
    draft: Box<Draft>,
    cancel: Cancel,
    /// `None` if no thread could be started: then the call is made by [`wait`](Self::wait).
    thread: Option<JoinHandle<Result<Reply>>>,
}

impl Prefetch {
    pub(super) fn new(session: Session, draft: Box<Draft>) -> Self {
        let cancel = Cancel::default();
        let (there, call, cancelled) = (session.clone(), draft.clone(), cancel.clone());
        let scene = Scene::current();
        let run = move || scene.within(|| there.run_while(call, &cancelled));
        let thread = Builder::new().name("api-prefetch".to_owned()).spawn(run).ok();
        Self { session, draft, cancel, thread }
    }

    /// Waits for the reply.
    pub fn wait(mut self) -> Result<Reply> {
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(reply)) => reply,
            Some(Err(panic)) => resume_unwind(panic),
            None => self.session.run(self.draft.clone()),
        }
    }
}

impl Drop for Prefetch {
    fn drop(&mut self) {
        self.cancel.cancel();
        if let Some(thread) = &self.thread {
            thread.thread().unpark();
        }
    }
}

impl fmt::Debug for Prefetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Prefetch").field(&self.draft).finish()
    }
}
