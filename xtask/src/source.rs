//! Sources of a description to compare: a directory, or a git revision.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, bail, ensure};
use ngrok_codegen::model::Model;

use crate::description;
use crate::git::{git, run};

/// The default directory of the description in a revision.
pub(crate) const FOLDER: &str = "api-spec";

/// The source of a description.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A directory on disk.
    Folder(PathBuf),
    /// A directory of the repository at a revision.
    Revision { revision: String, folder: String },
}

impl Source {
    /// Resolves a name: an existing directory, otherwise `REVISION` or `REVISION:FOLDER`.
    pub(crate) fn find(name: &str, repository: &Path) -> anyhow::Result<Self> {
        if Path::new(name).is_dir() {
            return Ok(Self::Folder(PathBuf::from(name)));
        }
        let (revision, folder) = name.split_once(':').unwrap_or((name, FOLDER));
        let commit = format!("{revision}^{{commit}}");
        let arguments =
            ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit];
        let known =
            !revision.is_empty() && run(repository, &arguments)?.status.success();
        ensure!(known, "{}", unknown(name, repository)?);
        let folder = folder.trim_end_matches('/').to_owned();
        Ok(Self::Revision { revision: revision.to_owned(), folder })
    }

    /// Returns the model of the description. Fails if the description has errors.
    pub(crate) fn model(&self, repository: &Path) -> anyhow::Result<Model> {
        let (read, name) = match self {
            Self::Folder(folder) => {
                (description::read(folder)?, folder.display().to_string())
            }
            Self::Revision { revision, folder } => {
                let name = format!("{revision}:{folder}");
                let files = files(repository, revision, folder)?;
                (description::understand(files, &name), name)
            }
        };
        if let Some(model) = read.model {
            return Ok(model);
        }
        read.print_diagnostics();
        bail!("`{name}` has errors, and cannot be compared")
    }
}

/// Returns the message about an unknown revision, with a hint.
fn unknown(name: &str, repository: &Path) -> anyhow::Result<String> {
    let place = repository.display();
    let message = format!(
        "`{name}` is neither a directory nor a revision in the repository `{place}`"
    );
    let shallow = run(repository, &["rev-parse", "--is-shallow-repository"])?;
    Ok(match shallow.stdout.trim_ascii() {
        b"true" => format!(
            "{message}; this clone is shallow: `git fetch --unshallow --tags` gets the rest of its history"
        ),
        _ => message,
    })
}

/// Returns the files below a directory of a revision, by their relative paths, without a checkout.
fn files(
    repository: &Path,
    revision: &str,
    folder: &str,
) -> anyhow::Result<Vec<(String, String)>> {
    let listed = run(repository, &["ls-tree", "-r", "-z", revision, "--", folder])?;
    ensure!(listed.status.success(), "git cannot list `{folder}` of `{revision}`");
    let listed = String::from_utf8(listed.stdout)
        .context("a file has a name that is not UTF-8")?;
    let entries: Vec<_> =
        listed.split('\0').filter_map(|line| entry(line, folder)).collect();
    ensure!(!entries.is_empty(), "there is no folder `{folder}` in `{revision}`");
    let objects: Vec<_> = entries.iter().map(|(object, _)| *object).collect();
    let mut contents = contents(repository, &objects.join("\n"))?.into_iter();
    let mut files = Vec::new();
    for (_, path) in entries {
        let bytes = contents.next().context("git did not return a file")?;
        let text = String::from_utf8(bytes)
            .with_context(|| format!("`{path}` is not UTF-8"))?;
        files.push((path.to_owned(), text));
    }
    Ok(files)
}

/// Returns the object and the path of a line of `ls-tree`, if it is a regular file.
fn entry<'a>(line: &'a str, folder: &str) -> Option<(&'a str, &'a str)> {
    let (facts, path) = line.split_once('\t')?;
    let object = facts.strip_prefix("100")?.split(' ').nth(2)?;
    Some((object, path.strip_prefix(folder)?.strip_prefix('/')?))
}

/// Returns the contents of objects, from a single run of git.
fn contents(repository: &Path, objects: &str) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut child = git(repository, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run git")?;
    let mut input = child.stdin.take().context("git takes no input")?;
    // Written concurrently with reading: git responds before it has read all input.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || writeln!(input, "{objects}"));
        child.wait_with_output()
    })?;
    split(&output.stdout).context("unexpected output of `git cat-file`")
}

/// Splits the output of `cat-file --batch`: for each object a line that ends with the length, the content, and a newline.
fn split(mut output: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut contents = Vec::new();
    while !output.is_empty() {
        let end = output.iter().position(|byte| *byte == b'\n')?;
        let length = std::str::from_utf8(&output[..end]).ok()?.rsplit(' ').next()?;
        let (content, rest) =
            output[end + 1..].split_at_checked(length.parse().ok()?)?;
        contents.push(content.to_vec());
        output = rest.strip_prefix(b"\n")?;
    }
    Some(contents)
}
