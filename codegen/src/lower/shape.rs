//! Shapes of types: their bodies, and derived properties.

use crate::model::Presence;
use crate::spec::{Entry, Field, Spanned};

use super::Context;
use super::places::{self, Place};
use super::type_expr::Use;

/// One shape of a type.
#[derive(Clone, Copy)]
pub(super) struct Shape<'a> {
    /// All bodies of the type; empty for a type of one shape.
    pub(super) available: &'a [Place],
    /// The bodies of this shape; empty for a type of one shape.
    pub(super) covers: &'a [Place],
    /// Nouns of a resource; only its fields may be those of `api.yaml`.
    pub(super) words: Option<&'a Words>,
    /// Name of the resource of a plain `id`.
    pub(super) own: Option<&'a str>,
    /// True if it does not belong to a deprecated service.
    pub(super) supported: bool,
}

/// The nouns of a resource.
pub(super) struct Words {
    pub(super) noun: String,
    pub(super) nouns: String,
}

impl Shape<'_> {
    pub(super) fn usage(&self) -> Use<'_> {
        Use {
            place: self.covers.first().copied(),
            own: self.own,
            supported: self.supported,
        }
    }
    /// Returns the presence of a field; `None` if it is never present.
    pub(super) fn presence(
        &self,
        field: &Field,
        entry: &Entry<Option<Field>>,
        context: &mut Context,
    ) -> Option<Presence> {
        let own = entry.value.as_ref().and_then(|own| own.places.as_ref());
        let common = own.is_none() && field.places.is_some();
        let (name, diagnostics) = (&entry.key, &mut *context.diagnostics);
        if self.available.is_empty() {
            return Some(match &field.places {
                // The marks of `api.yaml` also apply to one shape.
                Some(places) if common => places::merged(places),
                _ => places::single(field, name, diagnostics),
            });
        }
        let places = places::several(field, self.available, common, name, diagnostics);
        let here: Vec<Presence> =
            self.covers.iter().filter_map(|place| places.get(place).copied()).collect();
        (!here.is_empty()).then(|| Presence {
            required: here.iter().any(|presence| presence.required),
            nullable: here.iter().any(|presence| presence.nullable),
            optional: here.iter().any(|presence| presence.optional),
        })
    }
}

/// Returns error numbers, each of which may or may not be in `errors.yaml`.
pub(super) fn numbers(numbers: &[Spanned<u32>]) -> Vec<u32> {
    numbers.iter().map(|number| **number).collect()
}
