//! What a field says beside its type and places.

use std::collections::BTreeMap;

use super::super::super::document::{At, Kind, Schema};
use super::super::super::extension;
use super::super::super::{Map, Tree};
use super::super::notes::NoteKind;
use super::super::prose::Facts;
use super::{Found, Maker};
use crate::spec::Format;

/// The formats that a type says already, or that say nothing.
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

impl Maker {
    /// Formats, limits and whatever else is said, in the order it is written in.
    pub(in super::super) fn rest(
        &mut self,
        name: &str,
        found: &[Found],
        said: &Facts,
        kind: &str,
    ) -> Map {
        let source = Source { found, element: element(found) };
        let number = matches!(
            kind.rsplit(' ').next(),
            Some("int32" | "int64" | "uint32" | "uint64" | "float64")
        );
        let text = kind.ends_with("string");
        let unsigned = kind.contains("uint");
        let max_bytes = source
            .fact(extension::MAX_BYTES)
            .and_then(|at| at.text()?.parse().ok())
            .or(said.max_bytes);
        let same = |length: &u32| Some(*length) != max_bytes;
        let max_len =
            source.count("maxLength").filter(same).or(said.max_len).filter(|_| text);
        let min = source
            .number("minimum")
            .or(said.min)
            .filter(|min| number && !(unsigned && *min == 0.0));
        let max = source.number("maximum").or(said.max).filter(|_| number);
        let least = source.own_count("minItems").or(source.own_count("minProperties"));
        Map::new()
            .with_flag(extension::SECRET, source.is_secret())
            .with_some(
                "format",
                self.format(name, &source, said).filter(|_| text || self.own),
            )
            .with_some("key_format", source.key_format())
            .with_some("keys", source.keys())
            .with_some("default", source.default(said))
            .with_filled("one_of", source.numbers(number))
            .with_some(extension::MAX_BYTES, max_bytes)
            .with_some("max_len", max_len)
            .with_some("min", min)
            .with_some("max", max)
            .with_some("min_items", least)
            .with_some(extension::UNIT, source.fact_tree(extension::UNIT))
            .with_some(
                extension::ONLY_ON,
                source
                    .fact_tree(extension::ONLY_ON)
                    .or(said.only_on.as_deref().map(Tree::from)),
            )
            .with_some(extension::WRITTEN_AS, source.fact_tree(extension::WRITTEN_AS))
            .with_some(extension::ERRORS, source.fact_tree(extension::ERRORS))
            .with_some(extension::DEPRECATED, source.deprecated(said))
            .with_some("openapi", source.unpublished().then_some(false))
            .with_some(extension::RULES, source.fact_tree(extension::RULES))
    }

    /// The format, in the words of a description.
    fn format(&mut self, name: &str, source: &Source, said: &Facts) -> Option<String> {
        let stated = source.text("format").filter(|format| !IN_TYPES.contains(format));
        let Some(stated) = stated else { return said.format.map(str::to_owned) };
        if let Some(known) = known_format(stated) {
            return Some(known);
        }
        if let Some(first) = source.found.first() {
            let message = format!(
                "`{name}` has the format `{stated}`, which is not known here; it was left out"
            );
            self.notes.at(NoteKind::Undecided, &first.schema.at, message);
        }
        None
    }
}

/// The name that the files of a description have for a format.
pub(in super::super) fn known_format(stated: &str) -> Option<String> {
    let aliases: BTreeMap<&str, &str> = BTreeMap::from([
        ("ipv4", "ip"),
        ("ipv6", "ip"),
        ("uri_reference", "url"),
        ("iri", "url"),
        ("idn_email", "email"),
    ]);
    let name = stated.replace('-', "_");
    let name = aliases.get(name.as_str()).map_or(name.clone(), ToString::to_string);
    let known = serde_json::from_value::<Format>(name.clone().into()).is_ok();
    known.then_some(name)
}

/// The innermost element of what a field holds.
fn element<'d>(found: &[Found<'d>]) -> Vec<Schema<'d>> {
    let innermost = |one: &Found<'d>| {
        let mut schema = one.schema.clone();
        for _ in 0..8 {
            let inner = match &schema.kind {
                Kind::List(Some(inner)) | Kind::Map(Some(inner)) => {
                    Schema::read(inner).ok()
                }
                _ => None,
            };
            match inner {
                Some(inner) => schema = inner,
                None => break,
            }
        }
        schema
    };
    found.iter().map(innermost).collect()
}

/// Where the facts of a field are found.
struct Source<'f, 'd> {
    found: &'f [Found<'d>],
    /// What holds for one value stands at the innermost element.
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

    /// What is said of the list or map as a whole.
    fn own_count(&self, key: &str) -> Option<u32> {
        self.found.iter().find_map(|one| one.schema.count(key))
    }

    /// What `OpenAPI` has no word for.
    fn fact(&self, key: &str) -> Option<At<'d>> {
        self.found.iter().find_map(|one| one.schema.fact(key))
    }

    fn fact_tree(&self, key: &str) -> Option<Tree> {
        self.fact(key).map(|at| at.tree())
    }

    fn is_secret(&self) -> bool {
        let said = self.fact(extension::SECRET).is_some();
        said || self.text("format") == Some("password")
    }

    fn unpublished(&self) -> bool {
        self.found.iter().all(|one| {
            let said = one.schema.fact(extension::PUBLISHED);
            said.and_then(|said| said.text()) == Some("false")
        })
    }

    fn default(&self, said: &Facts) -> Option<Tree> {
        let stated = self.found.iter().find_map(|one| one.schema.say("default"));
        let stated =
            stated.or_else(|| self.fact(extension::DEFAULT)).map(|at| at.tree());
        stated
            .filter(|value| !matches!(value, Tree::Null))
            .or_else(|| said.default.as_deref().map(value))
    }

    fn deprecated(&self, said: &Facts) -> Option<Tree> {
        let known =
            self.fact_tree(extension::DEPRECATED).or_else(|| said.deprecated.clone());
        let flagged = self.found.iter().any(|one| one.schema.own_flag("deprecated"));
        known.or(flagged.then_some(Tree::Bool(true)))
    }

    /// The values that a number may have.
    fn numbers(&self, number: bool) -> Tree {
        let values = self
            .element
            .first()
            .map(|schema| schema.values.as_slice())
            .unwrap_or_default();
        values
            .iter()
            .filter(|_| number)
            .filter_map(|value| value.parse::<i64>().ok())
            .collect()
    }

    fn key_schema(&self) -> Option<At<'d>> {
        self.found.iter().find_map(|one| one.schema.say("propertyNames"))
    }

    fn key_format(&self) -> Option<String> {
        known_format(self.key_schema()?.text_of("format")?)
    }

    fn keys(&self) -> Option<String> {
        let kinds =
            self.key_schema()?.get(extension::KEY)?.texts(extension::ID).join(" | ");
        (!kinds.is_empty()).then(|| format!("id {kinds}"))
    }
}

/// A value that prose mentions, as what it looks like.
fn value(text: &str) -> Tree {
    match text {
        "true" => Tree::Bool(true),
        "false" => Tree::Bool(false),
        _ => text.parse::<i64>().map_or_else(|_| Tree::from(text), Tree::from),
    }
}
