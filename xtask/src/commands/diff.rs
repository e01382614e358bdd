//! `cargo xtask diff`: compares two descriptions, and tells what breaks.

use anyhow::Context;
use ngrok_codegen::diff::{diff, rules_page};

use crate::cli::{Diff, FailOn, ReportFormat};
use crate::outcome::Outcome;
use crate::source::Source;
use crate::{terminal, workspace};

pub(crate) fn run(arguments: &Diff) -> anyhow::Result<Outcome> {
    if arguments.rules {
        terminal::print(&rules_page())?;
        return Ok(Outcome::Fine);
    }
    let repository = workspace::root();
    let old = arguments.old.as_deref().context("there is nothing to compare")?;
    let old = Source::find(old, &repository)?;
    let new = match &arguments.new {
        Some(name) => Source::find(name, &repository)?,
        None => Source::Folder(workspace::spec()),
    };
    let report = diff(&old.model(&repository)?, &new.model(&repository)?);
    terminal::print(&match arguments.format {
        ReportFormat::Text => report.text(),
        ReportFormat::Markdown => report.markdown(),
        ReportFormat::Json => serde_json::to_string_pretty(&report)? + "\n",
    })?;
    let failed = arguments.fail_on == Some(FailOn::Breaking) && report.is_breaking();
    Ok(if failed { Outcome::Findings } else { Outcome::Fine })
}
