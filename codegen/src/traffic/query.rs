//! Checks of the address of a request against the parameters of its operation.

use chrono::DateTime;
use serde_json::Value;

use crate::model::{Listing, Output, Scalar, Type, TypeRef, filter};

use super::findings::{Kind, Subject, Weight};
use super::walk::{SLOT, Walk};

impl<'m> Walk<'m, '_> {
    /// Checks the parameters of the path and the query.
    pub(super) fn query(&mut self, query: &[(String, String)]) {
        let operation = self.operation;
        for (parameter, argument) in operation.parameters.iter().zip(self.arguments) {
            let path = format!("{{{}}}", parameter.wire);
            self.value(Subject::Path(self.spot), &parameter.ty, argument, &path);
        }
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in query {
            self.parameter(name, value, seen.contains(&name.as_str()));
            seen.push(name);
        }
    }

    fn parameter(&mut self, name: &str, text: &str, again: bool) {
        let operation = self.operation;
        if let Some(known) = operation.query.iter().find(|known| known.wire == name) {
            if again && !known.repeated {
                self.query_note(name, text, format!("`{name}` is repeated"));
            }
            let path = self.in_query(name);
            return self.value(Subject::Query(self.spot), &known.ty, text, &path);
        }
        let api = &self.model.api;
        match &operation.output {
            Output::List(list) if list.paged && *name == api.cursor_parameter => {}
            Output::List(list) if list.paged && *name == api.limit_parameter => {
                let (min, max) = (api.limit_min, api.limit_max);
                if !text.parse().is_ok_and(|limit| (min..=max).contains(&limit)) {
                    let message = format!("`{name}` is no number from {min} to {max}");
                    self.query_note(name, text, message);
                }
            }
            Output::List(list)
                if !list.filter.is_empty() && *name == api.filter_parameter =>
            {
                self.filter(list, name, text);
            }
            _ => {
                let message = format!("there is no query parameter `{SLOT}`");
                self.new_in_query(Kind::UnknownQuery, &message, name, name, text);
            }
        }
    }

    fn filter(&mut self, list: &'m Listing, name: &str, text: &str) {
        let problems = filter::parse(text).problems(self.model, list);
        for problem in problems.iter().filter(|problem| !problem.name.is_empty()) {
            let (kind, message) = (Kind::UnknownFilterField, "a filter mentions `{}`");
            self.new_in_query(kind, message, &problem.name, name, text);
        }
    }

    /// Checks the value of a parameter against its type.
    fn value(&mut self, subject: Subject<'m>, ty: &'m TypeRef, text: &str, path: &str) {
        let json = || serde_json::from_str::<Value>(text).unwrap_or_default();
        let (fits, kind, message) = match ty {
            TypeRef::Enum(name) => {
                let Some(Type::Enum(known)) = self.model.types.get(name) else { return };
                if !known.variants.iter().any(|variant| variant.wire == text) {
                    let message = format!("`{SLOT}` is no value of {name}");
                    let (kind, subject) = (Kind::UnknownValue, Subject::Type(name));
                    let value = Value::from(text);
                    self.new_word(kind, subject, &message, text, path, Some(&value));
                }
                return;
            }
            TypeRef::Id { kinds, .. } => {
                let found = self.ids.kind(text);
                let fits = found.is_none_or(|found| kinds.iter().any(|it| it == found));
                (fits, Kind::Format, format!("is not an ID of {}", kinds.join(" or ")))
            }
            TypeRef::Scalar(Scalar::Bool) => {
                (json().is_boolean(), Kind::WrongType, "is not a boolean".to_owned())
            }
            TypeRef::Scalar(Scalar::Timestamp) => {
                let fits = DateTime::parse_from_rfc3339(text).is_ok();
                (fits, Kind::WrongType, "is not a timestamp in RFC 3339".to_owned())
            }
            TypeRef::Scalar(Scalar::String) => return,
            TypeRef::Scalar(_) => {
                (json().is_number(), Kind::WrongType, "is not a number".to_owned())
            }
            _ => return,
        };
        if !fits {
            let value = Value::from(text);
            self.note(Weight::Differs, kind, subject, message, path, Some(&value));
        }
    }

    fn query_note(&mut self, name: &str, text: &str, message: String) {
        let (weight, subject, path) =
            (Weight::Differs, Subject::Query(self.spot), self.in_query(name));
        let value = Value::from(text);
        self.note(weight, Kind::Limit, subject, message, &path, Some(&value));
    }

    /// Reports a word in a parameter of the query.
    fn new_in_query(
        &mut self,
        kind: Kind,
        message: &str,
        word: &str,
        name: &str,
        text: &str,
    ) {
        let (subject, path) = (Subject::Query(self.spot), self.in_query(name));
        let value = Value::from(text);
        self.new_word(kind, subject, message, word, &path, Some(&value));
    }

    fn in_query(&self, name: &str) -> String {
        format!("?{}", self.secrets.word(name))
    }
}
