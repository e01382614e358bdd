//! A workspace with a client and a caller, made from those of the repository, in which clients are built.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ngrok_codegen::emit::{Templates, emit};
use ngrok_codegen::model::Model;

/// The minimal features that include the services.
const FEATURES: &[&str] = &["--no-default-features", "--features", "async"];

const CALLER: &str = "\
[package]
name = \"caller\"
version = \"0.1.0\"
edition.workspace = true

[dependencies]
library-client = { path = \"../client\", default-features = false, features = [\"async\"] }
";

/// The workspace.
pub(crate) struct Workshop {
    folder: PathBuf,
    templates: Templates,
    /// Documentation of clients as JSON, by their sources.
    documented: BTreeMap<String, PathBuf>,
}

impl Workshop {
    pub(crate) fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("agreement");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let manifest =
            fs::read_to_string(root.join("Cargo.toml")).expect("the workspace");
        let (_, shared) =
            manifest.split_once("[workspace.package]").expect("shared facts");
        // Dependencies of the clients keep their paths.
        let shared = shared.replace(
            "path = \"templates",
            &format!("path = \"{}/templates", root.display()),
        );
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"caller\", \"client\"]\n\n[workspace.package]{shared}"
        );
        write(&folder.join("Cargo.toml"), &manifest);
        write(&folder.join("caller/Cargo.toml"), CALLER);
        write(&folder.join("caller/src/lib.rs"), "");
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("a copy");
        let templates = templates(&root.join("templates"));
        Self { folder, templates, documented: BTreeMap::new() }
    }

    /// Returns the documentation of the client of a model, as JSON.
    pub(crate) fn documented(&mut self, model: &Model) -> PathBuf {
        let key = serde_json::to_string(model).expect("a model is plain");
        if let Some(done) = self.documented.get(&key) {
            return done.clone();
        }
        self.put_client(model);
        let mut command = self.cargo("rustdoc", "doc");
        // Unstable options on a stable compiler, as cargo-semver-checks itself uses them.
        command.env("RUSTC_BOOTSTRAP", "1").args([
            "--package",
            "library-client",
            "--lib",
        ]);
        command.args(FEATURES).args([
            "--",
            "-Zunstable-options",
            "--output-format",
            "json",
            // Links are checked for what callers see, not for private items.
            "--cap-lints",
            "allow",
        ]);
        command.args(["--document-private-items", "--document-hidden-items"]);
        succeed(&mut command);
        let made = self.folder.join("doc/doc/library_client.json");
        let kept = self.folder.join(format!("doc/{}.json", self.documented.len()));
        fs::rename(made, &kept).expect("the documentation");
        self.documented.insert(key, kept.clone());
        kept
    }

    /// Compiles code against the client of a model. Returns the errors of the compiler.
    pub(crate) fn compile(&self, model: &Model, code: &str) -> Result<(), String> {
        self.put_client(model);
        write(&self.folder.join("caller/src/lib.rs"), code);
        let mut check = self.cargo("check", "check");
        let output =
            run(check.args(["--package", "caller", "--message-format", "short"]));
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!errors.contains("could not compile `library-client`"), "{errors}");
        if output.status.success() { Ok(()) } else { Err(errors) }
    }

    fn put_client(&self, model: &Model) {
        let tree = emit(model, &self.templates).expect("the templates are right");
        let client = self.folder.join("client");
        let files: BTreeMap<PathBuf, &str> =
            tree.iter().map(|(path, text)| (client.join(path), text)).collect();
        for old in files_below(&client.join("src")) {
            if !files.contains_key(&old) {
                fs::remove_file(&old).expect("an old file");
            }
        }
        for (path, text) in &files {
            write(path, text);
        }
    }

    fn cargo(&self, task: &str, target: &str) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(&self.folder).args([task, "--quiet", "--offline"]);
        command
            .env("CARGO_TARGET_DIR", self.folder.join(target))
            .env("RUSTFLAGS", "--cap-lints=allow");
        command
    }
}

/// Returns the hand-written half of the client.
fn templates(folder: &Path) -> Templates {
    let mut templates = Templates::default();
    for file in files_below(folder) {
        let path = file.strip_prefix(folder).expect("below the folder");
        let path = path.to_str().expect("a plain name");
        let read = || fs::read_to_string(&file).expect("a file");
        if let Some(path) = path.strip_suffix(".j2") {
            templates.varying.insert(path.to_owned(), read());
        } else if let Some(path) =
            path.strip_prefix("src/").filter(|path| path.starts_with("runtime"))
        {
            templates.runtime.insert(path.to_owned(), read());
        }
    }
    templates
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let (mut files, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    files
}

/// Writes a file unless it is unchanged: cargo compares modification times.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
    fs::write(path, text).expect("a new file");
}

pub(crate) fn run(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"))
}

fn succeed(command: &mut Command) {
    let output = run(command);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} failed:\n{errors}");
}
