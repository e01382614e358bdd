//! Deprecation.

use crate::model::Deprecation;
use crate::spec::{self, Spanned};

/// Returns true if an item is deprecated or removed; `deprecated: false` means that it is not.
pub(super) fn is_deprecated(said: Option<&Spanned<spec::Deprecation>>) -> bool {
    said.is_some_and(|said| !matches!(**said, spec::Deprecation::Flag(false)))
}

/// Lowers the deprecation of an item; `None` for `false`.
pub(super) fn lower(said: Option<&Spanned<spec::Deprecation>>) -> Option<Deprecation> {
    let details = match said.map(|said| &**said) {
        None | Some(spec::Deprecation::Flag(false)) => return None,
        Some(spec::Deprecation::Flag(true)) => &spec::DeprecationDetails::default(),
        Some(spec::Deprecation::Details(details)) => details,
    };
    let when = match (&details.since, details.planned) {
        (Some(since), _) => format!("not supported since {since}"),
        (None, true) => "will go in a later version of the API".to_owned(),
        (None, false) => "kept for backward compatibility".to_owned(),
    };
    let instead = details.instead.as_ref().map(|name| format!("; use `{}`", **name));
    Some(Deprecation {
        instead: details.instead.as_ref().map(ToString::to_string),
        since: details.since.clone(),
        planned: details.planned,
        note: format!("{when}{}.", instead.unwrap_or_default()),
    })
}
