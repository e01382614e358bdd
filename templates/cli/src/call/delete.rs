//! Deletes one resource or several, with confirmation on a terminal.

use clap::ArgMatches;
use ngrok_api_model::{Operation, Service};

use crate::app::{App, confirmed};
use crate::client::Client;
use crate::failure::Failure;
use crate::lookup::word;
use crate::request::Request;
use crate::tree::is_set;

/// Deletes the resources at these paths; continues after failures, and returns the class of the first of them.
pub(super) fn run(
    app: &App,
    service: &'static Service,
    operation: &'static Operation,
    paths: &[Vec<String>],
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let what = match paths {
        [one] => format!("{} {}", service.noun, id(one)),
        several => format!("{} {}", several.len(), service.nouns),
    };
    let question = format!("{}: {what}?", word(&operation.name));
    if !is_set(matches, "yes") && !confirmed(&question, false)? {
        return Err(Failure::other("nothing was deleted"));
    }
    let client = Client::new(app)?;
    let delete =
        |path: &[String]| client.send(Request::new(app, operation, path, None)?.draft);
    let mut failures = Vec::new();
    for path in paths {
        match delete(path) {
            Ok(_) => {}
            Err(failure) if paths.len() == 1 => return Err(failure),
            Err(failure) => {
                eprintln!("{}: {failure}", id(path));
                failures.push(failure.class);
            }
        }
    }
    if let Some(class) = failures.first() {
        let what = format!("{} of {} could not be deleted", failures.len(), paths.len());
        return Err(Failure::new(*class, what));
    }
    if paths.len() > 1 {
        eprintln!("deleted {what}");
    }
    Ok(())
}

/// Returns the last path parameter, which differs between the resources.
fn id(path: &[String]) -> &str {
    path.last().map_or("", String::as_str)
}
