//! Deletes one resource or several, with confirmation on a terminal.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::ArgMatches;
use ngrok_api_model::{Operation, Service};

use crate::app::App;
use crate::client::Client;
use crate::failure::Failure;
use crate::request::Request;

/// Deletes each of the last path parameter's values; continues after failures, and returns the first of them.
pub(super) fn run(
    app: &App,
    service: &'static Service,
    operation: &'static Operation,
    values: &[Vec<String>],
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let Some((last, before)) = values.split_last() else {
        return Err(Failure::usage("nothing to delete"));
    };
    let fixed: Vec<String> =
        before.iter().filter_map(|values| values.first().cloned()).collect();
    let ids = ids(last)?;
    if ids.is_empty() {
        return Err(Failure::usage("no IDs were given"));
    }
    if !matches.get_flag("yes") && !confirmed(service, operation, &ids)? {
        return Err(Failure::other("nothing was deleted"));
    }
    let client = Client::new(app)?;
    let mut failures = Vec::new();
    for id in &ids {
        let mut parameters = fixed.clone();
        parameters.push(id.clone());
        let request = Request::new(app, operation, &parameters, None)?;
        if let Err(failure) = client.send(request.draft) {
            if ids.len() == 1 {
                return Err(failure);
            }
            eprintln!("{id}: {failure}");
            failures.push(failure);
        }
    }
    let deleted = ids.len() - failures.len();
    let total = ids.len();
    if let Some(first) = failures.into_iter().next() {
        let what = format!("{} of {total} could not be deleted", total - deleted);
        return Err(Failure::other(what).class(first.class));
    }
    if total > 1 {
        eprintln!("deleted {deleted} {}", service.nouns);
    }
    Ok(())
}

/// Returns the IDs, with those of standard input in place of `-`.
fn ids(given: &[String]) -> Result<Vec<String>, Failure> {
    let mut ids = Vec::new();
    for id in given {
        if id != "-" {
            ids.push(id.clone());
            continue;
        }
        for line in io::stdin().lock().lines() {
            let line = line
                .map_err(|error| Failure::usage(format!("standard input: {error}")))?;
            ids.extend(line.split_whitespace().map(str::to_owned));
        }
    }
    Ok(ids)
}

/// Asks for confirmation on terminals.
fn confirmed(
    service: &Service,
    operation: &Operation,
    ids: &[String],
) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(true);
    }
    let what = match ids {
        [one] => format!("{} {one}", service.noun),
        several => format!("{} {}", several.len(), service.nouns),
    };
    let mut stderr = io::stderr().lock();
    let verb = crate::lookup::word(&operation.name);
    let asked = write!(stderr, "{verb}: {what}? [y/N] ").and_then(|()| stderr.flush());
    asked.map_err(|error| Failure::output(&error))?;
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failure::usage(error.to_string()))?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}
