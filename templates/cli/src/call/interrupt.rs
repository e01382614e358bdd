//! Ctrl-C during a listing: the output stays complete, and the cursor to continue from is printed.

use std::io::{self, Write};
use std::process;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::failure::{Class, Failure};

/// State of the listing for the handler. Clones share it.
#[derive(Clone, Default)]
pub(super) struct Interrupt(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    interrupted: bool,
    /// True while nothing is being printed: the handler may end the process.
    waiting: bool,
    cursor: Option<String>,
    tail: &'static str,
}

impl Interrupt {
    /// Installs the handler for Ctrl-C. Without it, Ctrl-C ends the process as usual.
    pub(super) fn install() -> Self {
        let interrupt = Self::default();
        let handler = interrupt.clone();
        let installed = ctrlc::set_handler(move || handler.fire());
        drop(installed);
        interrupt
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fire(&self) {
        let mut state = self.lock();
        if state.waiting || state.interrupted {
            let mut stdout = io::stdout();
            let completed =
                stdout.write_all(state.tail.as_bytes()).and_then(|()| stdout.flush());
            drop(completed);
            eprintln!("error: {}", message(state.cursor.as_deref()));
            process::exit(Class::Interrupt as i32);
        }
        state.interrupted = true;
    }

    /// Marks that a page is being fetched; `tail` completes the output.
    pub(super) fn waiting(&self, cursor: Option<String>, tail: &'static str) {
        let mut state = self.lock();
        state.waiting = true;
        state.cursor = cursor;
        state.tail = tail;
    }

    /// Marks that a page is being printed.
    pub(super) fn busy(&self) {
        self.lock().waiting = false;
    }

    /// Fails if Ctrl-C was pressed while a page was printed.
    pub(super) fn check(
        &self,
        cursor: Option<&str>,
        tail: &'static str,
    ) -> Result<(), Failure> {
        if !self.lock().interrupted {
            return Ok(());
        }
        let mut stdout = io::stdout();
        let completed = stdout.write_all(tail.as_bytes()).and_then(|()| stdout.flush());
        drop(completed);
        Err(Failure::interrupted(message(cursor)))
    }
}

fn message(cursor: Option<&str>) -> String {
    match cursor {
        Some(cursor) => format!("interrupted; continue with --resume '{cursor}'"),
        None => "interrupted".to_owned(),
    }
}
