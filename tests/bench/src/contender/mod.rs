//! Those who compete: each lists all IP policies, and gets one, as its documentation has it done.

mod asynchronous;
mod blocking;
mod by_hand;
mod hyper;
mod official;
mod ureq;

use anyhow::bail;
use tokio::runtime::{Builder, Runtime};

use crate::subject::Subject;

/// A client, or a loop, that can do what is measured.
pub(crate) trait Contender {
    /// Reads the whole list, item by item, and says how many there were.
    fn list(&mut self) -> anyhow::Result<usize>;
    /// Gets one resource, so many times one after the other.
    fn get(&mut self, times: usize) -> anyhow::Result<()>;
}

/// What every contender shows the server; it looks at nothing.
const KEY: &str = "a-key-for-measuring";

/// A contender that calls the server at `url`.
pub(crate) fn new(subject: Subject, url: &str) -> anyhow::Result<Box<dyn Contender>> {
    Ok(match subject {
        Subject::Async => Box::new(asynchronous::Asynchronous::new(url)?),
        Subject::Blocking => Box::new(blocking::Blocking::new(url)?),
        Subject::Hyper => Box::new(hyper::Hyper::new(url)?),
        Subject::Ureq => Box::new(ureq::Ureq::new(url)),
        Subject::Official => Box::new(official::Official::new(url)?),
        Subject::Both => bail!("both worlds at once are only built, not run"),
    })
}

/// What the async ones run on, all alike.
fn runtime() -> std::io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}
