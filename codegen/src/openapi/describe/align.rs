//! Alignment of a document with our description: operations by method and path or by ID, types by the operations that
//! send and return them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::document::{Kind, Operation, Schema};
use super::conventions::Conventions;
use super::groups::Group;
use super::outline::{self, Returned, Sent};
use super::shape::Shape;
use crate::model::{Body, Output, Type, TypeRef};
use crate::reconcile::{Finding, Home, OurOperation, Ours};
use crate::spec::Place;

/// A document aligned with our description.
#[derive(Debug, Default)]
pub(super) struct Aligned<'a, 'd> {
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
    /// Draft of its bodies; `None` if it cannot be described.
    pub(super) bodies: Option<(Sent<'d>, Returned<'d>)>,
    pub(super) findings: Vec<Finding>,
}

/// Aligns a document.
pub(super) fn align<'a, 'd>(
    operations: Vec<Operation<'d>>,
    ours: &'a Ours<'a>,
    conventions: &Conventions,
) -> Aligned<'a, 'd> {
    let mut aligned = Aligned::default();
    for operation in operations {
        let Some(known) = ours.find(&operation.method, operation.path, operation.id)
        else {
            aligned.new.push(operation);
            continue;
        };
        let group = known_group(known, ours);
        let mut findings = Vec::new();
        let name = &known.operation.name;
        let bodies = outline::read(&operation, name, &group, conventions, &mut findings);
        let bodies = bodies.ok();
        if let Some((sent, returned)) = &bodies {
            aligned.bodies(known, sent, returned, ours);
        }
        let ours = known.clone();
        aligned.known.push(Known { ours, operation, bodies, findings });
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

impl<'a, 'd> Aligned<'a, 'd> {
    fn bodies(
        &mut self,
        known: &OurOperation<'a>,
        sent: &Sent<'d>,
        returned: &Returned<'d>,
        ours: &'a Ours<'a>,
    ) {
        let operation = known.operation;
        if let (Sent::Place(_, schema) | Sent::Type(schema), Body::Type(name)) =
            (sent, &operation.body)
        {
            self.record(name, schema, ours);
        }
        match (returned, &operation.output) {
            (Returned::Object(schema), Output::Type(name)) => {
                self.record(name, schema, ours);
            }
            (Returned::List(list), Output::List(listing)) => {
                self.record(&listing.item, &list.item, ours);
            }
            _ => {}
        }
    }

    /// Records the schema of a type, and of those inside of it.
    fn record(&mut self, name: &'a str, schema: &Schema<'d>, ours: &'a Ours<'a>) {
        let id = schema.name.clone();
        let id = id.unwrap_or_else(|| schema.at.pointer().to_owned());
        if !self.met.insert((name.to_owned(), id)) {
            return;
        }
        let ty = ours.model.and_then(|model| model.types.get(name));
        let (Some(ty), Some((home, place))) = (ty, ours.symbols.home(name)) else {
            return;
        };
        let place = place.unwrap_or(Place::Response);
        let shape = Shape { place, schema: schema.clone(), ty: Some(ty) };
        self.types.entry(home.clone()).or_default().push(shape);
        for property in schema.properties() {
            let inner = fields(ty).find(|(wire, _)| *wire == property.name);
            if let (Some((_, ty)), Ok(schema)) = (inner, Schema::read(&property.at)) {
                self.follow(ty, &schema, ours);
            }
        }
    }

    fn follow(&mut self, ty: Inner<'a>, schema: &Schema<'d>, ours: &'a Ours<'a>) {
        let (Some(ty), Kind::List(Some(at)) | Kind::Map(Some(at))) =
            (ty.element(), &schema.kind)
        else {
            if let (Some(name), Kind::Object) = (ty.record(), &schema.kind) {
                self.record(name, schema, ours);
            }
            return;
        };
        if let Ok(schema) = Schema::read(at) {
            self.follow(Inner::Type(ty), &schema, ours);
        }
    }
}

/// The contents of a field: any type, or a record.
#[derive(Clone, Copy)]
enum Inner<'a> {
    Type(&'a TypeRef),
    Record(&'a str),
}

impl<'a> Inner<'a> {
    fn element(self) -> Option<&'a TypeRef> {
        match self {
            Self::Type(TypeRef::List(inner) | TypeRef::Map(inner)) => Some(inner),
            _ => None,
        }
    }

    fn record(self) -> Option<&'a str> {
        match self {
            Self::Record(name) => Some(name),
            Self::Type(TypeRef::Record(name)) => Some(name),
            Self::Type(_) => None,
        }
    }
}

fn fields(ty: &Type) -> Box<dyn Iterator<Item = (&str, Inner<'_>)> + '_> {
    match ty {
        Type::Record(record) => {
            let fields = record.fields.iter();
            Box::new(fields.map(|it| (it.wire.as_str(), Inner::Type(&it.ty))))
        }
        Type::Union(union) => {
            let choices = union.choices.iter();
            Box::new(choices.map(|it| (it.wire.as_str(), Inner::Record(&it.ty))))
        }
        Type::Enum(_) => Box::new(std::iter::empty()),
    }
}
