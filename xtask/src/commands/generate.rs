//! `cargo xtask generate`: writes the client, or prints the differences.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use ngrok_codegen::emit::{Standalone, Templates, emit};
use ngrok_codegen::file_tree::{Changes, FileTree};
use similar::TextDiff;
use toml_edit::{Item, Table, Value};

use crate::cli::Generate;
use crate::count::count;
use crate::outcome::Outcome;
use crate::terminal::say;
use crate::{client_files, description, terminal, watch, workspace};

pub(crate) fn run(arguments: &Generate) -> anyhow::Result<Outcome> {
    if arguments.watch { run_on_changes(arguments) } else { run_once(arguments) }
}

/// Generates again whenever a source of the client changes.
fn run_on_changes(arguments: &Generate) -> anyhow::Result<Outcome> {
    let folders = [arguments.description.folder(), workspace::templates()];
    let [spec, templates] = folders.each_ref().map(|folder| workspace::shown(folder));
    watch::repeat(&folders, || {
        // The next change may fix the error.
        if let Err(error) = run_once(arguments) {
            terminal::report(&format!("error: {error:#}\n"));
        }
        say!("watching {spec} and {templates}; Ctrl-C ends it");
    })?;
    Ok(Outcome::Fine)
}

fn run_once(arguments: &Generate) -> anyhow::Result<Outcome> {
    let client = arguments.out.clone().unwrap_or_else(workspace::client);
    let read = description::read(&arguments.description.folder())?;
    read.print_diagnostics();
    let Some(model) = &read.model else { return Ok(Outcome::Findings) };
    let mut stages = read.stages.clone();

    let start = Instant::now();
    let templates = templates(&workspace::templates(), &client)?;
    let tree = emit(model, &templates)?;
    stages.push(("emit", start.elapsed()));

    let start = Instant::now();
    let present = client_files::present(&client)?;
    let changes = tree.changes(&present);
    if arguments.check {
        terminal::print(&differences(&client, &tree, &changes, &present))?;
    } else {
        client_files::ensure_ours(&client, &present)?;
        terminal::print(&removals(&client, &changes, &present))?;
        client_files::apply(&client, &tree, &changes)?;
    }
    stages.push((if arguments.check { "compare" } else { "write" }, start.elapsed()));

    terminal::print(&summary(&client, &changes, &stages, arguments.check))?;
    Ok(if arguments.check && !changes.is_empty() {
        Outcome::Findings
    } else {
        Outcome::Fine
    })
}

/// Reads the templates of a client. Outside this workspace its manifest inherits nothing.
pub(crate) fn templates(folder: &Path, client: &Path) -> anyhow::Result<Templates> {
    let mut templates = client_files::templates(folder, client)?;
    if !is_own(client) {
        templates.standalone = Some(standalone()?);
    }
    Ok(templates)
}

/// Returns true if a directory is the generated member of this workspace.
fn is_own(client: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    whole(client) == whole(&workspace::client())
}

/// Returns the inherited parts of the manifest for a client elsewhere, from the manifest of this workspace.
fn standalone() -> anyhow::Result<Standalone> {
    let manifest = workspace::manifest("Cargo.toml")?;
    let shown = workspace::root().join("Cargo.toml").display().to_string();
    let workspace = &manifest["workspace"];
    let text = |key: &str| {
        let value = workspace["package"].get(key).and_then(Item::as_str);
        value.map(str::to_owned).with_context(|| format!("`{shown}` has no `{key}`"))
    };
    let dependencies = workspace["dependencies"].as_table();
    let dependencies = dependencies.into_iter().flat_map(Table::iter);
    let dependencies = dependencies.filter_map(|(name, item)| {
        Some((name.to_owned(), requirement(item.as_value()?)))
    });
    Ok(Standalone {
        edition: text("edition")?,
        rust_version: text("rust-version")?,
        dependencies: dependencies.collect(),
    })
}

/// Returns the requirement of a dependency as an inline table. Paths become absolute.
fn requirement(value: &Value) -> String {
    let Some(table) = value.as_inline_table() else {
        return format!("version = {}", value.to_string().trim());
    };
    let entries = table.iter().map(|(key, value)| match value.as_str() {
        Some(path) if key == "path" => {
            let path = workspace::root().join(path).display().to_string();
            format!("{key} = {}", Value::from(path))
        }
        _ => format!("{key} = {}", value.to_string().trim()),
    });
    entries.collect::<Vec<_>>().join(", ")
}

/// Returns the differences between existing and generated files.
fn differences(
    client: &Path,
    tree: &FileTree,
    changes: &Changes,
    present: &BTreeMap<String, Vec<u8>>,
) -> String {
    let mut shown = String::new();
    for path in &changes.written {
        let name = workspace::shown(&client.join(path));
        let old = present.get(path).map(|bytes| String::from_utf8_lossy(bytes));
        let (old, new) = (old.unwrap_or_default(), tree.get(path).unwrap_or_default());
        let difference = TextDiff::from_lines(old.as_ref(), new);
        shown += &difference.unified_diff().header(&name, &name).to_string();
    }
    for path in &changes.removed {
        let name = workspace::shown(&client.join(path));
        shown.extend([name.as_str(), ": this file is not generated\n"]);
    }
    shown
}

/// Returns a line for each removed file without the generated header.
fn removals(
    client: &Path,
    changes: &Changes,
    present: &BTreeMap<String, Vec<u8>>,
) -> String {
    let lines = client_files::unmarked(changes, present).map(|path| {
        let name = workspace::shown(&client.join(path));
        ["removing `", &name, "`, which has no generated header\n"].concat()
    });
    lines.collect()
}

/// Returns the summary of changes, and the elapsed time.
fn summary(
    client: &Path,
    changes: &Changes,
    stages: &[(&str, Duration)],
    check: bool,
) -> String {
    let (written, removed) =
        if check { ("to be written", "to be removed") } else { ("written", "removed") };
    let times: Vec<_> = stages
        .iter()
        .map(|(stage, time)| format!("{stage} {} ms", time.as_millis()))
        .collect();
    let mut lines = vec![
        format!(
            "{}: {} {written}, {} unchanged, {} {removed}",
            workspace::shown(client),
            count(changes.written.len(), "file"),
            changes.unchanged.len(),
            changes.removed.len(),
        ),
        times.join(", "),
    ];
    if check && !changes.is_empty() {
        lines.push("run `cargo xtask generate` to bring it up to date".to_owned());
    }
    lines.join("\n") + "\n"
}
