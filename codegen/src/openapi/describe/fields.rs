//! Fields, from their properties in the bodies of a document.

use super::super::document::{Kind, Schema};
use super::prose::{self, Facts};
use super::shape::{Found, Owner, Shape, Unreadable, found};
use super::{Describer, docs, kinds, unsupported};
use crate::model::Presence;
use crate::reconcile::{FieldDraft, FileDraft, NoteKind, Section};
use crate::spec::Marked;

impl Describer<'_> {
    /// Describes the fields of a type, from its schema in each body.
    pub(super) fn fields(
        &mut self,
        owner: Owner,
        shapes: &[Shape],
        out: &mut FileDraft,
    ) -> Section<FieldDraft> {
        let mut fields = Section::new();
        for (name, found) in gather(shapes) {
            let (field, findings) =
                self.collect(|this| this.field(owner, name, found, out));
            fields.insert(name.to_owned(), FieldDraft { findings, ..field });
        }
        fields
    }

    /// Describes a field.
    pub(super) fn field(
        &mut self,
        owner: Owner,
        name: &str,
        found: Vec<Result<Found, Unreadable>>,
        out: &mut FileDraft,
    ) -> FieldDraft {
        let mut read = Vec::new();
        let mut seen = Vec::new();
        for one in found {
            match one {
                Ok(found) => read.push(found),
                Err((unread, remark)) => {
                    self.findings.push((NoteKind::Inexpressible, remark));
                    seen.push(unread);
                }
            }
        }
        let said = said(&read);
        seen.extend(read.iter().map(|one| one.seen(&said)));
        let mut field =
            FieldDraft { seen, doc: said.text.clone(), ..FieldDraft::default() };
        if read.iter().any(|one| one.expected.is_some()) {
            self.known_field(owner, name, &read, &said, &mut field, out);
            return field;
        }
        self.unsupported(name, &read);
        if owner.resource && self.common(name, &read, owner, &mut field) {
            return field;
        }
        let Some((kind, request_kind)) = self.kind(owner, name, &read, &said, out)
        else {
            return FieldDraft { unsupported: true, ..field };
        };
        self.infer(&read, &said);
        field.rest = self.facts(name, &read, &said, &kind);
        (field.kind, field.request_kind) = (Some(kind), request_kind);
        place(owner, &mut field);
        field
    }

    /// Describes a field like ours, unless the document contradicts it.
    fn known_field(
        &mut self,
        owner: Owner,
        name: &str,
        found: &[Found],
        said: &Facts,
        field: &mut FieldDraft,
        out: &mut FileDraft,
    ) {
        let mut known = None;
        for one in found {
            let fits = one.expected.as_ref();
            let own = self::said(std::slice::from_ref(one));
            let fits = fits.filter(|ty| self.fits(ty, &one.schema, &own));
            if let Some(ty) = fits {
                known = known.or_else(|| Some(kinds::type_text(ty)));
                continue;
            }
            self.guesses = false;
            let other = self.kind(owner, name, std::slice::from_ref(one), said, out);
            self.guesses = true;
            field.unsupported = other.is_none();
            field.kind = other.map(|(kind, _)| kind);
            return;
        }
        let kind = known.unwrap_or_default();
        field.rest = self.facts(name, found, said, &kind);
        let sentences = said.found.iter().map(|(_, sentence)| docs::shortened(sentence));
        field.sentences = sentences.collect();
        let stated = found.iter().find(|one| states_facts(&one.schema));
        field.stated = stated.map(|one| one.schema.at.remark(String::new()));
    }

    /// Notes unsupported parts of a field; an object is a type, which is noted when it is described.
    fn unsupported(&mut self, name: &str, found: &[Found]) {
        for one in found {
            for schema in one.schema.nested() {
                if !matches!(schema.kind, Kind::Object) {
                    let what = format!("`{name}`");
                    unsupported::of_schema(&what, &schema, &mut self.findings);
                }
            }
        }
    }

    /// Returns true if `api.yaml` describes a field. Its bodies are kept if they are required.
    fn common(
        &self,
        name: &str,
        found: &[Found],
        owner: Owner,
        field: &mut FieldDraft,
    ) -> bool {
        let Some((kind, usual)) = self.common.get(name) else { return false };
        let text = found.iter().all(|one| {
            matches!(one.schema.kind, Kind::Text) && one.schema.values.is_empty()
        });
        if !text || !matches!(kind, "string" | "id" | "timestamp") {
            return false;
        }
        let places = field.marked();
        let same = usual.len() == places.len()
            && usual.iter().zip(&places).all(|(a, b)| a.place == b.place);
        let fits = usual.iter().all(|mark| owner.places.contains(&mark.place));
        if !(same && fits) {
            let marks = places.iter().map(|mark| {
                let usual = usual.iter().find(|usual| usual.place == mark.place);
                usual.copied().unwrap_or(*mark)
            });
            let marks: Vec<_> = marks.collect();
            field.places = Some(marks).filter(|marks| marks != usual);
        }
        field.doc = String::new();
        true
    }

    /// Notes facts that were inferred from prose.
    fn infer(&mut self, found: &[Found], said: &Facts) {
        let Some(first) = found.first() else { return };
        for (fact, sentence) in &said.found {
            let message = format!("{fact}, from \"{}\"", docs::shortened(sentence));
            self.note(NoteKind::Inferred, &first.schema.at, message);
        }
    }
}

/// Sets the bodies of a new field.
fn place(owner: Owner, field: &mut FieldDraft) {
    let marks = field.marked();
    if owner.places.is_empty() {
        let required = field.seen.iter().any(|seen| seen.required == Some(true));
        field.presence = Presence {
            required: owner.sent && required,
            nullable: marks.iter().any(|mark| mark.nullable),
            optional: marks.iter().any(|mark| mark.optional),
        };
        return;
    }
    let everywhere =
        marks.len() == owner.places.len() && marks.iter().copied().all(Marked::is_bare);
    field.places = (!everywhere).then_some(marks);
}

/// Returns the properties of all shapes by name, in the order of the first that has them; those of a later one follow
/// their neighbour there.
fn gather<'d>(
    shapes: &[Shape<'_, 'd>],
) -> Vec<(&'d str, Vec<Result<Found<'d>, Unreadable>>)> {
    let mut gathered = indexmap::IndexMap::<&str, Vec<_>>::new();
    for shape in shapes {
        let mut behind = None;
        for property in shape.schema.properties() {
            let known = gathered.get_index_of(property.name);
            let next = || behind.map_or(0, |behind: usize| behind + 1);
            let at = known.unwrap_or_else(next);
            if known.is_none() {
                gathered.shift_insert(at, property.name, Vec::new());
            }
            let expected = shape.expected(property.name);
            let found = found(shape.place, &property, expected);
            gathered[at].push(found);
            behind = Some(at);
        }
    }
    gathered.into_iter().collect()
}

/// Returns true if a schema has other facts than the type.
fn states_facts(schema: &Schema) -> bool {
    let prose = schema.own_text("description").unwrap_or_default();
    let keys = ["default", "format", "maxLength", "maximum", "minItems", "minimum"];
    !prose::read(&docs::plain(prose)).found.is_empty()
        || keys.iter().any(|key| schema.say(key).is_some())
}

/// Returns the facts in the prose of a field, in any body.
fn said(found: &[Found]) -> Facts {
    let mut said = Facts::default();
    for one in found {
        let description = one.schema.own_text("description").unwrap_or_default();
        let facts = prose::read(&docs::plain(description));
        if said.text.is_empty() {
            said.text.clone_from(&facts.text);
        }
        said.add(facts);
    }
    said
}
