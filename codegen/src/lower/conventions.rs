//! What `api.yaml` adds: properties of operations by name, and defaults of the fields of a resource.

use crate::names::{article, plural};
use crate::spec::{
    Api, Entries, Field, Operation, OperationDetails, Place, Resource, Spanned,
};

use super::Context;
use super::shapes::limited;

/// The properties of an operation, with defaults from its name.
pub(super) struct Merged<'a> {
    pub(super) name: &'a Spanned<String>,
    pub(super) own: &'a OperationDetails,
    convention: Option<&'a OperationDetails>,
}

impl<'a> Merged<'a> {
    /// Merges the properties of an operation.
    pub(super) fn of(
        name: &'a Spanned<String>,
        given: &'a Operation,
        context: &Context<'a>,
    ) -> Self {
        let convention = context.spec.api.operations.get(name);
        Self { name, own: given.details(), convention }
    }

    /// Returns its own property or, if there is none, that of its name.
    pub(super) fn get<T>(
        &self,
        pick: impl Fn(&'a OperationDetails) -> Option<&'a T>,
    ) -> Option<&'a T> {
        pick(self.own).or_else(|| self.convention.and_then(pick))
    }
}

/// Returns the fields of a resource, with the defaults of `api.yaml` as far as they apply to its bodies.
pub(super) fn fields(
    resource: &Resource,
    available: &[Place],
    api: &Api,
) -> Entries<Field> {
    let words = Words::of(resource);
    let speak = |text: String| {
        text.replace("{nouns}", &words.nouns).replace("{noun}", &words.noun)
    };
    let fields = resource.fields.iter().filter_map(|(name, own)| {
        let own = own.clone().unwrap_or_default();
        let common = api.fields.get(name).filter(|_| own.kind.is_none());
        let Some(common) = common.filter(|common| common.kind.is_some()) else {
            return Some((name.clone(), own));
        };
        let is_common = own.places.is_none();
        let mut field = overlay(common.clone(), own);
        field.doc = field.doc.map(|doc| doc.map(speak));
        let field = if is_common { limited(field, available)? } else { field };
        Some((name.clone(), field))
    });
    fields.collect()
}

/// Returns a field with the properties of another one that it does not have itself.
fn overlay(common: Field, own: Field) -> Field {
    macro_rules! either {
        ($($key:ident),*) => {
            Field {
                $($key: own.$key.or(common.$key),)*
                required: own.required || common.required,
                nullable: own.nullable || common.nullable,
                optional: own.optional || common.optional,
                secret: own.secret || common.secret,
                one_of: if own.one_of.is_empty() { common.one_of } else { own.one_of },
                errors: if own.errors.is_empty() { common.errors } else { own.errors },
            }
        };
    }
    either! {
        kind, request_type, places, doc, prefix, format, key_format, keys, default, max_bytes, max_len, min, max,
        min_items, unit, equal, only_on, written_as, deprecated, openapi, rules
    }
}

/// The nouns of a resource.
pub(super) struct Words {
    pub(super) noun: String,
    pub(super) nouns: String,
}

impl Words {
    pub(super) fn of(resource: &Resource) -> Self {
        let nouns = resource.nouns.as_ref().map(ToString::to_string);
        let nouns = nouns.unwrap_or_else(|| plural(&resource.noun));
        Self { noun: resource.noun.to_string(), nouns }
    }

    /// Returns the noun with its article: `an IP policy`.
    pub(super) fn one(&self) -> String {
        if self.noun == self.nouns {
            return self.noun.clone();
        }
        format!("{} {}", article(&self.noun), self.noun)
    }
}
