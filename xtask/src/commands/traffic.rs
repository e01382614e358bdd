//! `cargo xtask traffic`: checks recorded traffic against the description.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use ngrok_codegen::traffic::{self, BaseUrl, Har, Proposal};

use crate::cli::{Format, Traffic};
use crate::outcome::Outcome;
use crate::{client_files, description, terminal, workspace};

pub(crate) fn run(arguments: &Traffic) -> anyhow::Result<Outcome> {
    let har = recording(&arguments.file)?;
    let folder = arguments.description.folder();
    let read = description::read(&folder)?;
    let Some(described) = read.described() else {
        read.print_diagnostics();
        bail!("fix the errors of the description before checking traffic");
    };
    let url = arguments.base_url.as_deref().unwrap_or(&described.model.api.base_url);
    let base = BaseUrl::parse(url).with_context(|| {
        format!("`{url}` is no address such as https://api.example.com")
    })?;
    let report = traffic::check(&har, described, &base);
    terminal::print(&match arguments.format {
        Format::Text => report.text(),
        Format::Json => serde_json::to_string_pretty(&report)? + "\n",
    })?;
    if arguments.write {
        write(&folder, &traffic::propose(&report, described))?;
    }
    Ok(if report.findings.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

fn recording(path: &Path) -> anyhow::Result<Har> {
    let bytes =
        fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Har::read(&bytes).with_context(|| path.display().to_string())
}

/// Updates the description, and prints what was added and what was not.
fn write(folder: &Path, proposal: &Proposal) -> anyhow::Result<()> {
    for (name, text) in &proposal.files {
        client_files::write(&folder.join(name), text)?;
    }
    for (name, what) in &proposal.added {
        let path = workspace::shown(&folder.join(name));
        terminal::report(&format!("{path}: added {what}\n"));
    }
    for (what, reason) in &proposal.left {
        terminal::report(&format!("left to you: {what}: {reason}\n"));
    }
    Ok(())
}
