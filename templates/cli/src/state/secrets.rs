//! Secrets that the API returns only on creation: which ones a plan concerns, and the file that they are written to.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ngrok_state_core::{Address, Item, Kind, Kinds, Outcome, Plan, State};
use serde_json::{Map, Value};

use crate::app::App;
use crate::failure::Failure;
use crate::home;

/// A new file that only its owner can read. It is created before the resources are, so that no secret is lost because the file cannot
/// be written, and contains each secret as soon as it was returned; without secrets it is removed again.
pub(super) struct SecretsFile {
    path: PathBuf,
    /// The secrets by address.
    secrets: Mutex<BTreeMap<String, Map<String, Value>>>,
}

impl SecretsFile {
    /// Creates the file. An empty one is what a run leaves that was killed before its first secret.
    pub(super) fn create(path: &Path) -> Result<Self, Failure> {
        let file = home::private(path, OpenOptions::new().create_new(true)).map(drop);
        let is_empty =
            || fs::metadata(path).is_ok_and(|it| it.is_file() && it.len() == 0);
        let file = file.or_else(|error| if is_empty() { Ok(()) } else { Err(error) });
        file.map_err(|error| {
            if error.kind() == io::ErrorKind::AlreadyExists {
                let what = format!("{} exists; nothing was sent", path.display());
                Failure::other(what).hint("name a new file with --secrets")
            } else {
                Failure::other(format!("cannot create {}: {error}", path.display()))
            }
        })?;
        Ok(Self { path: path.to_owned(), secrets: Mutex::default() })
    }

    /// Adds the secrets of a new resource, and returns whether they are in the file.
    pub(super) fn add(&self, address: &Address, secrets: Map<String, Value>) -> bool {
        if secrets.is_empty() {
            return true;
        }
        let mut all = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(address.to_string(), secrets);
        write(&self.path, &all).is_ok()
    }

    /// Ensures that all secrets are in the file.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let all = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        if all.is_empty() {
            let _ = fs::remove_file(&self.path);
            return Ok(());
        }
        write(&self.path, &all).map_err(|error| {
            let addresses: Vec<_> = all.keys().map(String::as_str).collect();
            let what = format!("cannot write {}: {error}", self.path.display());
            let hint = "secrets that it lacks are lost; for new ones, delete the resources and apply again";
            Failure::other(format!("{what}; it concerns {}", addresses.join(", "))).hint(hint)
        })
    }
}

fn write(path: &Path, secrets: &BTreeMap<String, Map<String, Value>>) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(secrets)?;
    text.push(b'\n');
    home::replace(path, &text)
}

/// Returns the secrets in the response to the creation of a resource that no other response has.
pub(super) fn of(
    app: &App,
    kinds: &Kinds,
    address: &Address,
    created: &Value,
) -> Map<String, Value> {
    let fields = kinds.get(&address.kind).map(|kind| fields(app, kind));
    let secret = |field: &str| {
        let value = created.get(field).filter(|it| !it.is_null())?;
        Some((field.to_owned(), value.clone()))
    };
    fields.unwrap_or_default().into_iter().filter_map(secret).collect()
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
    let Some(record) = app.model.record(&kind.resource) else {
        return Vec::new();
    };
    let fields = record.fields.iter();
    let fields = fields.filter(|it| it.secret && it.only_on.is_some());
    fields.map(|it| it.wire.as_str()).collect()
}
