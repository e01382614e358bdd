//! Alignment of a document with our description: operations by method and path or by ID, types by the operations that
//! send and return them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::document::{Kind, Operation, Schema};
use super::bodies::{self, Returned, Sent};
use super::conventions::Conventions;
use super::fields::Shape;
use super::groups::Group;
use super::outline::Planned;
use crate::model::{Body, Output, TypeRef};
use crate::reconcile::{Home, OurOperation, Ours, field_type};
use crate::spec::Place;

/// A document aligned with our description.
#[derive(Debug)]
pub(super) struct Aligned<'a, 'd> {
    ours: &'a Ours<'a>,
    pub(super) known: Vec<Known<'a, 'd>>,
    /// Operations that ours lacks.
    pub(super) new: Vec<Operation<'d>>,
    /// Schemas of our types.
    pub(super) types: BTreeMap<Home, Vec<Shape<'a, 'd>>>,
    /// Visited types, each with its schema.
    met: BTreeSet<(String, String)>,
}

/// An operation in both.
#[derive(Debug)]
pub(super) struct Known<'a, 'd> {
    pub(super) ours: OurOperation<'a>,
    pub(super) operation: Operation<'d>,
    /// `None` if it cannot be described.
    pub(super) planned: Option<Planned<'d>>,
}

/// Aligns a document.
pub(super) fn align<'a, 'd>(
    operations: Vec<Operation<'d>>,
    ours: &'a Ours<'a>,
    conventions: Conventions,
) -> Aligned<'a, 'd> {
    let (known, new) = (Vec::new(), Vec::new());
    let (types, met) = (BTreeMap::new(), BTreeSet::new());
    let mut aligned = Aligned { ours, known, new, types, met };
    for operation in operations {
        let known = ours.find(&operation.method, operation.path, operation.id);
        let Some(known) = known.cloned() else {
            aligned.new.push(operation);
            continue;
        };
        let group = known_group(&known, ours);
        let mut findings = Vec::new();
        let name = known.operation.name.clone();
        let bodies = bodies::read(&operation, &name, &group, conventions, &mut findings);
        let planned = bodies.ok().map(|(sent, returned)| {
            aligned.bodies(&known, &sent, &returned);
            let operation = operation.clone();
            Planned { name, operation, sent, returned, findings }
        });
        aligned.known.push(Known { ours: known, operation, planned });
    }
    aligned
}

/// Returns a service of ours, as far as it is needed to interpret bodies.
fn known_group<'d>(known: &OurOperation, ours: &Ours) -> Group<'d> {
    let resource = ours.resource(&known.file);
    let item = resource.and_then(|it| it.item_path.as_ref()).map(ToString::to_string);
    Group {
        tag: known.service.tag.clone(),
        path: resource.map(|it| it.path.to_string()).unwrap_or_default(),
        item,
        singleton: resource.is_some_and(|resource| resource.singleton),
        operations: Vec::new(),
    }
}

impl<'d> Aligned<'_, 'd> {
    fn bodies(
        &mut self,
        known: &OurOperation,
        sent: &Sent<'d>,
        returned: &Returned<'d>,
    ) {
        let operation = known.operation;
        if let (Some(schema), Body::Type(name)) = (sent.schema(), &operation.body) {
            self.record(name, schema);
        }
        match (returned, &operation.output) {
            (Returned::Object(schema), Output::Type(name)) => self.record(name, schema),
            (Returned::List(list), Output::List(listing)) => {
                self.record(&listing.item, &list.item);
            }
            _ => {}
        }
    }

    /// Records the schema of a type, and of those inside of it.
    fn record(&mut self, name: &str, schema: &Schema<'d>) {
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
        self.types.entry(home.clone()).or_default().push(shape);
        for property in schema.properties() {
            if let Some(ty) = field_type(ty, property.name)
                && let Ok(schema) = property.read()
            {
                self.follow(&ty, &schema);
            }
        }
    }

    fn follow(&mut self, ty: &TypeRef, schema: &Schema<'d>) {
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
