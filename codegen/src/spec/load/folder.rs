//! The directory of a description, on disk.
//!
//! Takes a path; returns the texts of the files in it. Unreadable files are reported, and the others are read.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Loaded, PLACES, Reader, SCHEMA};
use crate::diagnostic::{Code, SourceMap, Span};

/// Reads the directory of a description.
#[must_use]
pub fn load(dir: &Path) -> Loaded {
    let has_schema = dir.join(SCHEMA).exists();
    let reader = Reader { has_schema, ..Reader::default() };
    let mut folder = Folder { root: dir, reader, files: Vec::new() };
    if !dir.is_dir() {
        let message = format!("{} is not a folder", dir.display());
        let mut diagnostics = folder.reader.diagnostics;
        diagnostics.error(Code::MissingFolder, Span::NOWHERE, message);
        return Loaded { spec: None, sources: SourceMap::new(), diagnostics };
    }
    for (place, _) in PLACES {
        let path = place.trim_end_matches('/');
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
    /// Reads a file, or everything below a directory in alphabetical order.
    fn entry(&mut self, path: &str) {
        let full = self.root.join(path);
        if full.is_dir() && full.is_symlink() {
            return self
                .unreadable(path, "is a link to a folder, which is not followed");
        }
        let result = if full.is_dir() {
            names(&full).map(|names| {
                for name in names {
                    self.entry(&format!("{path}/{name}"));
                }
            })
        } else {
            let bytes = self.resolve(&full).and_then(|full| read(&full));
            bytes.map(|bytes| self.text(path, bytes))
        };
        if let Err(error) = result {
            self.unreadable(path, &format!("cannot be read: {error}"));
        }
    }

    fn text(&mut self, path: &str, bytes: Vec<u8>) {
        match String::from_utf8(bytes) {
            Ok(text) => self.files.push((path.to_owned(), text)),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes());
                let span = Span::of(self.reader.sources.add(path, text), at..at + 1);
                let message = format!("{path} is not UTF-8");
                self.reader.diagnostics.error(Code::NotUtf8, span, message);
            }
        }
    }

    /// Resolves a link; one that leads out of the directory is rejected.
    fn resolve(&self, full: &Path) -> io::Result<PathBuf> {
        let target = full.canonicalize()?;
        if target.starts_with(self.root.canonicalize()?) {
            return Ok(target);
        }
        Err(io::Error::other("it is a link that leads out of the folder"))
    }

    /// Reports a file or directory that cannot be read.
    fn unreadable(&mut self, path: &str, problem: &str) {
        let span = Span::start_of(self.reader.sources.add(path, ""));
        let message = format!("{path} {problem}");
        self.reader.diagnostics.error(Code::Unreadable, span, message);
    }
}

/// Returns the names in a directory, in alphabetical order, without files of editors and file managers.
fn names(full: &Path) -> io::Result<BTreeSet<String>> {
    let entries = fs::read_dir(full)?;
    let names =
        entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names: BTreeSet<String> = names.collect::<io::Result<_>>()?;
    // `.things.yaml.swp`, `.#things.yaml`, `.DS_Store`, `#things.yaml#`, `things.yaml~`.
    names.retain(|name| !name.starts_with(['.', '#']) && !name.ends_with('~'));
    Ok(names)
}

/// Reads a regular file. Reading others, such as a pipe, could block forever.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_file() {
        return fs::read(path);
    }
    Err(io::Error::other("it is not a regular file"))
}
