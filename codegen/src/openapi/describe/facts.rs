//! Facts of a field besides its type and bodies.

use super::super::document::{At, Schema};
use super::super::{Map, Tree};
use super::Describer;
use super::prose::Facts;
use super::shape::Found;
use crate::reconcile::NoteKind;
use crate::spec::Format;

/// Formats that are implied by a type, or have no meaning.
const IN_TYPES: &[&str] = &[
    "date-time",
    "int32",
    "int64",
    "uint32",
    "uint64",
    "double",
    "float",
    "password",
    "byte",
    "binary",
];

impl Describer<'_> {
    /// Returns formats, constraints and other facts, in the order in which they are written.
    pub(super) fn facts(
        &mut self,
        name: &str,
        found: &[Found],
        said: &Facts,
        kind: &str,
    ) -> Map {
        let element = found.iter().filter_map(|one| one.schema.nested().pop()).collect();
        let source = Source { found, element };
        let number = matches!(
            kind.rsplit(' ').next(),
            Some("int32" | "int64" | "uint32" | "uint64" | "float64")
        );
        let text = kind.ends_with("string");
        let unsigned = kind.contains("uint");
        let max_len = source
            .count("maxLength")
            .filter(|length| Some(*length) != said.max_bytes)
            .or(said.max_len)
            .filter(|_| text);
        let min = source.number("minimum").or(said.min);
        let min = min.filter(|min| number && !(unsigned && *min == 0.0));
        let max = source.number("maximum").or(said.max).filter(|_| number);
        let least = source.own_count("minItems").or(source.own_count("minProperties"));
        let format = self.format(name, &source, said).filter(|_| text);
        Map::new()
            .with_flag("secret", source.text("format") == Some("password"))
            .with_some("format", format)
            .with_some("key_format", source.key_format())
            .with_some("default", source.default(said))
            .with_filled("one_of", source.numbers(number))
            .with_some("max_bytes", said.max_bytes)
            .with_some("max_len", max_len)
            .with_some("min", min)
            .with_some("max", max)
            .with_some("min_items", least)
            .with_some("deprecated", source.deprecated(said))
    }

    /// Returns the format, in the words of a description.
    fn format(&mut self, name: &str, source: &Source, said: &Facts) -> Option<String> {
        let stated = source.text("format").filter(|format| !IN_TYPES.contains(format));
        let Some(stated) = stated else { return said.format.map(str::to_owned) };
        let known = known_format(stated);
        if let Some(first) = source.found.first().filter(|_| known.is_none()) {
            let message =
                format!("`{name}` has the unknown format `{stated}`, which was omitted");
            self.note(NoteKind::Undecided, &first.schema.at, message);
        }
        known
    }
}

/// Returns the name of a format in description files.
fn known_format(stated: &str) -> Option<String> {
    let name = stated.replace('-', "_");
    let name = match name.as_str() {
        "ipv4" | "ipv6" => "ip",
        "uri_reference" | "iri" => "url",
        "idn_email" => "email",
        other => other,
    };
    let known = serde_json::from_value::<Format>(name.into()).is_ok();
    known.then(|| name.to_owned())
}

/// The sources of a field's facts.
struct Source<'f, 'd> {
    found: &'f [Found<'d>],
    /// Schemas of one value, at the innermost element.
    element: Vec<Schema<'d>>,
}

impl<'d> Source<'_, 'd> {
    fn text(&self, key: &str) -> Option<&'d str> {
        self.element.iter().find_map(|schema| schema.text(key))
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.element.iter().find_map(|schema| schema.number(key))
    }

    fn count(&self, key: &str) -> Option<u32> {
        self.element.iter().find_map(|schema| schema.count(key))
    }

    /// Returns a count of the list or map as a whole.
    fn own_count(&self, key: &str) -> Option<u32> {
        self.found.iter().find_map(|one| one.schema.count(key))
    }

    fn default(&self, said: &Facts) -> Option<Tree> {
        let stated = self.found.iter().find_map(|one| one.schema.say("default"));
        let stated =
            stated.map(|at| at.tree()).filter(|value| !matches!(value, Tree::Null));
        stated.or_else(|| said.default.as_deref().map(value))
    }

    fn deprecated(&self, said: &Facts) -> Option<Tree> {
        let flagged = self.found.iter().any(|one| one.schema.own_flag("deprecated"));
        said.deprecated.clone().or(flagged.then_some(Tree::Bool(true)))
    }

    /// Returns the allowed values of a number.
    fn numbers(&self, number: bool) -> Tree {
        let values = self.element.first().into_iter().flat_map(|it| &it.values);
        let values = values.filter(|_| number);
        values.filter_map(|value| value.parse::<i64>().ok()).collect()
    }

    fn key_format(&self) -> Option<String> {
        let keys: Option<At> =
            self.found.iter().find_map(|one| one.schema.say("propertyNames"));
        known_format(keys?.text_of("format")?)
    }
}

/// Returns a value in prose, typed by its form.
fn value(text: &str) -> Tree {
    match text {
        "true" => Tree::Bool(true),
        "false" => Tree::Bool(false),
        _ => text.parse::<i64>().map_or_else(|_| Tree::from(text), Tree::from),
    }
}
