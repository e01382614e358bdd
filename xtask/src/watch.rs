//! Repeats an action whenever files change.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use anyhow::Context;
use notify::{Event, RecursiveMode, Watcher};

/// Changes within this time are handled together.
const QUIET: Duration = Duration::from_millis(50);

/// Runs an action now, and again after each change below some directories, until the process ends.
pub(crate) fn repeat(folders: &[PathBuf], mut act: impl FnMut()) -> anyhow::Result<()> {
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender)
        .context("files cannot be watched on this system")?;
    // Watches before the first run, so that no change is missed.
    for folder in folders {
        watcher
            .watch(folder, RecursiveMode::Recursive)
            .with_context(|| format!("cannot watch `{}`", folder.display()))?;
    }
    loop {
        act();
        wait(&events)?;
    }
}

/// Waits for a change, and for the end of those that come with it.
fn wait(events: &Receiver<notify::Result<Event>>) -> anyhow::Result<()> {
    while !is_change(&events.recv().context("files are no longer watched")?) {}
    while events.recv_timeout(QUIET).is_ok() {}
    Ok(())
}

/// Returns true if an event can mean a change: read access does not, and an error may hide one.
fn is_change(event: &notify::Result<Event>) -> bool {
    event.as_ref().map_or(true, |event| !event.kind.is_access())
}
