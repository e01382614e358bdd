//! Alignment of the types of a document with ours, by the operations that send and return them.

use super::super::document::{Kind, Schema};
use super::Describer;
use super::bodies::Returned;
use super::fields::Shape;
use super::outline::Planned;
use crate::model::{Body, Operation, Output, TypeRef};
use crate::reconcile::field_type;
use crate::spec::Place;

impl<'a> Describer<'a> {
    /// Records the schemas of the types of an operation of ours.
    pub(super) fn align(&mut self, ours: &Operation, planned: &Planned<'a>) {
        let sent = planned.sent.schema();
        if let (Some(schema), Body::Type(name)) = (sent, &ours.body) {
            self.record(name, schema);
        }
        match (&planned.returned, &ours.output) {
            (Returned::Object(schema), Output::Type(name)) => self.record(name, schema),
            (Returned::List(list), Output::List(listing)) => {
                self.record(&listing.item, &list.item);
            }
            _ => {}
        }
    }

    /// Records the schema of a type, and of those inside of it.
    fn record(&mut self, name: &str, schema: &Schema<'a>) {
        let id = schema.name.clone();
        let id = id.unwrap_or_else(|| schema.at.pointer().to_owned());
        if !self.met.insert((name.to_owned(), id)) {
            return;
        }
        let ours = self.ours;
        let ty = ours.model.and_then(|model| model.types.get(name));
        let (Some(ty), Some((home, place))) = (ty, ours.symbols.home(name)) else {
            return;
        };
        let place = place.unwrap_or(Place::Response);
        let shape = Shape { place, schema: schema.clone(), ty: Some(ty) };
        self.aligned.entry(home.clone()).or_default().push(shape);
        for property in schema.properties() {
            if let Some(ty) = field_type(ty, property.name)
                && let Ok(schema) = property.read()
            {
                self.follow(&ty, &schema);
            }
        }
    }

    fn follow(&mut self, ty: &TypeRef, schema: &Schema<'a>) {
        match (ty, &schema.kind) {
            (TypeRef::List(ty) | TypeRef::Map(ty), Kind::List(_) | Kind::Map(_)) => {
                if let Some(Ok(schema)) = schema.element() {
                    self.follow(ty, &schema);
                }
            }
            (TypeRef::Record(name), Kind::Object) => self.record(name, schema),
            _ => {}
        }
    }
}
