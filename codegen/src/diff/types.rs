//! Records with their fields, unions and enums.

use std::collections::BTreeMap;

use crate::emit::signatures;
use crate::model::{
    Choice, Enum, Field, Model, Name, Presence, Record, Scalar, Type, TypeRef, Union,
};
use crate::names::variant_name;
use crate::rust::fields::{Wrapper, names_required};

use super::found::{At, Found};
use super::limits;
use super::pairs::Pairs;
use super::rules::Rust;

pub(super) fn compare(old: &Model, new: &Model, found: &mut Found) {
    let (before, after) = (homes(old), homes(new));
    // A type of a new or removed service is reported with the service.
    let is_only_here = |name: &str, home: &String, others: &Homes, other: &Model| {
        others.get(name).is_none_or(|(there, _)| there != home)
            && other.services.iter().any(|service| service.label() == *home)
    };
    for (name, (home, ty)) in &after {
        if is_only_here(name, home, &before, old) {
            found.at(home, name).gain("type-added", kind(ty));
        }
        if let Some((_, old)) = before.get(name) {
            both(old, ty, &mut found.at(home, name));
        }
    }
    for (name, (home, ty)) in &before {
        if is_only_here(name, home, &after, new) {
            found.at(home, name).loss("type-removed", kind(ty));
        }
    }
}

/// Types by name, each with the name of the service whose file describes it.
type Homes<'m> = BTreeMap<&'m str, (String, &'m Type)>;

fn homes(model: &Model) -> Homes<'_> {
    let own = model.services.iter().flat_map(|service| {
        service.types.iter().filter_map(|name| {
            Some((name.as_str(), (service.label(), model.types.get(name)?)))
        })
    });
    own.collect()
}

fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::Record(_) => "struct",
        Type::Union(_) => "union",
        Type::Enum(_) => "enum",
    }
}

fn both(old: &Type, new: &Type, at: &mut At) {
    match (old, new) {
        (Type::Record(old), Type::Record(new)) => record(old, new, at),
        (Type::Union(old), Type::Union(new)) => union(old, new, at),
        (Type::Enum(old), Type::Enum(new)) => enumeration(old, new, at),
        _ => at.change("type-kind-changed", kind(old), kind(new)),
    }
}

fn record(old: &Record, new: &Record, at: &mut At) {
    let uses = ["type-now-sent", "type-no-longer-sent"];
    let prefix = ["resource-added", "resource-removed"];
    at.flag(uses, old.in_requests, new.in_requests);
    at.flag(prefix, old.prefix.is_some(), new.prefix.is_some());
    if let (Some(old), Some(new)) = (&old.prefix, &new.prefix) {
        at.value("id-prefix-changed", old, new);
    }
    for _ in old.constraints.iter().filter(|rule| !new.constraints.contains(rule)) {
        at.add("constraint-removed");
    }
    for rule in new.constraints.iter().filter(|rule| !old.constraints.contains(rule)) {
        at.gain("constraint-added", rule.fields.join(", "));
    }
    fields(old, new, at);
    let elsewhere = ["in_requests", "in_responses", "fields", "constraints"];
    at.rest((old, new), &elsewhere);
}

fn fields(old: &Record, new: &Record, at: &mut At) {
    let pairs = Pairs::new(&old.fields, &new.fields, |field| &field.wire);
    for field in pairs.removed {
        let side = if old.in_requests { "request" } else { "response" };
        let rule = format!("{side}-field-removed");
        at.part(&field.wire).loss(&rule, signatures::field_type(field, old));
    }
    for field in pairs.added {
        let rule = match (new.in_requests, field.presence.required) {
            (true, true) => "required-field-added",
            (true, false) => "request-field-added",
            (false, _) => "response-field-added",
        };
        at.part(&field.wire).gain(rule, signatures::field_type(field, new));
    }
    let sides = Sides {
        sent: old.in_requests && new.in_requests,
        returned: old.in_responses && new.in_responses,
    };
    for (before, after) in pairs.kept {
        field((before, old), (after, new), sides, &mut at.part(&after.wire));
    }
    // The required fields are the arguments of `new`, unless it takes them by name.
    let required = Pairs::new(old.required(), new.required(), |field| &field.wire);
    if sides.sent && required.reordered && !names_required(new) {
        at.add("required-order-changed");
    } else if pairs.reordered {
        at.add("order-changed");
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
    at: &mut At,
) {
    let shown = [(old, before), (new, after)]
        .map(|(field, record)| signatures::field_type(field, record));
    let wrappers = [Wrapper::of(old, before), Wrapper::of(new, after)];
    let change = |at: &mut At, rule: &str| at.change(rule, &shown[0], &shown[1]);
    if let Some(rule) =
        type_rule("field-type", &old.ty, &new.ty, (old.secret, new.secret))
    {
        let targets = [old, new].map(|field| kinds(&field.ty));
        if !rule.starts_with("pointer") {
            change(at, &rule);
        } else if sides.sent || targets[0].len() < targets[1].len() {
            // Fewer targets in a response break no caller.
            at.change(&rule, targets[0].join(", "), targets[1].join(", "));
        }
    }
    let present = at.mark();
    for rule in presence(old.presence, new.presence, wrappers, sides) {
        change(at, &rule);
    }
    if wrappers[0] != wrappers[1]
        && !at.since(present).any(|rule| rule.rust == Rust::Major)
    {
        change(at, "field-wrapper-changed");
    }
    if let Some(rule) = limits::compare(&old.rules, &new.rules, sides.sent) {
        at.change(rule, limits::shown(&old.rules), limits::shown(&new.rules));
    }
    let default = |field: &Field| {
        let sent = field.default.as_ref().filter(|_| sides.sent);
        sent.map_or_else(|| "none".to_owned(), ToString::to_string)
    };
    at.value("default-changed", &default(old), &default(new));
    at.deprecation("field", [&old.deprecated, &new.deprecated]);
    at.rest((old, new), &[]);
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

fn enumeration(old: &Enum, new: &Enum, at: &mut At) {
    at.flag(["enum-opened", "enum-closed"], old.open, new.open);
    let pairs = Pairs::new(&old.variants, &new.variants, |variant| &variant.wire);
    for variant in pairs.removed {
        at.part(&variant.wire).loss("enum-value-removed", variant_name(&variant.wire));
    }
    for variant in pairs.added {
        at.part(&variant.wire).gain("enum-value-added", variant_name(&variant.wire));
    }
    for (old, new) in pairs.kept {
        at.part(&new.wire).rest((old, new), &[]);
    }
    if pairs.reordered {
        at.add("order-changed");
    }
    at.rest((old, new), &["variants"]);
}

fn union(old: &Union, new: &Union, at: &mut At) {
    at.flag(["choice-fixed", "choice-freed"], old.fixed, new.fixed);
    let pairs = Pairs::new(&old.choices, &new.choices, |choice: &Choice| &choice.wire);
    for choice in pairs.removed {
        at.part(&choice.wire).loss("choice-removed", variant_name(&choice.wire));
    }
    for choice in pairs.added {
        at.part(&choice.wire).gain("choice-added", variant_name(&choice.wire));
    }
    for (old, new) in pairs.kept {
        let mut at = at.part(&new.wire);
        at.value("choice-changed", &old.ty, &new.ty);
        at.rest((old, new), &[]);
    }
    if pairs.reordered {
        at.add("order-changed");
    }
    at.rest((old, new), &["choices", "in_requests", "in_responses"]);
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
