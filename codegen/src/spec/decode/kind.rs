//! Kinds of values, for types that accept more than one of them.

use crate::yaml::scalar::Scalar;
use crate::yaml::{Node, NodeKind};

/// An enum with this name is selected by the kind of the value: its variants are called `string`, `bool`, `map` and
/// `null`. Unlike an untagged enum it keeps the locations of its contents, and has specific error messages.
pub(super) const BY_KIND: &str = "$kind";

pub(super) const STRING: &str = "string";
pub(super) const FLAG: &str = "bool";
pub(super) const MAP: &str = "map";
pub(super) const NOTHING: &str = "null";

/// Returns the variant for a value, if there is one for its kind.
pub(super) fn variant(node: &Node, scalar: Option<Scalar>) -> Option<&'static str> {
    match (&node.kind, scalar) {
        (NodeKind::Map(_), _) => Some(MAP),
        (_, Some(Scalar::Text)) => Some(STRING),
        (_, Some(Scalar::Flag(_))) => Some(FLAG),
        (_, Some(Scalar::Null)) => Some(NOTHING),
        _ => None,
    }
}

/// Returns the name of a kind in messages.
pub(super) fn words(kind: &str) -> &'static str {
    match kind {
        STRING => "a string",
        FLAG => "`true` or `false`",
        MAP => "a map",
        _ => "nothing",
    }
}

/// Returns the names of several kinds in messages.
pub(super) fn any_of(kinds: &[&str]) -> String {
    let words: Vec<_> =
        kinds.iter().flat_map(|kind| words(kind).split(" or ")).collect();
    in_words(&words, "or")
}

/// Joins words in a sentence.
pub(super) fn in_words(words: &[impl AsRef<str>], link: &str) -> String {
    let words: Vec<_> = words.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        [first @ .., last] if !first.is_empty() => {
            format!("{} {link} {last}", first.join(", "))
        }
        words => words.concat(),
    }
}
