//! Headers that all requests or all answers have.

use super::super::super::Map;
use super::super::super::document::{At, Place};
use super::super::notes::NoteKind;
use super::Fresh;

impl Fresh<'_, '_> {
    /// The header that names the version of the API.
    pub(super) fn version(&mut self) -> Map {
        self.notes.within(["version"]);
        let parameters =
            self.operations.iter().flat_map(|operation| &operation.parameters);
        let mut headers =
            parameters.filter(|parameter| parameter.place == Place::Header);
        let found = headers
            .find(|parameter| parameter.name.to_ascii_lowercase().contains("version"));
        let info = self.document.top().get("info");
        let version = info
            .as_ref()
            .and_then(|info| info.text_of("version"))
            .unwrap_or("1")
            .to_owned();
        let Some(parameter) = found else {
            self.guessed(
                "version",
                "which header names the version of the API, so one of its own is sent",
            );
            return Map::new()
                .with("header", "x-api-version")
                .with("value", value(&version));
        };
        let usual = |key: &str| {
            parameter.schema.as_ref()?.follow().ok()?.text_of(key).map(str::to_owned)
        };
        let value =
            value(&usual("default").or_else(|| usual("const")).unwrap_or(version));
        let message =
            format!("`{}` names the version of the API, here `{value}`", parameter.name);
        self.notes.at(NoteKind::Inferred, &parameter.at, message);
        Map::new()
            .with("header", parameter.name.to_ascii_lowercase())
            .with("value", value)
    }

    /// The header that answers carry the id of the call in.
    pub(super) fn operation_id(&mut self) -> Map {
        self.notes.within(["operation_id"]);
        let names =
            self.operations.iter().flat_map(|operation| answer_headers(&operation.at));
        let mut names = names.filter(|name| {
            let name = name.to_ascii_lowercase();
            ["request-id", "requestid", "operation-id", "correlation-id", "trace-id"]
                .iter()
                .any(|word| name.contains(word))
        });
        let found = names.next().map(str::to_ascii_lowercase);
        if found.is_none() {
            self.guessed("operation_id", "which header of answers names the call");
        }
        let header = found.unwrap_or_else(|| "x-request-id".to_owned());
        Map::new().with("header", header).with("detail", "request_id")
    }
}

/// The headers of all answers of an operation.
fn answer_headers<'d>(operation: &At<'d>) -> Vec<&'d str> {
    let answers = operation.get("responses");
    let answers =
        answers.iter().flat_map(|answers| answers.entries().collect::<Vec<_>>());
    let headers = answers.filter_map(|(_, answer)| answer.follow().ok()?.get("headers"));
    headers
        .flat_map(|headers| headers.entries().map(|(name, _)| name).collect::<Vec<_>>())
        .collect()
}

/// A value that a header can have.
fn value(text: &str) -> String {
    let value: String =
        text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
    let value = value.trim();
    if value.is_empty() { "1".to_owned() } else { value.to_owned() }
}
