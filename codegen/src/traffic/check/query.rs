//! Checks of the address of a request against the parameters of its operation.

use serde_json::Value;

use crate::model::{Listing, Output, Parameter, QueryParameter, Scalar, TypeRef};
use crate::traffic::findings::{Kind, Note, SLOT, Seen, Subject, Weight};
use crate::traffic::path::Path;
use crate::traffic::secrets::sounds_secret;

use super::slot::Slot;
use super::{Walk, filter};

impl<'m> Walk<'m, '_> {
    /// Checks the parameters of the path and the query.
    pub(in crate::traffic) fn query(&mut self, query: &[(String, String)]) {
        for (parameter, argument) in self.operation.parameters.iter().zip(self.arguments)
        {
            self.argument(parameter, argument);
        }
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in query {
            self.parameter(name, value, seen.contains(&name.as_str()));
            seen.push(name);
        }
    }

    fn argument(&mut self, parameter: &'m Parameter, argument: &str) {
        let slot = Slot::of(Subject::Path(self.spot));
        let value = Value::String(argument.to_owned());
        self.value(slot, &parameter.ty, &value, &Path::Argument(&parameter.wire));
    }

    fn parameter(&mut self, name: &str, text: &str, again: bool) {
        let operation = self.operation;
        if let Some(known) = operation.query.iter().find(|known| known.wire == name) {
            if again && !known.repeated {
                self.query_note(name, text, format!("`{name}` is repeated"));
            }
            return self.query_value(known, text);
        }
        let api = &self.model.api;
        match &operation.output {
            Output::List(list) if list.paged && *name == api.cursor_parameter => {}
            Output::List(list) if list.paged && *name == api.limit_parameter => {
                self.limit(name, text);
            }
            Output::List(list)
                if !list.filter.is_empty() && *name == api.filter_parameter =>
            {
                self.filter(list, name, text);
            }
            _ => self.unknown_parameter(name, text),
        }
    }

    fn limit(&mut self, name: &str, text: &str) {
        let api = &self.model.api;
        let (min, max) = (api.limit_min, api.limit_max);
        if !text.parse::<u32>().is_ok_and(|limit| (min..=max).contains(&limit)) {
            self.query_note(
                name,
                text,
                format!("`{name}` is no number from {min} to {max}"),
            );
        }
    }

    fn filter(&mut self, list: &'m Listing, name: &str, text: &str) {
        for field in filter::fields(text, &self.model.api.filter_object) {
            if filter::is_known(field, &list.filter) {
                continue;
            }
            let message = format!("a filter mentions `{SLOT}`");
            let subject = Subject::Query(self.spot);
            let note =
                Note::new(Weight::New, Kind::UnknownFilterField, subject, message);
            let value = Value::String(text.to_owned());
            self.add(note.foreign(field), Seen::open(&Path::Query(name), &value));
        }
    }

    fn query_value(&mut self, known: &'m QueryParameter, text: &str) {
        let subject = Subject::Query(self.spot);
        let ty = match &known.ty {
            TypeRef::Scalar(Scalar::String) => return,
            TypeRef::Scalar(_) => {
                let value =
                    serde_json::from_str(text).unwrap_or(Value::String(text.to_owned()));
                return self.value(
                    Slot::of(subject),
                    &known.ty,
                    &value,
                    &Path::Query(&known.wire),
                );
            }
            other => other,
        };
        let value = Value::String(text.to_owned());
        self.value(Slot::of(subject), ty, &value, &Path::Query(&known.wire));
    }

    fn unknown_parameter(&mut self, name: &str, text: &str) {
        let message = format!("there is no query parameter `{SLOT}`");
        let subject = Subject::Query(self.spot);
        let note =
            Note::new(Weight::New, Kind::UnknownQuery, subject, message).foreign(name);
        let value = Value::String(text.to_owned());
        let path = Path::Query(name);
        self.add(
            note,
            Seen { path: &path, value: Some(&value), secret: sounds_secret(name) },
        );
    }

    fn query_note(&mut self, name: &str, text: &str, message: String) {
        let slot = Slot::of(Subject::Query(self.spot));
        let value = Value::String(text.to_owned());
        self.differs(slot, Kind::Limit, message, Some(&value), &Path::Query(name));
    }
}
