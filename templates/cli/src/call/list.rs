//! Lists: pages are printed as they arrive. After Ctrl-C the output is complete, and the cursor to continue from is printed.

use std::io::{self, IsTerminal, Write};
use std::process;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use clap::ArgMatches;
use ngrok_api_model::Listing;
use ngrok_client_core::{Cursor, PageCursor};
use serde_json::Value;

use crate::app::{App, print, report};
use crate::client::Client;
use crate::failure::{Class, Failure, OrFail};
use crate::output::{Color, ListPrinter};
use crate::request::Request;
use crate::tree::{is_given, query_argument, string};

/// Delay after which progress is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// Prints the pages of a list: one page with `--limit`, otherwise all.
pub(super) fn run(
    app: &App,
    listing: &Listing,
    request: Request,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let mut printer = ListPrinter::new(app, listing)?;
    let client = Client::new(app)?;
    let base = client.config().base();
    let mut draft = request.draft;
    if let Some(resume) = string(matches, "resume") {
        let cursor = resume.parse::<PageCursor>().or_usage("--resume")?;
        draft = draft.resume(base, &cursor);
    }
    let is_one_page = is_given(matches, &query_argument(&app.model.api.limit_parameter));
    let most = matches.get_one::<u64>("max-items").copied().unwrap_or(u64::MAX);
    let mut cursor = Cursor::new(draft, base);
    let mut progress = Progress::new();
    let mut rest = Value::Null;
    let interrupt = Interrupt::install(app);
    loop {
        let place = cursor.place(base).map(|place| place.to_string());
        interrupt.waiting(place, printer.tail())?;
        let Some((mut items, page)) = client.page(&mut cursor, &listing.key)? else {
            break;
        };
        interrupt.printing();
        rest = page;
        let room = usize::try_from(most - printer.count()).unwrap_or(usize::MAX);
        items.truncate(room);
        progress.clear();
        printer.page(&mut items)?;
        if is_one_page || printer.count() == most {
            break;
        }
        progress.show(printer.count());
    }
    progress.clear();
    printer.finish(&rest)
}

/// State of a listing for the handler of Ctrl-C. Clones share it.
#[derive(Clone, Default)]
struct Interrupt(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// True if Ctrl-C was pressed while a page was printed.
    is_pressed: bool,
    /// True while a page is printed: the process ends after it.
    is_printing: bool,
    cursor: Option<String>,
    /// Completes the output.
    tail: &'static str,
}

impl Interrupt {
    /// Installs the handler. Without it, Ctrl-C ends the process as usual.
    fn install(app: &App) -> Self {
        let interrupt = Self::default();
        let handler = interrupt.clone();
        let (json, color) = (app.globals.error_json, app.globals.color);
        let installed = ctrlc::set_handler(move || handler.press(json, color));
        drop(installed);
        interrupt
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn press(&self, json: bool, color: Color) {
        let mut state = self.lock();
        if state.is_printing && !state.is_pressed {
            state.is_pressed = true;
            return;
        }
        // A reader that does not read would block the end of the output: the second time, it is left out.
        if !state.is_pressed {
            report(&state.end(), json, color);
        }
        process::exit(Class::Interrupt as i32);
    }

    /// Marks that a page is fetched. Fails if Ctrl-C was pressed before.
    fn waiting(
        &self,
        cursor: Option<String>,
        tail: &'static str,
    ) -> Result<(), Failure> {
        let mut state = self.lock();
        *state = State { is_printing: false, cursor, tail, ..*state };
        if state.is_pressed { Err(state.end()) } else { Ok(()) }
    }

    fn printing(&self) {
        self.lock().is_printing = true;
    }
}

impl State {
    /// Completes the output, and returns the failure with the cursor.
    fn end(&self) -> Failure {
        let completed = print(self.tail);
        drop(completed);
        Failure::interrupted(match &self.cursor {
            Some(cursor) => format!("interrupted; continue with --resume '{cursor}'"),
            None => "interrupted".to_owned(),
        })
    }
}

/// A line on standard error that counts items, on terminals.
struct Progress {
    started: Instant,
    is_shown: bool,
}

impl Progress {
    fn new() -> Self {
        Self { started: Instant::now(), is_shown: false }
    }

    fn show(&mut self, count: u64) {
        if self.started.elapsed() > PATIENCE && io::stderr().is_terminal() {
            let mut stderr = io::stderr().lock();
            let written = write!(stderr, "\r{count} items...");
            self.is_shown = written.and_then(|()| stderr.flush()).is_ok();
        }
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            eprint!("\r\x1b[K");
        }
    }
}
