//! Doing something again whenever files change.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use anyhow::Context;
use notify::{Event, RecursiveMode, Watcher};

/// What is written together comes within this time.
const QUIET: Duration = Duration::from_millis(50);

/// Acts now, and again after each change below some folders, until the process is ended.
pub(crate) fn repeat(folders: &[PathBuf], mut act: impl FnMut()) -> anyhow::Result<()> {
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender)
        .context("files cannot be watched on this system")?;
    // Before the first act, so that no change falls in between.
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

/// Whether something may be other than it was: reading is not, and what went wrong may hide anything.
fn is_change(event: &notify::Result<Event>) -> bool {
    event.as_ref().map_or(true, |event| !event.kind.is_access())
}
