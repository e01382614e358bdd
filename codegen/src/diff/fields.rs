//! A field of a record that is in both models.

use crate::emit::signatures;
use crate::model::{Docs, Field, Presence, Wrapper};

use super::found::{Found, Place, Rest};
use super::limits;
use super::pointers::{Turn, kinds, turn};
use super::rules::{
    DEFAULT_CHANGED, FIELD_DEPRECATED, FIELD_RESTORED, FIELD_TYPE_CHANGED,
    FIELD_TYPE_REFINED, REQUEST_NULL_REFUSED, REQUEST_NULL_REFUSED_SAME,
    REQUEST_NULL_TAKEN, REQUEST_NULL_TAKEN_SAME, REQUEST_OPTIONAL, REQUEST_REQUIRED,
    RESPONSE_LACKING, RESPONSE_LACKING_SAME, RESPONSE_PRESENT, RESPONSE_PRESENT_SAME,
    RUST_NAME_CHANGED, Rule, WRAPPER_CHANGED,
};
use super::services::note;

/// The uses of a record in both models.
#[derive(Clone, Copy)]
pub(super) struct Sides {
    pub(super) sent: bool,
    pub(super) returned: bool,
}

/// Returns the Rust type of a field.
pub(super) fn shown(field: &Field) -> String {
    signatures::field_type(field)
}

/// Compares a field; the old one with new names of types.
pub(super) fn compare(
    old: &Field,
    new: &Field,
    sides: Sides,
    at: &Place,
    found: &mut Found,
) {
    let mark = found.mark();
    match turn(&old.ty, &new.ty, (old.secret, new.secret)) {
        Turn::Changed => found.change(FIELD_TYPE_CHANGED, at, shown(old), shown(new)),
        Turn::Refined => found.change(FIELD_TYPE_REFINED, at, shown(old), shown(new)),
        // Fewer targets in a response break no caller.
        Turn::Pointer(rule)
            if sides.sent || kinds(&old.ty).len() < kinds(&new.ty).len() =>
        {
            found.change(rule, at, kinds(&old.ty).join(", "), kinds(&new.ty).join(", "));
        }
        Turn::Pointer(_) | Turn::Same => {}
    }
    if old.name != new.name {
        found.change(RUST_NAME_CHANGED, at, &old.name, &new.name);
    }
    let rules = presence(old, new, sides);
    for rule in &rules {
        found.change(rule, at, shown(old), shown(new));
    }
    if old.wrapper != new.wrapper
        && !rules.iter().any(|rule| rule.rust == super::Rust::Major)
    {
        found.change(WRAPPER_CHANGED, at, shown(old), shown(new));
    }
    if let Some(rule) = limits::compare(&old.rules, &new.rules, sides.sent) {
        found.change(rule, at, limits::shown(&old.rules), limits::shown(&new.rules));
    }
    if old.default != new.default && sides.sent {
        let text = |value: &Option<serde_json::Value>| {
            value.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string)
        };
        found.change(DEFAULT_CHANGED, at, text(&old.default), text(&new.default));
    }
    match (&old.deprecated, &new.deprecated) {
        (None, Some(said)) => found.gain(FIELD_DEPRECATED, at, note(said)),
        (Some(said), None) => found.loss(FIELD_RESTORED, at, note(said)),
        _ => {}
    }
    let docs = (&old.docs, &old.deprecated) != (&new.docs, &new.deprecated);
    found.rest(at, mark, Rest { order: false, notes: header(old) != header(new), docs });
}

/// Returns a field without its documentation and its key, by which it was matched.
fn header(field: &Field) -> Field {
    Field { docs: Docs::new(), deprecated: None, wire: String::new(), ..field.clone() }
}

/// Returns the rules for changes of a field's presence.
fn presence(old: &Field, new: &Field, sides: Sides) -> Vec<&'static Rule> {
    let mut rules = Vec::new();
    if sides.sent {
        rules.extend(given(old, new));
        rules.extend(null_sent(old, new));
    }
    if sides.returned {
        rules.extend(answered(old, new, sides));
    }
    rules
}

fn given(old: &Field, new: &Field) -> Option<&'static Rule> {
    match (old.presence.required, new.presence.required) {
        (false, true) => Some(REQUEST_REQUIRED),
        (true, false) => Some(REQUEST_OPTIONAL),
        _ => None,
    }
}

fn null_sent(old: &Field, new: &Field) -> Option<&'static Rule> {
    let patch = |field: &Field| field.wrapper == Wrapper::Patch;
    match (old.presence.nullable, new.presence.nullable) {
        (false, true) if patch(new) => Some(REQUEST_NULL_TAKEN),
        (false, true) => Some(REQUEST_NULL_TAKEN_SAME),
        (true, false) if patch(old) => Some(REQUEST_NULL_REFUSED),
        (true, false) => Some(REQUEST_NULL_REFUSED_SAME),
        _ => None,
    }
}

fn answered(old: &Field, new: &Field, sides: Sides) -> Option<&'static Rule> {
    let (before, after) = (old.presence, new.presence);
    let more =
        (after.nullable && !before.nullable) || (after.optional && !before.optional);
    let less =
        (before.nullable && !after.nullable) || (before.optional && !after.optional);
    // Presence in requests determines the wrapper of types that are also sent.
    let typed = !sides.sent && old.wrapper != new.wrapper;
    let lacks = |presence: Presence| presence.nullable || presence.optional;
    match (more, less) {
        (true, _) if typed => Some(RESPONSE_LACKING),
        (true, _) => Some(RESPONSE_LACKING_SAME),
        (false, true) if typed => Some(RESPONSE_PRESENT),
        (false, true) if !lacks(after) => Some(RESPONSE_PRESENT_SAME),
        _ => None,
    }
}
