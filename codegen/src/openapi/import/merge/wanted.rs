//! Fields that the document has and the description has not: where they go, and how they are written.

use std::collections::BTreeMap;

use crate::model::{Service, Type};

use super::super::super::Tree;
use super::super::super::bear::Unit;
use super::super::super::document::Property;
use super::super::super::edit::{Change, Edit};
use super::super::super::home::Home;
use super::super::field::{marked, merged};
use super::super::make::{FileTypes, Found, Owner, said};
use super::super::notes::NoteKind;
use super::super::spot::{Marked, Spot};
use super::{Merge, Why};

/// A field to be, in all bodies that have it.
pub(super) struct Wanted<'a, 'd> {
    home: Home<'a>,
    /// The type has one shape.
    single: bool,
    name: &'d str,
    found: Vec<(Spot, Property<'d>)>,
    sent: bool,
}

impl<'a, 'd> Merge<'a, 'd> {
    /// Remembers a field that a type lacks.
    pub(super) fn want(&mut self, ty: &str, property: Property<'d>) {
        let Some((home, place)) = Home::of(self.model, self.spec, ty) else {
            let message =
                format!("`{}` is new in {ty}, which no file describes", property.name);
            self.maker.notes.at(NoteKind::Undecided, &property.at, message);
            return;
        };
        let sent = match self.model.types.get(ty) {
            Some(Type::Record(record)) => record.in_requests,
            Some(Type::Union(union)) => union.in_requests,
            _ => false,
        };
        let spot = place.and_then(Spot::of_word);
        self.want_at(home, spot, sent, property);
    }

    /// Remembers a field that the resource of a service is to have in a place.
    pub(super) fn want_in_resource(
        &mut self,
        service: &Service,
        spot: Spot,
        property: Property<'d>,
    ) {
        let Some((home, _)) = Home::of(self.model, self.spec, &service.resource) else {
            return;
        };
        self.want_at(home, Some(spot), true, property);
    }

    fn want_at(
        &mut self,
        home: Home<'a>,
        spot: Option<Spot>,
        sent: bool,
        property: Property<'d>,
    ) {
        let key = (home.file.clone(), home.path.clone(), property.name.to_owned());
        let wanted = self.wanted.entry(key).or_insert_with(|| Wanted {
            home,
            single: spot.is_none(),
            name: property.name,
            found: Vec::new(),
            sent: false,
        });
        wanted.sent |= sent;
        let spot = spot.unwrap_or(Spot::Response);
        if !wanted.found.iter().any(|(known, _)| *known == spot) {
            wanted.found.push((spot, property));
        }
    }

    /// Writes the fields that were remembered.
    pub(super) fn add_wanted(&mut self) {
        for wanted in std::mem::take(&mut self.wanted).into_values() {
            if let Some(unit) = self.unit(&wanted) {
                self.units.push(unit);
            }
        }
    }

    /// The edits for a field: a new one, or one that is there with more places.
    pub(super) fn unit(&mut self, wanted: &Wanted<'a, 'd>) -> Option<Unit<Why>> {
        let Wanted { home, name, .. } = wanted;
        let mut keys = home.path.clone();
        keys.push((*name).to_owned());
        self.maker.notes.work_on(&home.file, keys.clone());
        let at = wanted.found.first()?.1.at.clone();
        let (edits, message) = if home.fields.contains_key(name) {
            let places = self.more_places(wanted)?;
            let message =
                format!("`{name}` of {}: now in {}", home.name, places.join(", "));
            let change =
                Change::Set { key: "in".to_owned(), value: places.into(), after: None };
            (vec![(home.file.clone(), Edit::new(keys.clone(), change))], message)
        } else {
            self.new_field(wanted)?
        };
        let what = Why {
            kind: NoteKind::Added,
            file: home.file.clone(),
            keys,
            at: Some(at.remark(String::new())),
            message,
        };
        Some(Unit { what, edits, removed: None })
    }

    /// The places of a field that is there, with those it lacks.
    fn more_places(&mut self, wanted: &Wanted<'a, 'd>) -> Option<Vec<String>> {
        let given = wanted.home.fields.get(wanted.name).and_then(Option::as_ref);
        let given = given.and_then(|field| field.places.as_ref());
        let common = self.spec.api.fields.get(wanted.name);
        let known = given.or_else(|| common.and_then(|field| field.places.as_ref()));
        let Some(known) = known else {
            let message = format!(
                "`{}` of {} is described, but not for here",
                wanted.name, wanted.home.name
            );
            let at = &wanted.found.first()?.1.at;
            self.maker.notes.at(NoteKind::Undecided, at, message);
            return None;
        };
        let known: Vec<Marked> =
            known.iter().filter_map(|place| Marked::parse(place)).collect();
        let read = self.maker.read(&wanted.found)?;
        let said = said(&read);
        let new = read.iter().map(|found: &Found| {
            marked(found.spot, found.required, found.schema.nullable, false, &said)
        });
        let places = merged(known.iter().copied().chain(new));
        if places == known {
            return None;
        }
        Some(places.into_iter().map(Marked::text).collect())
    }

    fn new_field(
        &mut self,
        wanted: &Wanted<'a, 'd>,
    ) -> Option<(Vec<(String, Edit)>, String)> {
        let Wanted { home, name, found, .. } = wanted;
        let resource = home.path.len() == 1;
        let spots =
            if wanted.single { Vec::new() } else { self.spots(&home.name, resource) };
        let noun = self.maker.known.noun(&home.name);
        let nouns = crate::names::plural(&noun);
        let owner = Owner {
            name: &home.name,
            noun: &noun,
            nouns: &nouns,
            spots: &spots,
            sent: wanted.sent,
            resource: resource && !wanted.single,
        };
        let mut types = FileTypes::default();
        let value = self.maker.field(owner, name, found, &mut types)?;
        let kind = value.get("type").map_or("as in api.yaml", |kind| match kind {
            Tree::Text(kind) => kind,
            _ => "",
        });
        let message = format!("the field `{name}` of {}: {kind}", home.name);
        let set =
            Change::Set { key: (*name).to_owned(), value: value.clone(), after: None };
        let mut edits = vec![(home.file.clone(), Edit::new(home.path.clone(), set))];
        edits.extend(types.edits(&home.file));
        Some((edits, message))
    }

    /// The places that the fields of a type can have.
    fn spots(&self, name: &str, resource: bool) -> Vec<Spot> {
        let known = self.maker.known.get(name);
        let views: BTreeMap<_, _> =
            known.map(|known| known.views.clone()).unwrap_or_default();
        if resource {
            let has = |view: &String| self.model.types.contains_key(view);
            let views =
                views.into_iter().filter(|(_, view)| has(view)).map(|(spot, _)| spot);
            return std::iter::once(Spot::Response).chain(views).collect();
        }
        match (views.is_empty(), views.contains_key(&Spot::Request)) {
            (true, _) => Vec::new(),
            (false, true) => vec![Spot::Response, Spot::Request],
            (false, false) => vec![Spot::Response, Spot::Create, Spot::Update],
        }
    }
}
