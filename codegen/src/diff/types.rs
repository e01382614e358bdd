//! Types as a whole: existence, locations and roles. Fields and alternatives are compared elsewhere.

use std::collections::BTreeMap;

use crate::model::{Docs, Field, Model, Record, Service, Type};

use super::found::{Found, Place, Rest};
use super::pairs::Pairs;
use super::rules::{
    CONSTRAINT_ADDED, CONSTRAINT_REMOVED, FIELD_RESPELLED, PREFIX_ADDED, PREFIX_CHANGED,
    PREFIX_REMOVED, REQUEST_FIELD_ADDED, REQUEST_FIELD_REMOVED, REQUIRED_FIELD_ADDED,
    REQUIRED_REORDERED, RESPONSE_FIELD_ADDED, RESPONSE_FIELD_REMOVED, TYPE_ADDED,
    TYPE_KIND_CHANGED, TYPE_MOVED, TYPE_NOT_SENT, TYPE_NOW_SENT, TYPE_REMOVED,
    TYPE_RENAMED,
};
use super::services::{self, Services};
use super::{Compared, choices, fields};

/// Types by name, each with the service whose file describes it.
type Homes<'m> = BTreeMap<&'m str, (&'m Service, &'m Type)>;

/// Compares all types.
pub(super) fn compare(compared: &Compared, found: &mut Found) {
    let services = Services::of(compared);
    let (before, after) = (homes(compared.old), homes(compared.new));
    for (name, (home, ty)) in &after {
        if let Some((former, old)) = before.get(name) {
            let at = place(home, name);
            moved(former, home, &services, &at, found);
            both(old, ty, &at, compared, found);
        } else if !compared.renames.is_new_name(name) && is_kept(home, &services) {
            found.gain(TYPE_ADDED, &place(home, name), kind(ty));
        }
    }
    for (name, (home, ty)) in &before {
        let gone = !after.contains_key(name) && !compared.renames.is_old_name(name);
        if let Some(home) = successor(home, &services).filter(|_| gone) {
            found.loss(TYPE_REMOVED, &place(home, name), kind(ty));
        }
    }
    for (old, new) in compared.renames.iter() {
        if let (Some((former, _)), Some((home, _))) = (before.get(old), after.get(new)) {
            let at = place(home, new);
            found.change(TYPE_RENAMED, &at, old, new);
            moved(former, home, &services, &at, found);
        }
    }
}

fn place(home: &Service, name: &str) -> Place {
    Place::new(&services::label(home), name)
}

/// Returns the types of a model with the services whose files describe them.
fn homes(model: &Model) -> Homes<'_> {
    let own = model.services.iter().flat_map(|service| {
        service.types.iter().filter_map(move |name| {
            let (name, ty) = model.types.get_key_value(name)?;
            Some((name.as_str(), (service, ty)))
        })
    });
    own.collect()
}

/// Records that a type moved to another service than the successor of its former one.
fn moved(
    former: &Service,
    home: &Service,
    services: &Services,
    at: &Place,
    found: &mut Found,
) {
    let now = successor(former, services).map(|service| &service.accessor);
    if now != Some(&home.accessor) {
        found.change(TYPE_MOVED, at, services::label(former), services::label(home));
    }
}

/// Returns the successor of an old service.
fn successor<'m>(old: &Service, services: &Services<'m>) -> Option<&'m Service> {
    let pair = services.pairs().find(|(before, _)| before.accessor == old.accessor);
    pair.map(|(_, after)| after)
}

/// Returns true if a new service existed before.
fn is_kept(new: &Service, services: &Services) -> bool {
    services.pairs().any(|(_, after)| after.accessor == new.accessor)
}

fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::Record(_) => "struct",
        Type::Union(_) => "union",
        Type::Enum(_) => "enum",
    }
}

fn both(old: &Type, new: &Type, at: &Place, compared: &Compared, found: &mut Found) {
    match (old, new) {
        (Type::Record(old), Type::Record(new)) => record(old, new, at, compared, found),
        (Type::Union(old), Type::Union(new)) => {
            choices::union(old, new, at, compared, found);
        }
        (Type::Enum(old), Type::Enum(new)) => choices::enumeration(old, new, at, found),
        _ => found.change(TYPE_KIND_CHANGED, at, kind(old), kind(new)),
    }
}

fn record(
    old: &Record,
    new: &Record,
    at: &Place,
    compared: &Compared,
    found: &mut Found,
) {
    let mark = found.mark();
    uses((old.in_requests, new.in_requests), at, found);
    match (&old.prefix, &new.prefix) {
        (None, Some(_)) => found.add(PREFIX_ADDED, at),
        (Some(_), None) => found.add(PREFIX_REMOVED, at),
        (Some(old), Some(new)) if old != new => {
            found.change(PREFIX_CHANGED, at, old, new);
        }
        _ => {}
    }
    for _ in old.constraints.iter().filter(|rule| !new.constraints.contains(rule)) {
        found.add(CONSTRAINT_REMOVED, at);
    }
    for rule in new.constraints.iter().filter(|rule| !old.constraints.contains(rule)) {
        found.gain(CONSTRAINT_ADDED, at, rule.fields.join(", "));
    }
    let order = record_fields(old, new, at, compared, found);
    let docs = old.docs != new.docs;
    found.rest(at, mark, Rest { order, notes: header(old) != header(new), docs });
}

/// Records changes of whether a type is sent.
pub(super) fn uses(sent: (bool, bool), at: &Place, found: &mut Found) {
    match sent {
        (false, true) => found.add(TYPE_NOW_SENT, at),
        (true, false) => found.add(TYPE_NOT_SENT, at),
        _ => {}
    }
}

/// Returns a record without its documentation, its parts, and values derived from its use.
fn header(record: &Record) -> Record {
    Record {
        in_requests: false,
        in_responses: false,
        docs: Docs::new(),
        fields: Vec::new(),
        constraints: Vec::new(),
        ..record.clone()
    }
}

/// Compares the fields; returns true if the common ones have another order that nothing depends on.
fn record_fields(
    old: &Record,
    new: &Record,
    at: &Place,
    compared: &Compared,
    found: &mut Found,
) -> bool {
    let mut pairs = Pairs::new(&old.fields, &new.fields, |field| &field.wire);
    let respelled = pairs.rematch(|field| &field.name);
    for (old, new) in &respelled {
        found.change(FIELD_RESPELLED, &at.part(&new.wire), &old.wire, &new.wire);
    }
    pairs.kept.extend(respelled);
    for field in &pairs.removed {
        let rule =
            if old.in_requests { REQUEST_FIELD_REMOVED } else { RESPONSE_FIELD_REMOVED };
        found.loss(rule, &at.part(&field.wire), fields::shown(field));
    }
    for field in &pairs.added {
        let rule = match (new.in_requests, field.presence.required) {
            (true, true) => REQUIRED_FIELD_ADDED,
            (true, false) => REQUEST_FIELD_ADDED,
            (false, _) => RESPONSE_FIELD_ADDED,
        };
        found.gain(rule, &at.part(&field.wire), fields::shown(field));
    }
    for (before, after) in &pairs.kept {
        let sides = fields::Sides {
            sent: old.in_requests && new.in_requests,
            returned: old.in_responses && new.in_responses,
        };
        let before = compared.renames.field(before);
        fields::compare(&before, after, sides, &at.part(&after.wire), found);
    }
    let swapped = old.in_requests && new.in_requests && required_swapped(old, new);
    if swapped {
        found.add(REQUIRED_REORDERED, at);
    }
    pairs.reordered && !swapped
}

/// Returns true if fields that are arguments of `new` before and after have been swapped.
fn required_swapped(old: &Record, new: &Record) -> bool {
    Pairs::new(required(old), required(new), |field| &field.wire).reordered
}

fn required(record: &Record) -> impl Iterator<Item = &Field> {
    record.fields.iter().filter(|field| field.presence.required)
}
