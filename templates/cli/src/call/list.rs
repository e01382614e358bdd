//! Lists: pages are printed as they arrive. After Ctrl-C the output is complete, and the cursor to continue from is printed.

use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use std::{process, thread};

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

/// Delay after which progress is shown, and time that Ctrl-C waits for a page to be printed.
const PATIENCE: Duration = Duration::from_secs(1);

/// Prints the pages of a list: one page with `--limit`, otherwise all.
pub(super) fn run(
    app: &App,
    listing: &Listing,
    request: Request,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let mut printer = ListPrinter::new(app, listing, &Value::Null)?;
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
    let place = |cursor: &Cursor| cursor.place(base).map(|place| place.to_string());
    let interrupt = Interrupt::install(app);
    interrupt.lock().cursor = place(&cursor);
    while let Some((mut items, page)) = client.page(&mut cursor, &listing.key)? {
        // Ctrl-C waits until the page is printed.
        let mut state = interrupt.lock();
        rest = page;
        let room = usize::try_from(most - printer.count()).unwrap_or(usize::MAX);
        items.truncate(room);
        progress.clear();
        printer.page(&mut items)?;
        if is_one_page || printer.count() == most {
            break;
        }
        progress.show(printer.count());
        state.cursor = place(&cursor);
        state.tail = printer.tail();
    }
    let _end = interrupt.lock();
    progress.clear();
    printer.finish(&rest)
}

/// State of a listing for the handler of Ctrl-C. Clones share it.
#[derive(Clone, Default)]
struct Interrupt(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
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

    /// Completes the output, prints the cursor and ends the process.
    fn press(&self, json: bool, color: Color) -> ! {
        // A reader that does not read blocks the page: then the output stays incomplete.
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Ok(state) = self.0.try_lock() {
                let completed = print(state.tail);
                drop(completed);
                let what = match &state.cursor {
                    Some(cursor) => {
                        format!("interrupted; continue with --resume '{cursor}'")
                    }
                    None => "interrupted".to_owned(),
                };
                report(&Failure::interrupted(what), json, color);
                break;
            }
            thread::sleep(Duration::from_millis(10));
        }
        process::exit(Class::Interrupt as i32)
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
