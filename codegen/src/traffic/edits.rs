//! What is new in a recording, as changes to the description.
//!
//! Enters a report and the files it was held against; leaves the files with what the answers had and the description
//! has not: fields and values of enums. What has been seen in requests only, or would need a decision, is left to a
//! person, with the reason. Nothing is left out or changed, and no edit is kept that the description cannot bear.

mod types;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::SourceMap;
use crate::model::Model;
use crate::openapi::bear::{Texts, Unit, make};
use crate::openapi::edit::{Change, Edit};
use crate::openapi::home::{self, Home};
use crate::openapi::{Map, Tree};
use crate::spec::{Field, Spec};

use super::findings::{Kind, Side, Weight};
use super::report::{Finding, Report};
use super::secrets::is_hidden;

/// Changes to a description.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// The files that change, by their names, with their new texts.
    pub files: BTreeMap<String, String>,
    /// What was added: the file and what it is.
    pub added: Vec<(String, String)>,
    /// What is left to a person: what is new, and why it was left.
    pub left: Vec<(String, String)>,
}

/// Turns what is new in a report into edits of the description it was held against.
#[must_use]
pub fn propose(
    report: &Report,
    model: &Model,
    spec: &Spec,
    sources: &SourceMap,
) -> Proposal {
    let mut draft = Draft {
        report,
        model,
        spec,
        fields: BTreeMap::new(),
        additions: Vec::new(),
        left: Vec::new(),
    };
    for finding in report.findings.iter().filter(|it| it.weight == Weight::New) {
        if let Err(reason) = draft.finding(finding) {
            draft.left.push((finding.message.clone(), reason));
        }
    }
    draft.add_fields();
    let texts =
        sources.files().map(|(_, name, text)| (name.to_owned(), text.to_owned()));
    let mut proposal = Proposal { left: draft.left, ..Proposal::default() };
    proposal.make(&texts.collect(), draft.additions);
    proposal
}

/// Why what was only sent is not taken for known to the server.
const ONLY_SENT: &str = "it was only sent: whether the server knows it cannot be told";

/// The places of a field in the order they are written in.
const PLACES: [&str; 4] = ["response", "create", "update", "request"];

/// An edit that may be made.
struct Addition {
    file: String,
    edit: Edit,
    what: String,
}

/// A field to be added, or a place for one.
struct Wanted<'s> {
    home: Home<'s>,
    name: String,
    /// The types that its values had.
    types: BTreeSet<String>,
    /// The places it was seen in, and whether as null.
    places: BTreeMap<Option<&'static str>, bool>,
    /// What is told about it if it cannot be added.
    message: String,
}

struct Draft<'a> {
    report: &'a Report,
    model: &'a Model,
    spec: &'a Spec,
    /// By file, path and name.
    fields: BTreeMap<(String, Vec<String>, String), Wanted<'a>>,
    additions: Vec<Addition>,
    left: Vec<(String, String)>,
}

impl Draft<'_> {
    /// Takes up a finding; fails with the reason why a person has to look at it.
    fn finding(&mut self, finding: &Finding) -> Result<(), String> {
        let name = finding.name.as_deref().unwrap_or_default();
        if is_hidden(name) {
            return Err("its name looks like a secret, or is too long".to_owned());
        }
        let reason = match (finding.kind, finding.ty.as_deref()) {
            (Kind::UnknownValue, Some(ty)) => return self.value(finding, ty, name),
            (Kind::UnknownField, Some(ty)) if finding.field.is_none() => {
                return self.field(finding, ty, name);
            }
            (Kind::UnknownField, _) => "a description has no place for it",
            (Kind::UnknownChoice, _) => types::NEEDS_A_TYPE,
            (Kind::UnknownOperation, _) => {
                "what it takes and answers is more than a recording shows"
            }
            (Kind::UnknownErrorCode, _) => "it needs a name and a meaning",
            (Kind::UnknownKey, _) => "which keys are known is for a person to say",
            _ => ONLY_SENT,
        };
        Err(reason.to_owned())
    }

    fn value(&mut self, finding: &Finding, ty: &str, value: &str) -> Result<(), String> {
        if finding.side == Side::Request {
            let answered = self.report.findings.iter().any(|other| {
                let same = other.kind == finding.kind && other.ty == finding.ty;
                same && other.name == finding.name && other.side == Side::Response
            });
            return if answered { Ok(()) } else { Err(ONLY_SENT.to_owned()) };
        }
        let fits = |c: char| c.is_ascii_alphanumeric() || "_-./:".contains(c);
        let begins = value.starts_with(|c: char| c.is_ascii_alphabetic());
        if !begins || !value.chars().all(fits) {
            return Err("no name can be made of it".to_owned());
        }
        let file = home::file_of(self.model, ty).ok_or("nothing describes its type")?;
        let meaning = Tree::from(format!("The value `{value}`."));
        let change = Change::Set { key: value.to_owned(), value: meaning, after: None };
        let edit = Edit::new(["enums", ty, "values"], change);
        let what = format!("the value `{value}` of {ty}");
        self.additions.push(Addition { file, edit, what });
        Ok(())
    }

    fn field(&mut self, finding: &Finding, ty: &str, name: &str) -> Result<(), String> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
        if !begins || !name.chars().all(fits) {
            return Err("no name can be made of it".to_owned());
        }
        let (home, place) = Home::of(self.model, self.spec, ty)
            .ok_or("no file of the description has its type")?;
        let key = (home.file.clone(), home.path.clone(), name.to_owned());
        let wanted = self.fields.entry(key).or_insert_with(|| Wanted {
            home,
            name: name.to_owned(),
            types: BTreeSet::new(),
            places: BTreeMap::new(),
            message: finding.message.clone(),
        });
        let null = finding.types.iter().any(|ty| ty == "null");
        *wanted.places.entry(place).or_default() |= null;
        wanted.types.extend(finding.types.iter().cloned());
        Ok(())
    }

    fn add_fields(&mut self) {
        for wanted in std::mem::take(&mut self.fields).into_values() {
            match wanted.addition() {
                Ok(addition) => self.additions.push(addition),
                Err(reason) => self.left.push((wanted.message, reason)),
            }
        }
    }
}

impl Wanted<'_> {
    /// What adds the field, or gives one that is there more places.
    fn addition(&self) -> Result<Addition, String> {
        let known = self.home.fields.entry(&self.name);
        let known_places = known.and_then(|entry| entry.value.as_ref()).and_then(places);
        let answers = |place: &str| place.starts_with("response");
        let answered = self.places.keys().any(|place| place.is_none_or(answers))
            || known_places.iter().flatten().any(|place| answers(place));
        if !answered {
            return Err(ONLY_SENT.to_owned());
        }
        let mut path = self.home.path.clone();
        let (key, value, more): (_, Tree, _) = match (known, known_places) {
            (None, _) => {
                let kind = types::unified(&self.types)?;
                (self.name.clone(), Tree::Map(self.sheet(&kind)), kind)
            }
            (Some(_), Some(known)) => {
                path.push(self.name.clone());
                let places = self.merged(&known);
                let more = format!("now in {}", places.join(", "));
                ("in".to_owned(), places.into(), more)
            }
            (Some(_), None) => {
                return Err("it is described, but not where it was seen".to_owned());
            }
        };
        Ok(Addition {
            file: self.home.file.clone(),
            edit: Edit::new(path, Change::Set { key, value, after: None }),
            what: format!("`{}` of {}: {more}", self.name, self.home.name),
        })
    }

    /// A new field, as it is written.
    fn sheet(&self, kind: &str) -> Map {
        let map = Map::new().with("type", kind);
        match self.places.get(&None) {
            Some(null) => map.with_flag("nullable", *null).with("optional", true),
            None => map.with("in", self.merged(&[])),
        }
    }

    /// The places that are there, and the new ones.
    fn merged(&self, known: &[&str]) -> Vec<String> {
        let new = self.places.iter();
        let new = new.filter_map(|(place, null)| Some(marked((*place)?, *null)));
        let known = known.iter().map(|place| (*place).to_owned());
        let mut places: Vec<String> = known.chain(new).collect();
        places
            .sort_by_key(|text| PLACES.iter().position(|place| text.starts_with(place)));
        places
    }
}

/// A place with its marks. One recording cannot tell that a field is always there.
fn marked(place: &str, null: bool) -> String {
    let null = if null { "~" } else { "" };
    let absent = if place == "response" { "-" } else { "" };
    format!("{place}{null}{absent}")
}

/// The places that a field names; nothing where it does not.
fn places(field: &Field) -> Option<Vec<&str>> {
    let places = field.places.as_ref()?;
    Some(places.iter().map(|place| place.as_str()).collect())
}

impl Proposal {
    /// Makes all additions that the description can bear.
    fn make(&mut self, old: &Texts, additions: Vec<Addition>) {
        let mut texts = old.clone();
        let units = additions.into_iter().map(|addition| Unit {
            edits: vec![(addition.file.clone(), addition.edit)],
            what: (addition.file, addition.what),
            removed: None,
        });
        let made = make(&mut texts, units.collect());
        self.added = made.done;
        let refused = made.refused.into_iter().map(|((_, what), reason)| (what, reason));
        self.left.extend(refused);
        texts.retain(|name, text| old.get(name) != Some(text));
        self.files = texts;
    }
}
