//! The fields of one shape of a type.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{self, Limits, Presence, Wrapper};
use crate::names::field_name;
use crate::spec::{Entries, Entry, Field, Format, Spanned};

use super::places::{self, Place};
use super::type_expr::{self, Use};
use super::{Context, docs, services};

/// One shape of a type.
#[derive(Clone, Copy)]
pub(super) struct Shape<'a> {
    /// All places the type has; empty for a type of one shape.
    pub(super) available: &'a [Place],
    /// The places this shape is for; empty for a type of one shape.
    pub(super) covers: &'a [Place],
    /// The words for a resource; only its fields may be those of `api.yaml`.
    pub(super) words: Option<&'a Words>,
    /// Name of the resource that a bare `id` means.
    pub(super) own: Option<&'a str>,
    /// It does not belong to a deprecated service.
    pub(super) supported: bool,
}

/// What a resource is called in prose.
pub(super) struct Words {
    pub(super) noun: String,
    pub(super) nouns: String,
}

impl Shape<'_> {
    fn usage(&self) -> Use<'_> {
        Use { place: self.covers.first().copied(), own: self.own, supported: self.supported }
    }

    fn is_sent(&self) -> bool {
        self.covers.is_empty() || self.covers.iter().any(|place| *place != Place::Response)
    }

    /// When a field is there; `None` where it never is.
    fn presence(&self, field: &Field, name: &Spanned<String>, context: &mut Context) -> Option<Presence> {
        if self.available.is_empty() {
            return Some(places::single(field, name, context.diagnostics));
        }
        let places = places::several(field, self.available, name, context.diagnostics);
        let here: Vec<Presence> =
            self.covers.iter().filter_map(|place| places.get(place).copied()).collect();
        (!here.is_empty()).then(|| Presence {
            required: here.iter().any(|presence| presence.required),
            nullable: here.iter().any(|presence| presence.nullable),
            optional: here.iter().any(|presence| presence.optional),
        })
    }
}

/// The fields that a shape has.
pub(super) fn lower(entries: &Entries<Option<Field>>, shape: Shape, context: &mut Context) -> Vec<model::Field> {
    let fields: Vec<_> = entries.iter().filter_map(|entry| one(entry, shape, context)).collect();
    report_collisions(entries, context);
    fields
}

/// The field as if it had been written out, with what `api.yaml` says of it.
pub(super) fn effective(
    entry: &Entry<Option<Field>>,
    words: Option<&Words>,
    context: &mut Context,
) -> Option<Field> {
    let own = entry.value.as_ref();
    if let Some(own) = own.filter(|own| own.kind.is_some()) {
        return Some(own.clone());
    }
    let common = words.and_then(|words| Some((words, context.spec.api.fields.get(&entry.key)?)));
    let Some((words, common)) = common else {
        let names: Vec<_> = context.spec.api.fields.keys().map(|key| key.as_str()).collect();
        let message = format!("`{}` has no type, and `api.yaml` has no such field", *entry.key);
        let help = did_you_mean(&entry.key, names).unwrap_or_else(|| "add `type:`".to_owned());
        context.diagnostics.push(Diagnostic::error("missing-type", entry.key.span, message).help(help));
        return None;
    };
    let mut field = own.map_or_else(|| common.clone(), |own| overlay(common, own));
    let speak = |text: String| text.replace("{nouns}", &words.nouns).replace("{noun}", &words.noun);
    field.doc = field.doc.map(|doc| doc.map(speak));
    Some(field)
}

fn overlay(common: &Field, own: &Field) -> Field {
    macro_rules! either {
        ($($key:ident),*) => {
            Field {
                $($key: own.$key.clone().or_else(|| common.$key.clone()),)*
                required: own.required || common.required,
                nullable: own.nullable || common.nullable,
                optional: own.optional || common.optional,
                secret: own.secret || common.secret,
                one_of: if own.one_of.is_empty() { common.one_of.clone() } else { own.one_of.clone() },
                errors: if own.errors.is_empty() { common.errors.clone() } else { own.errors.clone() },
            }
        };
    }
    either!(
        kind, request_type, places, doc, prefix, format, key_format, keys, default, max_bytes, max_len, min, max,
        min_items, unit, only_on, written_as, deprecated, openapi, rules
    )
}

fn one(entry: &Entry<Option<Field>>, shape: Shape, context: &mut Context) -> Option<model::Field> {
    let field = effective(entry, shape.words, context)?;
    let presence = shape.presence(&field, &entry.key, context)?;
    let in_request = shape.covers.iter().any(|place| *place != Place::Response);
    let kind = field.request_type.as_ref().filter(|_| in_request).or(field.kind.as_ref())?;
    let ty = type_expr::parse(kind, shape.usage(), context)?;
    let limits = limits(&field, shape, context);
    Some(model::Field {
        wire: entry.key.to_string(),
        name: field_name(&entry.key),
        ty,
        wrapper: Wrapper::Plain,
        presence,
        docs: field_docs(&field, &entry.key, shape, context),
        secret: field.secret,
        limits,
        default: field.default.as_ref().map(|value| (**value).clone()),
        only_on: field.only_on.as_ref().map(ToString::to_string),
        written_as: field.written_as.as_ref().map(ToString::to_string),
        errors: numbers(&field.errors, context),
        deprecated: field.deprecated.as_ref().and_then(|said| services::deprecation(said)),
        openapi: field.openapi.unwrap_or(true),
    })
}

/// Error numbers, each of which `errors.yaml` may or may not name.
pub(super) fn numbers(numbers: &[Spanned<u32>], _context: &mut Context) -> Vec<u32> {
    numbers.iter().map(|number| **number).collect()
}

fn limits(field: &Field, shape: Shape, context: &mut Context) -> Limits {
    let format = |format: &Option<Spanned<Format>>| {
        format.as_ref().and_then(|format| serde_json::to_value(**format).ok()?.as_str().map(str::to_owned))
    };
    let rules = field.rules.as_ref().and_then(|rules| serde_json::to_value(rules).ok());
    let keys = field.keys.as_ref();
    Limits {
        format: format(&field.format),
        key_format: format(&field.key_format),
        keys: keys.map(|keys| type_expr::parse_kinds(keys, shape.usage(), context)).unwrap_or_default(),
        one_of: field.one_of.clone(),
        max_bytes: field.max_bytes.as_deref().copied(),
        max_len: field.max_len.as_deref().copied(),
        min: field.min.as_deref().copied(),
        max: field.max.as_deref().copied(),
        min_items: field.min_items.as_deref().copied(),
        unit: field.unit.as_ref().map(ToString::to_string),
        rules: rules.and_then(|rules| rules.as_object().cloned()).unwrap_or_default(),
    }
}

fn field_docs(field: &Field, name: &Spanned<String>, shape: Shape, context: &mut Context) -> Vec<String> {
    let Some(doc) = &field.doc else {
        let message = format!("`{}` has no description", **name);
        let problem = Diagnostic::warning("missing-doc", name.span, message);
        context.diagnostics.push(problem.help("add `doc:` with what a user needs to know"));
        return docs::lines(&format!("The field `{}`.", **name));
    };
    let mut lines = docs::lower(doc, context);
    let facts = facts(field, shape.is_sent());
    if !facts.is_empty() {
        let prose = if lines.contains(&String::new()) { "" } else { doc.as_str() };
        if prose.is_empty() {
            lines.extend([String::new(), facts.join(" ")]);
        } else {
            lines = docs::lines(&format!("{} {}", prose.trim(), facts.join(" ")));
        }
    }
    lines
}

/// What the description says beside the prose, in sentences.
fn facts(field: &Field, sent: bool) -> Vec<String> {
    let mut facts = Vec::new();
    let mut say = |fact: Option<String>| facts.extend(fact);
    if let Some(said) = field.deprecated.as_ref().and_then(|said| services::deprecation(said)) {
        say(Some(format!("**Deprecated**: {}", said.note)));
    }
    say(field.only_on.as_ref().map(|operation| format!("Only the answer to `{}` has it.", **operation)));
    if sent {
        say(field.max_bytes.as_ref().map(|max| format!("Up to {} bytes.", **max)));
        say(field.max_len.as_ref().map(|max| format!("Up to {} characters.", **max)));
        say(range(field));
        say(field.min_items.as_ref().map(|min| format!("At least {} of them.", **min)));
        say(one_of(field));
        say(field.default.as_ref().map(|value| match value.as_str() {
            Some(text) => format!("Default: `{text}`."),
            None => format!("Default: `{}`.", **value),
        }));
    }
    facts
}

fn range(field: &Field) -> Option<String> {
    match (field.min.as_deref(), field.max.as_deref()) {
        (Some(min), Some(max)) => Some(format!("From {min} to {max}.")),
        (Some(min), None) => Some(format!("At least {min}.")),
        (None, Some(max)) => Some(format!("At most {max}.")),
        (None, None) => None,
    }
}

fn one_of(field: &Field) -> Option<String> {
    let values: Vec<_> = field.one_of.iter().map(|value| format!("`{value}`")).collect();
    (!values.is_empty()).then(|| format!("One of {}.", values.join(", ")))
}

/// Two keys that become one name in Rust.
fn report_collisions(entries: &Entries<Option<Field>>, context: &mut Context) {
    let keys = entries.keys().map(|key| (field_name(key), key));
    collisions("field", keys, context);
}

/// Reports names that more than one source would get.
pub(super) fn collisions<'k>(
    what: &str,
    names: impl Iterator<Item = (String, &'k Spanned<String>)>,
    context: &mut Context,
) {
    let mut seen: BTreeMap<String, &Spanned<String>> = BTreeMap::new();
    for (name, key) in names {
        if let Some(earlier) = seen.get(&name) {
            let message = format!("`{}` and `{}` would both become the {what} `{name}`", ***earlier, **key);
            let problem = Diagnostic::error("name-collision", key.span, message);
            context.diagnostics.push(problem.related(earlier.span, "the other one"));
        } else {
            seen.insert(name, key);
        }
    }
}
