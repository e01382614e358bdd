//! A tree as the types of this crate.
//!
//! Enters a [`Node`]; leaves a value of any type that serde can read, and what is wrong with the tree for that type.
//! Knows neither YAML nor the types: those say which keys and values they take.
//!
//! Serde gives up at the first error. So that all of them are found, a file is decoded again and again: each time what
//! was wrong the last time is left out, and a required key that is missing is made up. When nothing new is found, a
//! last pass makes the value without anything that is wrong or lacks a key.

mod access;
mod deserializer;
mod error;
mod hole;
mod kind;
mod place_access;
mod report;
mod value;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;

use self::value::Decoder;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::yaml::Node;

/// A file with more to say than this is not looked at to the end.
const PASS_LIMIT: usize = 1000;

/// Reads a value. Whatever is wrong inside it is reported and left out; nothing comes back where that leaves nothing.
pub(crate) fn decode<T: DeserializeOwned>(
    root: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let findings = Findings::default();
    let checked = repeat(root, &findings, Missing::MakeUp);
    if findings.is_clean() {
        return checked;
    }
    diagnostics.extend(findings.take());
    repeat(root, &findings, Missing::LeaveOut)
}

/// Decodes until nothing new is found.
fn repeat<T: DeserializeOwned>(
    root: &Node,
    findings: &Findings,
    missing: Missing,
) -> Option<T> {
    for _ in 0..PASS_LIMIT {
        let decoder = Decoder::root(root, findings, missing);
        match T::deserialize(decoder) {
            Ok(value) => return Some(value),
            Err(error) => _ = decoder.settle(error),
        }
        if findings.is_wrong(root) {
            return None;
        }
    }
    None
}

/// What to do about a required key that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    /// Report it, and go on as if it were there.
    MakeUp,
    /// Leave the thing out that lacks it.
    LeaveOut,
}

/// What the passes have found so far.
#[derive(Debug, Default)]
struct Findings {
    reported: RefCell<Vec<Diagnostic>>,
    /// Keys that are missing, by the map that lacks them.
    missing: RefCell<BTreeMap<usize, (Span, Vec<&'static str>)>>,
    /// Values that are left out.
    wrong: RefCell<BTreeSet<usize>>,
    /// Keys that are made up, and in which map.
    made_up: RefCell<BTreeSet<(usize, &'static str)>>,
}

impl Findings {
    fn report(&self, diagnostic: Diagnostic) {
        self.reported.borrow_mut().push(diagnostic);
    }

    fn report_missing(&self, map: &Node, title: Span, key: &'static str) {
        let mut missing = self.missing.borrow_mut();
        missing.entry(map.id).or_insert_with(|| (title, Vec::new())).1.push(key);
    }

    fn is_clean(&self) -> bool {
        self.reported.borrow().is_empty() && self.missing.borrow().is_empty()
    }

    /// What there is to say; keys are no longer made up.
    fn take(&self) -> impl Iterator<Item = Diagnostic> {
        self.made_up.take();
        let missing = self.missing.take().into_values();
        let missing = missing.map(|(span, keys)| report::missing_keys(span, &keys));
        self.reported.take().into_iter().chain(missing)
    }

    fn mark_wrong(&self, node: &Node) {
        self.wrong.borrow_mut().insert(node.id);
    }

    fn is_wrong(&self, node: &Node) -> bool {
        self.wrong.borrow().contains(&node.id)
    }

    fn make_up(&self, map: &Node, key: &'static str) {
        self.made_up.borrow_mut().insert((map.id, key));
    }

    fn is_made_up(&self, map: &Node, key: &'static str) -> bool {
        self.made_up.borrow().contains(&(map.id, key))
    }
}
