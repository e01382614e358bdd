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

use crate::failure::{Class, Failure, OrFail};
use crate::output::{Color, Format};
use crate::shell::{Program, Shell};
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
pub(crate) fn run(shell: &'static Shell, arguments: &[OsString]) -> ExitCode {
    let model: &'static Model = match Model::from_json(shell.model) {
        Ok(model) => Box::leak(Box::new(model)),
        Err(error) => {
            let what = format!("the embedded model cannot be decoded: {error}");
            return report(&Failure::other(what), false, Color::Auto);
        }
    };
    let program = Program { shell, model };
    #[cfg(feature = "completion")]
    if let Some(name) = std::env::var_os(call::completion::variable(shell.name)) {
        return complete(program, &name.to_string_lossy(), arguments);
    }
    let matches = match tree::parse(program, arguments) {
        Ok(matches) => matches,
        Err(error) => return usage(&error, arguments),
    };
    let (words, innermost) = innermost(&matches);
    let globals = Globals::read(innermost);
    let color = globals.color;
    let app: &'static App = Box::leak(Box::new(App::new(program, globals)));
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
fn complete(program: Program, shell: &str, arguments: &[OsString]) -> ExitCode {
    let mut line = arguments.iter().skip_while(|argument| *argument != "--");
    line.next();
    let line = line.cloned().collect();
    let candidates = call::completion::candidates(shell, tree::command(program), line);
    let written = io::stdout().write_all(&candidates);
    drop(written);
    ExitCode::SUCCESS
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

/// Reports what clap made of the arguments: help, the version, or an error.
fn usage(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    use ErrorKind::{DisplayHelp, DisplayVersion};

    let is_asked = matches!(error.kind(), DisplayHelp | DisplayVersion);
    // Errors of a plan have another exit code: that of wrong usage means changes there.
    let is_plan = arguments.get(1).is_some_and(|argument| argument == "plan");
    let class =
        if cfg!(feature = "state") && is_plan { Class::Other } else { Class::Usage };
    let mut pairs = arguments.windows(2);
    let is_json = pairs.any(|pair| pair[0] == "--error-format" && pair[1] == "json")
        || arguments.iter().any(|argument| argument == "--error-format=json");
    if is_json && !is_asked {
        let failure = clap_failure(&error.to_string()).class(class);
        return report(&failure, true, Color::Never);
    }
    // A closed pipe is no failure.
    let printed = error.print();
    drop(printed);
    if is_asked { ExitCode::SUCCESS } else { ExitCode::from(class as u8) }
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

/// Prints a failure, and returns its exit code.
pub(crate) fn report(failure: &Failure, json: bool, color: Color) -> ExitCode {
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
    pub(crate) fn new(program: Program, globals: Globals) -> Self {
        let Program { shell, model } = program;
        let api = model.for_clients(format!("{}/{}", shell.name, shell.version));
        Self { shell, model, globals, recording: OnceLock::new(), api }
    }

    /// Returns the program.
    pub(crate) fn program(&self) -> Program {
        Program { shell: self.shell, model: self.model }
    }

    /// Returns the facts about the API for the core.
    pub(crate) fn api(&self) -> &'static Api {
        self.api
    }

    /// Converts the error of a call.
    pub(crate) fn failure(&self, error: Error) -> Failure {
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
        let written = fs::write(path, recorder.recording().to_har());
        written.or_other(format_args!("--record {}", path.display()))
    }
}

/// Prints text on standard output.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    Failure::written(written)
}

/// Asks a question on a terminal; returns true without one.
pub(crate) fn confirmed(question: &str, default: bool) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(true);
    }
    eprint!("{question} {} ", if default { "[Y/n]" } else { "[y/N]" });
    let mut line = String::new();
    io::stdin().read_line(&mut line).or_usage("standard input")?;
    let is_default = default && line.ends_with('\n') && line.trim().is_empty();
    Ok(is_default || matches!(line.trim(), "y" | "Y" | "yes"))
}
