//! The types of fields: what kind of value, and what it points to.

use crate::model::{Scalar, TypeRef};
use crate::names::type_name;

use super::super::super::document::{At, Kind, Schema};
use super::super::super::extension;
use super::super::known::{NameKind, names_in};
use super::super::naming::singular;
use super::super::notes::NoteKind;
use super::super::prose::Facts;
use super::{FileTypes, Found, Maker, Owner};

impl Maker {
    /// The type of a field, and that of its requests where it is another one.
    pub(super) fn kind(
        &mut self,
        owner: Owner,
        name: &str,
        found: &[Found],
        said: &Facts,
        out: &mut FileTypes,
    ) -> Option<(String, Option<String>)> {
        let first = &found.first()?.schema;
        match &first.kind {
            Kind::Text => Some((self.text(owner, name, first, said, out), None)),
            Kind::Flag => Some(("bool".to_owned(), None)),
            Kind::Integer => Some((self.integer(name, first), None)),
            Kind::Number => Some(("float64".to_owned(), None)),
            Kind::List(_) => self.elements("list", owner, name, found, said, out),
            Kind::Map(_) => self.elements("map", owner, name, found, said, out),
            Kind::Object => self.object(owner, name, found, out),
            Kind::Other(what) => {
                self.notes.at(
                    NoteKind::Inexpressible,
                    &first.at,
                    format!("`{name}` {what}"),
                );
                None
            }
        }
    }

    /// A list or map, by the type of its elements.
    fn elements(
        &mut self,
        word: &str,
        owner: Owner,
        name: &str,
        found: &[Found],
        said: &Facts,
        out: &mut FileTypes,
    ) -> Option<(String, Option<String>)> {
        let mut inner = Vec::new();
        for one in found {
            let (Kind::List(element) | Kind::Map(element)) = &one.schema.kind else {
                continue;
            };
            let element = element.as_ref().map(Schema::read);
            match element {
                Some(Ok(schema)) => inner.push(Found { schema, ..one.clone() }),
                Some(Err(remark)) => self.notes.remark(NoteKind::Inexpressible, remark),
                None => {}
            }
        }
        if inner.is_empty() {
            if let Some(usual) = self.usual(name, word) {
                return Some((usual, None));
            }
            let at = &found.first()?.schema.at;
            let message =
                format!("`{name}` does not say what its elements are; taken for texts");
            self.notes.at(NoteKind::Undecided, at, message);
            return Some((format!("{word} of string"), None));
        }
        let (kind, request) = self.kind(owner, &singular(name), &inner, said, out)?;
        Some((
            format!("{word} of {kind}"),
            request.map(|kind| format!("{word} of {kind}")),
        ))
    }

    fn text(
        &mut self,
        owner: Owner,
        name: &str,
        schema: &Schema,
        said: &Facts,
        out: &mut FileTypes,
    ) -> String {
        if let Some(kinds) = kinds(schema, extension::ID) {
            return if kinds == owner.name {
                "id".to_owned()
            } else {
                format!("id {kinds}")
            };
        }
        if !schema.values.is_empty() || !said.values.is_empty() {
            return self.enumeration(owner, name, schema, said, out);
        }
        if schema.text("format") == Some("date-time") || said.timestamp {
            return "timestamp".to_owned();
        }
        if self.own || schema.text("format").is_some() {
            return "string".to_owned();
        }
        let by_name = self.usual(name, "").or_else(|| self.id_by_name(name));
        if let Some(kind) = &by_name {
            let message = format!("`{name}` is taken for `{kind}`, going by its name");
            self.notes.at(NoteKind::Inferred, &schema.at, message);
        }
        by_name.unwrap_or_else(|| "string".to_owned())
    }

    /// `id X`, where the name is that of a resource with `_id` behind it.
    fn id_by_name(&self, name: &str) -> Option<String> {
        let resource = type_name(name.strip_suffix("_id")?);
        self.known.is_pointed_to(&resource).then(|| format!("id {resource}"))
    }

    fn integer(&mut self, name: &str, schema: &Schema) -> String {
        let format = schema.text("format");
        let known = format
            .filter(|format| matches!(*format, "int32" | "int64" | "uint32" | "uint64"));
        let usual = self
            .usual(name, "")
            .filter(|usual| matches!(usual.as_str(), "int32" | "uint32" | "uint64"));
        known
            .map(str::to_owned)
            .or(usual.filter(|_| !self.own))
            .unwrap_or_else(|| "int64".to_owned())
    }

    /// The type that all fields of this name have elsewhere, if it is one that a document does not tell from others.
    fn usual(&self, name: &str, word: &str) -> Option<String> {
        let usual = self.known.usual(name).filter(|_| !self.own)?;
        let simple = matches!(usual, "timestamp" | "int32" | "uint32" | "uint64");
        let pointer = usual.starts_with("id ");
        let collection = !word.is_empty() && usual.starts_with(word);
        let named = names_in(usual).next() == Some(usual);
        let is_enum = named
            && self.known.get(usual).is_none_or(|name| name.kind == NameKind::Enum);
        let known = names_in(usual).all(|name| self.known.get(name).is_some());
        ((simple || pointer || is_enum || collection)
            && (known || is_enum)
            && (collection || word.is_empty()))
        .then(|| usual.to_owned())
    }

    /// `ref X`, for an object with nothing but an id and an address.
    pub(super) fn reference(&mut self, name: &str, schema: &Schema) -> Option<String> {
        if let Some(kinds) = kinds(schema, extension::REF) {
            return Some(format!("ref {kinds}"));
        }
        let properties = schema.properties();
        let texts = properties.iter().all(|property| {
            Schema::read(&property.at)
                .is_ok_and(|schema| matches!(schema.kind, Kind::Text))
        });
        let names: Vec<_> = properties.iter().map(|property| property.name).collect();
        let is_address = |name: &&str| matches!(*name, "uri" | "url" | "href" | "self");
        let is_reference = texts
            && names.len() == 2
            && names.contains(&"id")
            && names.iter().any(is_address);
        let is_resource = schema
            .name
            .as_ref()
            .is_some_and(|name| self.known.is_pointed_to(&type_name(name)));
        if !is_reference || is_resource {
            return None;
        }
        Some(self.target(name, &schema.at))
    }

    /// What a field points to, going by its name.
    fn target(&mut self, name: &str, at: &At) -> String {
        let resource = type_name(name);
        let usual = self.known.usual(name).filter(|usual| usual.starts_with("ref "));
        let usual = usual
            .filter(|usual| names_in(usual).all(|name| self.known.get(name).is_some()));
        let by_name =
            self.known.is_pointed_to(&resource).then(|| format!("ref {resource}"));
        let Some(kind) = by_name.or_else(|| usual.map(str::to_owned)) else {
            let message =
                format!("`{name}` points to something, but nothing says to what");
            self.notes.at(NoteKind::Undecided, at, message);
            return "ref any".to_owned();
        };
        let message = format!("`{name}` is taken for `{kind}`, going by its name");
        self.notes.at(NoteKind::Inferred, at, message);
        kind
    }
}

/// The kinds of things that an id or reference may belong to, where the document says so.
fn kinds(schema: &Schema, key: &str) -> Option<String> {
    let kinds = schema.facts(key).join(" | ");
    (!kinds.is_empty()).then_some(kinds)
}

/// A type in the words of a description.
pub(in super::super) fn type_text(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Scalar(scalar) => match scalar {
            Scalar::String => "string",
            Scalar::Bool => "bool",
            Scalar::Int32 => "int32",
            Scalar::Int64 => "int64",
            Scalar::Uint32 => "uint32",
            Scalar::Uint64 => "uint64",
            Scalar::Float64 => "float64",
            Scalar::Timestamp => "timestamp",
        }
        .to_owned(),
        TypeRef::Id { kinds, .. } => format!("id {}", kinds.join(" | ")),
        TypeRef::Ref { kinds, .. } => format!("ref {}", kinds.join(" | ")),
        TypeRef::List(inner) => format!("list of {}", type_text(inner)),
        TypeRef::Map(inner) => format!("map of {}", type_text(inner)),
        TypeRef::Record(name) | TypeRef::Enum(name) => name.clone(),
    }
}
