//! Checks of the address of a request against the parameters of its operation.

use chrono::DateTime;
use serde_json::Value;

use crate::model::{Output, Scalar, TypeRef, filter};

use super::findings::{Kind, Subject};
use super::walk::Walk;

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
        let (operation, model) = (self.operation, self.facts.model);
        let path = format!("?{}", self.facts.secrets.word(name));
        let (api, subject, value) =
            (&model.api, Subject::Query(self.spot), Some(&Value::from(text)));
        if let Some(known) = operation.query.iter().find(|known| known.wire == name) {
            if again && !known.repeated {
                let message = format!("`{name}` is repeated");
                self.note(Kind::Limit, subject, message, &path, value);
            }
            return self.value(subject, &known.ty, text, &path);
        }
        match &operation.output {
            Output::List(list) if list.paged && *name == api.cursor_parameter => {}
            Output::List(list) if list.paged && *name == api.limit_parameter => {
                let (min, max) = (api.limit_min, api.limit_max);
                if !text.parse().is_ok_and(|limit| (min..=max).contains(&limit)) {
                    let message = format!("`{name}` is no number from {min} to {max}");
                    self.note(Kind::Limit, subject, message, &path, value);
                }
            }
            Output::List(list)
                if !list.filter.is_empty() && *name == api.filter_parameter =>
            {
                let message = |it: &str| format!("a filter mentions `{it}`");
                let problems = filter::parse(text).problems(model, list);
                for problem in problems.iter().filter(|it| !it.name.is_empty()) {
                    let (kind, word) = (Kind::UnknownFilterField, &problem.name);
                    self.new_word(kind, subject, message, word, &path, value);
                }
            }
            _ => {
                let message = |it: &str| format!("there is no query parameter `{it}`");
                self.new_word(Kind::UnknownQuery, subject, message, name, &path, value);
            }
        }
    }

    /// Checks the value of a parameter against its type.
    fn value(&mut self, subject: Subject<'m>, ty: &'m TypeRef, text: &str, path: &str) {
        let json = || serde_json::from_str::<Value>(text).unwrap_or_default();
        let value = Some(&Value::from(text));
        let (fits, kind, message) = match ty {
            TypeRef::Enum(name) => {
                if !self.facts.model.enum_values(ty).contains(&text) {
                    let message = |it: &str| format!("`{it}` is no value of {name}");
                    let (kind, subject) = (Kind::UnknownValue, Subject::Type(name));
                    self.new_word(kind, subject, message, text, path, value);
                }
                return;
            }
            TypeRef::Id { kinds, .. } => {
                let found = self.facts.ids.kind(text);
                let fits = found.is_none_or(|found| kinds.iter().any(|it| it == found));
                (fits, Kind::Format, &*format!("is not an ID of {}", kinds.join(" or ")))
            }
            TypeRef::Scalar(Scalar::Bool) => {
                (json().is_boolean(), Kind::WrongType, "is not a boolean")
            }
            TypeRef::Scalar(Scalar::Timestamp) => {
                let fits = DateTime::parse_from_rfc3339(text).is_ok();
                (fits, Kind::WrongType, "is not a timestamp in RFC 3339")
            }
            TypeRef::Scalar(Scalar::String) => return,
            TypeRef::Scalar(_) => {
                (json().is_number(), Kind::WrongType, "is not a number")
            }
            _ => return,
        };
        if !fits {
            self.note(kind, subject, message, path, value);
        }
    }
}
