//! Types with fields: one for each object that a field holds, with its other shapes.

use std::collections::BTreeMap;

use crate::names::type_name;

use super::super::super::document::{At, Schema};
use super::super::super::extension;
use super::super::super::{Map, Tree};
use super::super::docs;
use super::super::known::{Name, NameKind};
use super::super::naming::noun;
use super::super::notes::NoteKind;
use super::super::spot::Spot;
use super::super::unsaid;
use super::{FileTypes, Found, Maker, Owner};

/// Types without names of their own inside of each other.
const DEPTH_LIMIT: usize = 40;

impl Maker {
    /// The type of a field that holds an object.
    pub(super) fn object(
        &mut self,
        owner: Owner,
        field: &str,
        found: &[Found],
        out: &mut FileTypes,
    ) -> Option<(String, Option<String>)> {
        let first =
            found.iter().find(|one| one.spot == Spot::Response).or(found.first())?;
        if let Some(reference) = self.reference(field, &first.schema) {
            return Some((reference, None));
        }
        let base = self.name_of(&first.schema, owner, field);
        let shapes: Vec<_> =
            found.iter().map(|one| (one.spot, one.schema.clone())).collect();
        let views = views(&base, &first.schema, &shapes);
        let Some(known) = self.known.get(&base) else {
            if self.depth > DEPTH_LIMIT {
                let message = format!("`{field}` is nested too deeply");
                self.notes.at(NoteKind::Inexpressible, &first.schema.at, message);
                return None;
            }
            // Inside of a type of one shape, nothing but the type says that it is sent.
            let sent = owner.spots.is_empty() && owner.sent;
            self.make_sent(&base, &views, &shapes, sent, out);
            return Some((base, None));
        };
        let unknown = views
            .iter()
            .find(|(_, view)| !known.views.values().any(|known| known == *view));
        let Some((spot, view)) = unknown.map(|(spot, view)| (*spot, view.clone()))
        else {
            return Some((base, None));
        };
        // The type is known, but with other shapes: the one that is sent stands for itself.
        let sent: Vec<_> = shapes
            .into_iter()
            .filter(|(at, _)| *at == spot || spot == Spot::Request)
            .collect();
        let sent: Vec<_> =
            sent.into_iter().filter(|(at, _)| *at != Spot::Response).take(1).collect();
        if self.known.get(&view).is_none() {
            self.make(&view, &BTreeMap::new(), &sent, out);
        }
        Some((base, Some(view)))
    }

    /// A type that is sent or returned as a whole.
    pub(in super::super) fn whole(
        &mut self,
        schema: &Schema,
        wanted: &str,
        spot: Spot,
        out: &mut FileTypes,
    ) -> String {
        let name = schema
            .name
            .as_ref()
            .map_or_else(|| wanted.to_owned(), |name| type_name(name));
        let known =
            self.known.get(&name).is_some_and(|known| known.kind != NameKind::Enum);
        if known && schema.name.is_some() {
            return name;
        }
        let name = self.free_name(&name, &schema.at);
        self.make(&name, &BTreeMap::new(), &[(spot, schema.clone())], out);
        name
    }

    /// Describes a type.
    pub(in super::super) fn make(
        &mut self,
        name: &str,
        views: &BTreeMap<Spot, String>,
        shapes: &[(Spot, Schema)],
        out: &mut FileTypes,
    ) {
        self.make_sent(name, views, shapes, false, out);
    }

    /// Describes a type that is sent, whatever its shapes say. Its name is known before its fields, which may lead back
    /// to it.
    fn make_sent(
        &mut self,
        name: &str,
        views: &BTreeMap<Spot, String>,
        shapes: &[(Spot, Schema)],
        sent: bool,
        out: &mut FileTypes,
    ) {
        self.known.add(
            name,
            Name { kind: NameKind::Record, views: views.clone(), deprecated: false },
        );
        out.types.set(name, Map::new());
        let request = views.contains_key(&Spot::Request);
        let spots: &[Spot] = match (views.is_empty(), request) {
            (true, _) => &[],
            (false, true) => &[Spot::Response, Spot::Request],
            (false, false) => &[Spot::Response, Spot::Create, Spot::Update],
        };
        for (_, schema) in shapes.iter().filter(|_| !self.own) {
            unsaid::of_schema(name, schema, &mut self.notes);
        }
        let sent = sent || shapes.iter().any(|(spot, _)| *spot != Spot::Response);
        let as_seen = |spot: Spot| {
            if request && spot != Spot::Response { Spot::Request } else { spot }
        };
        let shapes: Vec<_> = shapes
            .iter()
            .map(|(spot, schema)| (as_seen(*spot), schema.clone()))
            .collect();
        let shapes = without_repeats(shapes, spots.is_empty());
        let noun = noun(name);
        let owner =
            Owner { name, noun: &noun, nouns: &noun, spots, sent, resource: false };
        let outside = self.notes.within(["types", name, "fields"]);
        self.depth += 1;
        let fields = self.fields(owner, &shapes, out);
        self.depth -= 1;
        self.notes.within(outside);
        let described = Map::new()
            .with("doc", type_doc(&noun, &shapes))
            .with_some("request", views.get(&Spot::Request))
            .with_some("create", views.get(&Spot::Create))
            .with_some("update", views.get(&Spot::Update))
            .with_some("exactly_one_of", choice(&shapes))
            .with_some("openapi", unpublished(&shapes).then_some(false))
            .with("fields", fields)
            .with_filled("constraints", constraints(&shapes))
            .section();
        out.types.set(name, described);
    }

    fn name_of(&mut self, schema: &Schema, owner: Owner, field: &str) -> String {
        if let Some(name) = &schema.name {
            return type_name(name);
        }
        let wanted = type_name(&format!("{}_{field}", owner.name));
        self.free_name(&wanted, &schema.at)
    }
}

/// The names of the shapes that differ from the first.
fn views(
    base: &str,
    first: &Schema,
    shapes: &[(Spot, Schema)],
) -> BTreeMap<Spot, String> {
    let mut views = BTreeMap::new();
    for (spot, schema) in shapes.iter().filter(|(spot, _)| *spot != Spot::Response) {
        let name = match &schema.name {
            Some(name) => type_name(name),
            None if property_names(schema) == property_names(first) => continue,
            None => format!("{base}{}", type_name(spot.word())),
        };
        if name != base {
            views.insert(*spot, name);
        }
    }
    let sent: Vec<_> = shapes
        .iter()
        .map(|(spot, _)| *spot)
        .filter(|spot| *spot != Spot::Response)
        .collect();
    let same = views.len() == sent.len()
        && views.values().all(|name| Some(name) == views.values().next());
    match views.values().next() {
        Some(name) if same => BTreeMap::from([(Spot::Request, name.clone())]),
        _ => views,
    }
}

fn type_doc(noun: &str, shapes: &[(Spot, Schema)]) -> String {
    let said = shapes.iter().find_map(|(_, schema)| {
        let own = schema.component_text("description");
        own.or_else(|| schema.own_text("description"))
            .filter(|text| !text.trim().is_empty())
    });
    match said {
        Some(text) => docs::plain(text),
        None => docs::sentence(&format!(
            "{}, as the published document has it.",
            docs::with_article(noun)
        )),
    }
}
/// A type of one shape has each property once; another type has each place once.
fn without_repeats(shapes: Vec<(Spot, Schema)>, single: bool) -> Vec<(Spot, Schema)> {
    let mut kept: Vec<(Spot, Schema)> = Vec::new();
    for (spot, schema) in shapes {
        let repeated = kept.iter().any(|(known, _)| single || *known == spot);
        if !repeated {
            kept.push((spot, schema));
        }
    }
    kept
}

fn property_names<'d>(schema: &Schema<'d>) -> Vec<&'d str> {
    schema.properties().into_iter().map(|property| property.name).collect()
}

/// Says that a type is a choice between its fields, where the document does.
fn choice(shapes: &[(Spot, Schema)]) -> Option<Tree> {
    let said = shapes.iter().find_map(|(_, schema)| schema.fact(extension::CHOICE))?;
    Some(said.tree())
}

/// Whether the document says of itself that the published one lacks the type.
pub(in super::super) fn unpublished(shapes: &[(Spot, Schema)]) -> bool {
    shapes.iter().any(|(_, schema)| {
        let said = schema.fact(extension::PUBLISHED);
        said.and_then(|said| said.text()) == Some("false")
    })
}

/// The rules over several fields, each with the places it holds in.
pub(in super::super) fn constraints(shapes: &[(Spot, Schema)]) -> Tree {
    let mut rules: Vec<(Tree, Vec<Spot>)> = Vec::new();
    for (spot, schema) in shapes {
        let said = schema.fact(extension::CONSTRAINTS);
        for rule in said.iter().flat_map(At::items) {
            let tree = rule.tree();
            match rules.iter_mut().find(|(known, _)| *known == tree) {
                Some((_, spots)) => spots.push(*spot),
                None => rules.push((tree, vec![*spot])),
            }
        }
    }
    let several = shapes.len() > 1;
    let rule = |(rule, spots): (Tree, Vec<Spot>)| match rule {
        Tree::Map(map) if several => {
            let errors = map.get(extension::ERRORS).cloned();
            let places = spots.iter().map(|spot| spot.word()).collect::<Tree>();
            let map =
                map.without(extension::ERRORS).with_some(extension::ERRORS, errors);
            Tree::Map(map.with("in", places))
        }
        other => other,
    };
    rules.into_iter().map(rule).collect()
}
