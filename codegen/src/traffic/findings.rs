//! What was found, gathered: the same thing found again is counted, not told again.
//!
//! Enters one finding at a time, with where it was seen; leaves groups, each with its first example. What is foreign in
//! them is kept as it came: only the report knows what may be shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::path::{Path, Step};
use super::routes::Spot;

/// What kind of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A request that is none of the operations.
    UnknownOperation,
    /// A query parameter that the operation does not have.
    UnknownQuery,
    /// A filter that mentions a field it may not mention.
    UnknownFilterField,
    /// A field that the type does not have.
    UnknownField,
    /// A value that the enum does not have.
    UnknownValue,
    /// A choice that the union does not have.
    UnknownChoice,
    /// A key that a map with known keys does not have.
    UnknownKey,
    /// A value of another JSON type, or that is no value of the type.
    WrongType,
    /// A body that is no JSON.
    NotJson,
    /// No body where there must be one.
    EmptyBody,
    /// A body where there is none.
    UnexpectedBody,
    /// Something required that is not there.
    MissingField,
    /// A field that belongs to the answers of another operation.
    UnexpectedField,
    /// A null where there is none.
    UnexpectedNull,
    /// A value beyond a limit.
    Limit,
    /// Text that has not its format.
    Format,
    /// A rule over several fields that was broken.
    Rule,
    /// Success with another status.
    WrongStatus,
    /// The address of a next page on another host.
    ForeignPage,
    /// An error body of another shape.
    ErrorBody,
    /// An error code without a name.
    UnknownErrorCode,
    /// An error code with another status.
    ErrorStatus,
}

/// What a finding means to those who use the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// The generated types do not decode it, or the client refuses it.
    Breaks,
    /// It works, but is not what the description says.
    Differs,
    /// The description does not know it.
    New,
}

/// Which half of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// What was sent.
    Request,
    /// What came back.
    Response,
}

/// The part of the description that something is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject<'m> {
    /// The operations of a service; of none that is known, if there is no number.
    Operations(Option<usize>),
    Operation(Spot),
    /// What an operation sends and answers.
    Bodies(Spot),
    Path(Spot),
    Query(Spot),
    Type(&'m str),
    Field(&'m str, &'m str),
    ErrorBody,
    ErrorCodes,
    ErrorCode(u32),
}

/// Where in a recording.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene {
    pub(super) side: Side,
    pub(super) spot: Option<Spot>,
    pub(super) entry: usize,
    /// Nothing is to be learned from this.
    pub(super) muted: bool,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Note<'m> {
    pub(super) weight: Weight,
    pub(super) kind: Kind,
    pub(super) subject: Subject<'m>,
    /// What is wrong. [`SLOT`] stands for what is foreign.
    pub(super) message: String,
    /// A word of the recording.
    pub(super) foreign: Option<String>,
}

/// What stands in a message for the word of the recording.
pub(super) const SLOT: &str = "{}";

/// A value that something was found in.
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
    /// How many new words there were of a kind at a place.
    words: BTreeMap<(Kind, Subject<'m>, Side), usize>,
}

/// So many new words are told one by one; what has more of them is a map, or none of our concern.
const MOST_WORDS: usize = 25;

/// Stands for all further words.
pub(super) const OTHERS: &str = "...";

/// A finding, as often as it was made.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// How often, by operation.
    pub(super) counts: BTreeMap<Option<Spot>, usize>,
    /// The types that values of something new had.
    pub(super) types: BTreeSet<String>,
    pub(super) example: Example,
}

/// Where something was found first.
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

    /// Puts a word of the recording into the message.
    pub(super) fn foreign(mut self, word: &str) -> Self {
        self.foreign = Some(word.to_owned());
        self
    }
}

impl<'v> Seen<'v> {
    /// A value that may be shown.
    pub(super) fn open(path: &'v Path<'v>, value: &'v Value) -> Self {
        Self { path, value: Some(value), secret: false }
    }

    /// A place where no value is.
    pub(super) fn absent(path: &'v Path<'v>) -> Self {
        Self { path, value: None, secret: false }
    }
}

impl<'m> Findings<'m> {
    /// Adds what was found. `ty` is the type of the value, where that is news.
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

    /// The note, or one for all further words.
    fn limited(&mut self, note: Note<'m>, side: Side) -> Note<'m> {
        // Each request that is no operation is told.
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
    /// The operation it is told at: the first in the order of the description.
    pub(super) fn home(&self) -> Option<Spot> {
        self.counts.keys().flatten().next().copied()
    }

    pub(super) fn count(&self) -> usize {
        self.counts.values().sum()
    }
}
