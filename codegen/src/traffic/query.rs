//! Checks of the address of a request against the parameters of its operation.

use chrono::DateTime;
use serde_json::Value;

use crate::model::{Listing, Output, Scalar, Type, TypeRef};

use super::check::Walk;
use super::findings::{Kind, Note, SLOT, Seen, Step, Subject, Weight};

impl<'m> Walk<'m, '_> {
    /// Checks the parameters of the path and the query.
    pub(super) fn query(&mut self, query: &[(String, String)]) {
        let operation = self.operation;
        for (parameter, argument) in operation.parameters.iter().zip(self.arguments) {
            let path = Step::Argument(parameter.wire.clone());
            self.value(Subject::Path(self.spot), &parameter.ty, argument, path);
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
            let path = Step::Query(name.to_owned());
            return self.value(Subject::Query(self.spot), &known.ty, text, path);
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
                let subject = Subject::Query(self.spot);
                let note = Note::new(Weight::New, Kind::UnknownQuery, subject, message);
                self.add(note.foreign(name), seen(Step::Query(name.to_owned()), text));
            }
        }
    }

    fn filter(&mut self, list: &'m Listing, name: &str, text: &str) {
        for field in fields(text, &self.model.api.filter_object) {
            if is_known(field, &list.filter) {
                continue;
            }
            let message = format!("a filter mentions `{SLOT}`");
            let subject = Subject::Query(self.spot);
            let note =
                Note::new(Weight::New, Kind::UnknownFilterField, subject, message);
            self.add(note.foreign(field), seen(Step::Query(name.to_owned()), text));
        }
    }

    /// Checks the value of a parameter against its type.
    fn value(&mut self, subject: Subject<'m>, ty: &'m TypeRef, text: &str, path: Step) {
        let json = || serde_json::from_str::<Value>(text).unwrap_or_default();
        let (fits, kind, message) = match ty {
            TypeRef::Enum(name) => {
                let Some(Type::Enum(known)) = self.model.types.get(name) else { return };
                if !known.variants.iter().any(|variant| variant.wire == text) {
                    let message = format!("`{SLOT}` is no value of {name}");
                    let (kind, subject) = (Kind::UnknownValue, Subject::Type(name));
                    let note = Note::new(Weight::New, kind, subject, message);
                    self.add(note.foreign(text), seen(path, text));
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
            let note = Note::new(Weight::Differs, kind, subject, message);
            self.add(note, seen(path, text));
        }
    }

    fn query_note(&mut self, name: &str, text: &str, message: String) {
        let subject = Subject::Query(self.spot);
        let note = Note::new(Weight::Differs, Kind::Limit, subject, message);
        self.add(note, seen(Step::Query(name.to_owned()), text));
    }
}

fn seen(path: Step, text: &str) -> Seen {
    Seen::at(vec![path], Some(&Value::String(text.to_owned())))
}

/// Returns the fields of `object` in an expression: of `obj.a == "obj.b" && obj.c.d > 1`, these are `a` and `c.d`.
fn fields<'t>(text: &'t str, object: &str) -> Vec<&'t str> {
    let mut fields = Vec::new();
    for piece in outside_quotes(text) {
        for (at, _) in piece.match_indices(object) {
            let before = piece[..at].chars().next_back();
            let starts = before.is_none_or(|c| !is_of_word(c) && c != '.');
            let Some(rest) = piece[at + object.len()..].strip_prefix('.') else {
                continue;
            };
            let end = rest.find(|c| !is_of_word(c) && c != '.').unwrap_or(rest.len());
            let field = rest[..end].trim_end_matches('.');
            if starts && field.starts_with(is_of_word) {
                fields.push(field);
            }
        }
    }
    fields
}

/// Returns true if a field is a known one, or inside of one, or a function of one.
fn is_known(field: &str, known: &[String]) -> bool {
    known.iter().any(|known| {
        let rest = field.strip_prefix(known.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// Returns the parts of an expression that are not in quotes.
fn outside_quotes(text: &str) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some(start) = rest.find(['"', '\'']) {
        pieces.push(&rest[..start]);
        let quote = &rest[start..=start];
        let inside = &rest[start + 1..];
        match closing(inside, quote) {
            Some(end) => rest = &inside[end + 1..],
            None => return pieces,
        }
    }
    pieces.push(rest);
    pieces
}

fn closing(text: &str, quote: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if !escaped && quote.starts_with(c) {
            return Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_outside_of_text() {
        let found = |text| fields(text, "obj");
        assert_eq!(found(r#"obj.a == "obj.b" && obj.c.d > 1"#), ["a", "c.d"]);
        assert_eq!(found(r"size(obj.a)==0||'it\'s obj.x'==obj.b"), ["a", "b"]);
        assert_eq!(found("myobj.a || x.obj.b || obj. || obj"), [""; 0]);
        assert_eq!(found("obj.ä == \"obj.b"), ["ä"]);
        assert_eq!(found("obj.a.startsWith(\"x\")"), ["a.startsWith"]);
        assert_eq!(found(""), [""; 0]);
    }

    #[test]
    fn what_is_inside_of_known_fields_is_known() {
        let known = ["a".to_owned(), "owner.id".to_owned()];
        for field in ["a", "a.b", "a.startsWith", "owner.id"] {
            assert!(is_known(field, &known), "{field}");
        }
        for field in ["ab", "owner", "owner.uri", ""] {
            assert!(!is_known(field, &known), "{field}");
        }
    }
}
