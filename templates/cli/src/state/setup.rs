//! The inputs of a command on desired state: kinds, files, the state and the API.

use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use ngrok_state_core::{Actual, Documents, Inputs, Kinds, Plan, State, Store, fetch};
use serde_json::Value;

use super::connection::Connection;
use super::files;
use crate::app::App;
use crate::client::base_url;
use crate::credentials;
use crate::failure::Failure;

/// Files, state and actual resources.
pub(super) struct Setup<'a> {
    pub(super) kinds: Kinds,
    pub(super) documents: Documents,
    /// Hash of the API key.
    pub(super) fingerprint: String,
    pub(super) store: Store,
    /// The state before anything is applied.
    pub(super) state: State,
    pub(super) actual: Actual,
    pub(super) connection: Connection<'a>,
    prune: bool,
    delete_retained: bool,
}

impl<'a> Setup<'a> {
    /// Reads the files that the arguments name, and everything that they concern.
    pub(super) fn of_files(app: &'a App, matches: &ArgMatches) -> Result<Self, Failure> {
        let kinds = Kinds::new(app.model);
        let paths = paths(matches);
        let files = files::read(app, &kinds, &paths, files::Unset::Refused)?;
        let path = state_of_files(app, matches, &paths)?;
        let setup = Self::new(app, kinds, files.documents, &path)?;
        Ok(Self {
            prune: matches.get_flag("prune"),
            delete_retained: matches.get_flag("delete-retained"),
            ..setup
        })
    }

    /// The same without files: everything in the state is to be deleted.
    pub(super) fn of_state(app: &'a App, matches: &ArgMatches) -> Result<Self, Failure> {
        let path = state_path(app, matches, None);
        if !path.exists() {
            let what = format!("there is no state at {}", path.display());
            return Err(Failure::not_found(what).hint("name it with --state"));
        }
        let kinds = Kinds::new(app.model);
        let setup = Self::new(app, kinds, Documents::default(), &path)?;
        let delete_retained = matches.get_flag("delete-retained");
        Ok(Self { prune: true, delete_retained, ..setup })
    }

    /// Opens the state, and fetches what the documents and the state concern.
    pub(super) fn new(
        app: &'a App,
        kinds: Kinds,
        documents: Documents,
        path: &Path,
    ) -> Result<Self, Failure> {
        let key = credentials::find(app)?.key;
        let store = Store::open(path, &base_url(app), &salt());
        let store = store.map_err(|error| Failure::other(error.to_string()))?;
        let connection = Connection::new(app)?;
        let lookups = Actual::lookups(&kinds, &documents, store.state());
        let actual = fetch(&kinds, &lookups, &connection, &|_, _| false);
        let actual = actual.map_err(|error| connection.failure(error))?;
        let fingerprint = store.state().hash("", &Value::from(key.as_str()));
        let last = &store.state().key;
        if !last.is_empty() && *last != fingerprint && store.state().is_foreign(&actual)
        {
            return Err(foreign(path));
        }
        let state = store.state().clone();
        Ok(Self {
            kinds,
            documents,
            fingerprint,
            store,
            state,
            actual,
            connection,
            prune: false,
            delete_retained: false,
        })
    }

    pub(super) fn inputs(&self) -> Inputs<'_> {
        Inputs {
            kinds: &self.kinds,
            desired: &self.documents,
            state: &self.state,
            actual: &self.actual,
            prune: self.prune,
            delete_retained: self.delete_retained,
        }
    }

    pub(super) fn plan(&self) -> Result<Plan, Failure> {
        Plan::new(self.inputs()).map_err(|problem| Failure::usage(problem.to_string()))
    }
}

/// The paths of files among the arguments.
pub(super) fn paths(matches: &ArgMatches) -> Vec<String> {
    matches.get_many::<String>("files").into_iter().flatten().cloned().collect()
}

/// The file of the state: as given, or in a folder, or in the current one.
pub(super) fn state_path(
    app: &App,
    matches: &ArgMatches,
    folder: Option<&Path>,
) -> PathBuf {
    let name = format!("{}.state.json", app.shell.name);
    let given = matches.get_one::<PathBuf>("state").cloned();
    given.unwrap_or_else(|| folder.unwrap_or(Path::new("")).join(name))
}

/// The file of the state of files: beside the first one. A state beside another one is refused, since the order would select it.
fn state_of_files(
    app: &App,
    matches: &ArgMatches,
    paths: &[String],
) -> Result<PathBuf, Failure> {
    let state = |path: &String| {
        let path = Path::new(path);
        let folder = if path.is_dir() { Some(path) } else { path.parent() };
        state_path(app, matches, folder)
    };
    let first = paths.first().map_or_else(|| state_path(app, matches, None), state);
    // Several paths may lead to one file.
    let used = fs::canonicalize(&first).ok();
    let is_other =
        |it: &PathBuf| fs::canonicalize(it).is_ok_and(|it| used.as_ref() != Some(&it));
    let Some(other) = paths.iter().map(state).find(is_other) else { return Ok(first) };
    let what = format!(
        "the files may belong to {} or to {}; nothing was sent",
        first.display(),
        other.display()
    );
    Err(Failure::usage(what).hint("name the state with --state"))
}

fn foreign(path: &Path) -> Failure {
    let what = format!(
        "{} was written with another API key, and none of its resources exist in this account",
        path.display()
    );
    Failure::other(what).hint(
        "use the key of the other account or another --state; if the resources were deleted, remove the file",
    )
}

/// Random text for a new state.
fn salt() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}
