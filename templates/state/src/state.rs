//! State of the last apply: the managed resources, and the fields that were set.
//!
//! The state contains no values: set fields are stored as paths, and values that the API never returns as salted hashes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::actual::Actual;
use crate::kind::Kind;
use crate::reference::Address;

/// Version of the format that this program writes.
pub(crate) const VERSION: u32 = 1;

/// Values of the path parameters that identify a resource, by name.
pub type Identity = BTreeMap<String, String>;

/// Managed resources of a set of files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Version of the format.
    pub version: u32,
    /// The account: base URL of the API, and the user, if known.
    pub account: String,
    /// Hash of the API key of the last run; empty if unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// Incremented with every write.
    pub serial: u64,
    /// Random string that is hashed together with secret values.
    pub salt: String,
    /// Managed resources.
    #[serde(default)]
    pub resources: BTreeMap<Address, Entry>,
    /// Creations in progress: their entries, without an identity.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pending: BTreeMap<Address, Entry>,
    /// Resources that existed before the creations in `pending` were started, by kind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub existing: BTreeMap<String, BTreeSet<String>>,
}

/// A managed resource.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Values of the parameters that identify it.
    pub identity: Identity,
    /// Paths of the fields that were set.
    #[serde(default)]
    pub stated: BTreeSet<String>,
    /// Hash of everything that was stated; empty where a value was not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub applied: String,
    /// Hashes of values of which the API does not return a part, by field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hidden: BTreeMap<String, String>,
    /// Resources that it refers to.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub depends_on: BTreeSet<Address>,
    /// True if it is kept when it is removed from the files.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retain: bool,
    /// Identities of replaced predecessors that have not been deleted yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deposed: Vec<Identity>,
}

impl State {
    /// Returns the state of an account before the first apply.
    #[must_use]
    pub fn new(account: impl Into<String>, salt: impl Into<String>) -> Self {
        Self {
            version: VERSION,
            account: account.into(),
            salt: salt.into(),
            ..Self::default()
        }
    }

    /// Returns the hash of a value that the API never returns.
    #[must_use]
    pub fn hash(&self, path: &str, value: &Value) -> String {
        let mut hash = Sha256::new();
        for part in [self.salt.as_str(), path, &value.to_string()] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        let mut text = String::new();
        for byte in hash.finalize() {
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    /// Returns whether there are resources, and the API has none of them: a sign that they belong to another account.
    #[must_use]
    pub fn is_foreign(&self, actual: &Actual) -> bool {
        let mut all = self.resources.iter();
        !self.resources.is_empty()
            && all.all(|(it, entry)| actual.get(&it.kind, &entry.identity).is_none())
    }

    /// Returns the address of the resource with these parameters, if it is in the state.
    #[must_use]
    pub fn owner(&self, kind: &str, identity: &Identity) -> Option<&Address> {
        let owns = |(address, entry): &(&Address, &Entry)| {
            address.kind == kind && entry.identities().any(|it| it == identity)
        };
        self.resources.iter().find(owns).map(|(address, _)| address)
    }
}

impl Entry {
    /// Returns the identities of the resource and of its predecessors.
    pub(crate) fn identities(&self) -> impl Iterator<Item = &Identity> {
        self.deposed.iter().chain([&self.identity])
    }

    /// Remembers hashes of all values, and of those that responses may leave out; those of other fields are kept.
    pub(crate) fn remember(
        &mut self,
        state: &State,
        kind: &Kind,
        fields: &Map<String, Value>,
    ) {
        self.applied = state.hash("", &Value::Object(fields.clone()));
        for (name, value) in fields {
            self.hidden.remove(name);
            if kind.field(name).is_some_and(|it| it.may_hide(value)) {
                self.hidden.insert(name.clone(), state.hash(name, value));
            }
        }
    }

    /// Returns whether the same was stated for both.
    pub(crate) fn states_same(&self, other: &Self) -> bool {
        !self.applied.is_empty() && self.applied == other.applied
    }
}

/// Returns an identity as one string.
#[must_use]
pub(crate) fn identity_text(identity: &Identity) -> String {
    identity.values().cloned().collect::<Vec<_>>().join("/")
}
