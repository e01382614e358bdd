//! Fields that are required in the document and not in the description, or the other way round: the document holds.

use crate::model::{Field, Record};
use crate::spec;

use super::super::super::Tree;
use super::super::super::bear::Unit;
use super::super::super::document::At;
use super::super::super::edit::{Change, Edit};
use super::super::super::home::Home;
use super::super::notes::NoteKind;
use super::super::spot::{Marked, Spot};
use super::{Merge, Why};

impl<'d> Merge<'_, 'd> {
    /// Makes a field of a request required or optional.
    pub(super) fn required(
        &mut self,
        record: &Record,
        field: &Field,
        required: bool,
        at: &At<'d>,
    ) {
        let home = Home::of(self.model, self.spec, &record.name);
        let change = home.as_ref().and_then(|(home, place)| {
            let given = home.fields.get(&field.wire)?.as_ref()?;
            change(given, *place, required)
        });
        let (name, owner) = (&field.wire, &record.name);
        let (Some((home, _)), Some(change)) = (home, change) else {
            let message = if required {
                format!(
                    "the document requires `{name}` of {owner}, the description does not"
                )
            } else {
                format!(
                    "the description requires `{name}` of {owner}, the document does not"
                )
            };
            self.maker.notes.at(NoteKind::Undecided, at, message);
            return;
        };
        let mut keys = home.path;
        keys.push(field.wire.clone());
        let state = if required { "required" } else { "optional" };
        let what = Why {
            kind: NoteKind::Changed,
            file: home.file.clone(),
            keys: keys.clone(),
            at: Some(at.remark(String::new())),
            message: format!("`{name}` of {owner} is now {state}"),
        };
        // Another place of the same field waits for the next round.
        let waits =
            |unit: &Unit<Why>| unit.what.file == what.file && unit.what.keys == keys;
        if !self.units.iter().any(waits) {
            let edits = vec![(home.file, Edit::new(keys.clone(), change))];
            self.units.push(Unit { what, edits, removed: None });
        }
    }
}

/// The edit of the field: of its mark in a place, or of its key where its type has one shape.
fn change(given: &spec::Field, place: Option<&str>, required: bool) -> Option<Change> {
    let Some(place) = place else {
        let key = "required".to_owned();
        return Some(if required {
            Change::Set { key, value: Tree::Bool(true), after: Some("type".to_owned()) }
        } else {
            Change::Remove { key }
        });
    };
    let spot = Spot::of_word(place)?;
    let places = given.places.as_ref()?;
    let marked = places.iter().map(|place| {
        let mut marked = Marked::parse(place)?;
        if marked.spot == spot {
            marked.required = required;
        }
        Some(marked.text())
    });
    let value = marked.collect::<Option<Vec<String>>>()?;
    Some(Change::Set { key: "in".to_owned(), value: value.into(), after: None })
}
