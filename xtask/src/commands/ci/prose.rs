//! `cargo xtask ci prose`: spelling, the words of the glossary, and how documentation begins.

use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};

use crate::count::count;
use crate::outcome::Outcome;
use crate::process::run;
use crate::python::Environment;
use crate::terminal::say;
use crate::workspace;

/// Reads source code for spelling mistakes and for the words that `typos.toml` maps to standard terms.
const TYPOS: &str = "typos==1.52.0";

/// First words of noun clauses: documentation says what an item does or is instead.
const CLAUSES: &[&str] =
    &["What", "Whether", "How", "Where", "Which", "Who", "Why", "When", "Whatever"];

/// The share of summary lines that may begin with one of those.
const LIMIT_PERCENT: usize = 2;

/// Folders of sources.
const SOURCES: &[&str] = &["codegen", "generated-client", "templates", "tests", "xtask"];

pub(super) fn run_check() -> anyhow::Result<Outcome> {
    let python = Environment::with_packages("prose", &[TYPOS])?;
    let mut typos = python.program("typos");
    let spelling = run(typos.args(["--format", "brief"]))?;
    let summaries = check_summaries()?;
    Ok(if summaries == Outcome::Fine { spelling } else { summaries })
}

/// Counts summary lines that begin with a noun clause, and lists them if there are too many.
fn check_summaries() -> anyhow::Result<Outcome> {
    let mut summaries = Summaries::default();
    for folder in SOURCES {
        summaries.read_folder(&workspace::root().join(folder))?;
    }
    let Summaries { total, clauses } = summaries;
    ensure!(total > 0, "no documentation was found");
    say!(
        "{} of {} begin with a noun clause",
        clauses.len(),
        count(total, "summary line")
    );
    if clauses.len() * 100 <= total * LIMIT_PERCENT {
        return Ok(Outcome::Fine);
    }
    say!(
        "at most {LIMIT_PERCENT} % may: begin with a verb, or with the noun that the item is"
    );
    for clause in clauses {
        say!("{clause}");
    }
    Ok(Outcome::Findings)
}

/// First lines of documentation comments.
#[derive(Default)]
struct Summaries {
    total: usize,
    clauses: Vec<String>,
}

impl Summaries {
    fn read_folder(&mut self, folder: &Path) -> anyhow::Result<()> {
        let entries = fs::read_dir(folder)
            .with_context(|| format!("cannot read `{}`", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() && !path.ends_with("target") {
                self.read_folder(&path)?;
            } else if path.extension().is_some_and(|it| it == "rs") {
                self.read_file(&path)?;
            }
        }
        Ok(())
    }

    fn read_file(&mut self, path: &Path) -> anyhow::Result<()> {
        let content = fs::read_to_string(path)
            .with_context(|| format!("cannot read `{}`", path.display()))?;
        let mut inside = false;
        for (number, line) in (1..).zip(content.lines()) {
            let comment = documentation(line);
            if let Some(summary) = comment.filter(|it| !inside && !it.is_empty()) {
                self.total += 1;
                let first = summary.split(|c: char| !c.is_alphabetic()).next();
                if first.is_some_and(|it| CLAUSES.contains(&it)) {
                    let path = workspace::shown(path);
                    self.clauses.push(format!("{path}:{number}: {summary}"));
                }
            }
            inside = comment.is_some();
        }
        Ok(())
    }
}

/// Returns the text of a line that is a documentation comment.
fn documentation(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let text = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))?;
    (!text.starts_with('/')).then(|| text.trim())
}
