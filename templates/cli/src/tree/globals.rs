//! Options of every command.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Arg, ArgMatches, Command};

use super::arguments::{arguments, is_set, string, strings};
use crate::output::{Color, Format};
use crate::shell::Program;

/// The options. Those with a letter are shown in short help.
const OPTIONS: &str = "
    -o, --output FORMAT  Output format; a table on a terminal, otherwise JSON [possible values: table, json, jsonl, yaml, csv, name]
    -q, --jq FILTER  Filters the JSON output with a jq expression
    --columns NAMES,...  Columns of tables, CSV and names, separated by commas
    --color WHEN  When to use colors [default: auto] [possible values: auto, always, never]
    --show-secrets  Prints secrets instead of redacting them
    --error-format FORMAT  Format of errors on standard error [default: text] [possible values: text, json]
    --profile NAME  Profile with the API key to use, as stored by `{program} auth login`
    --api-key KEY  API key; visible to other users of this machine, so prefer {key}
    --api-url URL  Base URL of the API, instead of {url} and {base}
    --config FILE,...  Configuration file{agent} to take the API key from
    --timeout DURATION  Timeout of each attempt, such as 500ms, 30s or 2m
    --retries N  Maximum number of retries of a request
    --quota N/DURATION  Rate limit to stay below, such as 100/60s, instead of that of the API
    --no-quota  Disables client-side rate limiting
    --record FILE  Writes requests and responses to an HTTP archive (HAR), without secrets
    --log WHERE  Logs requests to stderr, stdout or a file; false disables logging
    --log-format FORMAT  Format of the log [possible values: term, logfmt, json]
    --log-level LEVEL  Lowest level that is logged: debug adds each attempt [possible values: debug, info, warn, error, crit]
";

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
pub(super) fn add(command: Command, Program { shell, model }: Program) -> Command {
    let api = &model.api;
    let agent = shell.agent.as_ref().map(|agent| format!(" of {}", agent.name));
    let options = OPTIONS
        .replace("{program}", shell.name)
        .replace("{key}", &api.key_variable)
        .replace("{url}", &api.url_variable)
        .replace("{base}", &api.base_url)
        .replace("{agent}", &agent.unwrap_or_default());
    let global = |argument: Arg| {
        let is_rare = argument.get_short().is_none();
        argument.global(true).help_heading("Global options").hide_short_help(is_rare)
    };
    let known = |argument: &Arg| cfg!(feature = "jq") || argument.get_id() != "jq";
    command.args(arguments(&options).into_iter().filter(known).map(global))
}

impl Globals {
    /// Reads the options from the matches of the innermost command.
    pub(crate) fn read(matches: &ArgMatches) -> Self {
        let text = |name: &str| string(matches, name).map(str::to_owned);
        Self {
            output: string(matches, "output").and_then(Format::parse),
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
