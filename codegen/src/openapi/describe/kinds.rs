//! Types of fields: kinds and targets.

use super::super::document::{At, Kind, Schema};
use super::Describer;
use super::naming::singular;
use super::prose::Facts;
use super::shape::{Found, Owner};
use crate::model::{Scalar, TypeRef};
use crate::names::type_name;
use crate::reconcile::{FileDraft, NoteKind, names_in};

/// Formats of integers.
const INTEGERS: [&str; 4] = ["int32", "int64", "uint32", "uint64"];

impl Describer<'_> {
    /// Returns the type of a field, and that of its requests if different; `None` if a description has no such type.
    pub(super) fn kind(
        &mut self,
        owner: Owner,
        name: &str,
        found: &[Found],
        said: &Facts,
        out: &mut FileDraft,
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
                let message = format!("`{name}` {what}");
                self.note(NoteKind::Inexpressible, &first.at, message);
                None
            }
        }
    }

    /// Returns true if a schema does not contradict our type. The values of enums are recorded.
    pub(super) fn fits(&mut self, ty: &TypeRef, schema: &Schema, said: &Facts) -> bool {
        match (ty, &schema.kind) {
            (TypeRef::List(ty), Kind::List(element))
            | (TypeRef::Map(ty), Kind::Map(element)) => {
                match element.as_ref().map(Schema::read) {
                    Some(Ok(schema)) => self.fits(ty, &schema, said),
                    Some(Err(_)) | None => true,
                }
            }
            (TypeRef::Map(_), Kind::Object) => schema.properties().is_empty(),
            (TypeRef::Ref { .. }, Kind::Object) => {
                let address = |name: &str| matches!(name, "id" | "uri" | "url" | "href");
                schema.properties().iter().all(|it| address(it.name))
            }
            (TypeRef::Enum(name), Kind::Text) => {
                self.known_values(name, schema, said);
                true
            }
            (TypeRef::Id { .. } | TypeRef::Scalar(Scalar::String), Kind::Text) => {
                let time = schema.text("format") == Some("date-time") || said.timestamp;
                schema.values.is_empty() && said.values.is_empty() && !time
            }
            // An object without keys is compatible with any.
            (TypeRef::Record(_), Kind::Object | Kind::Map(None))
            | (TypeRef::Ref { .. }, Kind::Map(None))
            | (TypeRef::Scalar(Scalar::Timestamp), Kind::Text)
            | (TypeRef::Scalar(Scalar::Bool), Kind::Flag)
            | (TypeRef::Scalar(Scalar::Float64), Kind::Number | Kind::Integer) => true,
            (TypeRef::Scalar(_), Kind::Integer | Kind::Number) => {
                let known = type_text(ty);
                let stated = schema.text("format");
                let stated = stated.filter(|stated| INTEGERS.contains(stated));
                INTEGERS.contains(&known.as_str())
                    && stated.is_none_or(|stated| stated == known)
            }
            _ => false,
        }
    }

    /// Returns a list or map, by the type of its elements.
    fn elements(
        &mut self,
        word: &str,
        owner: Owner,
        name: &str,
        found: &[Found],
        said: &Facts,
        out: &mut FileDraft,
    ) -> Option<(String, Option<String>)> {
        let mut inner = Vec::new();
        for one in found {
            let (Kind::List(element) | Kind::Map(element)) = &one.schema.kind else {
                continue;
            };
            match element.as_ref().map(Schema::read) {
                Some(Ok(schema)) => inner.push(Found { schema, ..one.clone() }),
                Some(Err(remark)) => {
                    self.findings.push((NoteKind::Inexpressible, remark));
                }
                None => {}
            }
        }
        if inner.is_empty() {
            if let Some(usual) = self.usual(name, word) {
                return Some((usual, None));
            }
            let at = &found.first()?.schema.at;
            let message =
                format!("`{name}` has no type of elements; strings are assumed");
            self.note(NoteKind::Undecided, at, message);
            return Some((format!("{word} of string"), None));
        }
        let (kind, request) = self.kind(owner, &singular(name), &inner, said, out)?;
        let request = request.map(|kind| format!("{word} of {kind}"));
        Some((format!("{word} of {kind}"), request))
    }

    fn text(
        &mut self,
        owner: Owner,
        name: &str,
        schema: &Schema,
        said: &Facts,
        out: &mut FileDraft,
    ) -> String {
        if !schema.values.is_empty() || !said.values.is_empty() {
            return self.enumeration(owner, name, schema, said, out);
        }
        if schema.text("format") == Some("date-time") || said.timestamp {
            return "timestamp".to_owned();
        }
        if schema.text("format").is_some() {
            return "string".to_owned();
        }
        let by_name = self.usual(name, "").or_else(|| self.id_by_name(name));
        if let Some(kind) = &by_name {
            let message = format!("`{name}` is taken for `{kind}`, going by its name");
            self.note(NoteKind::Inferred, &schema.at, message);
        }
        by_name.unwrap_or_else(|| "string".to_owned())
    }

    /// Returns `id X` for a field named like a resource with `_id`.
    fn id_by_name(&self, name: &str) -> Option<String> {
        let resource = type_name(name.strip_suffix("_id").filter(|_| self.guesses)?);
        self.symbols.is_pointed_to(&resource).then(|| format!("id {resource}"))
    }

    fn integer(&self, name: &str, schema: &Schema) -> String {
        let stated = schema.text("format").filter(|format| INTEGERS.contains(format));
        let usual = || {
            let usual = self.usual(name, "")?;
            matches!(usual.as_str(), "int32" | "uint32" | "uint64").then_some(usual)
        };
        let known = stated.map(str::to_owned).or_else(usual);
        known.unwrap_or_else(|| "int64".to_owned())
    }

    /// Returns the type of all other fields with this name, if documents do not distinguish it from others.
    fn usual(&self, name: &str, word: &str) -> Option<String> {
        let usual = self.symbols.usual(name).filter(|_| self.guesses)?;
        let simple = matches!(usual, "timestamp" | "int32" | "uint32" | "uint64");
        let pointer = usual.starts_with("id ");
        let collection = !word.is_empty() && usual.starts_with(word);
        let is_enum = self.symbols.is_enum(usual);
        let known = names_in(usual).all(|name| self.symbols.get(name).is_some());
        let fits = simple || pointer || is_enum || collection;
        (fits && known && (collection || word.is_empty())).then(|| usual.to_owned())
    }

    /// Returns `ref X` for an object with only an ID and an address.
    pub(super) fn reference(&mut self, name: &str, schema: &Schema) -> Option<String> {
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
        let own = schema.name.as_ref().map(|name| type_name(name));
        let is_resource = own.is_some_and(|name| self.symbols.is_pointed_to(&name));
        (is_reference && !is_resource).then(|| self.target(name, &schema.at))
    }

    /// Returns the target of a field, by its name.
    fn target(&mut self, name: &str, at: &At) -> String {
        let resource = type_name(name);
        let usual = self.symbols.usual(name).filter(|usual| usual.starts_with("ref "));
        let usual = usual.filter(|usual| {
            names_in(usual).all(|name| self.symbols.get(name).is_some())
        });
        let is_resource = self.symbols.is_pointed_to(&resource);
        let by_name = is_resource.then(|| format!("ref {resource}"));
        let Some(kind) = by_name.or_else(|| usual.map(str::to_owned)) else {
            let message = format!("`{name}` is a reference, but its target is unknown");
            self.note(NoteKind::Undecided, at, message);
            return "ref any".to_owned();
        };
        let message = format!("`{name}` is taken for `{kind}`, going by its name");
        self.note(NoteKind::Inferred, at, message);
        kind
    }
}

/// Returns a type in the words of a description.
pub(crate) fn type_text(ty: &TypeRef) -> String {
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
