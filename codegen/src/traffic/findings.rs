//! Collection of findings: repeated findings are counted.
//!
//! Takes one finding at a time, with its location; returns groups, each with its first example. Foreign content is
//! kept unchanged: the report determines what may be shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::path::{Path, Step};
use super::routes::Spot;

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

/// A half of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The request.
    Request,
    /// The response.
    Response,
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

/// A location in a recording.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene {
    pub(super) side: Side,
    pub(super) spot: Option<Spot>,
    pub(super) entry: usize,
    /// True if nothing can be learned from this.
    pub(super) muted: bool,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Note<'m> {
    pub(super) weight: Weight,
    pub(super) kind: Kind,
    pub(super) subject: Subject<'m>,
    /// The problem. [`SLOT`] stands for foreign content.
    pub(super) message: String,
    /// A word of the recording.
    pub(super) foreign: Option<String>,
}

/// Placeholder in a message for the word of the recording.
pub(super) const SLOT: &str = "{}";

/// A value with a finding.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'v> {
    pub(super) path: &'v Path<'v>,
    pub(super) value: Option<&'v Value>,
    pub(super) secret: bool,
}

/// All findings.
#[derive(Debug, Default)]
pub(super) struct Findings<'m> {
    pub(super) groups: BTreeMap<(Note<'m>, Side), Group>,
    /// Number of new words of a kind at a location.
    words: BTreeMap<(Kind, Subject<'m>, Side), usize>,
}

/// Maximum number of new words that are reported individually; a location with more of them is a map, or irrelevant.
const MOST_WORDS: usize = 25;

/// Stands for all further words.
pub(super) const OTHERS: &str = "...";

/// A finding, with its occurrences.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Number of occurrences, by operation.
    pub(super) counts: BTreeMap<Option<Spot>, usize>,
    /// Types of the values of new items.
    pub(super) types: BTreeSet<String>,
    pub(super) example: Example,
}

/// The first occurrence of a finding.
#[derive(Debug, Clone)]
pub(super) struct Example {
    pub(super) entry: usize,
    pub(super) path: Vec<Step>,
    pub(super) value: Option<Value>,
    pub(super) secret: bool,
}

impl<'m> Note<'m> {
    pub(super) fn new(
        weight: Weight,
        kind: Kind,
        subject: Subject<'m>,
        message: impl Into<String>,
    ) -> Self {
        Self { weight, kind, subject, message: message.into(), foreign: None }
    }

    /// Inserts a word of the recording into the message.
    pub(super) fn foreign(mut self, word: &str) -> Self {
        self.foreign = Some(word.to_owned());
        self
    }
}

impl<'v> Seen<'v> {
    /// Creates a value that may be shown.
    pub(super) fn open(path: &'v Path<'v>, value: &'v Value) -> Self {
        Self { path, value: Some(value), secret: false }
    }

    /// Creates a location without a value.
    pub(super) fn absent(path: &'v Path<'v>) -> Self {
        Self { path, value: None, secret: false }
    }
}

impl<'m> Findings<'m> {
    /// Adds a finding. `ty` is the type of the value of a new item.
    pub(super) fn add(
        &mut self,
        scene: Scene,
        note: Note<'m>,
        seen: Seen<'_>,
        ty: Option<String>,
    ) {
        if scene.muted {
            return;
        }
        let key = (self.limited(note, scene.side), scene.side);
        let group = self.groups.entry(key).or_insert_with(|| Group {
            counts: BTreeMap::new(),
            types: BTreeSet::new(),
            example: Example {
                entry: scene.entry,
                path: seen.path.steps(),
                value: seen.value.cloned(),
                secret: seen.secret,
            },
        });
        *group.counts.entry(scene.spot).or_default() += 1;
        group.types.extend(ty);
    }

    /// Returns the note, or one for all further words.
    fn limited(&mut self, note: Note<'m>, side: Side) -> Note<'m> {
        // Each unknown request is reported.
        let whole = note.foreign.is_none() || note.kind == Kind::UnknownOperation;
        if whole || self.groups.contains_key(&(note.clone(), side)) {
            return note;
        }
        let words = self.words.entry((note.kind, note.subject, side)).or_default();
        *words += 1;
        if *words <= MOST_WORDS { note } else { note.foreign(OTHERS) }
    }
}

impl Group {
    /// Returns the operation to report it at: the first in the order of the description.
    pub(super) fn home(&self) -> Option<Spot> {
        self.counts.keys().flatten().next().copied()
    }

    pub(super) fn count(&self) -> usize {
        self.counts.values().sum()
    }
}
