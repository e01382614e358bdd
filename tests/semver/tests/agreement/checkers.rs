//! The checkers: cargo-semver-checks, and the compiler with code of callers.

use std::process::Command;

use ngrok_codegen::diff::Rust;
use ngrok_codegen::model::Model;
use ngrok_semver_tests::Case;

use crate::workshop::{Workshop, run};

const CALLER: &str = "#![allow(warnings)]\nuse library_client::types::*;\nuse library_client::list::*;\nuse library_client::*;\n";

/// Code that callers of the client may have written.
pub(crate) struct Callers {
    all: String,
}

impl Callers {
    /// Collects the code of all cases that begin with that client.
    pub(crate) fn of(cases: &[Case]) -> Self {
        let codes = cases
            .iter()
            .filter(|case| !case.is_reversed())
            .filter_map(|case| case.breaks);
        let functions = codes.enumerate().map(|(number, code)| function(number, code));
        Self { all: format!("{CALLER}{}", functions.collect::<String>()) }
    }
}

fn function(number: usize, code: &str) -> String {
    format!(
        "pub async fn caller_{number}(client: Client) -> Result<()> {{ {code} Ok(()) }}\n"
    )
}

fn alone(code: &str) -> String {
    format!("{CALLER}{}", function(0, code))
}

pub(crate) struct Checkers {
    workshop: Workshop,
    program: String,
}

impl Checkers {
    pub(crate) fn new() -> Self {
        let program = std::env::var("CARGO_SEMVER_CHECKS");
        let program = program.unwrap_or_else(|_| "cargo-semver-checks".to_owned());
        Self { workshop: Workshop::new(), program }
    }

    /// Returns the verdict of cargo-semver-checks.
    pub(crate) fn semver_checks(&mut self, old: &Model, new: &Model) -> Rust {
        let (old, new) = (self.workshop.documented(old), self.workshop.documented(new));
        let mut command = Command::new(&self.program);
        command.args(["semver-checks", "--release-type", "patch", "--color", "never"]);
        command.arg("--baseline-rustdoc").arg(old).arg("--current-rustdoc").arg(new);
        let output = run(&mut command);
        let output = [output.stderr, output.stdout].concat();
        let output = String::from_utf8_lossy(&output);
        match () {
            () if output.contains("semver requires new major version") => Rust::Major,
            () if output.contains("semver requires new minor version") => Rust::Minor,
            () if output.contains("no semver update required") => Rust::Patch,
            () => panic!("unexpected output of cargo-semver-checks:\n{output}"),
        }
    }

    /// Returns the verdict of the compiler on code of callers, or a contradiction.
    pub(crate) fn callers(
        &self,
        case: &Case,
        ours: Rust,
        callers: &Callers,
        (old, new): (&Model, &Model),
    ) -> Result<&'static str, String> {
        let compile = |model, code: &str| self.workshop.compile(model, code);
        if let Some(code) = case.breaks {
            let code = alone(code);
            compile(old, &code)
                .map_err(|output| format!("the caller never compiled: {output}"))?;
            return match (compile(new, &code), ours) {
                (Err(_), Rust::Major) => Ok("breaks"),
                (Err(output), _) => Err(format!("a caller breaks: {output}")),
                (Ok(()), _) => Err("the caller does not break".to_owned()),
            };
        }
        if !case.is_reversed() && ours != Rust::Major {
            compile(new, &callers.all)
                .map_err(|output| format!("a caller breaks: {output}"))?;
        }
        let Some(code) = case.gains else { return Ok("goes on") };
        let code = alone(code);
        compile(new, &code)
            .map_err(|output| format!("the caller does not compile: {output}"))?;
        match (compile(old, &code), ours) {
            (Err(_), Rust::Minor | Rust::Major) => Ok("gains"),
            (Err(_), Rust::Patch) => Err("a caller gains a possibility".to_owned()),
            (Ok(()), _) => Err("the caller compiled before".to_owned()),
        }
    }
}
