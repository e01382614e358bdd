//! Temporary directories of tests.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::root;

/// An empty directory.
pub(crate) struct Folder(PathBuf);

/// The files of a directory, by path: contents and modification time.
pub(crate) type Files = BTreeMap<String, (String, SystemTime)>;

impl Folder {
    /// Creates the directory of a test.
    pub(crate) fn new(test: &str) -> Self {
        // Outside the workspace, wherever the target directory is: commands display paths below it differently.
        let name = format!("xtask-cli-{}-{test}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a new folder");
        Self(path)
    }

    /// Copies a small description into it.
    pub(crate) fn copy_of(&self, fixture: &str) -> String {
        self.copy(&format!("codegen/tests/fixtures/{fixture}"), fixture)
    }

    /// Copies the description of this repository into it.
    pub(crate) fn copy_of_description(&self) -> String {
        self.copy("api-spec", "api-spec")
    }

    /// Copies a directory of this repository into it, under a name.
    pub(crate) fn copy(&self, from: &str, name: &str) -> String {
        for (path, (text, _)) in files_of(&root().join(from), "") {
            self.write(&format!("{name}/{path}"), &text);
        }
        self.path(name)
    }

    /// Returns a path in it, as an argument.
    pub(crate) fn path(&self, path: &str) -> String {
        self.0.join(path).display().to_string()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder"))
            .expect("a new folder");
        fs::write(path, text).expect("a new file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).expect("it is there")
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.0.join(path).symlink_metadata().is_ok()
    }

    /// Returns everything below a directory in it.
    pub(crate) fn files(&self, path: &str) -> Files {
        files_of(&self.0.join(path), "")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn files_of(folder: &Path, prefix: &str) -> Files {
    let mut files = Files::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("it can be read").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            files.append(&mut files_of(&path, &format!("{prefix}{name}/")));
        } else {
            let changed =
                path.metadata().and_then(|data| data.modified()).expect("it is there");
            let text = fs::read_to_string(&path).expect("it is UTF-8");
            files.insert(prefix.to_owned() + &name, (text, changed));
        }
    }
    files
}
