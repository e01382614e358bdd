//! Fields and types in the format of a description, made from properties and schemas.
//!
//! Enters what a document says about a field in each of the bodies that have it; leaves the field as it is written, and
//! the types and enums that it needs and nobody has described yet.

mod enums;
mod facts;
mod objects;
mod scalars;

use crate::spec::Spec;

use super::super::document::{Kind, Property, Schema};
use super::super::extension;
use super::super::{Map, Tree};
use super::conventions::Conventions;
use super::docs;
use super::field::{FieldSheet, marked, merged};
use super::known::{CommonFields, Known};
use super::notes::{NoteKind, Notes};
use super::prose::{self, Facts};
use super::spot::{Marked, Spot};
use super::unsaid;

pub(super) use objects::{constraints, unpublished};
pub(super) use scalars::type_text;

/// Makes fields and types.
pub(super) struct Maker {
    pub(super) known: Known,
    pub(super) common: CommonFields,
    pub(super) notes: Notes,
    /// The keys of a page beside its items.
    pub(super) page_keys: Vec<String>,
    /// The parameters of paging.
    pub(super) paging: Vec<String>,
    /// The parameter of filters.
    pub(super) filter: String,
    /// The document was exported from a description: what it does not say is not so.
    pub(super) own: bool,
    /// Types that are being made inside of each other.
    pub(super) depth: usize,
}

/// What a file describes beside its resource.
#[derive(Debug, Default)]
pub(super) struct FileTypes {
    pub(super) types: Map,
    pub(super) enums: Map,
}

/// The type that a field belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner<'a> {
    pub(super) name: &'a str,
    /// What one is called in prose.
    pub(super) noun: &'a str,
    /// What several are called.
    pub(super) nouns: &'a str,
    /// The places it has; none for a type of one shape.
    pub(super) spots: &'a [Spot],
    /// It is sent, so what it requires is required of requests.
    pub(super) sent: bool,
    /// It is what a service is about: fields of `api.yaml` are its own.
    pub(super) resource: bool,
}

/// A field in one of the bodies that have it.
#[derive(Debug, Clone)]
pub(super) struct Found<'d> {
    pub(super) spot: Spot,
    pub(super) schema: Schema<'d>,
    pub(super) required: Option<bool>,
}

impl Maker {
    /// One for a description.
    pub(super) fn new(spec: &Spec, conventions: &Conventions, notes: Notes) -> Self {
        Self {
            known: Known::of(spec),
            common: CommonFields::of(&spec.api.fields),
            notes,
            page_keys: conventions.page_keys.clone(),
            paging: conventions.paging.clone(),
            filter: conventions.filter.clone(),
            own: conventions.own,
            depth: 0,
        }
    }

    /// The fields of a type, from its schema in each place.
    pub(super) fn fields(
        &mut self,
        owner: Owner,
        shapes: &[(Spot, Schema)],
        out: &mut FileTypes,
    ) -> Map {
        let mut fields = Map::new().section();
        for (name, found) in gather(shapes) {
            self.notes.enter(name);
            if let Some(field) = self.field(owner, name, &found, out) {
                fields.set(name, field);
            }
            self.notes.leave();
        }
        fields
    }

    /// A field; nothing where the format has no words for it.
    pub(super) fn field(
        &mut self,
        owner: Owner,
        name: &str,
        found: &[(Spot, Property)],
        out: &mut FileTypes,
    ) -> Option<Tree> {
        let found = self.read(found)?;
        if !self.own {
            self.unsaid(name, &found);
        }
        let said = said(&found);
        let mut sheet = FieldSheet { doc: said.text.clone(), ..FieldSheet::default() };
        let places = merged(found.iter().map(|one| self.mark(one, &said)));
        if owner.resource
            && let Some(common) = self.common(name, &found, &places, &said, owner)
        {
            sheet.places = common;
            sheet.doc = String::new();
            return Some(sheet.tree());
        }
        let (kind, request_kind) = self.kind(owner, name, &found, &said, out)?;
        // A document of our own says it in other keys as well.
        let said = if self.own { Facts::default() } else { said };
        self.infer(&found, &said);
        sheet.rest = self.rest(name, &found, &said, &kind);
        (sheet.kind, sheet.request_kind) = (Some(kind), request_kind);
        let everywhere = places.len() == owner.spots.len()
            && places.iter().all(|place| place.is_bare());
        if owner.spots.is_empty() {
            let required =
                found.iter().any(|one| one.required == Some(true)) || said.required;
            sheet.required = owner.sent && required;
            sheet.nullable = places.iter().any(|place| place.nullable);
            sheet.optional = places.iter().any(|place| place.optional);
        } else if !everywhere {
            sheet.places = Some(places);
        }
        Some(sheet.tree())
    }

    /// Tells what is lost of a field; an object is a type, which is told of when it is made.
    fn unsaid(&mut self, name: &str, found: &[Found]) {
        for one in found {
            let mut schema = one.schema.clone();
            for _ in 0..8 {
                if !matches!(schema.kind, Kind::Object) {
                    unsaid::of_schema(&format!("`{name}`"), &schema, &mut self.notes);
                }
                let inner = match &schema.kind {
                    Kind::List(Some(inner)) | Kind::Map(Some(inner)) => {
                        Schema::read(inner).ok()
                    }
                    _ => None,
                };
                let Some(inner) = inner else { break };
                schema = inner;
            }
        }
    }

    /// The schemas of a field; what they cannot say is told.
    pub(super) fn read<'d>(
        &mut self,
        found: &[(Spot, Property<'d>)],
    ) -> Option<Vec<Found<'d>>> {
        let mut read = Vec::new();
        for (spot, property) in found {
            match Schema::read(&property.at) {
                Ok(schema) => {
                    read.push(Found {
                        spot: *spot,
                        schema,
                        required: property.required,
                    });
                }
                Err(remark) => self.notes.remark(NoteKind::Inexpressible, remark),
            }
        }
        (!read.is_empty()).then_some(read)
    }

    fn mark(&self, found: &Found, said: &Facts) -> Marked {
        let optional = found.schema.fact(extension::OPTIONAL).is_some();
        let unsure = !self.own && found.required == Some(false);
        marked(
            found.spot,
            found.required,
            found.schema.nullable,
            optional || unsure,
            said,
        )
    }

    /// The places of a field that `api.yaml` describes, where they have to be said.
    #[expect(
        clippy::option_option,
        reason = "whether the field is a common one, and whether its places are"
    )]
    fn common(
        &self,
        name: &str,
        found: &[Found],
        places: &[Marked],
        said: &Facts,
        owner: Owner,
    ) -> Option<Option<Vec<Marked>>> {
        let (kind, usual) = self.common.get(name)?;
        let doc = || {
            self.common
                .doc(name)
                .replace("{nouns}", owner.nouns)
                .replace("{noun}", owner.noun)
        };
        if self.own && said.text.trim() != doc().trim() {
            return None;
        }
        let text = found.iter().all(|one| {
            matches!(one.schema.kind, Kind::Text) && one.schema.values.is_empty()
        });
        let is_text = matches!(kind, "string" | "id" | "timestamp");
        if !text || !is_text {
            return None;
        }
        let same = usual.len() == places.len()
            && usual.iter().zip(places).all(|(a, b)| a.spot == b.spot);
        let fits = usual.iter().all(|place| owner.spots.contains(&place.spot));
        if same && fits && !self.own {
            return Some(None);
        }
        let marks = places.iter().map(|place| {
            let usual = usual.iter().find(|usual| usual.spot == place.spot);
            usual.filter(|_| !self.own).map_or(*place, |usual| *usual)
        });
        let marks: Vec<_> = marks.collect();
        Some((marks != usual).then_some(marks))
    }

    /// Tells what was concluded from prose.
    fn infer(&mut self, found: &[Found], said: &Facts) {
        let Some(first) = found.first() else { return };
        for (fact, sentence) in &said.found {
            if !self.own {
                let message = format!("{fact}, from \"{}\"", docs::shortened(sentence));
                self.notes.at(NoteKind::Inferred, &first.schema.at, message);
            }
        }
    }
}

/// The properties of all shapes by name, in the order of the first that has them; what only a later one has stands
/// behind its neighbour there.
pub(super) fn gather<'d>(
    shapes: &[(Spot, Schema<'d>)],
) -> Vec<(&'d str, Vec<(Spot, Property<'d>)>)> {
    let mut gathered: Vec<(&str, Vec<(Spot, Property)>)> = Vec::new();
    for (spot, schema) in shapes {
        let mut behind = None;
        for property in schema.properties() {
            let name = property.name;
            let known = gathered.iter().position(|(known, _)| *known == name);
            let at =
                known.unwrap_or_else(|| behind.map_or(0, |behind: usize| behind + 1));
            if known.is_none() {
                gathered.insert(at, (name, Vec::new()));
            }
            gathered[at].1.push((*spot, property));
            behind = Some(at);
        }
    }
    gathered
}

/// What the prose of a field says, wherever it says it. A document of our own says it in keys.
pub(super) fn said(found: &[Found]) -> Facts {
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
