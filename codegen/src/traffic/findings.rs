//! Collection of findings: repeated findings are counted.
//!
//! Takes one finding at a time, with its location; returns groups, each with its first example. Foreign content is
//! kept unchanged: the report determines what may be shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::routes::Spot;
use super::secrets::{OTHERS, outline};

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

/// The location of a finding, and what was there.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) path: Vec<Step>,
    /// Outline of the value.
    pub(super) value: Option<String>,
    /// Type of the value of a new item.
    pub(super) ty: Option<String>,
}

/// One step of the path to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A path parameter.
    Argument(String),
    /// A query parameter.
    Query(String),
    Key(String),
    Index(String),
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

/// A finding, with its occurrences.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Number of occurrences, by operation.
    pub(super) counts: BTreeMap<Option<Spot>, usize>,
    /// Types of the values of new items.
    pub(super) types: BTreeSet<String>,
    /// Index of the entry of the first occurrence, and the occurrence.
    pub(super) example: (usize, Seen),
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

impl Seen {
    pub(super) fn at(path: Vec<Step>, value: Option<&Value>) -> Self {
        Self { path, value: value.map(outline), ty: None }
    }
}

impl Step {
    /// Returns the steps of a JSON pointer into a body.
    pub(super) fn of_pointer(pointer: &str, body: &Value) -> Vec<Self> {
        let mut here = Some(body);
        let tokens = pointer.split('/').skip(1).map(|token| {
            let key = token.replace("~1", "/").replace("~0", "~");
            let step = match here {
                Some(Value::Array(_)) => Self::Index(key.clone()),
                _ => Self::Key(key.clone()),
            };
            here = here.and_then(|here| match here {
                Value::Array(list) => list.get(key.parse::<usize>().ok()?),
                other => other.get(&key),
            });
            step
        });
        tokens.collect()
    }
}

impl<'m> Findings<'m> {
    /// Adds a finding.
    pub(super) fn add(&mut self, scene: Scene, note: Note<'m>, seen: Seen) {
        if scene.muted {
            return;
        }
        let key = (self.limited(note, scene.side), scene.side);
        let ty = seen.ty.clone();
        let group = self.groups.entry(key).or_insert_with(|| Group {
            counts: BTreeMap::new(),
            types: BTreeSet::new(),
            example: (scene.entry, seen),
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
