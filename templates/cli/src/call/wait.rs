//! `wait --for EXPR COMMAND`: repeats a read-only command until a jq expression is true.

use std::thread;
use std::time::{Duration, Instant};

use clap::ArgMatches;
use ngrok_api_model::{Method, Output};

use crate::app::App;
use crate::client::Client;
use crate::failure::{Class, Failure};
use crate::output::{Filter, print_single};
use crate::request::Request;
use crate::tree::{string, strings};
use crate::{lookup, names};

/// Condition that waits until the resource does not exist.
const DELETED: &str = "deleted";

/// Waits, then prints the last response.
pub(super) fn run(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let words = strings(matches, "command");
    let Some((_, operation, parameters)) = lookup::operation(app.model, &words) else {
        return Err(lookup::unknown(app.model, &words));
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
    let expression = string(matches, "for").unwrap_or_default();
    let condition =
        (expression != DELETED).then(|| Filter::new(expression)).transpose()?;
    let (interval, end) = (duration("interval"), Instant::now() + duration("max-wait"));
    let client = Client::new(app)?;
    let parameters = names::resolved(app, operation, parameters)?;
    let request = Request::new(app, operation, &parameters, None)?;
    loop {
        match (&condition, client.send(request.draft.clone())) {
            (None, Err(failure)) if failure.class == Class::NotFound => return Ok(()),
            (_, Err(failure)) => return Err(failure),
            (Some(condition), Ok(value)) if condition.holds(&value)? => {
                return print_single(app, operation.output_shape(), None, value);
            }
            (_, Ok(_)) => {}
        }
        if Instant::now() + interval > end {
            let most = duration("max-wait").as_secs_f64();
            return Err(Failure::other(match condition {
                Some(_) => format!("`{expression}` did not become true within {most}s"),
                None => {
                    format!("{} was not deleted within {most}s", parameters.join(" "))
                }
            }));
        }
        thread::sleep(interval);
    }
}
