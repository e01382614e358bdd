//! Progress of an apply on standard error, questions, and Ctrl-C.

use std::io::{self, BufRead, IsTerminal, Write};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use ngrok_state_core::{Action, Progress, Step};

use crate::failure::{Class, Failure};

/// Prints each step that is done or failed.
pub(super) struct Printer {
    total: usize,
    finished: AtomicUsize,
    terminal: bool,
}

impl Printer {
    pub(super) fn new(total: usize) -> Self {
        let terminal = io::stderr().is_terminal();
        Self { total, finished: AtomicUsize::new(0), terminal }
    }

    /// Prints one event. On terminals, the step that was started last is shown until the next one is finished.
    pub(super) fn print(&self, progress: Progress<'_>) {
        let clear = if self.terminal { "\r\x1b[K" } else { "" };
        let written = match progress {
            Progress::Started(step) if self.terminal => {
                let number = self.finished.load(Ordering::Relaxed) + 1;
                let mut stderr = io::stderr().lock();
                let counter = self.counter(number);
                write!(stderr, "{clear}{counter} {} {}...", words(step).0, step.address)
                    .and_then(|()| stderr.flush())
            }
            Progress::Started(_) | Progress::Created(..) => Ok(()),
            Progress::Done(step) => {
                let counter = self.counter(self.next());
                let done = words(step).1;
                writeln!(io::stderr(), "{clear}{counter} {done} {}", step.address)
            }
            Progress::Failed(step, message) => {
                let counter = self.counter(self.next());
                let address = &step.address;
                writeln!(io::stderr(), "{clear}{counter} failed {address}: {message}")
            }
        };
        drop(written);
    }

    fn next(&self) -> usize {
        self.finished.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn counter(&self, number: usize) -> String {
        let width = self.total.to_string().len();
        format!("[{number:width$}/{}]", self.total)
    }
}

/// The progress of a step, and its result.
pub(super) fn words(step: &Step) -> (&'static str, &'static str) {
    match &step.action {
        Action::Create => ("creating", "created"),
        Action::Adopt => ("adopting", "adopted"),
        Action::Rename { .. } => ("renaming", "renamed"),
        Action::Update => ("updating", "updated"),
        Action::Delete { deposed: true, .. } => {
            ("deleting the predecessor of", "deleted the predecessor of")
        }
        Action::Delete { .. } => ("deleting", "deleted"),
        Action::Forget => ("forgetting", "forgot"),
    }
}

/// Asks on a terminal. Elsewhere, it is an error: there is no user to ask.
pub(super) fn confirm(question: &str) -> Result<(), Failure> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(Failure::usage("this changes resources; confirm it with --yes"));
    }
    let mut stderr = io::stderr().lock();
    let asked = write!(stderr, "{question} [y/N] ").and_then(|()| stderr.flush());
    Failure::written(asked)?;
    drop(stderr);
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    read.map_err(|error| Failure::usage(error.to_string()))?;
    if matches!(line.trim(), "y" | "Y" | "yes") {
        return Ok(());
    }
    Err(Failure::other("nothing was changed"))
}

/// Lets Ctrl-C start no further step; a second one ends the process.
pub(super) fn cancellation() -> Arc<AtomicBool> {
    let cancelled = Arc::new(AtomicBool::new(false));
    let handler = Arc::clone(&cancelled);
    let installed = ctrlc::set_handler(move || {
        if handler.swap(true, Ordering::Relaxed) {
            process::exit(Class::Interrupt as i32);
        }
        eprintln!(
            "\nwaiting for the requests that were sent; press Ctrl-C again to stop at once"
        );
    });
    drop(installed);
    cancelled
}
