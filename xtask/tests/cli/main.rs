//! The commands as people and scripts use them: output, written files, and exit codes.

mod check;
mod day;
mod diff;
mod explain;
mod export;
mod folder;
mod foreign;
mod generate;
mod help;
mod import;
mod lint;
mod mock;
mod release;
mod traffic;
mod usage;
mod watch;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The result of a command.
struct Ran {
    /// Exit code.
    code: Option<i32>,
    /// Standard output.
    out: String,
    /// Standard error.
    err: String,
}

/// Runs `cargo xtask` with these arguments, without a terminal.
fn xtask(arguments: &[&str]) -> Ran {
    run(command(arguments))
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).current_dir(root());
    // The width of help and the colour of errors depend only on the test's settings.
    for variable in ["COLUMNS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM"] {
        command.env_remove(variable);
    }
    command
}

fn run(mut command: Command) -> Ran {
    let Output { status, stdout, stderr } = command.output().expect("it can be run");
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    Ran { code: status.code(), out: text(stdout), err: text(stderr) }
}

/// Returns the directory of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("it is there")
}

/// Returns a small description, as an argument.
fn fixture(name: &str) -> String {
    format!("codegen/tests/fixtures/{name}")
}
