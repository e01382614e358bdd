//! Facts of `api.yaml` for describing a document: conventions of operation names, parameters of pagination, common
//! fields of resources.

use std::collections::BTreeMap;

use crate::spec::{Api, Entries, Field, Marked, OperationDetails};

/// The conventions of an API.
#[derive(Debug, Default)]
pub(super) struct Conventions {
    operations: Vec<(String, Convention)>,
    /// Parameters of pagination.
    pub(super) paging: Vec<String>,
    /// The keys of a page beside its items.
    pub(super) page_keys: Vec<String>,
    /// Parameter of filters.
    pub(super) filter: String,
    /// Headers that the client sends itself.
    pub(super) headers: Vec<String>,
}

/// The convention of an operation name.
#[derive(Debug, Clone, Default)]
pub(super) struct Convention {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) body: Option<String>,
    pub(super) returns: String,
    pub(super) status: u16,
}

impl Convention {
    fn of(details: &OperationDetails) -> Self {
        let text = |text: &Option<crate::spec::Spanned<String>>| {
            text.as_ref().map(ToString::to_string)
        };
        let method = details.method.as_ref().map(|method| method.as_str().to_owned());
        Self {
            method: method.unwrap_or_default(),
            path: text(&details.path).unwrap_or_default(),
            body: text(&details.body),
            returns: text(&details.returns).unwrap_or_default(),
            status: details.status.as_deref().copied().unwrap_or_default(),
        }
    }
}

impl Conventions {
    pub(super) fn of(api: &Api) -> Self {
        let operations = api.operations.iter();
        let operations = operations
            .map(|entry| (entry.key.to_string(), Convention::of(&entry.value)));
        let page = &api.paging.page;
        let paging = [&api.paging.cursor.parameter, &api.paging.limit.parameter];
        let filtering = api.filtering.as_ref();
        let filter = filtering.map(|filtering| filtering.parameter.to_string());
        let headers = api.version.iter().map(|version| &version.header);
        let headers = headers.chain([&api.auth.header]);
        Self {
            operations: operations.collect(),
            paging: paging.map(ToString::to_string).to_vec(),
            page_keys: [&page.uri, &page.next].map(ToString::to_string).to_vec(),
            filter: filter.unwrap_or_default(),
            headers: headers.map(|name| name.to_ascii_lowercase()).collect(),
        }
    }

    /// Returns the convention of a name.
    pub(super) fn get(&self, name: &str) -> Option<&Convention> {
        let mut all = self.operations.iter();
        all.find(|(known, _)| known == name).map(|(_, convention)| convention)
    }

    /// Returns the names for a method on a collection or on an item.
    pub(super) fn names<'a>(
        &'a self,
        method: &'a str,
        path: &'a str,
    ) -> impl Iterator<Item = &'a str> {
        let fits = move |convention: &Convention| {
            convention.method == method && convention.path == path
        };
        let fitting = self.operations.iter().filter(move |(_, it)| fits(it));
        fitting.map(|(name, _)| name.as_str())
    }
}

/// Common fields of `api.yaml`.
#[derive(Debug, Default)]
pub(super) struct CommonFields {
    fields: BTreeMap<String, (String, Vec<Marked>)>,
}

impl CommonFields {
    pub(super) fn of(fields: &Entries<Field>) -> Self {
        let fields = fields.iter().filter_map(|entry| {
            let places = entry.value.places.iter().flatten();
            let places = places.filter_map(|place| Marked::parse(place)).collect();
            let kind = entry.value.kind.as_ref()?.to_string();
            Some((entry.key.to_string(), (kind, places)))
        });
        Self { fields: fields.collect() }
    }

    /// Returns the type of a field and its bodies.
    pub(super) fn get(&self, name: &str) -> Option<(&str, &[Marked])> {
        self.fields.get(name).map(|(kind, places)| (kind.as_str(), places.as_slice()))
    }
}
