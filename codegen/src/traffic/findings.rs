//! Collection of findings: repeated findings are counted.
//!
//! Takes one finding at a time, with its location; returns groups, each with its first example.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::routes::Spot;
use super::secrets::OTHERS;

pub use crate::model::check::Side;

/// The kind of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A request that matches no operation.
    UnknownOperation,
    /// An unknown query parameter.
    UnknownQuery,
    /// A filter with a field that is not filterable.
    UnknownFilterField,
    /// An unknown field.
    UnknownField,
    /// An unknown value of an enum.
    UnknownValue,
    /// An unknown alternative of a union.
    UnknownChoice,
    /// An unknown key of a map with known keys.
    UnknownKey,
    /// A value of another JSON type, or invalid for the type.
    WrongType,
    /// A body that is not JSON.
    NotJson,
    /// A missing body.
    EmptyBody,
    /// An unexpected body.
    UnexpectedBody,
    /// A missing required field.
    MissingField,
    /// A field that belongs to the responses of another operation.
    UnexpectedField,
    /// A null where none is allowed.
    UnexpectedNull,
    /// A violated constraint.
    Limit,
    /// A malformed string.
    Format,
    /// A violated rule over several fields.
    Rule,
    /// Success with another status.
    WrongStatus,
    /// The address of a next page on another host.
    ForeignPage,
    /// An error body of another form.
    ErrorBody,
    /// An error code without a name.
    UnknownErrorCode,
    /// An error code with another status.
    ErrorStatus,
}

/// The severity of a finding for users of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// The generated types cannot decode it, or the client rejects it.
    Breaks,
    /// It works, but differs from the description.
    Differs,
    /// It is not described.
    New,
}

/// The part of the description that a finding refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject<'m> {
    /// The operations of a service; of an unknown one, without a number.
    Operations(Option<usize>),
    Operation(Spot),
    /// The bodies of an operation.
    Bodies(Spot),
    Path(Spot),
    Query(Spot),
    Type(&'m str),
    Field(&'m str, &'m str),
    ErrorBody,
    ErrorCodes,
    ErrorCode(u32),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Note<'m> {
    pub(super) weight: Weight,
    pub(super) kind: Kind,
    pub(super) subject: Subject<'m>,
    /// The problem, with the name in backticks.
    pub(super) message: String,
    /// A new word of the recording.
    pub(super) name: Option<String>,
}

/// The location of an occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    /// Index of the exchange in the file, counted from 0: `log.entries[0]`.
    pub entry: usize,
    /// Path in the body or the query.
    pub path: String,
    /// Type and length of the value; `None` without a value.
    pub value: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Findings<'m> {
    pub(super) groups: BTreeMap<(Note<'m>, Side), Group>,
    /// Number of new words of a kind at a location.
    words: BTreeMap<(Kind, Subject<'m>, Side), usize>,
}

/// Maximum number of new words that are reported individually; a location with more of them is a map, or irrelevant.
const MOST_WORDS: usize = 25;

/// A finding, with its occurrences.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Number of occurrences, by operation.
    pub(super) counts: BTreeMap<Option<Spot>, usize>,
    /// Types of the values of new items.
    pub(super) types: BTreeSet<String>,
    pub(super) example: Example,
}

impl<'m> Findings<'m> {
    pub(super) fn add(
        &mut self,
        spot: Option<Spot>,
        side: Side,
        note: Note<'m>,
        example: Example,
        ty: Option<String>,
    ) {
        let key = (self.limited(note, side), side);
        let group = self.groups.entry(key).or_insert_with(|| Group {
            counts: BTreeMap::new(),
            types: BTreeSet::new(),
            example,
        });
        *group.counts.entry(spot).or_default() += 1;
        group.types.extend(ty);
    }

    /// Returns the note, or one for all further words.
    fn limited(&mut self, mut note: Note<'m>, side: Side) -> Note<'m> {
        // Each unknown request is reported.
        let whole = note.kind == Kind::UnknownOperation;
        let Some(name) = note.name.clone().filter(|_| !whole) else { return note };
        if self.groups.contains_key(&(note.clone(), side)) {
            return note;
        }
        let words = self.words.entry((note.kind, note.subject, side)).or_default();
        *words += 1;
        if *words > MOST_WORDS {
            let shown = |name: &str| format!("`{name}`");
            note.message = note.message.replacen(&shown(&name), &shown(OTHERS), 1);
            note.name = Some(OTHERS.to_owned());
        }
        note
    }
}

impl Group {
    /// Returns the operation to report it at: the first in the order of the description.
    pub(super) fn home(&self) -> Option<Spot> {
        self.counts.keys().flatten().next().copied()
    }
}
