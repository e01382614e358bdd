//! Trees of text files, and their differences to a directory.
//!
//! A tree owns the directories of its files: other files do not belong there. Nothing here accesses a disk.

use std::collections::BTreeMap;

/// Paths, with `/`, and texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileTree {
    files: BTreeMap<String, String>,
}

/// Changes required to make a directory equal to a tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Paths to write, new or changed.
    pub written: Vec<String>,
    /// Paths with unchanged text.
    pub unchanged: Vec<String>,
    /// Paths that are no longer generated.
    pub removed: Vec<String>,
}

impl FileTree {
    /// Adds a file.
    pub fn insert(&mut self, path: &str, text: String) {
        self.files.insert(path.to_owned(), text);
    }

    /// Adds the files of another tree.
    pub fn extend(&mut self, other: Self) {
        self.files.extend(other.files);
    }

    /// Adds copies of files, below `folder`.
    pub fn copy(&mut self, folder: &str, files: &BTreeMap<String, String>) {
        for (path, text) in files {
            self.insert(&format!("{folder}/{path}"), text.clone());
        }
    }

    /// Iterates over the files, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Returns the text of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Returns the changes for a directory with the files `present`.
    #[must_use]
    pub fn changes(&self, present: &BTreeMap<String, Vec<u8>>) -> Changes {
        let mut changes = Changes::default();
        for (path, text) in &self.files {
            let same = present.get(path).is_some_and(|bytes| is_text(bytes, text));
            let list = if same { &mut changes.unchanged } else { &mut changes.written };
            list.push(path.clone());
        }
        changes.removed = present
            .keys()
            .filter(|path| !self.files.contains_key(*path))
            .cloned()
            .collect();
        changes
    }
}

/// Returns true if a file has this text. A checkout may end its lines with CRLF.
fn is_text(bytes: &[u8], text: &str) -> bool {
    let present = str::from_utf8(bytes);
    present.is_ok_and(|present| present == text || present.replace("\r\n", "\n") == text)
}

impl Changes {
    /// Returns true if the directory is up to date.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.written.is_empty() && self.removed.is_empty()
    }
}
