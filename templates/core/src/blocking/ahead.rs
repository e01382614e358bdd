//! A call that is made before anybody waits for it: a draft goes in, and the reply can be
//! asked for later. It knows threads, and no pages.

use std::fmt;
use std::panic::resume_unwind;
use std::thread::{Builder, JoinHandle};

use super::Session;
use crate::trace::Scene;
use crate::wish::Wish;
use crate::{Draft, Reply, Result};

/// A call that is made on a thread of its own.
///
/// Dropping it does not wait: the thread ends by itself. A call that waits for its turn
/// gives up its place at once; a request that is under way comes to its end, within the
/// limits of time, and is not sent again.
pub struct Ahead {
    session: Session,
    draft: Box<Draft>,
    wish: Wish,
    /// None if there could be no more threads: then the call is made when it is asked for.
    thread: Option<JoinHandle<Result<Reply>>>,
}

impl Ahead {
    pub(super) fn new(session: Session, draft: Box<Draft>) -> Self {
        let wish = Wish::default();
        let (there, call, wished) = (session.clone(), draft.clone(), wish.clone());
        let scene = Scene::current();
        let run = move || scene.within(|| there.run_while(call, &wished));
        let thread = Builder::new().name("api-prefetch".to_owned()).spawn(run).ok();
        Self { session, draft, wish, thread }
    }

    /// The reply, once it is there.
    pub fn wait(mut self) -> Result<Reply> {
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(reply)) => reply,
            Some(Err(panic)) => resume_unwind(panic),
            None => self.session.run(self.draft.clone()),
        }
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.wish.give_up();
        if let Some(thread) = &self.thread {
            thread.thread().unpark();
        }
    }
}

impl fmt::Debug for Ahead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ahead").field(&self.draft).finish()
    }
}
