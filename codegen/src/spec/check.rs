//! Validation of a file against the schema of its type.
//!
//! Takes a [`Node`]; reports all errors in one pass, and removes invalid and incomplete values. Knows no type: the
//! schema defines the accepted keys and values.

use std::ops::RangeInclusive;

use schemars::JsonSchema;
use serde_json::Value;

use super::schema::{self, definition};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span, did_you_mean, suggest};
use crate::yaml::{Key, Node, NodeKind, Pairs};
use crate::yaml::{Scalar, resolve};

/// Checks a value of a type. Returns false if nothing of it remains.
pub(super) fn check<T: JsonSchema>(
    root: &mut Node,
    diagnostics: &mut Diagnostics,
) -> bool {
    Checker { diagnostics }.value(root, definition(&T::schema_name()), None)
}

/// Returns the kind of a value, by its name in schemas; `None` if its error has been reported.
pub(super) fn kind_of(node: &Node) -> Option<&'static str> {
    match (&node.kind, node.scalar()) {
        (NodeKind::List(_), _) => Some("array"),
        (NodeKind::Map(_), _) => Some("object"),
        (_, Some((_, Scalar::Text))) => Some("string"),
        (_, Some((_, Scalar::Flag(_)))) => Some("boolean"),
        (_, Some((_, Scalar::Number(_)))) => Some("number"),
        (_, Some((_, Scalar::Null))) => Some("null"),
        (_, None) => None,
    }
}

/// Returns the kind of values that a schema accepts, besides null; `None` for any.
fn kind_of_schema(schema: &Value) -> Option<&str> {
    match &schema["type"] {
        Value::Array(kinds) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null")
        }
        Value::Null => known_values(schema).map(|_| "string"),
        kind => kind.as_str(),
    }
}

/// Returns the name of a kind in messages.
fn words(kind: &str) -> &'static str {
    match kind {
        "string" => "a string",
        "boolean" => "`true` or `false`",
        "integer" => "a whole number",
        "number" => "a number",
        "array" => "a list",
        "object" => "a map",
        _ => "nothing",
    }
}

struct Checker<'a> {
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    /// Checks a value, whose name is its key in the surrounding map.
    fn value(
        &mut self,
        node: &mut Node,
        schema: &'static Value,
        name: Option<Span>,
    ) -> bool {
        let schema = resolved(schema);
        if let Some(choices) = schema["anyOf"].as_array() {
            return self.choice(node, choices, name);
        }
        if let Some(known) = known_values(schema) {
            return self.known_value(node, &known);
        }
        let (expected, found) = (kind_of_schema(schema), kind_of(node));
        let title = title(node, name);
        match (expected, &mut node.kind) {
            (_, NodeKind::Refused) => false,
            (None, _) => without_refused(node),
            (Some("array"), NodeKind::List(items)) => {
                let schema = &schema["items"];
                items.retain_mut(|item| self.value(item, schema, None));
                true
            }
            (Some("object"), NodeKind::Map(entries)) => {
                if schema["properties"].is_object() {
                    return self.record(entries, schema, title);
                }
                let schema = &schema["additionalProperties"];
                entries
                    .retain(|_, (key, value)| self.value(value, schema, Some(key.span)));
                true
            }
            (Some("integer"), _) => self.whole_number(node, &schema["format"]),
            (_, NodeKind::Scalar { .. }) if found == expected => true,
            (Some(expected), _) => self.wrong_kind(node, words(expected)),
        }
    }

    /// Checks a value of one of several kinds, or an optional one.
    fn choice(
        &mut self,
        node: &mut Node,
        choices: &'static [Value],
        name: Option<Span>,
    ) -> bool {
        let kind = |choice| kind_of_schema(resolved(choice));
        if let [value, nothing] = choices
            && kind(nothing) == Some("null")
        {
            return node.is_null() || self.value(node, value, name);
        }
        let found = kind_of(node);
        if let Some(choice) = choices.iter().find(|choice| kind(choice) == found) {
            return self.value(node, choice, name);
        }
        let expected = choices.iter().filter_map(kind).map(words);
        let expected: Vec<_> = expected.flat_map(|words| words.split(" or ")).collect();
        self.wrong_kind(node, &in_words(&expected, "or"))
    }

    /// Checks the entries of a map with known keys.
    fn record(
        &mut self,
        entries: &mut Pairs,
        schema: &'static Value,
        title: Span,
    ) -> bool {
        let properties = &schema["properties"];
        let known = properties.as_object().into_iter().flat_map(|known| known.keys());
        let known: Vec<&str> = known.map(String::as_str).collect();
        let required = schema["required"].as_array().into_iter().flatten();
        let required: Vec<&str> = required.filter_map(Value::as_str).collect();
        let absent = |key: &&&str| !explains_absence(entries, key, &known);
        let missing: Vec<_> =
            required.iter().filter(absent).map(|key| format!("`{key}`")).collect();
        if !missing.is_empty() {
            let keys = if missing.len() == 1 { "key" } else { "keys" };
            let message = format!("missing {keys} {}", in_words(&missing, "and"));
            self.diagnostics.error(Code::MissingKey, title, message);
        }
        entries.retain(|_, (key, value)| match properties.get(&key.text) {
            Some(schema) => self.property(key, value, schema),
            None => self.unknown_key(key, &known),
        });
        required.iter().all(|key| entries.contains_key(*key))
    }

    /// Checks the value of a known key. An optional key has a value if it is present.
    fn property(&mut self, key: &Key, value: &mut Node, schema: &'static Value) -> bool {
        if value.is_null() && accepts_null(schema) && schema["default"].is_null() {
            let message = format!("key `{}` has no value", key.text);
            let problem = Diagnostic::error(Code::NoValue, value.span, message);
            self.diagnostics.push(problem.help("write a value, or leave the key out"));
            return false;
        }
        value.is_null() && accepts_null(schema)
            || self.value(value, schema, Some(key.span))
    }

    fn unknown_key(&mut self, key: &Key, known: &[&str]) -> bool {
        let message = format!("unknown key `{}`", key.text);
        let help = did_you_mean(&key.text, known.iter().copied())
            .or_else(|| schema::home_of(&key.text))
            .unwrap_or_else(|| all("keys", known));
        let problem = Diagnostic::error(Code::UnknownKey, key.span, message);
        self.diagnostics.push(problem.help(help));
        false
    }

    fn known_value(&mut self, node: &Node, known: &[&str]) -> bool {
        match node.scalar() {
            Some((text, _)) if known.contains(&text) => true,
            Some((text, Scalar::Text)) => {
                let message = format!("unknown value `{text}`");
                let help = did_you_mean(text, known.iter().copied());
                let help = help.unwrap_or_else(|| all("values", known));
                let problem = Diagnostic::error(Code::UnknownValue, node.span, message);
                self.diagnostics.push(problem.help(help));
                false
            }
            _ => self.wrong_kind(node, words("string")),
        }
    }

    fn whole_number(&mut self, node: &Node, format: &Value) -> bool {
        let Some((_, Scalar::Number(number))) = node.scalar() else {
            return self.wrong_kind(node, words("integer"));
        };
        let range = range(format);
        let fits = number.as_i128().is_some_and(|number| range.contains(&number));
        if !fits {
            let (least, most) = (range.start(), range.end());
            let message = format!(
                "expected a whole number from {least} to {most}, found {number}"
            );
            self.diagnostics.error(Code::OutOfRange, node.span, message);
        }
        fits
    }

    fn wrong_kind(&mut self, node: &Node, expected: &str) -> bool {
        let found = match (kind_of(node), node.text()) {
            (None, _) => return false,
            (Some("boolean"), Some(text)) => format!("`{text}`"),
            (Some(kind), _) => words(kind).to_owned(),
        };
        let message = format!("expected {expected}, found {found}");
        let problem = Diagnostic::error(Code::WrongKind, node.span, message);
        self.diagnostics.push(problem.help_if(other_notation(node, expected)));
        false
    }
}

/// Follows references to named types.
fn resolved(mut schema: &'static Value) -> &'static Value {
    while let Some((_, name)) =
        schema["$ref"].as_str().and_then(|it| it.rsplit_once('/'))
    {
        schema = definition(name);
    }
    schema
}

/// Returns the values of an enum, with or without descriptions.
fn known_values(schema: &Value) -> Option<Vec<&str>> {
    let groups =
        schema["oneOf"].as_array().map_or(std::slice::from_ref(schema), Vec::as_slice);
    let values = groups.iter().flat_map(|group| {
        let listed = group["enum"].as_array().into_iter().flatten();
        listed.chain(group.get("const")).filter_map(Value::as_str)
    });
    Some(values.collect::<Vec<_>>()).filter(|values| !values.is_empty())
}

fn accepts_null(schema: &'static Value) -> bool {
    let schema = resolved(schema);
    let is_null = |kind: &Value| kind == "null";
    match (&schema["anyOf"], &schema["type"]) {
        (Value::Array(choices), _) => choices.iter().any(accepts_null),
        (_, Value::Array(kinds)) => kinds.iter().any(is_null),
        (_, Value::Null) => known_values(schema).is_none(),
        (_, kind) => is_null(kind),
    }
}

fn range(format: &Value) -> RangeInclusive<i128> {
    match format.as_str() {
        Some("uint8") => 0..=u8::MAX.into(),
        Some("uint16") => 0..=u16::MAX.into(),
        Some("uint32") => 0..=u32::MAX.into(),
        Some("uint64") => 0..=u64::MAX.into(),
        Some("int32") => i32::MIN.into()..=i32::MAX.into(),
        _ => i64::MIN.into()..=i64::MAX.into(),
    }
}

/// Removes values whose error has been reported from one of any kind.
fn without_refused(node: &mut Node) -> bool {
    match &mut node.kind {
        NodeKind::Refused => return false,
        NodeKind::List(items) => items.retain_mut(without_refused),
        NodeKind::Map(entries) => entries.retain(|_, (_, value)| without_refused(value)),
        NodeKind::Scalar { .. } => {}
    }
    true
}

/// Returns the location that represents a whole value.
fn title(node: &Node, name: Option<Span>) -> Span {
    let first_key = node.entries().next().map(|(key, _)| key.span);
    name.or(first_key).unwrap_or(node.span)
}

/// Returns true if a required key is present, or another diagnostic explains its absence: its name was misspelt.
fn explains_absence(entries: &Pairs, key: &str, known: &[&str]) -> bool {
    entries.values().any(|(other, _)| {
        let unknown = !known.contains(&other.text.as_str());
        let meant = || suggest(&other.text, known.iter().copied());
        other.text == key || unknown && meant() == Some(key)
    })
}

/// Returns the notation of the same text as the expected kind.
fn other_notation(node: &Node, expected: &str) -> Option<String> {
    let NodeKind::Scalar { text, plain } = &node.kind else { return None };
    let resolved = resolve(text);
    let is_number = matches!(resolved, Scalar::Number(_));
    if *plain
        && expected.contains("a string")
        && (is_number || matches!(resolved, Scalar::Flag(_)))
    {
        return Some(format!("put it in quotes: \"{text}\""));
    }
    if !plain && expected.contains("number") && is_number {
        return Some("take the quotes away".to_owned());
    }
    let flag = match text.to_lowercase().as_str() {
        "yes" | "on" | "true" => "true",
        "no" | "off" | "false" => "false",
        _ => return None,
    };
    expected.contains("`true`").then(|| format!("write `{flag}`"))
}

fn all(what: &str, known: &[&str]) -> String {
    let mut known = known.to_vec();
    known.sort_unstable();
    format!("known {what} are `{}`", known.join("`, `"))
}

/// Joins words in a sentence.
fn in_words(words: &[impl AsRef<str>], link: &str) -> String {
    let words: Vec<_> = words.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        [first @ .., last] if !first.is_empty() => {
            format!("{} {link} {last}", first.join(", "))
        }
        words => words.concat(),
    }
}
