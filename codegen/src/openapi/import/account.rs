//! Each operation of a document is either described in the end, or named with the reason why it is not.

use std::collections::BTreeSet;

use crate::lower::lower;
use crate::spec::parse;

use super::super::bear::Texts;
use super::super::document::{Document, Operation, operations};
use super::merge::method;
use super::notes::Notes;
use super::paths::{ends_with_slash, pattern};

/// Names the operations that these files do not describe.
pub(super) fn account(document: &Document, texts: &Texts, notes: &mut Notes) {
    let described = described(texts);
    for operation in operations(&document.top(), &mut Vec::new()) {
        let Operation { method, path, .. } = &operation;
        if !described.contains(&route(method, path)) {
            notes.left_out(&operation);
        }
    }
}

/// The operations that files describe.
fn described(texts: &Texts) -> BTreeSet<(String, String)> {
    let loaded = parse(texts.clone().into_iter().collect());
    let model = loaded.spec.as_ref().and_then(|spec| lower(spec).0);
    let services = model.iter().flat_map(|model| &model.services);
    let operations = services.flat_map(|service| &service.operations);
    operations.map(|known| route(method(known), &known.path)).collect()
}

/// What tells operations apart, whatever their parameters are called.
fn route(method: &str, path: &str) -> (String, String) {
    let slash = if ends_with_slash(path) { "/" } else { "" };
    (method.to_owned(), pattern(path) + slash)
}
