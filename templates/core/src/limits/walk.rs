//! Traversal of a body with the constraints of its type, down to every value that has some.

use serde_json::{Map, Value};

use super::invalid::Problem;
use super::text;

type Object = Map<String, Value>;

/// The traversal of a body.
pub(super) struct Walk<'l> {
    limits: &'l Value,
    pub(super) problems: Vec<Problem>,
}

impl<'l> Walk<'l> {
    #[inline]
    pub(super) fn new(limits: &'l Value) -> Self {
        Self { limits, problems: Vec::new() }
    }

    /// Checks a value of a named type.
    #[inline]
    pub(super) fn named(&mut self, name: &str, value: &Value, path: &str) {
        let Some(limits) = self.limits.get(name) else { return };
        let Some(object) = value.as_object() else { return };
        if let Some(choices) = limits.get("choices").and_then(Value::as_object) {
            self.union(choices, object, path);
        }
        for rule in list(limits, "rules") {
            self.rule(rule, object, path);
        }
        let fields = limits.get("fields").and_then(Value::as_object);
        for (key, limits) in fields.into_iter().flatten() {
            self.field(limits, key, object, &join(path, key));
        }
    }

    #[inline]
    fn add(&mut self, path: &str, message: impl Into<String>) {
        self.problems.push(Problem::new(path, message.into()));
    }

    #[inline]
    fn union(&mut self, choices: &Object, object: &Object, path: &str) {
        let given = object.iter().filter(|(_, value)| !is_zero(value));
        let given: Vec<_> = given.collect();
        if given.len() != 1 {
            let names: Vec<_> = choices.keys().map(String::as_str).collect();
            self.add(path, format!("must have exactly one of {}", names.join(", ")));
        }
        for (key, value) in given {
            if let Some(name) = choices.get(key).and_then(Value::as_str) {
                self.named(name, value, &join(path, key));
            }
        }
    }

    /// Checks a rule over several fields.
    #[inline]
    fn rule(&mut self, rule: &Value, object: &Object, path: &str) {
        let fields: Vec<_> = list(rule, "fields").filter_map(Value::as_str).collect();
        let is_given = |name: &str| object.get(name).is_some_and(|it| !is_absent(it));
        let given = fields.iter().filter(|name| is_given(name)).count();
        let condition = word(rule, "condition");
        let (holds, what) = match word(rule, "kind") {
            Some("one_of") => (given == 1, "exactly one of"),
            Some("at_most_one_of") => (given <= 1, "at most one of"),
            Some("together") => (given == 0 || given == fields.len(), "all or none of"),
            Some("requires") => {
                let asked = condition.is_some_and(is_given);
                (!asked || given == fields.len(), "all of")
            }
            _ => return,
        };
        if !holds {
            let when = condition.map(|name| format!(" when it has {name}"));
            let (names, when) = (fields.join(", "), when.unwrap_or_default());
            self.add(path, format!("must have {what} {names}{when}"));
        }
    }

    #[inline]
    fn field(&mut self, limits: &Value, key: &str, object: &Object, path: &str) {
        let value = object.get(key).unwrap_or(&Value::Null);
        self.siblings(limits, value, object, path);
        let required = is_set(limits, "required");
        if value.is_null() {
            if required {
                self.add(path, "is required");
            }
            return;
        }
        if is_empty(value) {
            if is_set(limits, "non_empty") || required && value.is_string() {
                self.add(path, "must not be empty");
            }
            if value.is_string() {
                return;
            }
        }
        self.value(limits, value, path);
    }

    /// Checks a field against the values of others.
    #[inline]
    fn siblings(&mut self, limits: &Value, value: &Value, object: &Object, path: &str) {
        for (rule, given, met, message) in [
            ("required_unless", false, false, "is required unless"),
            ("null_if", true, true, "must be absent if"),
            ("only_if", true, false, "may be given only if"),
        ] {
            let Some(wanted) = limits.get(rule).and_then(Value::as_object) else {
                continue;
            };
            // The server chooses the value of an absent field; an empty string counts as absent.
            let said = wanted
                .keys()
                .all(|name| object.get(name).is_some_and(|it| !is_empty(it)));
            let holds =
                wanted.iter().all(|(name, value)| object.get(name) == Some(value));
            let is_given = if given { !is_absent(value) } else { !is_empty(value) };
            if said && given == is_given && met == holds {
                let wanted =
                    wanted.iter().map(|(name, value)| format!("{name} is {value}"));
                let wanted: Vec<_> = wanted.collect();
                self.add(path, format!("{message} {}", wanted.join(" and ")));
            }
        }
    }

    #[inline]
    fn value(&mut self, limits: &Value, value: &Value, path: &str) {
        match value {
            Value::String(text) => {
                for problem in text::problems(limits, text) {
                    self.add(path, problem);
                }
            }
            Value::Number(number) => self.number(limits, number.as_f64(), path),
            Value::Array(elements) => {
                self.elements(limits, elements, path);
                for (index, element) in elements.iter().enumerate() {
                    self.value(limits, element, &format!("{path}[{index}]"));
                }
            }
            Value::Object(entries) => match word(limits, "in") {
                Some(name) if !is_set(limits, "map") => self.named(name, value, path),
                _ => self.entries(limits, entries, path),
            },
            Value::Null | Value::Bool(_) => {}
        }
    }

    #[inline]
    fn number(&mut self, limits: &Value, number: Option<f64>, path: &str) {
        let Some(number) = number else { return };
        let limit = |name: &str| limits.get(name).and_then(Value::as_f64);
        if let Some(min) = limit("min").filter(|min| number < *min) {
            self.add(path, format!("is less than {min}"));
        }
        if let Some(max) = limit("max").filter(|max| number > *max) {
            self.add(path, format!("is more than {max}"));
        }
        if word(limits, "format") == Some("http_status")
            && !(100.0..600.0).contains(&number)
        {
            self.add(path, "is no HTTP status");
        }
        // Zero counts as absent for some fields.
        let known = list(limits, "one_of").filter_map(Value::as_f64);
        let mut known = known.filter(|_| number != 0.0).peekable();
        if known.peek().is_some() && !known.any(|it| (it - number).abs() < f64::EPSILON)
        {
            self.add(path, "is none of the values it may have");
        }
    }

    #[inline]
    fn elements(&mut self, limits: &Value, elements: &[Value], path: &str) {
        let min = limits.get("min_items").and_then(Value::as_u64);
        let min = min.and_then(|min| usize::try_from(min).ok());
        if let Some(min) = min.filter(|min| elements.len() < *min) {
            self.add(path, format!("has fewer than {min} elements"));
        }
        if let Some(key) = word(limits, "distinct") {
            let by = |element: &Value| element.get(key).unwrap_or(element).to_string();
            let mut keys: Vec<_> = elements.iter().map(by).collect();
            keys.sort_unstable();
            if keys.windows(2).any(|pair| pair[0] == pair[1]) {
                self.add(path, "has the same element twice");
            }
        }
    }

    #[inline]
    fn entries(&mut self, limits: &Value, entries: &Object, path: &str) {
        for (key, value) in entries {
            let path = join(path, key);
            for problem in text::key_problems(limits, key) {
                self.add(&path, format!("has a key that {problem}"));
            }
            match word(limits, "in") {
                Some(name) => self.named(name, value, &path),
                None => self.value(limits, value, &path),
            }
        }
    }
}

#[inline]
fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

#[inline]
pub(super) fn list<'l>(
    limits: &'l Value,
    name: &str,
) -> impl Iterator<Item = &'l Value> {
    limits.get(name).and_then(Value::as_array).into_iter().flatten()
}

#[inline]
pub(super) fn word<'l>(limits: &'l Value, name: &str) -> Option<&'l str> {
    limits.get(name).and_then(Value::as_str)
}

#[inline]
pub(super) fn is_set(limits: &Value, name: &str) -> bool {
    limits.get(name) == Some(&Value::Bool(true))
}

#[inline]
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Returns true if the server, which is written in Go, treats a value as absent: its decoder cannot distinguish
/// zero from absent.
#[inline]
fn is_zero(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        _ => false,
    }
}

/// Returns true if a value counts as absent in rules over several fields.
#[inline]
fn is_absent(value: &Value) -> bool {
    is_zero(value) || is_empty(value)
}
