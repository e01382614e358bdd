//! `cargo xtask import`: updates the description from a published document.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use ngrok_codegen::openapi::import::{self, Note, NoteKind, Refused, Source};
use similar::TextDiff;

use crate::cli::Import;
use crate::outcome::Outcome;
use crate::{client_files, terminal, workspace};

pub(crate) fn run(arguments: &Import) -> anyhow::Result<Outcome> {
    let path = &arguments.document;
    let text = fs::read_to_string(path)
        .with_context(|| format!("cannot read `{}`", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let source = Source { name: &name, text: &text };
    let folder = arguments.new.clone().unwrap_or_else(|| arguments.description.folder());
    let present = present(arguments, &folder)?;
    let done = match &arguments.new {
        Some(_) => import::describe(source),
        None => import::import(source, &present, arguments.prune),
    };
    let done = match done {
        Ok(done) => done,
        Err(refused) => return refuse(refused, path, &folder),
    };
    if arguments.dry_run {
        terminal::print(&differences(&folder, &present, &done.files))?;
    } else {
        write(&folder, &done.files)?;
    }
    let shown = workspace::shown(&folder);
    terminal::report(&import::report(&done.notes, &workspace::shown(path), &shown));
    let changes = arguments.dry_run && !done.files.is_empty();
    let open = done.notes.iter().any(needs_a_person);
    Ok(if changes || open { Outcome::Findings } else { Outcome::Fine })
}

/// Reads the existing files. A new description has none.
fn present(
    arguments: &Import,
    folder: &Path,
) -> anyhow::Result<BTreeMap<String, String>> {
    if arguments.new.is_none() {
        return files(folder);
    }
    let taken = client_files::files_below(folder)?;
    ensure!(
        taken.is_empty(),
        "`{}` is not empty; use an empty directory for a new description",
        folder.display()
    );
    Ok(BTreeMap::new())
}

fn needs_a_person(note: &Note) -> bool {
    matches!(note.kind, NoteKind::Gone | NoteKind::Inexpressible | NoteKind::Undecided)
}

/// Reads the files of a description, by their names in its directory.
fn files(folder: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let shown = folder.display();
    ensure!(folder.is_dir(), "there is no folder `{shown}` with a description");
    let files = client_files::files_below(folder)?.into_iter();
    let yaml = files.filter(|(name, _)| name.rsplit('.').next() == Some("yaml"));
    let text = |(name, bytes): (String, Vec<u8>)| {
        let text = String::from_utf8(bytes);
        let text = text.with_context(|| format!("`{shown}/{name}` is not UTF-8"))?;
        Ok((name, text))
    };
    yaml.map(text).collect()
}

fn refuse(refused: Refused, document: &Path, folder: &Path) -> anyhow::Result<Outcome> {
    match refused {
        Refused::Document(remark) => {
            let pointer = if remark.pointer.is_empty() { "/" } else { &remark.pointer };
            let (line, shown) = (remark.line, workspace::shown(document));
            bail!("{shown}:{line}: {} (at {pointer})", remark.message)
        }
        Refused::Description(diagnostics, mut sources) => {
            sources.set_root(workspace::shown(folder));
            terminal::report(&diagnostics.render(&sources, terminal::color()));
            bail!("fix the errors of the description before importing")
        }
    }
}

/// Returns the differences that would be written.
fn differences(
    folder: &Path,
    present: &BTreeMap<String, String>,
    changed: &BTreeMap<String, Option<String>>,
) -> String {
    let mut shown = String::new();
    for (name, new) in changed {
        let path = workspace::shown(&folder.join(name));
        let old = present.get(name).map_or("", String::as_str);
        let new = new.as_deref().unwrap_or_default();
        let difference = TextDiff::from_lines(old, new);
        shown += &difference.unified_diff().header(&path, &path).to_string();
    }
    shown
}

fn write(
    folder: &Path,
    changed: &BTreeMap<String, Option<String>>,
) -> anyhow::Result<()> {
    for (name, text) in changed {
        let path = folder.join(name);
        let shown = workspace::shown(&path);
        if let Some(text) = text {
            client_files::write(&path, text)?;
            terminal::report(&format!("{shown} written\n"));
        } else {
            fs::remove_file(&path)
                .with_context(|| format!("cannot remove `{shown}`"))?;
            terminal::report(&format!("{shown} removed\n"));
        }
    }
    Ok(())
}
