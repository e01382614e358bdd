//! Types with fields: one for each object in a field, with its other shapes.

use std::collections::BTreeMap;

use super::super::Map;
use super::super::document::Schema;
use super::fields::{Found, Owner, Shape, Subject};
use super::kinds::Kinds;
use super::naming::noun;
use super::{Describer, prose, unsupported};
use crate::names::type_name;
use crate::reconcile::{NoteKind, Symbol, TypeDraft};
use crate::spec::Place;

/// Maximum nesting of unnamed types.
pub(super) const DEPTH_LIMIT: usize = 40;

/// A type without a name: the named type around it, and the JSON pointers of its schemas.
pub(super) type Unnamed = (String, Vec<(Place, String)>);

/// Names of the shapes of a type that differ from the first.
type Views = BTreeMap<Place, String>;

impl Describer<'_> {
    /// Returns the type of an object in a field.
    pub(super) fn object(&mut self, subject: Subject) -> Option<Kinds> {
        let Subject { owner, name: field, found, .. } = subject;
        let first = returned_or_first(found)?;
        if let Some(reference) = self.reference(field, first) {
            return Some((reference, None));
        }
        if let Some(request) = self.resource_in_request(subject) {
            let mut returned = found.to_vec();
            returned.retain(|one| one.place == Place::Response);
            if owner.places.is_empty() || returned.is_empty() {
                return Some((request, None));
            }
            let (kind, _) = self.object(Subject { found: &returned, ..subject })?;
            return Some((kind, Some(request)));
        }
        if first.name.is_none()
            && let Some(known) = self.unnamed.get(&self.place(subject))
        {
            return Some(known.clone());
        }
        let base = first.name.as_ref().map(|name| type_name(name));
        let base = base.unwrap_or_else(|| {
            let wanted = type_name(&format!("{}_{field}", owner.name));
            self.free_name(&wanted, &first.at)
        });
        let shapes = found.iter().map(|it| Shape::new(it.place, it.schema.clone()));
        let shapes: Vec<_> = shapes.collect();
        let views = views(&base, first, &shapes);
        let Some(known) = self.symbols.get(&base) else {
            return self.new_object(subject, base, &views, shapes);
        };
        let is_known = |view: &String| known.views.values().any(|known| known == view);
        let Some((place, view)) = views.into_iter().find(|(_, view)| !is_known(view))
        else {
            return Some((base, None));
        };
        // The type is known, but with other shapes: the one that is sent is a separate type.
        let sent = shapes.into_iter().find(|shape| {
            (shape.place == place || place == Place::Request)
                && shape.place != Place::Response
        });
        if self.symbols.get(&view).is_none() {
            self.describe_type(&view, &Views::new(), &Vec::from_iter(sent), true);
        }
        Some((base, Some(view)))
    }

    /// Describes the type of an object in a field, which has this name.
    fn new_object(
        &mut self,
        subject: Subject,
        base: String,
        views: &Views,
        mut shapes: Vec<Shape>,
    ) -> Option<Kinds> {
        let Subject { owner, name: field, found, .. } = subject;
        let first = returned_or_first(found)?;
        if self.depth > DEPTH_LIMIT {
            let message = format!("`{field}` is nested too deeply");
            self.note(NoteKind::Inexpressible, &first.at, message);
            return None;
        }
        // What is sent may be a type already, which stays one.
        let other = views.values().find(|view| self.symbols.get(view).is_some());
        let kinds = (base, other.cloned());
        // The type may contain itself.
        if first.name.is_none() {
            let place = self.place(subject);
            self.outermost.insert(kinds.0.clone(), place.0.clone());
            self.unnamed.insert(place, kinds.clone());
        }
        // Inside of a type of one shape, only the type determines whether it is sent.
        let sent = owner.places.is_empty() && owner.sent;
        if kinds.1.is_some() {
            shapes.retain(|shape| shape.place == Place::Response);
            self.describe_type(&kinds.0, &Views::new(), &shapes, sent);
        } else {
            self.describe_type(&kinds.0, views, &shapes, sent);
        }
        Some(kinds)
    }

    /// Returns the place of a field's schema, and the named type around it.
    fn place(&self, subject: Subject) -> Unnamed {
        let Subject { owner, found, .. } = subject;
        let outermost =
            self.outermost.get(owner.name).map_or(owner.name, String::as_str);
        let places =
            found.iter().map(|one| (one.place, one.schema.at.pointer().to_owned()));
        (outermost.to_owned(), places.collect())
    }

    /// Returns the name of a type that is a whole body.
    pub(super) fn whole(
        &mut self,
        schema: &Schema,
        wanted: &str,
        place: Place,
    ) -> String {
        if place != Place::Response
            && let Some(request) = self.request_of(schema, wanted)
        {
            return request;
        }
        let own = schema.name.as_ref().map(|name| type_name(name));
        let known = own.as_ref().filter(|name| {
            self.symbols.get(name).is_some() && !self.symbols.is_enum(name)
        });
        if let Some(known) = known {
            return known.clone();
        }
        let name = self.free_name(own.as_deref().unwrap_or(wanted), &schema.at);
        let shapes = [Shape::new(place, schema.clone())];
        self.describe_type(&name, &Views::new(), &shapes, false);
        name
    }

    /// Describes a type. Its name is registered before its fields, which may refer to it.
    pub(super) fn describe_type(
        &mut self,
        name: &str,
        views: &Views,
        shapes: &[Shape],
        sent: bool,
    ) {
        self.symbols.add(name, Symbol { views: views.clone(), ..Symbol::default() });
        self.out().types.insert(name.to_owned(), TypeDraft::default());
        let request = views.contains_key(&Place::Request);
        let places: &[Place] = match (views.is_empty(), request) {
            (true, _) => &[],
            (false, true) => &[Place::Response, Place::Request],
            (false, false) => &[Place::Response, Place::Create, Place::Update],
        };
        let sent = sent || shapes.iter().any(|it| it.place != Place::Response);
        // A type of one shape has each property once; another type has each body once.
        let mut kept: Vec<Shape> = Vec::new();
        for shape in shapes {
            let place = match shape.place {
                Place::Create | Place::Update if request => Place::Request,
                place => place,
            };
            if !kept.iter().any(|known| places.is_empty() || known.place == place) {
                kept.push(Shape::new(place, shape.schema.clone()));
            }
        }
        let noun = noun(name);
        let owner = Owner { name, noun: &noun, places, sent, resource: false };
        let (fields, findings) = self.collect(|this| {
            for shape in shapes {
                unsupported::of_schema(name, &shape.schema, &mut this.findings);
            }
            this.depth += 1;
            let fields = this.fields(owner, &kept);
            this.depth -= 1;
            fields
        });
        let mut head = Map::new().with("doc", type_doc(&noun, &kept));
        for (place, view) in views {
            head.set(place.word(), view);
        }
        let described = TypeDraft { head, fields, findings, ..TypeDraft::default() };
        self.out().types.insert(name.to_owned(), described);
    }
}

/// Returns the schema of a field in responses, or else in the first body.
fn returned_or_first<'f, 'd>(found: &'f [Found<'d>]) -> Option<&'f Schema<'d>> {
    let returned = found.iter().find(|one| one.place == Place::Response);
    Some(&returned.or(found.first())?.schema)
}

fn views(base: &str, first: &Schema, shapes: &[Shape]) -> Views {
    let names = |schema: &Schema<'_>| -> Vec<String> {
        schema.properties().iter().map(|it| it.name.to_owned()).collect()
    };
    let sent = || shapes.iter().filter(|shape| shape.place != Place::Response);
    let mut views = Views::new();
    for Shape { place, schema, .. } in sent() {
        let name = match &schema.name {
            Some(name) => type_name(name),
            None if names(schema) == names(first) => continue,
            None => format!("{base}{}", type_name(place.word())),
        };
        if name != base {
            views.insert(*place, name);
        }
    }
    let same = views.len() == sent().count()
        && views.values().all(|name| Some(name) == views.values().next());
    match views.values().next() {
        Some(name) if same => Views::from([(Place::Request, name.clone())]),
        _ => views,
    }
}

fn type_doc(noun: &str, shapes: &[Shape]) -> String {
    let said = shapes.iter().find_map(|Shape { schema, .. }| {
        let own = schema.component_text("description");
        let said = own.or_else(|| schema.own_text("description"));
        said.filter(|text| !text.trim().is_empty())
    });
    said.map_or_else(|| prose::placeholder(noun), prose::plain)
}
