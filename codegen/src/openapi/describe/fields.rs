//! Fields, from their properties in the bodies of a document.

use indexmap::IndexMap;

use super::super::document::{Kind, Property, Remark, Schema};
use super::prose::{self, Facts};
use super::{Describer, unsupported};
use crate::model::{Presence, Type, TypeRef};
use crate::reconcile::{FieldDraft, Note, NoteKind, Section, Seen, field_type};
use crate::spec::{Marked, Place};

/// One of the schemas of a type.
#[derive(Debug, Clone)]
pub(super) struct Shape<'a, 'd> {
    pub(super) place: Place,
    pub(super) schema: Schema<'d>,
    /// Our type there.
    pub(super) ty: Option<&'a Type>,
}

impl<'d> Shape<'_, 'd> {
    pub(super) fn new(place: Place, schema: Schema<'d>) -> Self {
        Self { place, schema, ty: None }
    }
}

/// The owner of a field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner<'a> {
    pub(super) name: &'a str,
    /// Noun for one in prose.
    pub(super) noun: &'a str,
    /// Its bodies; none for a type of one shape.
    pub(super) places: &'a [Place],
    /// True if it is sent, so that its required fields are required in requests.
    pub(super) sent: bool,
    /// True for the resource of a service, to which the fields of `api.yaml` apply.
    pub(super) resource: bool,
}

/// A field in one of its bodies.
#[derive(Debug, Clone)]
pub(super) struct Found<'d> {
    pub(super) place: Place,
    pub(super) schema: Schema<'d>,
    pub(super) required: Option<bool>,
    /// Our type.
    pub(super) expected: Option<TypeRef>,
}

/// A field in all of its bodies, with what its prose says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject<'s, 'd> {
    pub(super) owner: Owner<'s>,
    pub(super) name: &'s str,
    pub(super) found: &'s [Found<'d>],
    pub(super) said: &'s Facts,
}

/// A property of a shape: the body, our type of the shape, and the property.
pub(super) type Member<'a, 'd> = (Place, Option<&'a Type>, Property<'d>);

impl Found<'_> {
    fn seen(&self, said: &Facts) -> Seen {
        let required = if said.required { Some(true) } else { self.required };
        Seen {
            place: self.place,
            required,
            nullable: self.schema.nullable,
            optional: self.required == Some(false),
            at: Some(self.schema.at.remark(String::new())),
        }
    }
}

impl Describer<'_> {
    /// Describes the fields of a type, from its schema in each body.
    pub(super) fn fields(
        &mut self,
        owner: Owner,
        shapes: &[Shape],
    ) -> Section<FieldDraft> {
        let fields = gather(shapes).into_iter().map(|(name, members)| {
            let (field, findings) =
                self.collect(|this| this.field(owner, name, members));
            (name.to_owned(), FieldDraft { findings, ..field })
        });
        fields.collect()
    }

    pub(super) fn field(
        &mut self,
        owner: Owner,
        name: &str,
        members: Vec<Member>,
    ) -> FieldDraft {
        let mut read = Vec::new();
        let mut seen = Vec::new();
        for (place, ty, property) in members {
            let required = property.required;
            match property.read() {
                Ok(schema) => {
                    let expected = ty.and_then(|ty| field_type(ty, name));
                    read.push(Found { place, schema, required, expected });
                }
                // The field is there, though its schema cannot be read.
                Err(remark) => {
                    let at = Some(Remark { message: String::new(), ..remark.clone() });
                    let (nullable, optional) = (false, false);
                    seen.push(Seen { place, required, nullable, optional, at });
                    self.findings.push(Note::new(NoteKind::Inexpressible, remark));
                }
            }
        }
        let said = said(&read);
        seen.extend(read.iter().map(|one| one.seen(&said)));
        let mut field =
            FieldDraft { seen, doc: said.text.clone(), ..FieldDraft::default() };
        let subject = Subject { owner, name, found: &read, said: &said };
        if read.iter().any(|one| one.expected.is_some()) {
            self.known_field(subject, &mut field);
            return field;
        }
        self.unsupported(subject);
        if owner.resource && self.common(subject, &mut field) {
            return field;
        }
        let Some((kind, request_kind)) = self.kind(subject) else {
            return FieldDraft { unsupported: true, ..field };
        };
        self.infer(subject);
        field.rest = self.facts(subject, &kind);
        (field.kind, field.request_kind) = (Some(kind), request_kind);
        place(owner, &mut field);
        field
    }

    /// Describes a field like ours, unless the document contradicts it.
    fn known_field(&mut self, subject: Subject, field: &mut FieldDraft) {
        let mut known = None;
        let usual = subject.found.iter().find_map(|one| one.expected.as_ref());
        for one in subject.found {
            let found = std::slice::from_ref(one);
            let fits = one.expected.as_ref().or(usual);
            let fits = fits.filter(|ty| self.fits(ty, &one.schema, &said(found)));
            if let Some(ty) = fits {
                known = known.or_else(|| Some(ty.to_string()));
                continue;
            }
            self.guesses = false;
            let other = self.kind(Subject { found, ..subject });
            self.guesses = true;
            field.unsupported = other.is_none();
            field.kind = other.map(|(kind, _)| kind);
            return;
        }
        field.rest = self.facts(subject, &known.unwrap_or_default());
        let sentences = subject.said.found.iter();
        field.sentences = sentences.map(|(_, text)| prose::shortened(text)).collect();
        let stated = subject.found.iter().find(|one| states_facts(&one.schema));
        field.stated = stated.map(|one| one.schema.at.remark(String::new()));
    }

    /// Notes unsupported parts of a field; an object is a type, which is noted when it is described.
    fn unsupported(&mut self, subject: Subject) {
        for schema in subject.found.iter().flat_map(|one| one.schema.nested()) {
            if !matches!(schema.kind, Kind::Object) {
                let what = format!("`{}`", subject.name);
                unsupported::of_schema(&what, &schema, &mut self.findings);
            }
        }
    }

    /// Returns true if `api.yaml` describes a field. Its bodies are kept if they are required.
    fn common(&self, subject: Subject, field: &mut FieldDraft) -> bool {
        let common = self.conventions.common(subject.name);
        let Some((kind, usual)) = common else { return false };
        let text = subject.found.iter().all(|one| {
            matches!(one.schema.kind, Kind::Text) && one.schema.values.is_empty()
        });
        if !text || !matches!(kind, "string" | "id" | "timestamp") {
            return false;
        }
        let places = field.marked();
        let same = usual.iter().map(|it| it.place).eq(places.iter().map(|it| it.place));
        let fits = usual.iter().all(|mark| subject.owner.places.contains(&mark.place));
        if !(same && fits) {
            let marks = places.iter().map(|mark| {
                let usual = usual.iter().find(|usual| usual.place == mark.place);
                usual.copied().unwrap_or(*mark)
            });
            field.places = Some(marks.collect()).filter(|marks| *marks != usual);
        }
        field.doc = String::new();
        true
    }

    /// Notes facts that were inferred from prose.
    fn infer(&mut self, subject: Subject) {
        let Some(first) = subject.found.first() else { return };
        for (fact, sentence) in &subject.said.found {
            let message = format!("{fact}, from \"{}\"", prose::shortened(sentence));
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
fn gather<'a, 'd>(shapes: &[Shape<'a, 'd>]) -> IndexMap<&'d str, Vec<Member<'a, 'd>>> {
    let mut gathered = IndexMap::<&str, Vec<_>>::new();
    for shape in shapes {
        let mut next = 0;
        for property in shape.schema.properties() {
            let known = gathered.get_index_of(property.name);
            let at = known.unwrap_or(next);
            if known.is_none() {
                gathered.shift_insert(at, property.name, Vec::new());
            }
            gathered[at].push((shape.place, shape.ty, property));
            next = at + 1;
        }
    }
    gathered
}

/// Returns true if a schema has other facts than the type.
fn states_facts(schema: &Schema) -> bool {
    let keys = ["default", "format", "maxLength", "maximum", "minItems", "minimum"];
    !said_by(schema).found.is_empty() || keys.iter().any(|key| schema.say(key).is_some())
}

/// Returns the facts in the prose of a field in one body.
fn said_by(schema: &Schema) -> Facts {
    prose::read(&prose::plain(schema.own_text("description").unwrap_or_default()))
}

/// Returns the facts in the prose of a field, in any body.
fn said(found: &[Found]) -> Facts {
    let mut said = Facts::default();
    for one in found {
        said.add(said_by(&one.schema));
    }
    said
}
