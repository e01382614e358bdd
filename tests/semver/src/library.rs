//! The description that the cases change.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ngrok_codegen::load_files;
use ngrok_codegen::model::Model;

/// The files of a description.
#[derive(Debug, Clone)]
pub struct Library {
    files: BTreeMap<String, String>,
}

impl Library {
    /// Reads the description of the small API.
    ///
    /// # Panics
    ///
    /// If it cannot be read.
    #[must_use]
    pub fn read() -> Self {
        let root =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codegen/tests/library");
        let mut files = BTreeMap::new();
        let mut open: Vec<PathBuf> = vec![root.clone()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    open.push(path);
                    continue;
                }
                let name = path.strip_prefix(&root).expect("below the folder");
                let name = name.to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).expect("a file"));
            }
        }
        Self { files }
    }

    /// Returns its model; `change` names the change for messages.
    ///
    /// # Panics
    ///
    /// If it has errors.
    #[must_use]
    pub fn model(&self, change: &str) -> Model {
        let model = load_files(self.files.clone()).into_model();
        model.unwrap_or_else(|problems| panic!("{change}:\n{problems}"))
    }

    pub(crate) fn replace(&mut self, file: &str, from: &str, to: &str) {
        let text = self.files.get_mut(file).unwrap_or_else(|| panic!("no file {file}"));
        assert!(text.contains(from), "{file} has no {from:?}");
        *text = text.replacen(from, to, 1);
    }

    pub(crate) fn add(&mut self, file: &str, text: &str) {
        self.files.insert(file.to_owned(), text.to_owned());
    }

    pub(crate) fn remove(&mut self, file: &str) -> String {
        self.files.remove(file).unwrap_or_else(|| panic!("no file {file}"))
    }
}
