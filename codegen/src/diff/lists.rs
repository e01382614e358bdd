//! Responses of lists, and their parameters. The type of a list contains both.

use crate::emit::signatures;
use crate::model::{Docs, Listing, Operation, Output, QueryParameter};

use super::Compared;
use super::found::{Found, Place, Rest};
use super::pairs::Pairs;
use super::pointers::{Turn, turn};
use super::rules::{
    ANSWER_CHANGED, FILTER_FIELD_ADDED, FILTER_FIELD_REMOVED, FIRST_QUERY_ADDED,
    LIST_KEY_CHANGED, LIST_NOT_FILTERED, LIST_NOW_FILTERED, LIST_NOW_PAGED,
    LIST_NOW_WHOLE, ORDER_CHANGED, OWN_LIST_NOW_FILTERED, OWN_LIST_NOW_PAGED,
    QUERY_ADDED, QUERY_CHANGED, QUERY_DEPRECATED, QUERY_REFINED, QUERY_REMOVED,
    QUERY_REPEATS, QUERY_REPEATS_NOT, QUERY_RESTORED, QUERY_TYPE_RENAMED,
    RUST_NAME_CHANGED, Rule,
};
use super::services::note;

/// Compares two list operations.
pub(super) fn compare(
    old: &Operation,
    new: &Operation,
    at: &Place,
    compared: &Compared,
    found: &mut Found,
) {
    let (Output::List(before), Output::List(after)) =
        (compared.renames.output(&old.output), &new.output)
    else {
        return;
    };
    if before.item != after.item {
        found.change(ANSWER_CHANGED, at, &before.item, &after.item);
    }
    if before.key != after.key {
        found.change(LIST_KEY_CHANGED, at, &before.key, &after.key);
    }
    // With query parameters before and after, the list keeps its type and gets or loses methods.
    let own_type = !old.query.is_empty() && !new.query.is_empty();
    let types = (signatures::returned(old), signatures::returned(new));
    for rule in markers(&before, after, own_type) {
        found.change(rule, at, &types.0, &types.1);
    }
    if own_type && old.id != new.id {
        found.change(QUERY_TYPE_RENAMED, at, &types.0, &types.1);
    }
    filters(&before, after, at, found);
    parameters(old, new, at, compared, found);
}

/// Returns the rules for changes of pagination and filtering.
fn markers(old: &Listing, new: &Listing, own_type: bool) -> Vec<&'static Rule> {
    let mut rules = Vec::new();
    match (old.paged, new.paged) {
        (false, true) => {
            rules.push(if own_type { OWN_LIST_NOW_PAGED } else { LIST_NOW_PAGED });
        }
        (true, false) => rules.push(LIST_NOW_WHOLE),
        _ => {}
    }
    match (old.filter.is_empty(), new.filter.is_empty()) {
        (true, false) => {
            rules.push(if own_type { OWN_LIST_NOW_FILTERED } else { LIST_NOW_FILTERED });
        }
        (false, true) => rules.push(LIST_NOT_FILTERED),
        _ => {}
    }
    rules
}

fn filters(old: &Listing, new: &Listing, at: &Place, found: &mut Found) {
    if old.filter.is_empty() || new.filter.is_empty() {
        return;
    }
    let pairs = Pairs::new(&old.filter, &new.filter, |field| field);
    let all = |fields: Vec<&String>| {
        fields.into_iter().cloned().collect::<Vec<_>>().join(", ")
    };
    if !pairs.removed.is_empty() {
        found.loss(FILTER_FIELD_REMOVED, at, all(pairs.removed));
    }
    if !pairs.added.is_empty() {
        found.gain(FILTER_FIELD_ADDED, at, all(pairs.added));
    }
}

fn parameters(
    old: &Operation,
    new: &Operation,
    at: &Place,
    compared: &Compared,
    found: &mut Found,
) {
    let pairs = Pairs::new(&old.query, &new.query, |parameter| &parameter.wire);
    for parameter in &pairs.removed {
        found.loss(QUERY_REMOVED, &at.part(&parameter.wire), shown(parameter));
    }
    for parameter in &pairs.added {
        let rule = if old.query.is_empty() { FIRST_QUERY_ADDED } else { QUERY_ADDED };
        found.gain(rule, &at.part(&parameter.wire), shown(parameter));
    }
    if pairs.reordered {
        found.add(ORDER_CHANGED, at);
    }
    for (old, new) in pairs.kept {
        parameter(old, new, &at.part(&new.wire), compared, found);
    }
}

fn shown(parameter: &QueryParameter) -> String {
    signatures::argument(&parameter.ty, false)
}

fn parameter(
    old: &QueryParameter,
    new: &QueryParameter,
    at: &Place,
    compared: &Compared,
    found: &mut Found,
) {
    let mark = found.mark();
    let old = &QueryParameter { ty: compared.renames.ty(&old.ty), ..old.clone() };
    match turn(&old.ty, &new.ty, (false, false)) {
        Turn::Same => {}
        Turn::Pointer(rule) => found.add(rule, at),
        Turn::Refined => found.change(QUERY_REFINED, at, shown(old), shown(new)),
        Turn::Changed => found.change(QUERY_CHANGED, at, shown(old), shown(new)),
    }
    if old.name != new.name {
        found.change(RUST_NAME_CHANGED, at, &old.name, &new.name);
    }
    match (old.repeated, new.repeated) {
        (false, true) => found.add(QUERY_REPEATS, at),
        (true, false) => found.add(QUERY_REPEATS_NOT, at),
        _ => {}
    }
    match (&old.deprecated, &new.deprecated) {
        (None, Some(said)) => found.gain(QUERY_DEPRECATED, at, note(said)),
        (Some(said), None) => found.loss(QUERY_RESTORED, at, note(said)),
        _ => {}
    }
    let docs = (&old.docs, &old.deprecated) != (&new.docs, &new.deprecated);
    let bare = |one: &QueryParameter| QueryParameter {
        docs: Docs::new(),
        deprecated: None,
        ..one.clone()
    };
    found.rest(at, mark, Rest { order: false, notes: bare(old) != bare(new), docs });
}
