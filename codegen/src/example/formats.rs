//! Sample strings for fields.
//!
//! The example in the documentation of a field comes first, then one of its format.

use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(crate) use crate::model::such_as;
use crate::model::{Field, Model};

/// Letters and digits of sample IDs.
const BASE62: &str = "2kXq7LmV0bTzR9wYdC4sPfH1nJgK6eA8uN3xG5hQvBtZ";

/// A string without constraints.
pub(super) const ANY: &str = "example";

/// Another such string.
pub(super) const ANY_OTHER: &str = "another-example";

const PRIVATE_KEY: &str =
    "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n";

/// Samples by format. A test reads the file.
static SAMPLES: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("formats.json")).unwrap_or_default()
});

/// Returns a string for a field, which is no longer than allowed.
pub(super) fn text(field: &Field) -> String {
    let longest = field.rules.longest().and_then(|most| usize::try_from(most).ok());
    let text = known(field).unwrap_or_else(|| ANY.to_owned());
    text.chars().take(longest.unwrap_or(usize::MAX)).collect()
}

/// Returns a string for a field with constraints.
pub(super) fn known(field: &Field) -> Option<String> {
    let default =
        field.default.as_ref().and_then(|value| value.as_str().map(str::to_owned));
    let accepted =
        field.rules.accepts().first().filter(|form| !form.contains(' ')).cloned();
    let format = field.rules.format();
    let known = || match format? {
        "pem" if field.secret => Some(PRIVATE_KEY.to_owned()),
        format => SAMPLES.get(format).cloned(),
    };
    default.or(accepted).or_else(|| such_as(&field.docs)).or_else(known)
}

/// Returns an ID of a type of resource.
pub(crate) fn id(kind: &str, model: &Model) -> String {
    let external =
        || model.api.externals.get(kind).map(|external| external.prefix.clone());
    let prefix = model.record(kind).and_then(|record| record.prefix.clone());
    let prefix = prefix.or_else(external);
    let length = usize::try_from(model.api.id_length).unwrap_or_default();
    let random: String = BASE62.chars().cycle().take(length).collect();
    match prefix.filter(|prefix| !prefix.is_empty()) {
        Some(prefix) => format!("{prefix}_{random}"),
        None => random,
    }
}

/// Returns the address of a resource of a type.
pub(crate) fn address(kind: &str, model: &Model) -> String {
    let home = model.services.iter().find(|service| service.resource == kind);
    let get = home.and_then(|home| home.operation(home.fetch.as_ref()?));
    let path = get.map(|get| get.path.fill(|_| id(kind, model))).unwrap_or_default();
    format!("{}{path}", model.api.base_url)
}
