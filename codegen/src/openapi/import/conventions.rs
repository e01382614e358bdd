//! What `api.yaml` says that an import has to know: what operation names mean, which parameters are those of paging.

use crate::spec::{Api, Method};

/// The conventions of an API.
#[derive(Debug, Default)]
pub(super) struct Conventions {
    operations: Vec<(String, Convention)>,
    /// The parameters of paging.
    pub(super) paging: Vec<String>,
    /// The keys of a page beside its items.
    pub(super) page_keys: Vec<String>,
    /// The parameter of filters.
    pub(super) filter: String,
    /// Headers that the client sends by itself.
    pub(super) headers: Vec<String>,
    /// The document was exported from a description.
    pub(super) own: bool,
}

/// What the name of an operation means.
#[derive(Debug, Clone, Default)]
pub(super) struct Convention {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) body: Option<String>,
    pub(super) returns: String,
    pub(super) status: u16,
    pub(super) instance: bool,
}

impl Conventions {
    pub(super) fn of(api: &Api, own: bool) -> Self {
        let operations = api.operations.iter().map(|entry| {
            let details = &entry.value;
            let text = |text: &Option<crate::spec::Spanned<String>>| {
                text.as_ref().map(ToString::to_string)
            };
            let convention = Convention {
                method: details
                    .method
                    .as_ref()
                    .map(|method| word(**method).to_owned())
                    .unwrap_or_default(),
                path: text(&details.path).unwrap_or_default(),
                body: text(&details.body),
                returns: text(&details.returns).unwrap_or_default(),
                status: details
                    .status
                    .as_ref()
                    .map(|status| **status)
                    .unwrap_or_default(),
                instance: details.instance.as_ref().is_some_and(|instance| **instance),
            };
            (entry.key.to_string(), convention)
        });
        Self {
            operations: operations.collect(),
            paging: vec![
                api.paging.cursor.parameter.to_string(),
                api.paging.limit.parameter.to_string(),
            ],
            page_keys: vec![
                api.paging.page.uri.to_string(),
                api.paging.page.next.to_string(),
            ],
            filter: api
                .filtering
                .as_ref()
                .map(|filtering| filtering.parameter.to_string())
                .unwrap_or_default(),
            headers: api
                .version
                .iter()
                .map(|version| &version.header)
                .chain([&api.auth.header])
                .map(|name| name.to_ascii_lowercase())
                .collect(),
            own,
        }
    }

    /// What a name means.
    pub(super) fn get(&self, name: &str) -> Option<&Convention> {
        self.operations
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, convention)| convention)
    }

    /// The names for a method on a collection or on an item.
    pub(super) fn names<'a>(
        &'a self,
        method: &'a str,
        path: &'a str,
    ) -> impl Iterator<Item = &'a str> {
        let fits = move |convention: &Convention| {
            convention.method == method && convention.path == path
        };
        self.operations
            .iter()
            .filter(move |(_, convention)| fits(convention))
            .map(|(name, _)| name.as_str())
    }
}

pub(super) fn word(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Patch => "PATCH",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    }
}
