//! Shorthands for arguments of commands and for their values.

use clap::builder::StyledStr;
use clap::{Arg, ArgAction, ArgMatches};

/// `--NAME VALUE`.
pub(super) fn option(
    name: &'static str,
    value: &'static str,
    help: impl Into<StyledStr>,
) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help.into())
}

/// `--NAME VALUE`, several times.
pub(super) fn options(
    name: &'static str,
    value: &'static str,
    help: impl Into<StyledStr>,
) -> Arg {
    option(name, value, help).action(ArgAction::Append)
}

/// `--NAME`.
pub(super) fn switch(name: &'static str, help: impl Into<StyledStr>) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help.into())
}

/// Words without a dash.
pub(super) fn words(id: &'static str, help: &'static str) -> Arg {
    Arg::new(id).value_name(id.to_uppercase()).action(ArgAction::Append).help(help)
}

/// `--body`, for commands that send one.
pub(super) fn body(help: &'static str) -> Arg {
    option("body", "FILE", help).short('f').value_hint(clap::ValueHint::FilePath)
}

/// `--dry-run`, for commands that send a request.
pub(super) fn dry_run() -> Arg {
    let help =
        "Prints the request, or with =curl a command that sends it, and sends nothing";
    option("dry-run", "AS", help)
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
