//! Deletes one resource or several, with confirmation on a terminal.

use std::io;

use clap::ArgMatches;
use ngrok_api_model::{Operation, Service};

use crate::app::{App, confirmed};
use crate::client::Client;
use crate::failure::{Failure, OrFail};
use crate::lookup::word;
use crate::request::Request;
use crate::tree::is_set;

/// Deletes each of the last path parameter's values; continues after failures, and returns the class of the first of them.
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
    let ids = ids(last)?;
    let what = match ids.as_slice() {
        [] => return Err(Failure::usage("no IDs were given")),
        [one] => format!("{} {one}", service.noun),
        several => format!("{} {}", several.len(), service.nouns),
    };
    let question = format!("{}: {what}?", word(&operation.name));
    if !is_set(matches, "yes") && !confirmed(&question, false)? {
        return Err(Failure::other("nothing was deleted"));
    }
    let client = Client::new(app)?;
    let delete = |id: &String| {
        let first = |values: &Vec<String>| values.first().cloned();
        let fixed = before.iter().filter_map(first);
        let parameters: Vec<String> = fixed.chain([id.clone()]).collect();
        client.send(Request::new(app, operation, &parameters, None)?.draft)
    };
    let mut failures = Vec::new();
    for id in &ids {
        match delete(id) {
            Ok(_) => {}
            Err(failure) if ids.len() == 1 => return Err(failure),
            Err(failure) => {
                eprintln!("{id}: {failure}");
                failures.push(failure.class);
            }
        }
    }
    if let Some(class) = failures.first() {
        let what = format!("{} of {} could not be deleted", failures.len(), ids.len());
        return Err(Failure::new(*class, what));
    }
    if ids.len() > 1 {
        eprintln!("deleted {what}");
    }
    Ok(())
}

/// Returns the IDs, with those of standard input in place of `-`.
fn ids(given: &[String]) -> Result<Vec<String>, Failure> {
    let mut ids = Vec::new();
    for id in given {
        if id == "-" {
            let text = io::read_to_string(io::stdin()).or_usage("standard input")?;
            ids.extend(text.split_whitespace().map(str::to_owned));
        } else {
            ids.push(id.clone());
        }
    }
    Ok(ids)
}
