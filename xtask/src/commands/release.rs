//! `cargo xtask release`: proposes the next version, and writes it and its section of the CHANGELOG.

use crate::cli::Release;
use crate::outcome::Outcome;
use crate::release::{Plan, notes};
use crate::{terminal, workspace};

pub(crate) fn run(arguments: &Release) -> anyhow::Result<Outcome> {
    let root = arguments.root.clone().unwrap_or_else(workspace::root);
    if let Some(version) = &arguments.notes {
        terminal::print(&notes(&root, version)?)?;
        return Ok(Outcome::Fine);
    }
    let plan = Plan::make(&root, arguments.version.as_ref())?;
    terminal::print(&plan.reasons())?;
    if arguments.dry_run {
        terminal::print(&plan.differences())?;
    } else {
        plan.write()?;
        terminal::print(&plan.what_is_left())?;
    }
    Ok(Outcome::Fine)
}
