//! The check of an exchange, and how it reports.

use serde_json::Value;

use super::findings::{Example, Findings, Kind, Note, Side, Subject, Weight};
use super::routes::Spot;
use super::secrets::outline;
use super::{Facts, types};
use crate::model::{Operation, pointer};

/// The whole body, as a path.
pub(super) const ROOT: &str = "$";

pub(super) struct Walk<'m, 'r> {
    pub(super) facts: &'r Facts<'m>,
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
            last = pointer::unescape(token);
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
        format!("{path}.{}", self.facts.secrets.word(key))
    }

    /// Returns true if a key of a body only repeats a path parameter, as some clients send it.
    pub(super) fn is_argument(&self, key: &str, value: &Value) -> bool {
        let parameters = self.operation.parameters.iter().zip(self.arguments);
        let mut same = parameters.filter(|(parameter, _)| parameter.wire == key);
        same.any(|(_, argument)| value.as_str() == Some(argument))
    }

    pub(super) fn body(&self) -> Subject<'m> {
        Subject::Bodies(self.spot)
    }

    /// Reports a problem of a value at a path of the body.
    pub(super) fn in_body(
        &mut self,
        kind: Kind,
        message: impl Into<String>,
        path: &str,
        value: Option<&Value>,
    ) {
        self.note(kind, self.body(), message, path, value);
    }

    /// Reports an unknown key of the body; `message` receives its name.
    pub(super) fn unknown_key(
        &mut self,
        subject: Subject<'m>,
        message: impl Fn(&str) -> String,
        key: &str,
        value: &Value,
    ) {
        let path = self.at(ROOT, key);
        self.new_word(Kind::UnknownField, subject, message, key, &path, Some(value));
    }

    /// Reports a problem of a value at a path.
    pub(super) fn note(
        &mut self,
        kind: Kind,
        subject: Subject<'m>,
        message: impl Into<String>,
        path: &str,
        value: Option<&Value>,
    ) {
        let weight = self.weight(kind, subject);
        let note = Note { weight, kind, subject, message: message.into(), name: None };
        self.add(note, path, value.map(outline), None);
    }

    /// Returns the usual severity of a problem.
    fn weight(&self, kind: Kind, subject: Subject) -> Weight {
        let returned = self.side == Side::Response;
        let has_id = |ty: &str| {
            self.facts.model.record(ty).is_some_and(|record| record.prefix.is_some())
        };
        match (kind, subject) {
            // Parameters are only sent.
            (_, Subject::Path(_) | Subject::Query(_)) => Weight::Differs,
            (Kind::WrongType | Kind::NotJson | Kind::ForeignPage, _) => Weight::Breaks,
            (Kind::EmptyBody, _) if returned => Weight::Breaks,
            // Clients decode no resource without an ID.
            (Kind::MissingField, Subject::Field(ty, "id")) if returned && has_id(ty) => {
                Weight::Breaks
            }
            _ => Weight::Differs,
        }
    }

    /// Reports a word that the description lacks; `message` receives it as it may be shown.
    pub(super) fn new_word(
        &mut self,
        kind: Kind,
        subject: Subject<'m>,
        message: impl Fn(&str) -> String,
        word: &str,
        path: &str,
        value: Option<&Value>,
    ) {
        let name = self.facts.secrets.word(word);
        let message = message(&name);
        let needs_type = matches!(kind, Kind::UnknownField | Kind::UnknownChoice);
        let ty = value.filter(|_| needs_type);
        let ty = ty.map(|value| types::of(value, &self.facts.ids));
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
