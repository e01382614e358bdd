//! Fields: additions, removals and differences.

use super::draft::{FieldDraft, TypeDraft};
use super::ours::{OurField, merged};
use super::{Comparison, Home, Note, NoteKind, Unit};
use crate::model::{self, Rule, Scalar, Type, TypeRef};
use crate::spec::{Marked, Place, names};
use crate::yaml::Tree;
use crate::yaml::edit::Change;

/// Facts that can be added to an existing field, in order.
const FACTS: &str =
    "format key_format default one_of max_bytes max_len min max min_items deprecated";

/// Keys of a field before its facts.
const BEFORE_FACTS: &str = "type request_type in required nullable optional secret";

/// A field of ours, and the same field of the draft.
struct Both<'c> {
    home: &'c Home,
    name: &'c str,
    ours: OurField<'c>,
    theirs: &'c FieldDraft,
    draft: &'c TypeDraft,
    /// True if the type has one shape.
    single: bool,
}

impl Both<'_> {
    fn keys(&self) -> Vec<String> {
        self.home.field(self.name)
    }

    /// Returns the name of the field and that of its type.
    fn label(&self) -> String {
        format!("`{}` of {}", self.name, self.home.name)
    }

    /// Returns the end of a sentence with the body, if there are several.
    fn within(&self, place: Place) -> String {
        if self.single { String::new() } else { format!(" in {}", place.word()) }
    }
}

impl Comparison<'_> {
    /// Compares the fields of a type.
    pub(super) fn fields(&mut self, home: &Home, draft: &TypeDraft) {
        let known = self.ours.fields(home).filter(|_| !draft.shapes.is_empty());
        let known = known.into_iter().flat_map(names);
        let absent = known.filter(|name| !draft.fields.contains_key(*name));
        let none = FieldDraft::default();
        let theirs = draft.fields.iter().map(|(name, theirs)| (name.as_str(), theirs));
        for (name, theirs) in theirs.chain(absent.map(|name| (name, &none))) {
            let Some(ours) = self.ours.field(home, name) else {
                self.new_field(home, name, theirs);
                continue;
            };
            let single = self.ours.places(home).is_empty();
            self.field(&Both { home, name, ours, theirs, draft, single });
        }
    }

    fn new_field(&mut self, home: &Home, name: &str, theirs: &FieldDraft) {
        let kind = theirs.kind.as_deref().unwrap_or("as in api.yaml");
        let message = format!("the field `{name}` of {}: {kind}", home.name);
        if let Some(unit) = self.new_item(&home.field(name), theirs, message) {
            self.unit_for_places(home, unit, theirs.marked().iter().map(|it| it.place));
        }
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

    fn field(&mut self, both: &Both<'_>) {
        self.presence(both);
        let Some(first) = both.theirs.seen.first() else { return };
        let field = both.ours.field;
        if !self.options.unpublished && field.is_some_and(|field| !field.openapi) {
            let message = format!(
                "{} is in the document, contrary to its `openapi: false`",
                both.label()
            );
            self.note(NoteKind::Undecided, &both.keys(), first.at.as_ref(), message);
        }
        if both.theirs.unsupported {
            return;
        }
        self.kind(both);
        if let Some(field) = field {
            self.facts(both, field);
        }
    }

    /// Compares the bodies of a field, and its presence. Everything is one edit of its `in:`.
    fn presence(&mut self, both: &Both) {
        let (theirs, keys) = (both.theirs, both.keys());
        let mut marks = both.ours.places.clone();
        let mut notes = Vec::new();
        let sent = !both.single || self.ours.is_sent(both.home);
        for mark in &mut marks {
            let within = both.within(mark.place);
            let compared = sent && (both.single || mark.place != Place::Response);
            let required = theirs.is_required(mark.place).filter(|_| compared);
            if let Some(required) = required.filter(|it| *it != mark.required) {
                mark.required = required;
                let state = if required { "required" } else { "optional" };
                let message = format!("{} is now {state}{within}", both.label());
                let at = theirs.origin(Some(mark.place));
                notes.push(self.noted(NoteKind::Changed, &keys, at, message));
            }
            let mut seen = theirs.seen.iter();
            let null = seen.find(|seen| seen.nullable && seen.place == mark.place);
            if let Some(seen) = null.filter(|_| !mark.nullable) {
                let message = format!(
                    "{} is nullable{within} in the document, but not in the description",
                    both.label()
                );
                self.note(NoteKind::Undecided, &keys, seen.at.as_ref(), message);
            }
        }
        let more = self.more_places(both, &mut marks, &mut notes);
        self.missing(both, &mut marks, &mut notes);
        if notes.is_empty() || marks.is_empty() {
            return;
        }
        let key = if both.single { "required" } else { "in" }.to_owned();
        let change = if !both.single {
            let value = marks.iter().map(|it| it.text()).collect::<Tree>();
            Change::Set { key, value, after: Vec::new() }
        } else if marks.iter().any(|it| it.required) {
            Change::Set { key, value: true.into(), after: vec!["type".to_owned()] }
        } else {
            Change::Remove { key }
        };
        let unit = self.unit(notes, &keys, change);
        self.unit_for_places(both.home, unit, more.into_iter());
    }

    /// Adds missing bodies of a field, and returns them.
    fn more_places(
        &self,
        both: &Both,
        marks: &mut Vec<Marked>,
        notes: &mut Vec<Note>,
    ) -> Vec<Place> {
        let Some(known) = both.ours.stated.as_ref().filter(|_| !both.single) else {
            return Vec::new();
        };
        let more = both.theirs.marked().into_iter();
        let more: Vec<Marked> = more.filter(|it| !known.contains(&it.place)).collect();
        let places: Vec<Place> = more.iter().map(|it| it.place).collect();
        if let Some(first) = places.first() {
            *marks = merged(marks.iter().copied().chain(more));
            let shown: Vec<String> = marks.iter().map(|it| it.text()).collect();
            let message = format!("{}: now in {}", both.label(), shown.join(", "));
            let at = both.theirs.origin(Some(*first));
            notes.push(self.noted(NoteKind::Added, &both.keys(), at, message));
        }
        places
    }

    /// Reports the bodies without a field in the draft, or removes them.
    fn missing(&mut self, both: &Both, marks: &mut Vec<Marked>, notes: &mut Vec<Note>) {
        // Documents do not always list the alternatives of a union.
        let Some(field) = both.ours.field.filter(|field| field.openapi) else { return };
        let (theirs, shapes) = (both.theirs, &both.draft.shapes);
        let is_gone = |place: &Place| {
            let there = theirs.seen.iter().any(|seen| seen.place == *place);
            shapes.contains_key(place) && !there
        };
        let gone = both.ours.places.iter().map(|mark| mark.place).filter(is_gone);
        let gone: Vec<Place> = gone.collect();
        let Some(first) = gone.first().filter(|_| self.is_published(both.home)) else {
            return;
        };
        let at = shapes.get(first);
        let message = format!("the field `{}` of {}", field.wire, both.home.name);
        let mut keys = both.keys();
        let left = marks.iter().copied().filter(|mark| !gone.contains(&mark.place));
        let left: Vec<Marked> = left.collect();
        if left.is_empty() {
            marks.clear();
            return self.gone(&keys, at, &message);
        }
        let words: Vec<_> = gone.iter().map(|place| place.word()).collect();
        let message = format!("{message}, in {}", words.join(" and in "));
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
    fn kind(&mut self, both: &Both) {
        let (Some(ty), Some(kind)) = (&both.ours.ty, &both.theirs.kind) else { return };
        let known = ty.to_string();
        if known == *kind {
            return;
        }
        let mut files = self.theirs.files.values();
        let kind = match files.find_map(|file| file.enums.get(kind)) {
            Some(known) => {
                let values: Vec<_> = known.values.keys().map(String::as_str).collect();
                format!("one of `{}`", values.join("`, `"))
            }
            None => format!("`{kind}`"),
        };
        let message = format!(
            "{} is {kind} in the document, and `{known}` in the description",
            both.label()
        );
        let at = both.theirs.origin(None);
        self.note(NoteKind::Undecided, &both.keys(), at, message);
    }

    /// Compares formats, constraints and similar facts.
    fn facts(&mut self, both: &Both, field: &model::Field) {
        let theirs = both.theirs;
        let keys = both.keys();
        let at = theirs.stated.as_ref().or(theirs.origin(None));
        let from = match theirs.sentences.as_slice() {
            [] => String::new(),
            sentences => format!(", from \"{}\"", sentences.join(" ")),
        };
        let is_fact = |key: &str| FACTS.split(' ').any(|it| it == key);
        for (key, value) in theirs.rest.iter().filter(|(key, _)| is_fact(key)) {
            match fact(field, key) {
                None if covered(key, field) => {}
                None => {
                    let shown = shown(value);
                    let message = format!("`{key}` of {}: {shown}{from}", both.label());
                    let place = [keys.as_slice(), &[key.to_owned()]].concat();
                    let note = self.noted(NoteKind::Added, &place, at, message);
                    let facts = FACTS.split(' ').take_while(|it| *it != key);
                    let after: Vec<_> = BEFORE_FACTS.split(' ').chain(facts).collect();
                    let unit = self.set(note, &keys, key, value.clone(), &after);
                    self.found.units.push(unit);
                }
                Some(known) if known == *value || key == "deprecated" => {}
                Some(known) => {
                    let message = format!(
                        "`{key}` of {} is {} in the document, and {} in the description",
                        both.label(),
                        shown(value),
                        shown(&known)
                    );
                    self.note(NoteKind::Undecided, &keys, at, message);
                }
            }
        }
    }
}

/// Returns true if another key of the field implies this one.
fn covered(key: &str, field: &model::Field) -> bool {
    match key {
        "max_len" | "max_bytes" => field.rules.longest().is_some(),
        // An ID and a time have the form that they have.
        "format" => !matches!(field.ty.element(), TypeRef::Scalar(Scalar::String)),
        _ => false,
    }
}

/// Returns a fact of a field, by its key in the files.
fn fact(field: &model::Field, key: &str) -> Option<Tree> {
    match key {
        "default" => field.default.clone().map(Tree::from),
        "deprecated" => field.deprecated.as_ref().map(|_| true.into()),
        _ => field.rules.iter().find(|rule| rule.key() == key).map(|rule| match rule {
            Rule::Min(number) | Rule::Max(number) => Tree::from(*number),
            rule => Tree::from(rule.to_value()),
        }),
    }
}

fn shown(value: &Tree) -> String {
    format!("`{}`", serde_json::to_string(value).unwrap_or_default().trim_matches('"'))
}
