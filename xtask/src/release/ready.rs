//! Checks that a workspace is ready for a release.

use std::fs;
use std::path::Path;

use anyhow::{bail, ensure};
use ngrok_codegen::emit::emit;
use ngrok_codegen::model::Model;
use ngrok_codegen::spec::schema_text;

use crate::commands::generate;
use crate::count::count;
use crate::{client_files, description, git};

/// The directory of the description.
pub(super) const DESCRIPTION: &str = "api-spec";

/// Rejects a tree with uncommitted changes.
pub(super) fn ensure_committed(root: &Path) -> anyhow::Result<()> {
    let arguments = ["status", "--porcelain", "--untracked-files=normal"];
    let status = git::text(root, &arguments)?;
    let files: Vec<_> = status.lines().collect();
    let shown = files.iter().take(10).copied().collect::<Vec<_>>().join("\n  ");
    ensure!(
        files.is_empty(),
        "the tree is dirty: commit or stash the changes\n  {shown}{}",
        if files.len() > 10 { "\n  ..." } else { "" }
    );
    Ok(())
}

/// Rejects stale generated files. Returns the model.
pub(super) fn ensure_fresh(root: &Path) -> anyhow::Result<Model> {
    let folder = root.join(DESCRIPTION);
    let schema = fs::read_to_string(folder.join("schema.json"));
    ensure!(
        schema.map_or(true, |schema| schema == schema_text()),
        "the schema of the description is stale: run `cargo xtask schema` and commit the result"
    );
    let read = description::read(&folder)?;
    read.print_diagnostics();
    let Some(model) = read.model else { bail!("the description has errors") };

    let client = root.join("generated-client");
    let templates = generate::templates(&root.join("templates"), &client)?;
    let changes = emit(&model, &templates)?.changes(&client_files::present(&client)?);
    let stale = changes.written.len() + changes.removed.len();
    ensure!(
        stale == 0,
        "{} of the client {} stale: run `cargo xtask generate` and commit the result",
        count(stale, "file"),
        if stale == 1 { "is" } else { "are" },
    );
    Ok(model)
}
