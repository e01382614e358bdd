//! Enums and unions.

use crate::model::{Choice, Docs, Enum, Union, Variant};

use super::Compared;
use super::found::{Found, Place, Rest};
use super::pairs::Pairs;
use super::rules::{
    CHOICE_ADDED, CHOICE_CHANGED, CHOICE_FIXED, CHOICE_FREED, CHOICE_REMOVED,
    CHOICE_RESPELLED, ENUM_CLOSED, ENUM_OPENED, RUST_NAME_CHANGED, VALUE_ADDED,
    VALUE_REMOVED, VALUE_RESPELLED,
};

/// Compares two enums with the same name.
pub(super) fn enumeration(old: &Enum, new: &Enum, at: &Place, found: &mut Found) {
    let mark = found.mark();
    match (old.open, new.open) {
        (false, true) => found.add(ENUM_OPENED, at),
        (true, false) => found.add(ENUM_CLOSED, at),
        _ => {}
    }
    let mut pairs = Pairs::new(&old.variants, &new.variants, |variant| &variant.wire);
    for (old, new) in pairs.rematch(|variant| &variant.name) {
        found.change(VALUE_RESPELLED, &at.part(&new.wire), &old.wire, &new.wire);
    }
    for variant in &pairs.removed {
        found.loss(VALUE_REMOVED, &at.part(&variant.wire), &variant.name);
    }
    for variant in &pairs.added {
        found.gain(VALUE_ADDED, &at.part(&variant.wire), &variant.name);
    }
    for (old, new) in pairs.kept {
        value(old, new, &at.part(&new.wire), found);
    }
    let docs = old.docs != new.docs;
    found.rest(at, mark, Rest { order: pairs.reordered, notes: false, docs });
}

fn value(old: &Variant, new: &Variant, at: &Place, found: &mut Found) {
    let mark = found.mark();
    if old.name != new.name {
        found.change(RUST_NAME_CHANGED, at, &old.name, &new.name);
    }
    found.rest(
        at,
        mark,
        Rest { order: false, notes: false, docs: old.docs != new.docs },
    );
}

/// Compares two unions with the same name.
pub(super) fn union(
    old: &Union,
    new: &Union,
    at: &Place,
    compared: &Compared,
    found: &mut Found,
) {
    let mark = found.mark();
    match (old.fixed, new.fixed) {
        (false, true) => found.add(CHOICE_FIXED, at),
        (true, false) => found.add(CHOICE_FREED, at),
        _ => {}
    }
    let mut pairs = Pairs::new(&old.choices, &new.choices, |choice| &choice.wire);
    for (old, new) in pairs.rematch(|choice| &choice.name) {
        let part = at.part(&new.wire);
        found.change(CHOICE_RESPELLED, &part, &old.wire, &new.wire);
        holds(old, new, &part, compared, found);
    }
    for choice in &pairs.removed {
        found.loss(CHOICE_REMOVED, &at.part(&choice.wire), &choice.name);
    }
    for choice in &pairs.added {
        found.gain(CHOICE_ADDED, &at.part(&choice.wire), &choice.name);
    }
    for (old, new) in pairs.kept {
        let (part, mark) = (at.part(&new.wire), found.mark());
        holds(old, new, &part, compared, found);
        if old.name != new.name {
            found.change(RUST_NAME_CHANGED, &part, &old.name, &new.name);
        }
        let docs = old.docs != new.docs;
        found.rest(&part, mark, Rest { order: false, notes: false, docs });
    }
    let docs = old.docs != new.docs;
    let notes = header(old) != header(new);
    found.rest(at, mark, Rest { order: pairs.reordered, notes, docs });
}

fn holds(
    old: &Choice,
    new: &Choice,
    at: &Place,
    compared: &Compared,
    found: &mut Found,
) {
    let before = compared.renames.name(&old.ty);
    if before != new.ty {
        found.change(CHOICE_CHANGED, at, before, &new.ty);
    }
}

/// Returns a union without its documentation, its alternatives, and values derived from its use.
fn header(union: &Union) -> Union {
    let (in_requests, in_responses) = (false, false);
    Union {
        docs: Docs::new(),
        choices: Vec::new(),
        in_requests,
        in_responses,
        ..union.clone()
    }
}
