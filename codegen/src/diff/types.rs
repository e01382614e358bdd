//! Records with their fields, unions and enums.

use crate::emit::signatures;
use crate::model::{
    Choice, Enum, Field, Model, Name, Presence, Record, Scalar, Service, Type, TypeRef,
    Union,
};
use crate::names::variant_name;
use crate::rust::fields::{Wrapper, names_required};

use super::found::{Found, Pairs, Place};
use super::limits;
use super::rules::Rust;

pub(super) fn compare(old: &Model, new: &Model, found: &mut Found) {
    let home = |model: &Model, name: &str| {
        model.types.get(name).and(model.home_of(name)).map(Service::label)
    };
    // A type of a new or removed service is reported with the service.
    let only_in = |model: &Model, other: &Model, name: &str| {
        let own =
            home(model, name).filter(|own| home(other, name).as_ref() != Some(own))?;
        let is_kept = other.services.iter().any(|service| service.label() == own);
        is_kept.then(|| Place::new(&own, name))
    };
    for (name, ty) in &new.types {
        if let Some(at) = only_in(new, old, name) {
            found.gain("type-added", &at, kind(ty));
        }
        if let (Some(old), Some(home)) = (old.types.get(name), home(new, name)) {
            both(old, ty, &Place::new(&home, name), found);
        }
    }
    for (name, ty) in &old.types {
        if let Some(at) = only_in(old, new, name) {
            found.loss("type-removed", &at, kind(ty));
        }
    }
}

fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::Record(_) => "struct",
        Type::Union(_) => "union",
        Type::Enum(_) => "enum",
    }
}

fn both(old: &Type, new: &Type, at: &Place, found: &mut Found) {
    match (old, new) {
        (Type::Record(old), Type::Record(new)) => record(old, new, at, found),
        (Type::Union(old), Type::Union(new)) => union(old, new, at, found),
        (Type::Enum(old), Type::Enum(new)) => enumeration(old, new, at, found),
        _ => found.change("type-kind-changed", at, kind(old), kind(new)),
    }
}

fn record(old: &Record, new: &Record, at: &Place, found: &mut Found) {
    let mark = found.mark();
    let uses = ["type-now-sent", "type-no-longer-sent"];
    let prefix = ["resource-added", "resource-removed"];
    found.flag(uses, at, old.in_requests, new.in_requests);
    found.flag(prefix, at, old.prefix.is_some(), new.prefix.is_some());
    if let (Some(old), Some(new)) = (&old.prefix, &new.prefix) {
        found.value("id-prefix-changed", at, old, new);
    }
    for _ in old.constraints.iter().filter(|rule| !new.constraints.contains(rule)) {
        found.add("constraint-removed", at);
    }
    for rule in new.constraints.iter().filter(|rule| !old.constraints.contains(rule)) {
        found.gain("constraint-added", at, rule.fields.join(", "));
    }
    fields(old, new, at, found);
    let elsewhere = ["in_requests", "in_responses", "fields", "constraints"];
    found.rest(at, mark, (old, new), &elsewhere);
}

fn fields(old: &Record, new: &Record, at: &Place, found: &mut Found) {
    let pairs = Pairs::new(&old.fields, &new.fields, |field| &field.wire);
    for field in pairs.removed {
        let side = if old.in_requests { "request" } else { "response" };
        let (rule, at) = (format!("{side}-field-removed"), at.part(&field.wire));
        found.loss(&rule, &at, signatures::field_type(field, old));
    }
    for field in pairs.added {
        let rule = match (new.in_requests, field.presence.required) {
            (true, true) => "required-field-added",
            (true, false) => "request-field-added",
            (false, _) => "response-field-added",
        };
        found.gain(rule, &at.part(&field.wire), signatures::field_type(field, new));
    }
    let sides = Sides {
        sent: old.in_requests && new.in_requests,
        returned: old.in_responses && new.in_responses,
    };
    for (before, after) in pairs.kept {
        field((before, old), (after, new), sides, &at.part(&after.wire), found);
    }
    // The required fields are the arguments of `new`, unless it takes them by name.
    let required = Pairs::new(old.required(), new.required(), |field| &field.wire);
    if sides.sent && required.reordered && !names_required(new) {
        found.add("required-order-changed", at);
    } else if pairs.reordered {
        found.add("order-changed", at);
    }
}

/// The uses of a record in both models.
#[derive(Clone, Copy)]
struct Sides {
    sent: bool,
    returned: bool,
}

fn field(
    (old, before): (&Field, &Record),
    (new, after): (&Field, &Record),
    sides: Sides,
    at: &Place,
    found: &mut Found,
) {
    let mark = found.mark();
    let shown = [(old, before), (new, after)]
        .map(|(field, record)| signatures::field_type(field, record));
    let wrappers = [Wrapper::of(old, before), Wrapper::of(new, after)];
    let change = |found: &mut Found, rule: &str| {
        found.change(rule, at, &shown[0], &shown[1]);
    };
    if let Some(rule) =
        type_rule("field-type", &old.ty, &new.ty, (old.secret, new.secret))
    {
        let targets = [old, new].map(|field| kinds(&field.ty));
        if !rule.starts_with("pointer") {
            change(found, &rule);
        } else if sides.sent || targets[0].len() < targets[1].len() {
            // Fewer targets in a response break no caller.
            found.change(&rule, at, targets[0].join(", "), targets[1].join(", "));
        }
    }
    let present = found.mark();
    for rule in presence(old.presence, new.presence, wrappers, sides) {
        change(found, &rule);
    }
    if wrappers[0] != wrappers[1]
        && !found.since(present, at).any(|rule| rule.rust == Rust::Major)
    {
        change(found, "field-wrapper-changed");
    }
    if let Some(rule) = limits::compare(&old.rules, &new.rules, sides.sent) {
        found.change(rule, at, limits::shown(&old.rules), limits::shown(&new.rules));
    }
    let default = |field: &Field| {
        let sent = field.default.as_ref().filter(|_| sides.sent);
        sent.map_or_else(|| "none".to_owned(), ToString::to_string)
    };
    found.value("default-changed", at, &default(old), &default(new));
    found.deprecation("field", at, [&old.deprecated, &new.deprecated]);
    found.rest(at, mark, (old, new), &[]);
}

/// Returns the rules for changes of a field's presence.
fn presence(
    before: Presence,
    after: Presence,
    wrappers: [Wrapper; 2],
    sides: Sides,
) -> Vec<String> {
    let mut rules = Vec::new();
    let mut rule = |id: &str, typed: bool| {
        rules.push(if typed { id.to_owned() } else { format!("{id}-same-type") });
    };
    if sides.sent {
        match (before.required, after.required) {
            (false, true) => rule("request-field-required", true),
            (true, false) => rule("request-field-optional", true),
            _ => {}
        }
        let patch = wrappers.map(|wrapper| wrapper == Wrapper::Patch);
        match (before.nullable, after.nullable) {
            (false, true) => rule("request-null-taken", patch[1]),
            (true, false) => rule("request-null-refused", patch[0]),
            _ => {}
        }
    }
    if sides.returned {
        let lacks = |one: Presence, other: Presence| {
            (one.nullable && !other.nullable) || (one.optional && !other.optional)
        };
        // Presence in requests determines the wrapper of types that are also sent.
        let typed = !sides.sent && wrappers[0] != wrappers[1];
        if lacks(after, before) {
            rule("response-field-lacking", typed);
        } else if lacks(before, after) && (typed || !(after.nullable || after.optional))
        {
            rule("response-field-present", typed);
        }
    }
    rules
}

fn enumeration(old: &Enum, new: &Enum, at: &Place, found: &mut Found) {
    let mark = found.mark();
    found.flag(["enum-opened", "enum-closed"], at, old.open, new.open);
    let pairs = Pairs::new(&old.variants, &new.variants, |variant| &variant.wire);
    for variant in pairs.removed {
        let name = variant_name(&variant.wire);
        found.loss("enum-value-removed", &at.part(&variant.wire), name);
    }
    for variant in pairs.added {
        let name = variant_name(&variant.wire);
        found.gain("enum-value-added", &at.part(&variant.wire), name);
    }
    for (old, new) in pairs.kept {
        found.rest(&at.part(&new.wire), found.mark(), (old, new), &[]);
    }
    if pairs.reordered {
        found.add("order-changed", at);
    }
    found.rest(at, mark, (old, new), &["variants"]);
}

fn union(old: &Union, new: &Union, at: &Place, found: &mut Found) {
    let mark = found.mark();
    found.flag(["choice-fixed", "choice-freed"], at, old.fixed, new.fixed);
    let pairs = Pairs::new(&old.choices, &new.choices, |choice: &Choice| &choice.wire);
    for choice in pairs.removed {
        let name = variant_name(&choice.wire);
        found.loss("choice-removed", &at.part(&choice.wire), name);
    }
    for choice in pairs.added {
        let name = variant_name(&choice.wire);
        found.gain("choice-added", &at.part(&choice.wire), name);
    }
    for (old, new) in pairs.kept {
        let (at, mark) = (at.part(&new.wire), found.mark());
        found.value("choice-changed", &at, &old.ty, &new.ty);
        found.rest(&at, mark, (old, new), &[]);
    }
    if pairs.reordered {
        found.add("order-changed", at);
    }
    found.rest(at, mark, (old, new), &["choices", "in_requests", "in_responses"]);
}

/// Returns the rule for a change of an item's type: its JSON is of another kind, or only its type in Rust is another
/// one, or it has other targets, which neither JSON nor Rust show. `secret` is true for a secret, before and after.
pub(super) fn type_rule(
    item: &str,
    old: &TypeRef,
    new: &TypeRef,
    secret: (bool, bool),
) -> Option<String> {
    if old == new && secret.0 == secret.1 {
        return None;
    }
    if json_kind(old) != json_kind(new) {
        return Some(format!("{item}-changed"));
    }
    if signatures::bare_type(old, secret.0) != signatures::bare_type(new, secret.1) {
        return Some(format!("{item}-refined"));
    }
    let lacks = |one: &TypeRef, other: &TypeRef| {
        kinds(one).iter().any(|kind| !kinds(other).contains(kind))
    };
    let narrowed = lacks(old, new).then(|| "pointer-narrowed".to_owned());
    narrowed.or_else(|| lacks(new, old).then(|| "pointer-widened".to_owned()))
}

fn kinds(ty: &TypeRef) -> &[Name] {
    match ty.element() {
        TypeRef::Id { kinds, .. } | TypeRef::Ref { kinds, .. } => kinds,
        _ => &[],
    }
}

/// Returns the kind of a value on the wire. Numbers of different width are of different kinds: the wider do not fit
/// the narrower.
fn json_kind(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Scalar(Scalar::String | Scalar::Timestamp)
        | TypeRef::Id { .. }
        | TypeRef::Enum(_) => "string".to_owned(),
        TypeRef::Scalar(scalar) => format!("{scalar:?}"),
        TypeRef::Ref { .. } => "reference".to_owned(),
        TypeRef::List(item) => format!("list of {}", json_kind(item)),
        TypeRef::Map(value) => format!("map of {}", json_kind(value)),
        TypeRef::Record(name) => format!("object {name}"),
    }
}
