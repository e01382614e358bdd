//! `auth login`, `auth status`, `auth logout`.

use std::io::{self, IsTerminal};

use clap::ArgMatches;
use ngrok_api_model::Shape;
use serde_json::json;

use crate::app::App;
use crate::client::{Client, base_url};
use crate::credentials::{self, Profile, Store};
use crate::failure::{Class, Failure, OrFail};
use crate::output::print_single;
use crate::request::Request;
use crate::tree::{Globals, is_set};

/// Default profile of logins.
const DEFAULT: &str = "default";

/// Runs one of the commands.
pub(super) fn run(
    app: &App,
    words: &[String],
    matches: &ArgMatches,
) -> Result<(), Failure> {
    match words.get(1).map(String::as_str) {
        Some("login") => login(app, matches),
        Some("logout") => logout(app),
        _ => status(app),
    }
}

/// Reads a key without echo, checks it with a request, and stores it.
fn login(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let key = read_key().or_usage("cannot read the API key")?;
    if key.is_empty() {
        return Err(Failure::usage("the API key is empty"));
    }
    if !is_set(matches, "no-check") {
        check(app, &key)?;
    }
    let name = app.globals.profile.as_deref().unwrap_or(DEFAULT);
    let mut store = Store::read(app.shell)?;
    store.insert(name, Profile { api_key: key, api_url: app.globals.api_url.clone() });
    store.write()?;
    eprintln!("stored the API key as profile {name} in {}", store.path.display());
    Ok(())
}

fn read_key() -> io::Result<String> {
    let line = if io::stdin().is_terminal() {
        eprint!("API key: ");
        read_hidden()?
    } else {
        let mut line = String::new();
        io::stdin().read_line(&mut line)?;
        line
    };
    Ok(line.trim().to_owned())
}

/// Reads a line from the terminal without echo.
#[cfg(unix)]
fn read_hidden() -> io::Result<String> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

    let stdin = io::stdin();
    let before = tcgetattr(&stdin)?;
    let mut hidden = before.clone();
    hidden.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&stdin, OptionalActions::Flush, &hidden)?;
    let mut line = String::new();
    let read = stdin.read_line(&mut line);
    tcsetattr(&stdin, OptionalActions::Now, &before)?;
    eprintln!();
    read.map(|_| line)
}

#[cfg(not(unix))]
fn read_hidden() -> io::Result<String> {
    rpassword::read_password()
}

/// Sends a read-only request: the first page of the first list, with one item.
fn check(app: &App, key: &str) -> Result<(), Failure> {
    let globals = Globals { api_key: Some(key.to_owned()), ..app.globals.clone() };
    let app = app.with(globals);
    let mut lists = app.model.lists();
    let list =
        lists.find(|(service, _, list)| service.deprecated.is_none() && list.paged);
    let Some((_, operation, _)) = list else { return Ok(()) };
    let mut request = Request::new(&app, operation, &[], None)?;
    request.draft.query(&app.model.api.limit_parameter, "1".to_owned());
    match Client::quiet(&app)?.send(request.draft) {
        // A key without this permission is valid all the same.
        Err(failure) if failure.status() == Some(403) => Ok(()),
        sent => sent.map(drop),
    }
}

/// Prints the source of the key in use, and whether the API accepts it; never the key.
fn status(app: &App) -> Result<(), Failure> {
    let found = credentials::find(app)?;
    let checked = check(app, &found.key);
    let accepted = match &checked {
        Ok(()) => Some(true),
        Err(failure) if failure.class == Class::Authentication => Some(false),
        Err(_) => None,
    };
    let store = Store::read(app.shell)?;
    let status = json!({
        "source": found.source,
        "base_url": base_url(app),
        "accepted": accepted,
        "profiles": store.profiles.keys().collect::<Vec<_>>(),
        "warning": found.warning,
    });
    print_single(app, Shape::Unknown, None, status)?;
    checked
}

fn logout(app: &App) -> Result<(), Failure> {
    let mut store = Store::read(app.shell)?;
    let name = app.globals.profile.clone().or_else(|| store.default.clone());
    let name = name.unwrap_or_else(|| DEFAULT.to_owned());
    if !store.remove(&name) {
        return Err(Failure::not_found(store.unknown(&name)));
    }
    store.write()?;
    eprintln!("removed profile {name}; the API key itself is still valid");
    Ok(())
}
