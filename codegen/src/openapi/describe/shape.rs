//! Schemas of a type, and a field in each of them.

use super::super::document::{Property, Remark, Schema};
use super::prose::Facts;
use crate::model::{Type, TypeRef};
use crate::reconcile::{Seen, field_type};
use crate::spec::Place;

/// One of the schemas of a type.
#[derive(Debug, Clone)]
pub(super) struct Shape<'a, 'd> {
    pub(super) place: Place,
    pub(super) schema: Schema<'d>,
    /// Our type there.
    pub(super) ty: Option<&'a Type>,
}

impl<'d> Shape<'_, 'd> {
    pub(super) fn new(place: Place, schema: Schema<'d>) -> Self {
        Self { place, schema, ty: None }
    }
}

/// The owner of a field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner<'a> {
    pub(super) name: &'a str,
    /// Noun for one in prose.
    pub(super) noun: &'a str,
    /// Its bodies; none for a type of one shape.
    pub(super) places: &'a [Place],
    /// True if it is sent, so that its required fields are required in requests.
    pub(super) sent: bool,
    /// True for the resource of a service, to which the fields of `api.yaml` apply.
    pub(super) resource: bool,
}

/// A field in one of its bodies.
#[derive(Debug, Clone)]
pub(super) struct Found<'d> {
    pub(super) place: Place,
    pub(super) schema: Schema<'d>,
    pub(super) required: Option<bool>,
    /// Our type.
    pub(super) expected: Option<TypeRef>,
}

/// A field in all of its bodies, with what its prose says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject<'s, 'd> {
    pub(super) owner: Owner<'s>,
    pub(super) name: &'s str,
    pub(super) found: &'s [Found<'d>],
    pub(super) said: &'s Facts,
}

/// A field that is there, though its schema cannot be read.
pub(super) type Unreadable = (Seen, Remark);

impl<'d> Found<'d> {
    /// Interprets a property in a body, where a type of ours may have it.
    pub(super) fn read(
        place: Place,
        ty: Option<&Type>,
        property: &Property<'d>,
    ) -> Result<Self, Unreadable> {
        let required = property.required;
        let expected = ty.and_then(|ty| field_type(ty, property.name));
        match property.read() {
            Ok(schema) => Ok(Self { place, schema, required, expected }),
            Err(remark) => {
                let at = Some(Remark { message: String::new(), ..remark.clone() });
                let (nullable, optional) = (false, false);
                Err((Seen { place, required, nullable, optional, at }, remark))
            }
        }
    }

    pub(super) fn seen(&self, said: &Facts) -> Seen {
        let required = if said.required { Some(true) } else { self.required };
        Seen {
            place: self.place,
            required,
            nullable: self.schema.nullable,
            optional: self.required == Some(false),
            at: Some(self.schema.at.remark(String::new())),
        }
    }
}
