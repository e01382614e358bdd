//! State of the last apply: the managed resources, and the fields that were set.
//!
//! The state contains no values: set fields are stored as paths, and values that the API never returns as salted hashes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::actual::Actual;
use crate::reference::Address;

/// Version of the format that this program writes.
pub(crate) const VERSION: u32 = 1;

/// Values of the path parameters that identify a resource, by name.
pub type Identity = BTreeMap<String, String>;

/// Managed resources of a set of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Resources by `kind.name`.
    #[serde(default)]
    pub resources: BTreeMap<String, Entry>,
    /// Creations in progress: their entries, without an identity.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pending: BTreeMap<String, Entry>,
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
    /// Hashes of values that the API never returns, by path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hidden: BTreeMap<String, String>,
    /// Resources that it refers to, by `kind.name`.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub depends_on: BTreeSet<String>,
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
            key: String::new(),
            serial: 0,
            salt: salt.into(),
            resources: BTreeMap::new(),
            pending: BTreeMap::new(),
            existing: BTreeMap::new(),
        }
    }

    /// Returns the entry of an address.
    #[must_use]
    pub fn get(&self, address: &Address) -> Option<&Entry> {
        self.resources.get(&address.to_string())
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
        let exists = |(address, entry): (&String, &Entry)| {
            Address::parse(address)
                .is_some_and(|it| actual.get(&it.kind, &entry.identity).is_some())
        };
        !self.resources.is_empty() && !self.resources.iter().any(exists)
    }

    /// Returns the address of the resource with these parameters, if it is in the state.
    #[must_use]
    pub fn owner(&self, kind: &str, identity: &Identity) -> Option<&str> {
        let of_kind = |address: &str| {
            Address::parse(address).is_some_and(|address| address.kind == kind)
        };
        let mut entries = self.resources.iter().filter(|(address, _)| of_kind(address));
        let found = entries.find(|(_, entry)| {
            entry.identity == *identity || entry.deposed.contains(identity)
        });
        found.map(|(address, _)| address.as_str())
    }
}

/// Returns an identity as one string.
#[must_use]
pub(crate) fn identity_text(identity: &Identity) -> String {
    identity.values().cloned().collect::<Vec<_>>().join("/")
}
