//! Facts of `api.yaml` for describing a document: conventions of operation names, parameters of pagination, common
//! fields of resources.

use crate::spec::{Api, Marked, OperationDetails, Spanned};

/// Headers that a document may list as parameters without a meaning.
const IGNORED_HEADERS: &[&str] = &["accept", "authorization", "content-type"];

/// The conventions of an API.
#[derive(Debug, Clone, Copy)]
pub(super) struct Conventions<'a>(pub(super) &'a Api);

impl<'a> Conventions<'a> {
    /// Returns the convention of an operation name.
    pub(super) fn get(self, name: &str) -> Option<&'a OperationDetails> {
        self.0.operations.get(name)
    }

    /// Returns the names for a method on a collection or on an item.
    pub(super) fn names(self, method: &str, path: &str) -> Vec<String> {
        let fits = |details: &OperationDetails| {
            details.method.as_ref().is_some_and(|it| it.as_str() == method)
                && details.path.as_ref().is_some_and(|it| it.as_str() == path)
        };
        let operations = self.0.operations.iter();
        let fitting = operations.filter(|(_, details)| fits(details));
        fitting.map(|(name, _)| name.to_string()).collect()
    }

    /// Returns true for a parameter of pagination.
    pub(super) fn is_paging(self, name: &str) -> bool {
        let paging = &self.0.paging;
        *paging.cursor.parameter == name || *paging.limit.parameter == name
    }

    /// Returns the keys of a page beside its items.
    pub(super) fn page_keys(self) -> [&'a str; 2] {
        let page = &self.0.paging.page;
        [page.uri.as_str(), page.next.as_str()]
    }

    /// Returns true for the parameter of filters.
    pub(super) fn is_filter(self, name: &str) -> bool {
        let filtering = self.0.filtering.as_ref();
        filtering.is_some_and(|filtering| *filtering.parameter == name)
    }

    /// Returns true if a client sends a header itself.
    pub(super) fn sends_header(self, name: &str) -> bool {
        let headers = self.0.version.iter().map(|version| &version.header);
        let mut headers = headers.chain([&self.0.auth.header]);
        let ignored = IGNORED_HEADERS.iter().any(|it| it.eq_ignore_ascii_case(name));
        ignored || headers.any(|it| it.eq_ignore_ascii_case(name))
    }

    /// Returns the type of a common field, and its bodies.
    pub(super) fn common(self, name: &str) -> Option<(&'a str, Vec<Marked>)> {
        let field = self.0.fields.get(name)?;
        let places = field.places.iter().flatten();
        let places = places.filter_map(|place| Marked::parse(place)).collect();
        Some((field.kind.as_ref()?.as_str(), places))
    }
}

/// Returns a text of a convention; empty if there is none.
pub(super) fn usual(
    details: Option<&OperationDetails>,
    of: fn(&OperationDetails) -> &Option<Spanned<String>>,
) -> &str {
    details.and_then(|it| of(it).as_ref()).map_or("", |text| text.as_str())
}
