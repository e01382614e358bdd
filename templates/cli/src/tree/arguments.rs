//! Shorthands for the arguments of commands.

use clap::builder::{PossibleValuesParser, StyledStr};
use clap::{Arg, ArgAction};

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

/// The values that an option takes.
pub(super) fn one_of(values: impl Into<PossibleValuesParser>) -> PossibleValuesParser {
    values.into()
}

/// `--body`, for commands that send one.
pub(super) fn body(help: &'static str) -> Arg {
    option("body", "FILE", help).short('f').value_hint(clap::ValueHint::FilePath)
}

/// `--dry-run`, for commands that send a request.
pub(super) fn dry_run() -> Arg {
    option(
        "dry-run",
        "AS",
        "Prints the request, or with =curl a command that sends it, and sends nothing",
    )
    .num_args(0..=1)
    .require_equals(true)
    .default_missing_value("request")
    .value_parser(["request", "curl"])
}
