//! Lists: pages are printed as they arrive.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use clap::ArgMatches;
use ngrok_api_model::Listing;
use ngrok_client_core::{Cursor, PageCursor};
use serde_json::Value;

use super::interrupt::Interrupt;
use crate::app::App;
use crate::client::Client;
use crate::failure::Failure;
use crate::output::ListPrinter;
use crate::request::Request;
use crate::tree::query_argument;

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
    if let Some(Some(resume)) = paged(listing, || matches.get_one::<String>("resume")) {
        let cursor: PageCursor = resume
            .parse()
            .map_err(|error| Failure::usage(format!("--resume: {error}")))?;
        draft = draft.resume(base, &cursor);
    }
    let limit = query_argument(&app.model.api.limit_parameter);
    let one_page = paged(listing, || matches.contains_id(&limit)) == Some(true);
    let most = matches.get_one::<u64>("max-items").copied().unwrap_or(u64::MAX);
    let mut cursor = Cursor::new(draft, base);
    let mut progress = Progress::new();
    let mut rest = Value::Null;
    let interrupt = Interrupt::install();
    while let Some(draft) = cursor.take() {
        let place = cursor.place(base).map(|place| place.to_string());
        interrupt.waiting(place, printer.tail());
        let mut page = client.send(*draft)?;
        interrupt.busy();
        let mut items = match page.get_mut(&listing.key).map(Value::take) {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        };
        let room = usize::try_from(most - printer.count()).unwrap_or(usize::MAX);
        let full = items.len() >= room;
        items.truncate(room);
        progress.clear();
        printer.page(items)?;
        let api = &app.model.api;
        let next = page.get(&api.page_next).and_then(Value::as_str).map(str::to_owned);
        if let Value::Object(object) = &mut page {
            object.remove(&listing.key);
        }
        rest = page;
        if one_page || full {
            break;
        }
        progress.show(printer.count());
        cursor.advance(next.as_deref(), base);
        let place = cursor.place(base).map(|place| place.to_string());
        interrupt.check(place.as_deref(), printer.tail())?;
    }
    progress.clear();
    printer.finish(&rest)
}

/// Reads an argument of paginated lists.
fn paged<T>(listing: &Listing, read: impl FnOnce() -> T) -> Option<T> {
    listing.paged.then(read)
}

/// A line on standard error that counts items, on terminals.
struct Progress {
    started: Instant,
    terminal: bool,
    shown: bool,
}

impl Progress {
    fn new() -> Self {
        let terminal = io::stderr().is_terminal();
        Self { started: Instant::now(), terminal, shown: false }
    }

    fn show(&mut self, count: u64) {
        if self.terminal && self.started.elapsed() > PATIENCE {
            let mut stderr = io::stderr().lock();
            let written =
                write!(stderr, "\r{count} items...").and_then(|()| stderr.flush());
            self.shown = written.is_ok();
        }
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let written = write!(io::stderr().lock(), "\r\x1b[K");
            drop(written);
        }
    }
}
