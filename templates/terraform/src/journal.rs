//! What was created and is not known to be in a state: a run that is killed between a creation and the writing of its
//! state would create it again.
//!
//! The journal is a file beside Terraform's own data. Every resource that Terraform reads or plans is confirmed and leaves
//! it; a creation that equals one that an earlier process recorded and nobody confirmed takes that resource.

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ngrok_state_core::{Identity, Kind, State, write_private};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::convert::fields;
use crate::schema::Attribute;

/// Entries that are older belong to nobody any more.
const KEPT: Duration = Duration::from_secs(24 * 3600);

/// The journal of a working directory. Without a place for the file nothing is remembered.
pub(crate) struct Journal {
    path: PathBuf,
    entries: Mutex<Vec<Entry>>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct Entry {
    /// Hash of what was created.
    key: String,
    identity: Identity,
    created: u64,
    /// Whether this process recorded it, not an earlier one.
    #[serde(skip)]
    own: bool,
}

impl Journal {
    /// Reads the journal of the current working directory.
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::var_os("TF_DATA_DIR")
            .map_or_else(|| ".terraform".into(), PathBuf::from);
        let path = folder.join(format!("{name}.json"));
        let text = fs::read(&path).unwrap_or_default();
        let entries = serde_json::from_slice(&text).unwrap_or_default();
        Self { path, entries: Mutex::new(entries) }
    }

    /// Returns the hash of a creation, which secrets have no part in.
    pub(crate) fn key(kind: &Kind, attributes: &[Attribute], stated: &Json) -> String {
        let folder = std::env::current_dir().unwrap_or_default();
        let fields = fields(attributes, stated).into_iter();
        let shown = |(name, it): (String, Json)| {
            let shown = kind.redacted(&name, &it);
            (name, shown)
        };
        State::new("", folder.to_string_lossy())
            .hash(&kind.name, &fields.map(shown).collect())
    }

    /// Records a creation.
    pub(crate) fn record(&self, key: String, identity: Identity) {
        self.change(|entries| {
            entries.retain(|it| it.identity != identity);
            entries.push(Entry { key, identity, created: now(), own: true });
        });
    }

    /// A state has this resource.
    pub(crate) fn confirm(&self, identity: &Identity) {
        self.change(|entries| entries.retain(|it| it.identity != *identity));
    }

    /// Takes a resource that an earlier process created in the same way, and that no state has.
    pub(crate) fn lost(&self, key: &str) -> Option<Identity> {
        let mut found = None;
        self.change(|entries| {
            let at = entries.iter().position(|it| !it.own && it.key == key);
            found = at.and_then(|at| entries.get_mut(at)).map(|entry| {
                // This process records it from now on.
                entry.own = true;
                entry.identity.clone()
            });
        });
        found
    }

    fn change(&self, change: impl FnOnce(&mut Vec<Entry>)) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let before = entries.clone();
        change(&mut entries);
        if *entries == before {
            return;
        }
        let oldest = now().saturating_sub(KEPT.as_secs());
        entries.retain(|it| it.created >= oldest);
        let text = serde_json::to_vec(&*entries).unwrap_or_default();
        // Where it cannot be written, an interrupted run is as with other providers.
        let folder = self.path.parent().unwrap_or(&self.path);
        drop(fs::create_dir_all(folder).and_then(|()| write_private(&self.path, &text)));
    }
}

/// Seconds since 1970.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}
