//! `wait --for EXPR COMMAND`: repeats a read-only command until a jq expression is true.

use std::thread;
use std::time::{Duration, Instant};

use clap::ArgMatches;
use ngrok_api_model::{Method, Output};

use crate::app::App;
use crate::client::Client;
use crate::failure::{Class, Failure};
use crate::lookup::{self, Shape};
use crate::names;
use crate::output::{Condition, print_single};
use crate::request::Request;

/// Condition that waits until the resource does not exist.
const DELETED: &str = "deleted";

/// Waits, then prints the last response.
pub(super) fn run(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let words: Vec<String> =
        matches.get_many::<String>("command").into_iter().flatten().cloned().collect();
    let found = (1..=words.len()).find_map(|count| {
        lookup::operation(app.model, &words[..count])
            .map(|found| (found.1, &words[count..]))
    });
    let Some((operation, parameters)) = found else {
        return Err(Failure::usage(format!("unknown command `{}`", words.join(" "))));
    };
    let reads =
        operation.method == Method::Get && matches!(operation.output, Output::Type(_));
    if !reads || operation.parameters.len() != parameters.len() {
        return Err(Failure::usage(
            "wait needs a command that reads one resource, with its ID",
        ));
    }
    let duration =
        |name: &str| matches.get_one::<Duration>(name).copied().unwrap_or_default();
    let expression =
        matches.get_one::<String>("for").map(String::as_str).unwrap_or_default();
    let condition =
        if expression == DELETED { None } else { Some(Condition::new(expression)?) };
    let (interval, end) = (duration("interval"), Instant::now() + duration("max-wait"));
    let client = Client::new(app)?;
    let parameters = names::resolved(app, operation, parameters)?;
    let request = Request::new(app, operation, &parameters, None)?;
    loop {
        let sent = client.send(request.draft.clone());
        match (&condition, sent) {
            (None, Err(failure)) if failure.class == Class::NotFound => return Ok(()),
            (_, Err(failure)) => return Err(failure),
            (Some(condition), Ok(value)) if condition.holds(&value)? => {
                let name = lookup::output_type(operation);
                return print_single(
                    app,
                    name.map_or(Shape::Unknown, Shape::Named),
                    None,
                    value,
                );
            }
            (_, Ok(_)) => {}
        }
        if Instant::now() + interval > end {
            let what = format!(
                "`{expression}` did not become true within {}s",
                duration("max-wait").as_secs()
            );
            return Err(Failure::other(what));
        }
        thread::sleep(interval);
    }
}
