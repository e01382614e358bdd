//! The program: takes arguments, runs a command, returns an exit code.

use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::OnceLock;

use clap::ArgMatches;
use clap::error::ErrorKind;
use ngrok_api_model::Model;
use ngrok_client_core::{Api, Error};

use crate::failure::{Class, Failure};
use crate::output::{self, Format};
use crate::shell::Shell;
use crate::tree::{self, Globals};
use crate::{call, client};

/// Context of every command: the program, the model and the global options.
pub(crate) struct App {
    pub(crate) shell: &'static Shell,
    pub(crate) model: &'static Model,
    pub(crate) globals: Globals,
    /// Recorder of `--record`.
    pub(crate) recording: OnceLock<client::Recording>,
    api: &'static Api,
}

/// Runs the program with these arguments, the program's name first.
pub(crate) fn run(shell: &'static Shell, arguments: Vec<OsString>) -> ExitCode {
    let model: &'static Model = match Model::from_json(shell.model) {
        Ok(model) => Box::leak(Box::new(model)),
        Err(error) => {
            let failure =
                Failure::other(format!("the embedded model cannot be decoded: {error}"));
            return report(&failure, false, output::Color::Auto);
        }
    };
    #[cfg(feature = "completion")]
    if let Some(name) = std::env::var_os(call::completion::variable(shell.name)) {
        return complete(shell, model, &name.to_string_lossy(), arguments);
    }
    let json_errors = wants_json_errors(&arguments);
    let class = usage_class(&arguments);
    let command = tree::command(shell, model, &arguments);
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return usage(&error, json_errors, class),
    };
    let (words, innermost) = innermost(&matches);
    let globals = Globals::read(innermost);
    let color = globals.color;
    let app: &'static App = Box::leak(Box::new(App::new(shell, model, globals)));
    let outcome = dispatch(app, &words, innermost);
    match app.write_recording().and(outcome) {
        Ok(code) => code,
        Err(failure) => report(&failure, app.globals.error_json, color),
    }
}

/// Runs the command that these words name.
fn dispatch(
    app: &'static App,
    words: &[String],
    matches: &ArgMatches,
) -> Result<ExitCode, Failure> {
    #[cfg(feature = "state")]
    if crate::state::is_command(words) {
        return crate::state::dispatch(app, words, matches);
    }
    call::dispatch(app, words, matches).map(|()| ExitCode::SUCCESS)
}

/// Prints candidates for a completion script, which passes the line after `--`.
#[cfg(feature = "completion")]
fn complete(
    shell: &'static Shell,
    model: &'static Model,
    name: &str,
    mut arguments: Vec<OsString>,
) -> ExitCode {
    let start = arguments
        .iter()
        .position(|argument| argument == "--")
        .map_or(arguments.len(), |at| at + 1);
    arguments.drain(..start);
    let command = tree::command(shell, model, &arguments);
    let candidates = call::completion::candidates(name, command, arguments);
    let written = io::stdout().write_all(&candidates);
    drop(written);
    ExitCode::SUCCESS
}

/// Returns true if errors in the arguments themselves are reported as JSON.
fn wants_json_errors(arguments: &[OsString]) -> bool {
    let mut pairs = arguments.windows(2);
    pairs.any(|pair| pair[0] == "--error-format" && pair[1] == "json")
        || arguments.iter().any(|argument| argument == "--error-format=json")
}

/// Returns the words of the command, and the matches of its last one.
fn innermost(matches: &ArgMatches) -> (Vec<String>, &ArgMatches) {
    let mut words = Vec::new();
    let mut matches = matches;
    while let Some((name, inner)) = matches.subcommand() {
        words.push(name.to_owned());
        matches = inner;
    }
    (words, matches)
}

/// The class of wrong arguments. The exit code of most commands means something else for a plan.
fn usage_class(arguments: &[OsString]) -> Class {
    let is_plan = arguments.get(1).is_some_and(|argument| argument == "plan");
    if cfg!(feature = "state") && is_plan { Class::Other } else { Class::Usage }
}

/// Reports what clap made of the arguments: help, the version, or an error.
fn usage(error: &clap::Error, json: bool, class: Class) -> ExitCode {
    let asked =
        matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if json && !asked {
        let failure = clap_failure(&error.to_string()).class(class);
        return report(&failure, true, output::Color::Never);
    }
    // Without a reader there is nobody to tell.
    let printed = error.print();
    drop(printed);
    if asked { ExitCode::SUCCESS } else { ExitCode::from(class as u8) }
}

/// Converts an error of clap: its first line, and the tip if there is one.
fn clap_failure(text: &str) -> Failure {
    let lines = || text.lines().map(str::trim);
    let what: Vec<_> = lines().take_while(|line| !line.is_empty()).collect();
    let failure = Failure::usage(what.join(" ").trim_start_matches("error: "));
    match lines().find_map(|line| line.strip_prefix("tip: ")) {
        Some(tip) => failure.hint(tip),
        None => failure,
    }
}

fn report(failure: &Failure, json: bool, color: output::Color) -> ExitCode {
    if failure.class != Class::Quiet {
        let mut stderr = io::stderr().lock();
        let written = if json {
            writeln!(stderr, "{}", failure.to_json())
        } else {
            let (on, off) = color.pair(stderr.is_terminal(), "1;31");
            writeln!(stderr, "{on}error{off}: {failure}")
        };
        drop(written);
    }
    ExitCode::from(failure.class as u8)
}

impl App {
    /// Creates the context of the program with these options.
    pub(crate) fn new(
        shell: &'static Shell,
        model: &'static Model,
        globals: Globals,
    ) -> Self {
        Self {
            shell,
            model,
            globals,
            recording: OnceLock::new(),
            api: client::api(shell, model),
        }
    }

    /// Returns the facts about the API for the core.
    pub(crate) fn api(&self) -> &'static Api {
        self.api
    }

    /// Converts the error of a call.
    pub(crate) fn failure(&self, error: &Error) -> Failure {
        Failure::of_call(error, self.model)
    }

    /// The output format: a table on a terminal or of columns, JSON otherwise, unless an option says so.
    pub(crate) fn format(&self) -> Format {
        let table = io::stdout().is_terminal() || !self.globals.columns.is_empty();
        let json = self.globals.jq.is_some() || !table;
        self.globals.output.unwrap_or(if json { Format::Json } else { Format::Table })
    }

    /// Returns the same context with other options.
    pub(crate) fn with(&self, globals: Globals) -> Self {
        Self { globals, recording: OnceLock::new(), ..*self }
    }

    /// Writes the recording, after success and failure alike.
    fn write_recording(&self) -> Result<(), Failure> {
        let (Some(path), Some(recorder)) = (&self.globals.record, self.recording.get())
        else {
            return Ok(());
        };
        fs::write(path, recorder.recording().to_har()).map_err(|error| {
            Failure::other(format!("--record {}: {error}", path.display()))
        })
    }
}

/// Prints text on standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    written.map_err(|error| Failure::output(&error))
}
