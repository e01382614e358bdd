//! The contenders: each lists all IP policies and gets one, as its documentation recommends.

mod asynchronous;
mod blocking;
mod by_hand;
mod hyper;
mod official;
mod ureq;

use anyhow::bail;
use tokio::runtime::{Builder, Runtime};

use crate::subject::Subject;

/// A client or loop that can run the measured tasks.
pub(crate) trait Contender {
    /// Reads the whole list, item by item, and returns the number of items.
    fn list(&mut self) -> anyhow::Result<usize>;
    /// Gets one resource the given number of times, sequentially.
    fn get(&mut self, times: usize) -> anyhow::Result<()>;
}

/// API key of every contender; the server ignores it.
const KEY: &str = "a-key-for-measuring";

/// Returns a contender that calls the server at `url`.
pub(crate) fn new(subject: Subject, url: &str) -> anyhow::Result<Box<dyn Contender>> {
    Ok(match subject {
        Subject::Async => Box::new(asynchronous::Asynchronous::new(url)?),
        Subject::Blocking => Box::new(blocking::Blocking::new(url)?),
        Subject::Hyper => Box::new(hyper::Hyper::new(url)?),
        Subject::Ureq => Box::new(ureq::Ureq::new(url)),
        Subject::Official => Box::new(official::Official::new(url)?),
        Subject::Both => bail!("both clients together are only built, not run"),
    })
}

/// Returns the runtime of the async contenders.
fn runtime() -> std::io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}
