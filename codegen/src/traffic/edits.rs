//! Additions to the description from a recording.
//!
//! Takes a report and the description it refers to; returns the files with the fields and enum values that only
//! responses had. Items of requests, and what needs a decision, are left to the user, with the reason. Nothing is removed
//! or changed, and no edit is kept that would cause an error in the description.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::{Kind, Side, Weight};
use super::report::{Finding, Report};
use super::secrets::is_hidden;
use super::types::{NEEDS_A_TYPE, unified};
use crate::Described;
use crate::model::Presence;
use crate::reconcile::{
    Draft, FieldDraft, Home, Note, Options, Ours, Seen, Texts, apply_valid, reconcile,
};
use crate::spec::Place;

/// Changes of a description.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Changed files, by name, with their new texts.
    pub files: BTreeMap<String, String>,
    /// Additions: the file and a description.
    pub added: Vec<(String, String)>,
    /// Items left to the user, with the reason.
    pub left: Vec<(String, String)>,
}

/// Creates edits of the description from the new items of a report.
#[must_use]
pub fn propose(report: &Report, described: Described) -> Proposal {
    let Described { spec, sources, model } = described;
    let ours = Ours::new(spec, Some(model));
    let mut observed = Observed {
        report,
        ours: &ours,
        draft: Draft::default(),
        fields: BTreeMap::new(),
        left: Vec::new(),
    };
    for finding in report.findings.iter().filter(|it| it.weight == Weight::New) {
        if let Err(reason) = observed.finding(finding) {
            observed.left.push((finding.message.clone(), reason.to_owned()));
        }
    }
    observed.describe_fields();
    let mut left = observed.left;
    let files = sources.files();
    let old: Texts =
        files.map(|(_, name, it)| (name.to_owned(), it.to_owned())).collect();
    let compared = reconcile(&ours, &observed.draft, Options::default());
    let mut texts = old.clone();
    let applied = apply_valid(&mut texts, compared.units);
    let refused = applied.refused.into_iter();
    left.extend(
        refused.filter_map(|(unit, reason)| Some((shown(unit.notes)?.1, reason))),
    );
    let done = applied.done.into_iter();
    let added = done.filter_map(|unit| shown(unit.notes)).collect();
    texts.retain(|name, text| old.get(name) != Some(text));
    Proposal { files: texts, added, left }
}

/// Returns the file of a change, and what it is for.
fn shown(notes: Vec<Note>) -> Option<(String, String)> {
    let first = notes.into_iter().next()?;
    Some((first.description?.file, first.message))
}

/// Reason for not adding odd words.
const NO_NAME: &str = "no name can be derived from it";

/// Reason for not adding items of requests.
const ONLY_SENT: &str = "it was only sent: it is unknown whether the server supports it";

/// A field that was seen and is not described, or not in this shape.
#[derive(Default)]
struct NewField {
    /// Types of its values.
    types: BTreeSet<String>,
    seen: Vec<Seen>,
    /// True if its type has one shape.
    single: bool,
    /// Message if it cannot be added.
    message: String,
}

/// A recording as a description.
struct Observed<'a> {
    report: &'a Report,
    ours: &'a Ours<'a>,
    draft: Draft,
    /// By type and name.
    fields: BTreeMap<(Home, String), NewField>,
    left: Vec<(String, String)>,
}

impl Observed<'_> {
    /// Adds a finding; fails with the reason why the user has to decide.
    fn finding(&mut self, finding: &Finding) -> Result<(), &'static str> {
        if is_hidden(finding.name.as_deref().unwrap_or_default()) {
            return Err("its name looks like a secret, or is too long");
        }
        match (finding.kind, finding.ty.as_deref()) {
            (Kind::UnknownValue, Some(ty)) => self.value(finding, ty),
            (Kind::UnknownField, Some(ty)) if finding.field.is_none() => {
                self.field(finding, ty)
            }
            (Kind::UnknownField, _) => Err("a description has no place for it"),
            (Kind::UnknownChoice, _) => Err(NEEDS_A_TYPE),
            (Kind::UnknownOperation, _) => {
                Err("its body and response are more than a recording shows")
            }
            (Kind::UnknownErrorCode, _) => Err("it needs a name and a meaning"),
            (Kind::UnknownKey, _) => Err("the known keys have to be decided"),
            _ => Err(ONLY_SENT),
        }
    }

    fn value(&mut self, finding: &Finding, ty: &str) -> Result<(), &'static str> {
        let value = finding.name.as_deref().unwrap_or_default();
        if finding.side == Side::Request {
            let returned = self.report.findings.iter().any(|other| {
                let same = other.kind == finding.kind && other.ty == finding.ty;
                same && other.name == finding.name && other.side == Side::Response
            });
            return if returned { Ok(()) } else { Err(ONLY_SENT) };
        }
        let fits = |c: char| c.is_ascii_alphanumeric() || "_-./:".contains(c);
        let begins = value.starts_with(|c: char| c.is_ascii_alphabetic());
        if !begins || !value.chars().all(fits) {
            return Err(NO_NAME);
        }
        let home = self.ours.symbols.home(ty);
        let (home, _) = home.ok_or("its type is not described")?;
        let file = self.draft.files.entry(home.file.clone()).or_default();
        let values = &mut file.enums.entry(ty.to_owned()).or_default().values;
        values.insert(value.to_owned(), None);
        Ok(())
    }

    fn field(&mut self, finding: &Finding, ty: &str) -> Result<(), &'static str> {
        let name = finding.name.as_deref().unwrap_or_default();
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
        if !begins || !name.chars().all(fits) {
            return Err(NO_NAME);
        }
        let home = self.ours.symbols.home(ty);
        let (home, place) = home.ok_or("no file of the description has its type")?;
        let field = self.fields.entry((home.clone(), name.to_owned())).or_default();
        field.message.clone_from(&finding.message);
        field.single |= place.is_none();
        // One recording cannot prove that a field is always present.
        field.seen.push(Seen {
            place: place.unwrap_or(Place::Response),
            required: None,
            nullable: finding.types.iter().any(|ty| ty == "null"),
            optional: true,
            at: None,
        });
        field.types.extend(finding.types.iter().cloned());
        Ok(())
    }

    fn describe_fields(&mut self) {
        for ((home, name), field) in std::mem::take(&mut self.fields) {
            let message = field.message.clone();
            match self.describe(&home, &name, field) {
                Ok(described) => {
                    let file = self.draft.files.entry(home.file.clone()).or_default();
                    let ty = if home.is_resource() {
                        &mut file.resource
                    } else {
                        file.types.entry(home.name.clone()).or_default()
                    };
                    ty.fields.insert(name, described);
                }
                Err(reason) => self.left.push((message, reason)),
            }
        }
    }

    fn describe(
        &self,
        home: &Home,
        name: &str,
        field: NewField,
    ) -> Result<FieldDraft, String> {
        let ours = self.ours.field(home, name);
        let known = ours.iter().flat_map(|ours| &ours.places).map(|mark| mark.place);
        let seen = field.seen.iter().map(|seen| seen.place);
        if !known.chain(seen).any(|place| place == Place::Response) {
            return Err(ONLY_SENT.to_owned());
        }
        let kind = match &ours {
            Some(ours) if ours.given.is_none_or(|given| given.places.is_none()) => {
                return Err("it is described, but not for this body".to_owned());
            }
            Some(_) => None,
            None => Some(unified(&field.types)?),
        };
        let mut described =
            FieldDraft { seen: field.seen, kind, ..FieldDraft::default() };
        let marks = described.marked();
        if field.single {
            let nullable = marks.iter().any(|mark| mark.nullable);
            described.presence = Presence { required: false, nullable, optional: true };
        } else {
            described.places = Some(marks);
        }
        Ok(described)
    }
}
