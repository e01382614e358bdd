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

    /// Returns our type of a field.
    pub(super) fn expected(&self, name: &str) -> Option<TypeRef> {
        field_type(self.ty?, name)
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

impl Found<'_> {
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

/// Interprets the schema of a property.
pub(super) fn found<'d>(
    place: Place,
    property: &Property<'d>,
    expected: Option<TypeRef>,
) -> Result<Found<'d>, Unreadable> {
    let required = property.required;
    let seen = |remark: &Remark| Seen {
        place,
        required,
        nullable: false,
        optional: false,
        at: Some(Remark { message: String::new(), ..remark.clone() }),
    };
    let schema = Schema::read(&property.at);
    let schema = schema.map_err(|remark| (seen(&remark), remark))?;
    Ok(Found { place, schema, required, expected })
}

/// A field that is there, though its schema cannot be read.
pub(super) type Unreadable = (Seen, Remark);
