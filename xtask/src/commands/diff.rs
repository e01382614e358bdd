//! `cargo xtask diff`: compares two descriptions, and reports what the changes break.

use std::path::{Path, PathBuf};

use anyhow::Context;
use ngrok_codegen::diff::{diff, rules_page};

use crate::cli::{Diff, FailOn, ReportFormat};
use crate::outcome::Outcome;
use crate::source::{FOLDER, Source};
use crate::{git, terminal, workspace};

pub(crate) fn run(arguments: &Diff) -> anyhow::Result<Outcome> {
    if arguments.rules {
        terminal::print(rules_page())?;
        return Ok(Outcome::Fine);
    }
    let repository = repository()?;
    let old = arguments
        .old
        .as_deref()
        .context("the description has errors, so it cannot be compared")?;
    let old = Source::find(old, &repository)?;
    let new = match &arguments.new {
        Some(name) => Source::find(name, &repository)?,
        None => Source::Folder(description(&repository)),
    };
    let revisions = [&old, &new].iter().any(|it| matches!(it, Source::Revision { .. }));
    if revisions && repository != workspace::root() {
        terminal::report(&format!(
            "revisions are those of `{}`\n",
            repository.display()
        ));
    }
    let report = diff(&old.model(&repository)?, &new.model(&repository)?);
    terminal::print(&match arguments.format {
        ReportFormat::Text => report.text(),
        ReportFormat::Markdown => report.markdown(),
        ReportFormat::Json => serde_json::to_string_pretty(&report)? + "\n",
    })?;
    let failed = arguments.fail_on == Some(FailOn::Breaking) && report.is_breaking();
    Ok(if failed { Outcome::Findings } else { Outcome::Fine })
}

/// Returns the repository around the current directory, or that of this tool if there is none.
fn repository() -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir().context("there is no current folder")?;
    let top = git::run(&here, &["rev-parse", "--show-toplevel"])?;
    let path = String::from_utf8(top.stdout).unwrap_or_default();
    let path = path.trim_end_matches(['\r', '\n']);
    if top.status.success() && !path.is_empty() {
        return Ok(PathBuf::from(path));
    }
    Ok(workspace::root())
}

/// Returns the directory of the current description of a repository.
fn description(repository: &Path) -> PathBuf {
    let own = repository.join(FOLDER);
    if own.is_dir() { own } else { workspace::spec() }
}
