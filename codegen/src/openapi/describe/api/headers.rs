//! Common headers of requests and responses.

use super::super::super::Map;
use super::super::super::document::{At, Location};
use super::Scaffold;
use crate::reconcile::NoteKind;

impl Scaffold<'_> {
    /// Returns the header with the version of the API, if there is one.
    pub(super) fn version(&mut self) -> Option<Map> {
        let parameters =
            self.operations.iter().flat_map(|operation| &operation.parameters);
        let mut headers =
            parameters.filter(|parameter| parameter.location == Location::Header);
        let found = headers
            .find(|parameter| parameter.name.to_ascii_lowercase().contains("version"));
        let info = self.document.top().get("info");
        let version = info
            .as_ref()
            .and_then(|info| info.text_of("version"))
            .unwrap_or("1")
            .to_owned();
        let parameter = found?.clone();
        let usual = |key: &str| {
            parameter.schema.as_ref()?.follow().ok()?.text_of(key).map(str::to_owned)
        };
        let value =
            value(&usual("default").or_else(|| usual("const")).unwrap_or(version));
        let message =
            format!("`{}` names the version of the API, here `{value}`", parameter.name);
        self.note(NoteKind::Inferred, "version", &parameter.at, message);
        let header = parameter.name.to_ascii_lowercase();
        Some(Map::new().with("header", header).with("value", value))
    }

    /// Returns the response header with the operation ID, if there is one.
    pub(super) fn operation_id(&self) -> Option<Map> {
        let names =
            self.operations.iter().flat_map(|operation| answer_headers(&operation.at));
        let mut names = names.filter(|name| {
            let name = name.to_ascii_lowercase();
            ["request-id", "requestid", "operation-id", "correlation-id", "trace-id"]
                .iter()
                .any(|word| name.contains(word))
        });
        let header = names.next().map(str::to_ascii_lowercase)?;
        Some(Map::new().with("header", header))
    }
}

/// Returns the headers of all responses of an operation.
fn answer_headers<'d>(operation: &At<'d>) -> Vec<&'d str> {
    let answers = operation.get("responses");
    let answers =
        answers.iter().flat_map(|answers| answers.entries().collect::<Vec<_>>());
    let headers = answers.filter_map(|(_, answer)| answer.follow().ok()?.get("headers"));
    headers
        .flat_map(|headers| headers.entries().map(|(name, _)| name).collect::<Vec<_>>())
        .collect()
}

/// Returns a valid value of a header.
fn value(text: &str) -> String {
    let value: String =
        text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
    let value = value.trim();
    if value.is_empty() { "1".to_owned() } else { value.to_owned() }
}
