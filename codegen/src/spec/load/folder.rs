//! The directory of a description, on disk.
//!
//! Takes a path; returns the texts of the files in it. Unreadable files are reported, and the others are read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{API, ERRORS, Loaded, MORE_ERRORS, OVERRIDES, RESOURCES, Reader, SCHEMA};
use crate::diagnostic::{Code, Diagnostic, SourceMap, Span};

/// Reads the directory of a description.
#[must_use]
pub fn load(dir: &Path) -> Loaded {
    let has_schema = dir.join(SCHEMA).exists();
    let reader = Reader { has_schema, ..Reader::default() };
    let mut folder = Folder { root: dir, reader, files: Vec::new() };
    if !dir.is_dir() {
        let message = format!("{} is not a folder", dir.display());
        let problem = Diagnostic::error(Code::MissingFolder, Span::NOWHERE, message);
        return Loaded {
            spec: None,
            sources: SourceMap::new(),
            diagnostics: problem.into(),
        };
    }
    for path in [API, ERRORS, MORE_ERRORS, OVERRIDES, RESOURCES] {
        // Missing files are reported later.
        if dir.join(path).symlink_metadata().is_ok() {
            folder.entry(path);
        }
    }
    folder.reader.parse(folder.files)
}

struct Folder<'a> {
    root: &'a Path,
    reader: Reader,
    files: Vec<(String, String)>,
}

impl Folder<'_> {
    fn entry(&mut self, path: &str) {
        let full = self.root.join(path);
        if !full.is_dir() {
            self.file(path);
        } else if full.is_symlink() {
            self.problem(
                Code::Unreadable,
                path,
                "is a link to a folder, which is not followed",
            );
        } else {
            self.walk(path);
        }
    }

    fn file(&mut self, path: &str) {
        match self.resolve(&self.root.join(path)).and_then(|path| read(&path)) {
            Ok(bytes) => self.text(path, bytes),
            Err(error) => {
                self.problem(
                    Code::Unreadable,
                    path,
                    &format!("cannot be read: {error}"),
                );
            }
        }
    }

    fn text(&mut self, path: &str, bytes: Vec<u8>) {
        match String::from_utf8(bytes) {
            Ok(text) => self.files.push((path.to_owned(), text)),
            Err(error) => {
                let at =
                    u32::try_from(error.utf8_error().valid_up_to()).unwrap_or(u32::MAX);
                let text = String::from_utf8_lossy(error.as_bytes());
                let file = self.reader.sources.add(path, text);
                let span = Span::new(file, at, at.saturating_add(1));
                let problem = Diagnostic::error(
                    Code::NotUtf8,
                    span,
                    format!("{path} is not UTF-8"),
                );
                self.reader.diagnostics.push(problem);
            }
        }
    }

    /// Reads everything below a directory, in alphabetical order.
    fn walk(&mut self, path: &str) {
        match self.names(path) {
            Ok(names) => {
                for name in names {
                    self.entry(&format!("{path}/{name}"));
                }
            }
            Err(error) => {
                self.problem(
                    Code::Unreadable,
                    path,
                    &format!("cannot be read: {error}"),
                );
            }
        }
    }

    fn names(&self, path: &str) -> io::Result<Vec<String>> {
        let entries = fs::read_dir(self.root.join(path))?;
        let name = |entry: io::Result<fs::DirEntry>| {
            Ok(entry?.file_name().to_string_lossy().into_owned())
        };
        let mut names = entries.map(name).collect::<io::Result<Vec<_>>>()?;
        names.sort();
        Ok(names)
    }

    /// Resolves a link; one that leads out of the directory is rejected.
    fn resolve(&self, full: &Path) -> io::Result<PathBuf> {
        let target = full.canonicalize()?;
        if target.starts_with(self.root.canonicalize()?) {
            return Ok(target);
        }
        Err(io::Error::other("it is a link that leads out of the folder"))
    }

    /// Reports a file that cannot be read.
    fn problem(&mut self, code: Code, path: &str, what: &str) {
        let file = self.reader.sources.add(path, "");
        let message = format!("{path} {what}");
        self.reader.diagnostics.push(Diagnostic::error(
            code,
            Span::start_of(file),
            message,
        ));
    }
}

/// Reads a regular file. Reading others, such as a pipe, could block forever.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_file() {
        return fs::read(path);
    }
    Err(io::Error::other("it is not a regular file"))
}
