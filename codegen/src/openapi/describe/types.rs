//! Types with fields: one for each object in a field, with its other shapes.

use std::collections::BTreeMap;

use super::super::Map;
use super::super::document::Schema;
use super::naming::noun;
use super::shape::{Found, Owner, Shape};
use super::{Describer, docs, unsupported};
use crate::names::type_name;
use crate::reconcile::{FileDraft, NoteKind, Symbol, TypeDraft};
use crate::spec::Place;

/// Maximum nesting of unnamed types.
const DEPTH_LIMIT: usize = 40;

/// Names of the shapes of a type that differ from the first.
pub(super) type Views = BTreeMap<Place, String>;

impl Describer<'_> {
    /// Returns the type of an object in a field, and that of its requests if different.
    pub(super) fn object(
        &mut self,
        owner: Owner,
        field: &str,
        found: &[Found],
        out: &mut FileDraft,
    ) -> Option<(String, Option<String>)> {
        let response = found.iter().find(|one| one.place == Place::Response);
        let first = response.or(found.first())?;
        if let Some(reference) = self.reference(field, &first.schema) {
            return Some((reference, None));
        }
        let base = self.name_of(&first.schema, owner, field);
        let shapes = found.iter().map(|it| Shape::new(it.place, it.schema.clone()));
        let shapes: Vec<_> = shapes.collect();
        let views = views(&base, &first.schema, &shapes);
        let Some(known) = self.symbols.get(&base) else {
            if self.depth > DEPTH_LIMIT {
                let message = format!("`{field}` is nested too deeply");
                self.note(NoteKind::Inexpressible, &first.schema.at, message);
                return None;
            }
            // Inside of a type of one shape, only the type determines whether it is sent.
            let sent = owner.places.is_empty() && owner.sent;
            self.describe_type(&base, &views, &shapes, sent, out);
            return Some((base, None));
        };
        let unknown = views
            .iter()
            .find(|(_, view)| !known.views.values().any(|known| known == *view));
        let Some((place, view)) = unknown.map(|(place, view)| (*place, view.clone()))
        else {
            return Some((base, None));
        };
        // The type is known, but with other shapes: the one that is sent is a separate type.
        let sent = shapes.into_iter().find(|shape| {
            (shape.place == place || place == Place::Request)
                && shape.place != Place::Response
        });
        if self.symbols.get(&view).is_none() {
            let shapes = Vec::from_iter(sent);
            self.describe_type(&view, &Views::new(), &shapes, true, out);
        }
        Some((base, Some(view)))
    }

    /// Returns the name of a type that is a whole body.
    pub(super) fn whole(
        &mut self,
        schema: &Schema,
        wanted: &str,
        place: Place,
        out: &mut FileDraft,
    ) -> String {
        let own = schema.name.as_ref().map(|name| type_name(name));
        if let Some(name) = &own
            && self.symbols.get(name).is_some()
            && !self.symbols.is_enum(name)
        {
            return name.clone();
        }
        let wanted = own.as_deref().unwrap_or(wanted);
        let name = self.free_name(wanted, &schema.at);
        let shapes = [Shape::new(place, schema.clone())];
        self.describe_type(&name, &Views::new(), &shapes, false, out);
        name
    }

    /// Describes a type. Its name is registered before its fields, which may refer to it.
    fn describe_type(
        &mut self,
        name: &str,
        views: &Views,
        shapes: &[Shape],
        sent: bool,
        out: &mut FileDraft,
    ) {
        self.symbols.add(name, Symbol { views: views.clone(), ..Symbol::default() });
        out.types.insert(name.to_owned(), TypeDraft::default());
        let (described, findings) =
            self.collect(|this| this.type_draft(name, views, shapes, sent, out));
        out.types.insert(name.to_owned(), TypeDraft { findings, ..described });
    }

    fn type_draft(
        &mut self,
        name: &str,
        views: &Views,
        shapes: &[Shape],
        sent: bool,
        out: &mut FileDraft,
    ) -> TypeDraft {
        let request = views.contains_key(&Place::Request);
        let places: &[Place] = match (views.is_empty(), request) {
            (true, _) => &[],
            (false, true) => &[Place::Response, Place::Request],
            (false, false) => &[Place::Response, Place::Create, Place::Update],
        };
        for shape in shapes {
            unsupported::of_schema(name, &shape.schema, &mut self.findings);
        }
        let sent = sent || shapes.iter().any(|it| it.place != Place::Response);
        let as_seen = |shape: &Shape<'_, '_>| match shape.place {
            Place::Response => Place::Response,
            _ if request => Place::Request,
            place => place,
        };
        let shapes: Vec<_> =
            shapes.iter().map(|it| Shape::new(as_seen(it), it.schema.clone())).collect();
        let shapes = without_repeats(shapes, places.is_empty());
        let noun = noun(name);
        let owner = Owner { name, noun: &noun, places, sent, resource: false };
        self.depth += 1;
        let fields = self.fields(owner, &shapes, out);
        self.depth -= 1;
        let head = Map::new()
            .with("doc", type_doc(&noun, &shapes))
            .with_some("request", views.get(&Place::Request))
            .with_some("create", views.get(&Place::Create))
            .with_some("update", views.get(&Place::Update));
        TypeDraft { head, fields, ..TypeDraft::default() }
    }

    fn name_of(&mut self, schema: &Schema, owner: Owner, field: &str) -> String {
        if let Some(name) = &schema.name {
            return type_name(name);
        }
        let wanted = type_name(&format!("{}_{field}", owner.name));
        self.free_name(&wanted, &schema.at)
    }
}

fn views(base: &str, first: &Schema, shapes: &[Shape]) -> Views {
    let sent = || shapes.iter().filter(|shape| shape.place != Place::Response);
    let mut views = Views::new();
    for Shape { place, schema, .. } in sent() {
        let name = match &schema.name {
            Some(name) => type_name(name),
            None if property_names(schema) == property_names(first) => continue,
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
    said.map_or_else(|| docs::placeholder(noun), docs::plain)
}

/// Removes repetitions: a type of one shape has each property once; another type has each body once.
fn without_repeats<'a, 'd>(
    shapes: Vec<Shape<'a, 'd>>,
    single: bool,
) -> Vec<Shape<'a, 'd>> {
    let mut kept: Vec<Shape> = Vec::new();
    for shape in shapes {
        if !kept.iter().any(|known| single || known.place == shape.place) {
            kept.push(shape);
        }
    }
    kept
}

fn property_names<'d>(schema: &Schema<'d>) -> Vec<&'d str> {
    schema.properties().into_iter().map(|property| property.name).collect()
}
