//! `cargo xtask generate`: writes the client, or shows how what is there differs.

use std::path::Path;
use std::time::{Duration, Instant};

use ngrok_codegen::emit::emit;
use ngrok_codegen::file_tree::{Changes, FileTree};
use similar::TextDiff;

use crate::cli::Generate;
use crate::outcome::Outcome;
use crate::{client_files, description, workspace};

pub(crate) fn run(arguments: &Generate) -> anyhow::Result<Outcome> {
    let client = arguments.out.clone().unwrap_or_else(workspace::client);
    let read = description::read(&arguments.description.folder())?;
    read.print_diagnostics();
    let Some(model) = &read.model else { return Ok(Outcome::Findings) };
    let mut stages = read.stages.clone();

    let start = Instant::now();
    let tree = emit(model, &client_files::templates(&workspace::templates(), &client)?)?;
    stages.push(("emit", start.elapsed()));

    let start = Instant::now();
    let present = client_files::present(&client)?;
    let changes = tree.changes(&present);
    if arguments.check {
        show(&client, &tree, &changes, &present);
    } else {
        client_files::apply(&client, &tree, &changes)?;
    }
    stages.push((if arguments.check { "compare" } else { "write" }, start.elapsed()));

    summarise(&client, &changes, &stages, arguments.check);
    Ok(if arguments.check && !changes.is_empty() {
        Outcome::Findings
    } else {
        Outcome::Fine
    })
}

/// The difference between what is there and what should be.
fn show(
    client: &Path,
    tree: &FileTree,
    changes: &Changes,
    present: &std::collections::BTreeMap<String, Vec<u8>>,
) {
    for path in &changes.written {
        let shown = workspace::shown(&client.join(path));
        let old = present
            .get(path)
            .map(|bytes| String::from_utf8_lossy(bytes))
            .unwrap_or_default();
        let diff =
            TextDiff::from_lines(old.as_ref(), tree.get(path).unwrap_or_default());
        print!("{}", diff.unified_diff().header(&shown, &shown));
    }
    for path in &changes.removed {
        println!(
            "{}: nothing generates this file",
            workspace::shown(&client.join(path))
        );
    }
}

fn summarise(
    client: &Path,
    changes: &Changes,
    stages: &[(&str, Duration)],
    check: bool,
) {
    let (written, removed) =
        if check { ("to be written", "to be removed") } else { ("written", "removed") };
    let client = workspace::shown(client);
    println!(
        "{client}: {} files {written}, {} unchanged, {} {removed}",
        changes.written.len(),
        changes.unchanged.len(),
        changes.removed.len(),
    );
    let times: Vec<_> = stages
        .iter()
        .map(|(stage, time)| format!("{stage} {} ms", time.as_millis()))
        .collect();
    println!("{}", times.join(", "));
    if check && !changes.is_empty() {
        println!("run `cargo xtask generate` to bring it up to date");
    }
}
