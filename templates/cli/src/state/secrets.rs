//! Secrets that the API returns only on creation: which ones a plan concerns, and the file that they are written to.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ngrok_state_core::{Address, Applied, Item, Kind, Kinds, Outcome, Plan, State};
use serde_json::{Map, Value};

use crate::app::App;
use crate::failure::Failure;
use crate::lookup;

/// A new file that only its owner can read. It is created before the resources are, so that no secret is lost because the file cannot
/// be written; without secrets it is removed again.
pub(super) struct SecretsFile {
    path: PathBuf,
    file: File,
    written: bool,
}

impl SecretsFile {
    /// Creates the file.
    pub(super) fn create(path: &Path) -> Result<Self, Failure> {
        let mut options = OpenOptions::new();
        options.create_new(true).write(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let file = options.open(path).map_err(|error| {
            if error.kind() == io::ErrorKind::AlreadyExists {
                let what = format!("{} exists; nothing was sent", path.display());
                Failure::other(what).hint("name a new file with --secrets")
            } else {
                Failure::other(format!("cannot create {}: {error}", path.display()))
            }
        })?;
        Ok(Self { path: path.to_owned(), file, written: false })
    }

    /// Writes the secrets of new resources.
    pub(super) fn write(
        mut self,
        app: &App,
        kinds: &Kinds,
        applied: &Applied,
    ) -> Result<(), Failure> {
        let mut secrets: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
        for (address, value) in &applied.created {
            let fields = kinds.get(&address.kind).map(|kind| fields(app, kind));
            for field in fields.unwrap_or_default() {
                if let Some(secret) = value.get(field).filter(|it| !it.is_null()) {
                    let fields = secrets.entry(address.to_string()).or_default();
                    fields.insert(field.to_owned(), secret.clone());
                }
            }
        }
        if secrets.is_empty() {
            return Ok(());
        }
        self.written = true;
        let text = serde_json::to_string_pretty(&secrets).unwrap_or_default();
        writeln!(self.file, "{text}")
            .map_err(|error| Failure::other(format!("{}: {error}", self.path.display())))
    }
}

impl Drop for SecretsFile {
    fn drop(&mut self) {
        if !self.written {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Returns the paths of the secrets that a plan creates.
pub(super) fn created(app: &App, plan: &Plan, kinds: &Kinds) -> Vec<String> {
    paths(app, plan, kinds, |_, item| {
        matches!(item.outcome, Outcome::Create | Outcome::Replace)
    })
}

/// Warns of the secrets of resources that are adopted because the response to their creation was lost.
pub(super) fn warn_of_lost_responses(
    app: &App,
    plan: &Plan,
    kinds: &Kinds,
    state: &State,
) {
    let lost = paths(app, plan, kinds, |address, item| {
        state.pending.contains_key(address)
            && matches!(item.outcome, Outcome::Adopt | Outcome::Update)
    });
    if !lost.is_empty() {
        eprintln!(
            "warning: the response with {} was lost, and the API does not return it again; for a new one, delete the resource and apply again",
            lost.join(", ")
        );
    }
}

/// Warns that secrets are lost unless they are written to a file.
pub(super) fn warn(lost: &[String]) {
    if !lost.is_empty() {
        eprintln!(
            "warning: the API returns {} only once; apply with --secrets FILE to store it",
            lost.join(", ")
        );
    }
}

/// The paths of the secrets that only creation returns, of some resources of a plan.
fn paths(
    app: &App,
    plan: &Plan,
    kinds: &Kinds,
    concerned: impl Fn(&Address, &Item) -> bool,
) -> Vec<String> {
    let items = plan.items.iter().filter(|(address, item)| concerned(address, item));
    let items =
        items.filter_map(|(address, _)| Some((address, kinds.get(&address.kind)?)));
    items
        .flat_map(|(address, kind)| {
            let fields = fields(app, kind).into_iter();
            fields.map(move |field| format!("{address}.{field}"))
        })
        .collect()
}

/// The secrets that only the creation of a kind returns.
fn fields(app: &App, kind: &Kind) -> Vec<&'static str> {
    let Some(record) = lookup::record(app.model, &kind.resource) else {
        return Vec::new();
    };
    let fields = record.fields.iter();
    let fields = fields.filter(|it| it.secret && it.only_on.is_some());
    fields.map(|it| it.wire.as_str()).collect()
}
