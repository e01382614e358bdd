//! Options of every command.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use ngrok_api_model::Api;

use crate::output::{Color, Format};
use crate::shell::Shell;

/// Heading of these options in help texts.
const HEADING: &str = "Global options";

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

/// Adds the options to the root command.
pub(super) fn arguments(command: Command, shell: &Shell, api: &Api) -> Command {
    let command = output_arguments(command);
    let command = connection_arguments(command, shell, api);
    log_arguments(command)
}

fn option(name: &'static str, value: &'static str, help: impl Into<String>) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .help(help.into())
        .global(true)
        .help_heading(HEADING)
        .hide_short_help(true)
}

fn switch(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(help)
        .global(true)
        .help_heading(HEADING)
        .hide_short_help(true)
}

fn output_arguments(command: Command) -> Command {
    let formats = PossibleValuesParser::new(Format::NAMES);
    let command = command
        .arg(
            option(
                "output",
                "FORMAT",
                "Output format; a table on a terminal, otherwise JSON",
            )
            .short('o')
            .value_parser(formats)
            .hide_short_help(false),
        )
        .arg(
            option(
                "columns",
                "NAMES",
                "Columns of tables, CSV and names, separated by commas",
            )
            .value_delimiter(',')
            .action(ArgAction::Append),
        );
    #[cfg(feature = "jq")]
    let command = command.arg(
        option("jq", "FILTER", "Filters the JSON output with a jq expression")
            .short('q')
            .hide_short_help(false),
    );
    command
        .arg(
            option("color", "WHEN", "Whether to use colors")
                .value_parser(PossibleValuesParser::new(["auto", "always", "never"]))
                .default_value("auto"),
        )
        .arg(switch("show-secrets", "Prints secrets instead of redacting them"))
        .arg(
            option("error-format", "FORMAT", "Format of errors on standard error")
                .value_parser(PossibleValuesParser::new(["text", "json"]))
                .default_value("text"),
        )
}

fn connection_arguments(command: Command, shell: &Shell, api: &Api) -> Command {
    let profile = format!(
        "Profile with the API key to use, as stored by `{} auth login`",
        shell.name
    );
    let key = format!(
        "API key; visible to other users of this machine, so prefer {}",
        api.key_variable
    );
    let url = format!(
        "Base URL of the API, instead of {} and {}",
        api.url_variable, api.base_url
    );
    let config = match &shell.agent {
        Some(agent) => {
            format!("Configuration file of {} to take the API key from", agent.name)
        }
        None => "Configuration file to take the API key from".to_owned(),
    };
    let paths: ValueParser = value_parser!(PathBuf);
    command
        .arg(option("profile", "NAME", profile))
        .arg(option("api-key", "KEY", key))
        .arg(option("api-url", "URL", url))
        .arg(
            option("config", "FILE", config)
                .value_parser(paths.clone())
                .value_delimiter(',')
                .action(ArgAction::Append),
        )
        .arg(
            option("timeout", "DURATION", "Timeout of each attempt, such as 500ms, 30s or 2m")
                .value_parser(duration),
        )
        .arg(
            option("retries", "N", "Maximum number of retries of a request")
                .value_parser(value_parser!(u32)),
        )
        .arg(
            option("quota", "N/DURATION", "Rate limit to stay below, such as 100/60s, instead of that of the API")
                .value_parser(quota),
        )
        .arg(switch("no-quota", "Turns client-side rate limiting off"))
        .arg(
            option("record", "FILE", "Writes requests and responses to an HTTP archive (HAR), without secrets")
                .value_parser(paths),
        )
}

fn log_arguments(command: Command) -> Command {
    let levels = ["debug", "info", "warn", "error", "crit"];
    command
        .arg(option(
            "log",
            "WHERE",
            "Logs requests to stderr, stdout or a file; false turns logging off",
        ))
        .arg(
            option("log-format", "FORMAT", "Format of the log")
                .value_parser(PossibleValuesParser::new(["term", "logfmt", "json"])),
        )
        .arg(
            option(
                "log-level",
                "LEVEL",
                "Lowest level that is logged: debug adds each attempt",
            )
            .value_parser(PossibleValuesParser::new(levels)),
        )
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
        let text = |name: &str| matches.get_one::<String>(name).cloned();
        let many = |name: &str| {
            matches.get_many::<String>(name).into_iter().flatten().cloned().collect()
        };
        let output = text("output").and_then(|name| Format::parse(&name));
        #[cfg(feature = "jq")]
        let jq = text("jq");
        #[cfg(not(feature = "jq"))]
        let jq = None;
        Self {
            output,
            columns: many("columns"),
            jq,
            color: Color::parse(text("color").as_deref()),
            show_secrets: matches.get_flag("show-secrets"),
            error_json: text("error-format").as_deref() == Some("json"),
            profile: text("profile"),
            api_key: text("api-key"),
            api_url: text("api-url"),
            config: matches.get_many("config").into_iter().flatten().cloned().collect(),
            timeout: matches.get_one("timeout").copied(),
            retries: matches.get_one("retries").copied(),
            no_quota: matches.get_flag("no-quota"),
            quota: matches.get_one("quota").copied(),
            record: matches.get_one("record").cloned(),
            log: text("log"),
            log_format: text("log-format"),
            log_level: text("log-level"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::duration;

    #[test]
    fn reads_durations() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(duration("3"), Ok(Duration::from_secs(3)));
        assert!(duration("3 weeks").is_err());
        assert!(duration("").is_err());
    }
}
