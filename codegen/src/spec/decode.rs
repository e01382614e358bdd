//! Decoding of trees as the types of this crate.
//!
//! Takes a [`Node`]; returns a value of any type that serde can decode, and the errors of the tree for that type.
//! Knows neither YAML nor the types, which define the accepted keys and values.
//!
//! Serde stops at the first error. To find all of them, a file is decoded repeatedly: each pass omits the errors of
//! the last one, and adds missing required keys. When no new errors are found, a final pass returns the value without
//! anything invalid or incomplete.

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

/// Maximum number of passes, after which the rest of a file is not checked.
const PASS_LIMIT: usize = 1000;

/// Decodes a value. Errors inside it are reported and omitted; `None` if nothing remains.
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

/// Decodes until no new errors are found.
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

/// Treatment of a missing required key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    /// Report it, and continue as if it existed.
    MakeUp,
    /// Omit the incomplete value.
    LeaveOut,
}

/// The findings of all passes.
#[derive(Debug, Default)]
struct Findings {
    reported: RefCell<Vec<Diagnostic>>,
    /// Missing keys, by the incomplete map.
    missing: RefCell<BTreeMap<usize, (Span, Vec<&'static str>)>>,
    /// Omitted values.
    wrong: RefCell<BTreeSet<usize>>,
    /// Keys added in which map.
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

    /// Takes the diagnostics; keys are no longer added.
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
