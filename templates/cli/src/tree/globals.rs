//! Options of every command.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Arg, ArgMatches, Command, value_parser};
use ngrok_api_model::Api;

use super::arguments::{is_set, option, options, string, strings, switch};
use crate::output::{Color, Format};
use crate::shell::Shell;

/// Values of the options of every command.
#[derive(Clone, Debug, Default)]
pub(crate) struct Globals {
    pub(crate) output: Option<Format>,
    pub(crate) columns: Vec<String>,
    pub(crate) jq: Option<String>,
    pub(crate) color: Color,
    pub(crate) show_secrets: bool,
    pub(crate) error_json: bool,
    pub(crate) profile: Option<String>,
    pub(crate) api_key: Option<String>,
    pub(crate) api_url: Option<String>,
    pub(crate) config: Vec<PathBuf>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retries: Option<u32>,
    pub(crate) no_quota: bool,
    /// Requests and the window they are counted in.
    pub(crate) quota: Option<(u32, Duration)>,
    pub(crate) record: Option<PathBuf>,
    pub(crate) log: Option<String>,
    pub(crate) log_format: Option<String>,
    pub(crate) log_level: Option<String>,
}

/// Adds the options to the root command. Those with a letter are shown in short help.
pub(super) fn arguments(command: Command, shell: &Shell, api: &Api) -> Command {
    let global = |argument: Arg| {
        let is_rare = argument.get_short().is_none();
        argument.global(true).help_heading("Global options").hide_short_help(is_rare)
    };
    let all = output().into_iter().chain(connection(shell, api)).chain(log());
    command.args(all.map(global))
}

fn output() -> Vec<Arg> {
    vec![
        option(
            "output",
            "FORMAT",
            "Output format; a table on a terminal, otherwise JSON",
        )
        .value_parser(Format::ALL.map(|(name, _)| name))
        .short('o'),
        #[cfg(feature = "jq")]
        option("jq", "FILTER", "Filters the JSON output with a jq expression")
            .short('q'),
        options(
            "columns",
            "NAMES",
            "Columns of tables, CSV and names, separated by commas",
        )
        .value_delimiter(','),
        option("color", "WHEN", "When to use colors")
            .value_parser(["auto", "always", "never"])
            .default_value("auto"),
        switch("show-secrets", "Prints secrets instead of redacting them"),
        option("error-format", "FORMAT", "Format of errors on standard error")
            .value_parser(["text", "json"])
            .default_value("text"),
    ]
}

fn connection(shell: &Shell, api: &Api) -> Vec<Arg> {
    let name = shell.name;
    let (key, url) = (&api.key_variable, &api.url_variable);
    let agent = shell.agent.as_ref().map(|agent| format!(" of {}", agent.name));
    let agent = agent.unwrap_or_default();
    vec![
        option(
            "profile",
            "NAME",
            format!("Profile with the API key to use, as stored by `{name} auth login`"),
        ),
        option(
            "api-key",
            "KEY",
            format!("API key; visible to other users of this machine, so prefer {key}"),
        ),
        option(
            "api-url",
            "URL",
            format!("Base URL of the API, instead of {url} and {}", api.base_url),
        ),
        options(
            "config",
            "FILE",
            format!("Configuration file{agent} to take the API key from"),
        )
        .value_parser(value_parser!(PathBuf))
        .value_delimiter(','),
        option(
            "timeout",
            "DURATION",
            "Timeout of each attempt, such as 500ms, 30s or 2m",
        )
        .value_parser(duration),
        option("retries", "N", "Maximum number of retries of a request")
            .value_parser(value_parser!(u32)),
        option(
            "quota",
            "N/DURATION",
            "Rate limit to stay below, such as 100/60s, instead of that of the API",
        )
        .value_parser(quota),
        switch("no-quota", "Disables client-side rate limiting"),
        option(
            "record",
            "FILE",
            "Writes requests and responses to an HTTP archive (HAR), without secrets",
        )
        .value_parser(value_parser!(PathBuf)),
    ]
}

fn log() -> [Arg; 3] {
    [
        option(
            "log",
            "WHERE",
            "Logs requests to stderr, stdout or a file; false disables logging",
        ),
        option("log-format", "FORMAT", "Format of the log")
            .value_parser(["term", "logfmt", "json"]),
        option(
            "log-level",
            "LEVEL",
            "Lowest level that is logged: debug adds each attempt",
        )
        .value_parser(["debug", "info", "warn", "error", "crit"]),
    ]
}

/// Parses `500ms`, `30s`, `2m`, `1h` or a number of seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
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

/// Parses `120/60s`.
fn quota(text: &str) -> Result<(u32, Duration), String> {
    let expected =
        || "expected a number of requests and a window, such as 120/60s".to_owned();
    let (requests, window) = text.split_once('/').ok_or_else(expected)?;
    Ok((requests.parse().map_err(|_| expected())?, duration(window)?))
}

impl Globals {
    /// Reads the options from the matches of the innermost command.
    pub(crate) fn read(matches: &ArgMatches) -> Self {
        let text = |name: &str| string(matches, name).map(str::to_owned);
        let output = string(matches, "output");
        let output = Format::ALL.into_iter().find(|(name, _)| Some(*name) == output);
        Self {
            output: output.map(|(_, format)| format),
            columns: strings(matches, "columns"),
            jq: text("jq"),
            color: Color::parse(string(matches, "color")),
            show_secrets: is_set(matches, "show-secrets"),
            error_json: string(matches, "error-format") == Some("json"),
            profile: text("profile"),
            api_key: text("api-key"),
            api_url: text("api-url"),
            config: matches.get_many("config").into_iter().flatten().cloned().collect(),
            timeout: matches.get_one("timeout").copied(),
            retries: matches.get_one("retries").copied(),
            no_quota: is_set(matches, "no-quota"),
            quota: matches.get_one("quota").copied(),
            record: matches.get_one("record").cloned(),
            log: text("log"),
            log_format: text("log-format"),
            log_level: text("log-level"),
        }
    }
}
