//! Arguments, written as in help: takes lines of usage, returns clap's arguments; and reads their values.

use std::num::NonZero;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::builder::ValueRange;
use clap::{Arg, ArgAction, ArgMatches, ValueHint, value_parser};
use ngrok_api_model::TypeRef;

use crate::shell::Program;

/// Returns the arguments that lines describe: `-o, --output FORMAT  Help [default: x] [possible values: x, y]`.
///
/// `VALUE,...` is repeated or separated by commas, `VALUE...` is repeated. Without dashes, an argument is positional, and
/// optional in brackets. Values of certain names have a type.
pub(super) fn arguments(lines: &str) -> Vec<Arg> {
    lines.lines().filter_map(|line| line.trim().split_once("  ")).map(argument).collect()
}

fn argument((usage, help): (&str, &str)) -> Arg {
    let (help, values) = note(help, "possible values");
    let (help, default) = note(help, "default");
    let (letter, usage) = match usage.split_once(", ") {
        Some((letter, usage)) => (letter.chars().nth(1), usage),
        None => (None, usage),
    };
    let (name, value) = usage.split_once(' ').unwrap_or((usage, usage));
    let value_name = value.trim_end_matches([',', '.']).trim_matches(['[', ']']);
    let is_several = value.ends_with("...");
    let long = name.strip_prefix("--").map(str::to_owned);
    let id = long.clone().unwrap_or_else(|| value_name.to_lowercase());
    let mut argument = typed(&id).help(help.to_owned()).short(letter);
    if let Some(values) = values {
        let values = values.split(", ").map(str::to_owned);
        argument = argument.value_parser(values.collect::<Vec<_>>());
    }
    if let Some(default) = default {
        argument = argument.default_value(default.to_owned());
    }
    match long {
        None => {
            let count = if is_several { (1..).into() } else { ValueRange::SINGLE };
            argument = argument.num_args(count).required(!usage.starts_with('['));
        }
        Some(long) if name == value => {
            return argument.long(long).action(ArgAction::SetTrue);
        }
        Some(long) => argument = argument.long(long),
    }
    if is_several {
        argument = argument.action(ArgAction::Append);
    }
    if value.ends_with(",...") {
        argument = argument.value_delimiter(',');
    }
    if value_name == "FILE" {
        argument = argument.value_hint(ValueHint::FilePath);
    }
    argument.value_name(value_name.to_owned())
}

/// Splits `[NAME: VALUE]` off the end of a help text.
fn note<'a>(help: &'a str, name: &str) -> (&'a str, Option<&'a str>) {
    let note = help.strip_suffix(']').and_then(|help| help.rsplit_once(" ["));
    let value = note.and_then(|(rest, note)| {
        Some((rest, note.strip_prefix(name)?.strip_prefix(": ")?))
    });
    value.map_or((help, None), |(rest, value)| (rest, Some(value)))
}

/// Returns an argument whose values have the type that its name requires.
fn typed(id: &str) -> Arg {
    let argument = Arg::new(id.to_owned());
    match id {
        "timeout" | "interval" => argument.value_parser(positive),
        "max-wait" => argument.value_parser(duration),
        "quota" => argument.value_parser(quota),
        "retries" => argument.value_parser(number::<u32>),
        "max-items" => argument.value_parser(number::<u64>),
        "max-bytes" => argument.value_parser(number::<usize>),
        "config" | "record" => argument.value_parser(value_parser!(PathBuf)),
        _ => argument,
    }
}

/// Parses a number without a fraction.
fn number<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| "expected a whole number, 0 or more".to_owned())
}

/// Parses `500ms`, `30s`, `2m`, `1h` or a number of seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.find(|byte: char| !byte.is_ascii_digit() && byte != '.');
    let (number, unit) = text.split_at(digits.unwrap_or(text.len()));
    let seconds = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err(format!("unknown unit {unit:?}; use ms, s, m or h")),
    };
    let number: f64 = number
        .parse()
        .map_err(|_| "expected a number with a unit, such as 30s".to_owned())?;
    Duration::try_from_secs_f64(number * seconds).map_err(|error| error.to_string())
}

/// Parses a duration that is not zero.
fn positive(text: &str) -> Result<Duration, String> {
    match duration(text)? {
        Duration::ZERO => Err("must be longer than 0".to_owned()),
        duration => Ok(duration),
    }
}

/// Parses `120/60s`.
fn quota(text: &str) -> Result<(u32, Duration), String> {
    let expected =
        || "expected a number of requests and a window, such as 120/60s".to_owned();
    let (requests, window) = text.split_once('/').ok_or_else(expected)?;
    let requests: NonZero<u32> = requests.parse().map_err(|_| expected())?;
    Ok((requests.get(), positive(window)?))
}

/// Returns the argument with the values of a type as candidates for completion.
#[cfg(feature = "completion")]
pub(super) fn with_candidates(
    argument: Arg,
    program: Program,
    ty: &'static TypeRef,
) -> Arg {
    let values = move || crate::call::completion::values(program, ty);
    argument.add(clap_complete::ArgValueCandidates::new(values))
}

#[cfg(not(feature = "completion"))]
pub(super) fn with_candidates(argument: Arg, _: Program, _: &TypeRef) -> Arg {
    argument
}

/// `--dry-run`, for commands that send a request.
pub(super) fn dry_run() -> Arg {
    Arg::new("dry-run")
        .long("dry-run")
        .value_name("AS")
        .help("Prints the request, or with =curl a command that sends it, and sends nothing")
        .num_args(0..=1)
        .require_equals(true)
        .default_missing_value("request")
        .value_parser(["request", "curl"])
}

/// Returns the value of an argument; `None` if it was not given or the command does not have it.
pub(crate) fn string<'a>(matches: &'a ArgMatches, id: &str) -> Option<&'a str> {
    matches.try_get_one::<String>(id).ok().flatten().map(String::as_str)
}

/// Returns the values of an argument; none if it was not given or the command does not have it.
pub(crate) fn strings(matches: &ArgMatches, id: &str) -> Vec<String> {
    let values = matches.try_get_many::<String>(id).ok().flatten();
    values.into_iter().flatten().cloned().collect()
}

/// Returns true if a switch was given.
pub(crate) fn is_set(matches: &ArgMatches, id: &str) -> bool {
    matches!(matches.try_get_one::<bool>(id), Ok(Some(true)))
}

/// Returns true if an argument was given.
pub(crate) fn is_given(matches: &ArgMatches, id: &str) -> bool {
    matches.try_contains_id(id).unwrap_or_default()
}
