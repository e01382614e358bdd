//! Renamed types, so that their consequences are not reported everywhere.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{Body, Field, Ident, Model, Output, Record, Type, TypeRef};

/// New names of types by their old ones.
pub(super) struct Renames<'m> {
    names: BTreeMap<&'m str, &'m str>,
}

impl<'m> Renames<'m> {
    /// Finds the types that exist under another name with the same contents.
    pub(super) fn of(old: &'m Model, new: &'m Model) -> Self {
        let mut fresh = missing_from(old, new);
        let mut names = BTreeMap::new();
        for (name, content) in missing_from(new, old) {
            let same = fresh.iter().position(|(_, other)| *other == content);
            if let Some(place) = same {
                names.insert(name, fresh.remove(place).0);
            }
        }
        Self { names }
    }

    /// Iterates over the old and the new names.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'m str, &'m str)> {
        self.names.iter().map(|(old, new)| (*old, *new))
    }

    /// Returns the current name of an old type.
    pub(super) fn name(&self, old: &str) -> Ident {
        self.names.get(old).map_or_else(|| old.to_owned(), |new| (*new).to_owned())
    }

    /// Returns true if a new name belongs to an old type.
    pub(super) fn is_new_name(&self, name: &str) -> bool {
        self.names.values().any(|new| *new == name)
    }

    /// Returns true if an old type was renamed.
    pub(super) fn is_old_name(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// Returns the type of an old field with new names.
    pub(super) fn ty(&self, old: &TypeRef) -> TypeRef {
        let target =
            |target: &Option<Ident>| target.as_ref().map(|name| self.name(name));
        let all = |kinds: &[Ident]| -> Vec<Ident> {
            kinds.iter().map(|name| self.name(name)).collect()
        };
        match old {
            TypeRef::Scalar(scalar) => TypeRef::Scalar(*scalar),
            TypeRef::Id { kinds, target: to } => {
                TypeRef::Id { kinds: all(kinds), target: target(to) }
            }
            TypeRef::Ref { kinds, target: to } => {
                TypeRef::Ref { kinds: all(kinds), target: target(to) }
            }
            TypeRef::List(item) => TypeRef::List(Box::new(self.ty(item))),
            TypeRef::Map(value) => TypeRef::Map(Box::new(self.ty(value))),
            TypeRef::Record(name) => TypeRef::Record(self.name(name)),
            TypeRef::Enum(name) => TypeRef::Enum(self.name(name)),
        }
    }

    /// Returns an old field with new names.
    pub(super) fn field(&self, old: &Field) -> Field {
        Field { ty: self.ty(&old.ty), ..old.clone() }
    }

    /// Returns an old body with new names.
    pub(super) fn body(&self, old: &Body) -> Body {
        match old {
            Body::Type(name) => Body::Type(self.name(name)),
            other => other.clone(),
        }
    }

    /// Returns an old response with new names.
    pub(super) fn output(&self, old: &Output) -> Output {
        let mut output = old.clone();
        match &mut output {
            Output::Type(name) => *name = self.name(name),
            Output::List(list) => list.item = self.name(&list.item),
            Output::Nothing => {}
        }
        output
    }
}

/// Returns the types that only one model contains, with their contents.
fn missing_from<'m>(other: &Model, model: &'m Model) -> Vec<(&'m str, Option<Value>)> {
    let missing =
        model.types.iter().filter(|(name, _)| !other.types.contains_key(*name));
    missing.map(|(name, ty)| (name.as_str(), content(ty, name))).collect()
}

/// Returns the contents of a type, without its documentation and its own name.
fn content(ty: &Type, name: &str) -> Option<Value> {
    let mut ty = ty.clone();
    match &mut ty {
        Type::Record(record) => forget_docs(record),
        Type::Union(union) => {
            union.docs.clear();
            union.choices.iter_mut().for_each(|choice| choice.docs.clear());
        }
        Type::Enum(enumeration) => {
            enumeration.docs.clear();
            enumeration.variants.iter_mut().for_each(|variant| variant.docs.clear());
        }
    }
    let mut value = serde_json::to_value(ty).ok()?;
    forget(&mut value, name);
    Some(value)
}

fn forget_docs(record: &mut Record) {
    record.docs.clear();
    record.fields.iter_mut().for_each(|field| field.docs.clear());
}

/// Removes a name everywhere, such as in IDs of the type itself.
fn forget(value: &mut Value, name: &str) {
    match value {
        Value::String(text) if text == name => text.clear(),
        Value::Array(values) => values.iter_mut().for_each(|value| forget(value, name)),
        Value::Object(map) => map.values_mut().for_each(|value| forget(value, name)),
        _ => {}
    }
}
