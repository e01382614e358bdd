//! The check of an exchange, and how it reports.

use serde_json::Value;

use super::findings::{Example, Findings, Kind, Note, Side, Subject, Weight};
use super::routes::{BaseUrl, Spot};
use super::secrets::{Secrets, outline};
use super::types::{self, Ids};
use crate::model::{Model, Operation};

/// The whole body, as a path.
pub(super) const ROOT: &str = "$";

/// Stands for the new word in a message.
pub(super) const SLOT: &str = "{}";

/// The check of an exchange.
pub(super) struct Walk<'m, 'r> {
    pub(super) model: &'m Model,
    pub(super) ids: &'m Ids,
    pub(super) base: &'m BaseUrl,
    pub(super) secrets: &'m Secrets,
    pub(super) spot: Spot,
    pub(super) operation: &'m Operation,
    /// Values of the path parameters.
    pub(super) arguments: &'r [&'r str],
    pub(super) entry: usize,
    pub(super) side: Side,
    /// True if nothing is reported.
    pub(super) muted: bool,
    pub(super) found: &'r mut Findings<'m>,
}

impl<'m> Walk<'m, '_> {
    /// Returns a JSON pointer into a body as a path, `$.rules[3].action`, and its last key.
    pub(super) fn path(
        &self,
        start: &str,
        pointer: &str,
        body: &Value,
    ) -> (String, String) {
        let (mut path, mut last, mut here) =
            (start.to_owned(), String::new(), Some(body));
        for token in pointer.split('/').skip(1) {
            last = token.replace("~1", "/").replace("~0", "~");
            if let Some(Value::Array(items)) = here {
                path = format!("{path}[{last}]");
                here = last.parse().ok().and_then(|index: usize| items.get(index));
            } else {
                path = self.at(&path, &last);
                here = here.and_then(|here| here.get(&last));
            }
        }
        (path, last)
    }

    /// Returns the path of a key of a map.
    pub(super) fn at(&self, path: &str, key: &str) -> String {
        format!("{path}.{}", self.secrets.word(key))
    }

    /// Returns true if a key of a body only repeats a path parameter, as some clients send it.
    pub(super) fn is_argument(&self, key: &str, value: &Value) -> bool {
        let parameters = self.operation.parameters.iter().zip(self.arguments);
        let mut same = parameters.filter(|(parameter, _)| parameter.wire == key);
        same.any(|(_, argument)| value.as_str() == Some(argument))
    }

    /// Returns the whole body as the subject.
    pub(super) fn body(&self) -> Subject<'m> {
        Subject::Bodies(self.spot)
    }

    /// Reports something about the body that breaks clients.
    pub(super) fn breaks(
        &mut self,
        kind: Kind,
        message: impl Into<String>,
        path: &str,
        value: Option<&Value>,
    ) {
        self.note(Weight::Breaks, kind, self.body(), message, path, value);
    }

    /// Reports a whole body that works, but differs from the description.
    pub(super) fn differs(
        &mut self,
        subject: Subject<'m>,
        kind: Kind,
        message: impl Into<String>,
        value: Option<&Value>,
    ) {
        self.note(Weight::Differs, kind, subject, message, ROOT, value);
    }

    /// Reports an unknown key of the body.
    pub(super) fn unknown_key(
        &mut self,
        subject: Subject<'m>,
        message: &str,
        key: &str,
        value: &Value,
    ) {
        let path = self.at(ROOT, key);
        self.new_word(Kind::UnknownField, subject, message, key, &path, Some(value));
    }

    /// Reports a value at a path.
    pub(super) fn note(
        &mut self,
        weight: Weight,
        kind: Kind,
        subject: Subject<'m>,
        message: impl Into<String>,
        path: &str,
        value: Option<&Value>,
    ) {
        let note = Note { weight, kind, subject, message: message.into(), name: None };
        self.add(note, path, value.map(outline), None);
    }

    /// Reports a word that the description lacks.
    pub(super) fn new_word(
        &mut self,
        kind: Kind,
        subject: Subject<'m>,
        message: &str,
        word: &str,
        path: &str,
        value: Option<&Value>,
    ) {
        let name = self.secrets.word(word);
        let message = message.replacen(SLOT, &name, 1);
        let needs_type = matches!(kind, Kind::UnknownField | Kind::UnknownChoice);
        let ty = value.filter(|_| needs_type).map(|value| types::of(value, self.ids));
        let note =
            Note { weight: Weight::New, kind, subject, message, name: Some(name) };
        self.add(note, path, value.map(outline), ty);
    }

    pub(super) fn add(
        &mut self,
        note: Note<'m>,
        path: &str,
        value: Option<String>,
        ty: Option<String>,
    ) {
        if !self.muted {
            let example = Example { entry: self.entry, path: path.to_owned(), value };
            self.found.add(Some(self.spot), self.side, note, example, ty);
        }
    }
}
