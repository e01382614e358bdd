//! Fields: additions, removals and differences.

use std::collections::BTreeSet;

use super::draft::{FieldDraft, TypeDraft, merged};
use super::ours::OurField;
use super::{Comparison, Home, Note, NoteKind, Unit};
use crate::model::Type;
use crate::openapi::describe::kinds::type_text;
use crate::spec::{Entries, Marked, Place};
use crate::yaml::Tree;
use crate::yaml::edit::{Change, Edit};

impl Comparison<'_> {
    /// Compares the fields of a type.
    pub(super) fn fields(&mut self, home: &Home, draft: &TypeDraft) {
        for (name, theirs) in &draft.fields {
            match self.ours.field(home, name) {
                None => self.new_field(home, name, theirs),
                Some(ours) => self.field(home, name, &ours, theirs, draft),
            }
        }
        if draft.shapes.is_empty() {
            return;
        }
        let known = self.ours.fields(home);
        for name in known.into_iter().flat_map(Entries::keys) {
            if !draft.fields.contains_key(name.as_str())
                && let Some(ours) = self.ours.field(home, name)
            {
                self.field(home, name, &ours, &FieldDraft::default(), draft);
            }
        }
    }

    fn new_field(&mut self, home: &Home, name: &str, theirs: &FieldDraft) {
        let keys = home.field(name);
        let mut found = self.findings(&keys, &theirs.findings);
        if theirs.unsupported {
            self.found.notes.extend(found);
            return;
        }
        let kind = theirs.kind.as_deref().unwrap_or("as in api.yaml");
        let message = format!("the field `{name}` of {}: {kind}", home.name);
        let note = self.noted(NoteKind::Added, &keys, theirs.origin(None), message);
        let mut unit = self.set(note, &home.path, name, theirs.tree());
        let (edits, more) = self.definitions(theirs.kinds());
        unit.edits.extend(edits);
        found.extend(more);
        unit.notes.extend(found);
        self.unit_for_places(home, unit, theirs.marked().iter().map(|it| it.place));
    }

    /// Adds a unit, which waits for a new operation if a body does not exist yet.
    fn unit_for_places(
        &mut self,
        home: &Home,
        unit: Unit,
        mut places: impl Iterator<Item = Place>,
    ) {
        let known = self.ours.places(home);
        let new = places.find(|place| !known.is_empty() && !known.contains(place));
        match new {
            Some(place) => self.needing.push((place, unit)),
            None => self.found.units.push(unit),
        }
    }

    fn field(
        &mut self,
        home: &Home,
        name: &str,
        ours: &OurField,
        theirs: &FieldDraft,
        draft: &TypeDraft,
    ) {
        self.presence(home, name, ours, theirs, draft);
        let Some(first) = theirs.seen.first() else { return };
        if !self.options.unpublished && ours.field.is_some_and(|field| !field.openapi) {
            let message = format!(
                "`{name}` of {} is in the document, contrary to its `openapi: false`",
                home.name
            );
            let at = first.at.clone();
            self.note(NoteKind::Undecided, &home.field(name), at.as_ref(), message);
        }
        if theirs.unsupported {
            return;
        }
        self.kind(home, name, ours, theirs);
        if let Some(field) = ours.field {
            self.facts(home, name, field, theirs);
        }
    }

    /// Compares the bodies of a field, and its presence. Everything is one edit of its `in:`.
    fn presence(
        &mut self,
        home: &Home,
        name: &str,
        ours: &OurField,
        theirs: &FieldDraft,
        draft: &TypeDraft,
    ) {
        let mut marks = ours.places.clone();
        let mut notes = Vec::new();
        self.required(home, name, &mut marks, theirs, &mut notes);
        let more = self.more_places(home, name, ours, theirs, &mut marks, &mut notes);
        self.nullable(home, name, ours, theirs);
        self.missing(home, name, ours, theirs, draft, &mut marks, &mut notes);
        if notes.is_empty() || marks.is_empty() {
            return;
        }
        let change = if self.ours.places(home).is_empty() {
            let key = "required".to_owned();
            if marks.iter().any(|it| it.required) {
                Change::Set { key, value: true.into(), after: Some("type".to_owned()) }
            } else {
                Change::Remove { key }
            }
        } else {
            let value = marks.iter().map(|it| it.text()).collect::<Tree>();
            Change::Set { key: "in".to_owned(), value, after: None }
        };
        let edits = vec![(self.file.to_owned(), Edit::new(home.field(name), change))];
        let unit = Unit { notes, edits, removed: None };
        self.unit_for_places(home, unit, more.into_iter());
    }

    /// Updates the required fields of requests from the draft.
    fn required(
        &self,
        home: &Home,
        name: &str,
        marks: &mut [Marked],
        theirs: &FieldDraft,
        notes: &mut Vec<Note>,
    ) {
        let single = self.ours.places(home).is_empty();
        if single && !self.ours.is_sent(home) {
            return;
        }
        for mark in marks {
            let compared = single || mark.place != Place::Response;
            let required = theirs.is_required(mark.place).filter(|_| compared);
            let Some(required) = required.filter(|it| *it != mark.required) else {
                continue;
            };
            mark.required = required;
            let state = if required { "required" } else { "optional" };
            let place = if single {
                String::new()
            } else {
                format!(" in {}", mark.place.word())
            };
            let message = format!("`{name}` of {} is now {state}{place}", home.name);
            let at = theirs.origin(Some(mark.place));
            notes.push(self.noted(NoteKind::Changed, &home.field(name), at, message));
        }
    }

    /// Adds missing bodies of a field, and returns them.
    fn more_places(
        &self,
        home: &Home,
        name: &str,
        ours: &OurField,
        theirs: &FieldDraft,
        marks: &mut Vec<Marked>,
        notes: &mut Vec<Note>,
    ) -> Vec<Place> {
        let Some(known) = &ours.stated else { return Vec::new() };
        let more = theirs.marked().into_iter();
        let more: Vec<Marked> = more.filter(|it| !known.contains(&it.place)).collect();
        if more.is_empty() || self.ours.places(home).is_empty() {
            return Vec::new();
        }
        let places: Vec<Place> = more.iter().map(|it| it.place).collect();
        *marks = merged(marks.iter().copied().chain(more));
        let shown: Vec<String> = marks.iter().map(|it| it.text()).collect();
        let message = format!("`{name}` of {}: now in {}", home.name, shown.join(", "));
        let at = theirs.origin(places.first().copied());
        notes.push(self.noted(NoteKind::Added, &home.field(name), at, message));
        places
    }

    fn nullable(
        &mut self,
        home: &Home,
        name: &str,
        ours: &OurField,
        theirs: &FieldDraft,
    ) {
        for mark in ours.places.iter().filter(|mark| !mark.nullable) {
            let here = |place: Place| place == mark.place;
            let mut null = theirs.seen.iter().filter(|it| it.nullable && here(it.place));
            let Some(seen) = null.next() else { continue };
            let place = if self.ours.places(home).is_empty() {
                String::new()
            } else {
                format!(" in {}", mark.place.word())
            };
            let message = format!(
                "`{name}` of {} is nullable{place} in the document, but not in the description",
                home.name
            );
            let at = seen.at.clone();
            self.note(NoteKind::Undecided, &home.field(name), at.as_ref(), message);
        }
    }

    /// Reports the bodies without a field in the draft, or removes them.
    #[expect(clippy::too_many_arguments, reason = "both sides, and the result")]
    fn missing(
        &mut self,
        home: &Home,
        name: &str,
        ours: &OurField,
        theirs: &FieldDraft,
        draft: &TypeDraft,
        marks: &mut Vec<Marked>,
        notes: &mut Vec<Note>,
    ) {
        // Documents do not always list the alternatives of a union.
        let Some(field) = ours.field.filter(|field| field.openapi) else { return };
        if !self.is_published(home) {
            return;
        }
        let there: BTreeSet<Place> = theirs.seen.iter().map(|seen| seen.place).collect();
        let gone: Vec<Place> = ours
            .places
            .iter()
            .map(|mark| mark.place)
            .filter(|place| draft.shapes.contains_key(place) && !there.contains(place))
            .collect();
        let Some(first) = gone.first() else { return };
        let at = draft.shapes.get(first);
        let message = format!("the field `{}` of {}", field.wire, home.name);
        let left: Vec<Marked> =
            marks.iter().filter(|it| !gone.contains(&it.place)).copied().collect();
        if left.is_empty() {
            marks.clear();
            self.gone(&home.field(name), at, &message);
            return;
        }
        let words: Vec<_> = gone.iter().map(|place| place.word()).collect();
        let message = format!("{message}, in {}", words.join(" and in "));
        let mut keys = home.field(name);
        keys.push("in".to_owned());
        if self.options.prune {
            *marks = left;
            notes.push(self.noted(NoteKind::Removed, &keys, at, message));
        } else {
            self.note(NoteKind::Gone, &keys, at, message);
        }
    }

    fn is_published(&self, home: &Home) -> bool {
        self.ours.shapes(home).iter().all(|(_, ty)| match ty {
            Type::Record(record) => record.openapi,
            Type::Union(_) | Type::Enum(_) => false,
        })
    }

    /// Compares the types: that of the draft may be less specific, but must not contradict.
    fn kind(&mut self, home: &Home, name: &str, ours: &OurField, theirs: &FieldDraft) {
        let (Some(ty), Some(kind)) = (&ours.ty, &theirs.kind) else { return };
        let known = type_text(ty);
        if known == *kind {
            return;
        }
        let values = self.theirs.definition(kind).and_then(|(_, it)| it.values());
        let kind = match values {
            Some(values) => format!("one of `{}`", values.join("`, `")),
            None => format!("`{kind}`"),
        };
        let message = format!(
            "`{name}` of {} is {kind} in the document, and `{known}` in the description",
            home.name
        );
        let at = theirs.origin(None).cloned();
        self.note(NoteKind::Undecided, &home.field(name), at.as_ref(), message);
    }
}
