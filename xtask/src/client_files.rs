//! The files of a client on disk: the templates that are read, the tree that is compared and written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use ngrok_codegen::emit::Templates;
use ngrok_codegen::file_tree::{Changes, FileTree};

/// Files of the client that are generated, beside all of `src`.
const MANIFEST: &str = "Cargo.toml";

/// The hand-written half of a client: the templates, and the names of what is beside what is generated.
pub(crate) fn templates(folder: &Path, client: &Path) -> anyhow::Result<Templates> {
    let mut templates = Templates::default();
    let examples = files_below(&client.join("examples"))?;
    let examples = examples.keys().filter_map(|path| path.strip_suffix(".rs"));
    templates.examples =
        examples.filter(|name| !name.contains('/')).map(str::to_owned).collect();
    for (path, bytes) in files_below(folder)? {
        let runtime =
            path.strip_prefix("src/").filter(|path| path.starts_with("runtime"));
        let varying = path.strip_suffix(".j2");
        if runtime.is_none() && varying.is_none() {
            continue;
        }
        let text = String::from_utf8(bytes)
            .with_context(|| format!("`{path}` is not UTF-8"))?;
        if let Some(path) = varying {
            templates.varying.insert(path.to_owned(), text);
        } else if let Some(path) = runtime {
            templates.runtime.insert(path.to_owned(), text);
        }
    }
    Ok(templates)
}

/// What is in a client where generated files go.
pub(crate) fn present(client: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut present = BTreeMap::new();
    for (path, bytes) in files_below(&client.join("src"))? {
        present.insert(format!("src/{path}"), bytes);
    }
    let manifest = client.join(MANIFEST);
    if manifest.exists() {
        present.insert(MANIFEST.to_owned(), read(&manifest)?);
    }
    Ok(present)
}

/// Makes a client hold a tree. Each file is whole at any moment.
pub(crate) fn apply(
    client: &Path,
    tree: &FileTree,
    changes: &Changes,
) -> anyhow::Result<()> {
    for path in &changes.written {
        let text = tree.get(path).unwrap_or_default();
        write(&client.join(path), text)?;
    }
    for path in &changes.removed {
        let path = client.join(path);
        fs::remove_file(&path)
            .with_context(|| format!("cannot remove `{}`", path.display()))?;
        remove_empty_folders(client, &path);
    }
    Ok(())
}

/// Writes a file beside its place first, so that it is never half there.
pub(crate) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.join(format!(".{name}.draft"));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&draft, text))
        .and_then(|()| fs::rename(&draft, path))
        .with_context(|| format!("cannot write `{}`", path.display()))
}

fn remove_empty_folders(client: &Path, removed: &Path) {
    let folders = removed.ancestors().skip(1).take_while(|folder| *folder != client);
    for folder in folders {
        // A folder that is not empty stays: that is what the failure means.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

/// All files below a folder, by their paths with `/`. A folder that is not there has none.
fn files_below(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        if !folder.is_dir() {
            continue;
        }
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("cannot read `{}`", folder.display()))?;
        for entry in entries {
            let entry =
                entry.with_context(|| format!("cannot read `{}`", folder.display()))?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                open.push((entry.path(), path + "/"));
            } else {
                files.insert(path, read(&entry.path())?);
            }
        }
    }
    Ok(files)
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))
}
