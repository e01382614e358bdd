//! What the description has and the document has not.
//!
//! It is told, or taken out where that was asked for.

use crate::model::{Field, Record, Service};

use super::super::super::bear::Unit;
use super::super::super::document::{Remark, Schema};
use super::super::super::edit::{Change, Edit};
use super::super::super::home::Home;
use super::super::notes::NoteKind;
use super::{Merge, Why};

/// A field that the document has not, or not everywhere.
#[derive(Debug)]
pub(super) struct Gone {
    /// The types it is gone from, and the place of each; none for a type of one shape.
    types: Vec<(String, Option<&'static str>)>,
    /// The places it has, as they are written.
    present: Vec<String>,
    at: Remark,
    /// What it is a field of.
    owner: String,
}

impl<'d> Merge<'_, 'd> {
    /// Remembers a field that a schema does not have.
    pub(super) fn gone_field(
        &mut self,
        record: &Record,
        field: &Field,
        schema: &Schema<'d>,
    ) {
        let Some((home, place)) = Home::of(self.model, self.spec, &record.name) else {
            return;
        };
        let key = (home.file, home.path, field.wire.clone());
        let given = home.fields.get(&field.wire).and_then(Option::as_ref);
        let places = given.and_then(|field| field.places.as_ref()).or_else(|| {
            self.spec.api.fields.get(&field.wire).and_then(|field| field.places.as_ref())
        });
        let present = places.into_iter().flatten().map(ToString::to_string).collect();
        let gone = self.gone.entry(key).or_insert_with(|| Gone {
            types: Vec::new(),
            present,
            at: schema.at.remark(String::new()),
            owner: home.name,
        });
        let ty = (record.name.clone(), place);
        if !gone.types.contains(&ty) {
            gone.types.push(ty);
        }
    }

    /// Tells what fields are gone.
    pub(super) fn tell_gone(&mut self) {
        for ((file, path, name), mut gone) in std::mem::take(&mut self.gone) {
            // A type may stand for several schemas, of which one has the field.
            gone.types.retain(|(ty, _)| !self.had.contains(&(ty.clone(), name.clone())));
            if gone.types.is_empty() {
                continue;
            }
            let places: Vec<_> =
                gone.types.iter().filter_map(|(_, place)| *place).collect();
            let left: Vec<String> = gone
                .present
                .iter()
                .filter(|text| {
                    let word = text.trim_end_matches(['!', '~', '-']);
                    !places.contains(&word)
                })
                .cloned()
                .collect();
            let wholly =
                places.is_empty() || left.is_empty() && !gone.present.is_empty();
            if wholly {
                let message = format!("the field `{name}` of {}", gone.owner);
                self.gone_key(&file, path, &name, Some(gone.at), message);
                continue;
            }
            let places = places.join(" and in ");
            let message = format!("the field `{name}` of {}, in {places}", gone.owner);
            let mut place = path;
            place.push(name);
            let set =
                Change::Set { key: "in".to_owned(), value: left.into(), after: None };
            let edit = Edit::new(place.clone(), set);
            let edits = vec![(file.clone(), edit)];
            place.push("in".to_owned());
            self.gone_unit(&file, place, Some(gone.at), message, edits, None);
        }
    }

    /// Tells of operations that are gone, and of services that have no others.
    pub(super) fn gone_operations(&mut self) {
        let model = self.model;
        for service in model.services.iter().filter(|service| service.openapi) {
            let published = service.operations.iter().filter(|known| known.openapi);
            let gone: Vec<_> = published
                .clone()
                .filter(|known| !self.met.contains(known.id.as_str()))
                .collect();
            if gone.is_empty() {
                continue;
            }
            if gone.len() == published.count() && gone.len() == service.operations.len()
            {
                self.gone_service(service);
                continue;
            }
            for known in gone {
                let mut path = self.place(service, known);
                let name = path.pop().unwrap_or_default();
                let message = format!("the operation `{}`", known.id);
                self.gone_key(&service.source, path, &name, None, message);
            }
        }
    }

    fn gone_service(&mut self, service: &Service) {
        let message = format!("the service `{}`", service.accessor.join("."));
        let removed = Some(service.source.clone());
        self.gone_unit(&service.source, Vec::new(), None, message, Vec::new(), removed);
    }

    /// Tells of a key that is gone.
    pub(super) fn gone_key(
        &mut self,
        file: &str,
        path: Vec<String>,
        key: &str,
        at: Option<Remark>,
        message: String,
    ) {
        let edit = Edit::new(path.clone(), Change::Remove { key: key.to_owned() });
        let mut keys = path;
        keys.push(key.to_owned());
        self.gone_unit(file, keys, at, message, vec![(file.to_owned(), edit)], None);
    }

    fn gone_unit(
        &mut self,
        file: &str,
        keys: Vec<String>,
        at: Option<Remark>,
        message: String,
        edits: Vec<(String, Edit)>,
        removed: Option<String>,
    ) {
        let (kind, file) = (NoteKind::Removed, file.to_owned());
        if self.prune {
            let what = Why { kind, file, keys, at, message };
            self.units.push(Unit { what, edits, removed });
            return;
        }
        let notes = &mut self.maker.notes;
        notes.work_on(&file, keys);
        match at {
            Some(at) => notes.remark(NoteKind::Gone, Remark { message, ..at }),
            None => notes.own(NoteKind::Gone, message),
        }
    }
}
