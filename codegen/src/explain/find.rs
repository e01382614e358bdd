//! Lookup of names, and suggestions.

use crate::diagnostic::suggest;
use crate::model::{Model, Operation, Service, Type};
use crate::names::{constant_name, field_name, variant_name};

use super::uses;

/// The target of a name.
pub(super) enum Thing<'m> {
    Service(&'m Service),
    Operation(&'m Service, &'m Operation),
    Type(&'m Type),
    /// A field, value or alternative of a type, by its key.
    Part(&'m Type, &'m str),
    /// A named code, or one used by something else.
    ErrorCode(u32),
}

/// Maximum number of suggestions.
const SUGGESTIONS: usize = 4;

/// Returns the target of a name.
pub(super) fn find<'m>(name: &str, model: &'m Model) -> Option<Thing<'m>> {
    let name = name.trim();
    None.or_else(|| Some(Thing::Service(service(name, model)?)))
        .or_else(|| operation(name, model))
        .or_else(|| Some(Thing::Type(model.types.get(name)?)))
        .or_else(|| part(name, model))
        .or_else(|| Some(Thing::ErrorCode(error_code(name, model)?)))
}

/// Iterates over every name that can be explained.
pub fn names(model: &Model) -> impl Iterator<Item = String> {
    let services = model.services.iter().map(Service::label);
    let operations = model.operations().flat_map(|(service, operation)| {
        [format!("{}.{}", service.label(), operation.name), operation.id.clone()]
    });
    let types = model.types.iter().flat_map(|(name, ty)| {
        let parts = ty.keys().into_iter().map(move |wire| format!("{name}.{wire}"));
        std::iter::once(name.clone()).chain(parts)
    });
    let codes = model.error_codes.codes.iter().flat_map(|(number, code)| {
        [
            model.error_codes.written(*number),
            code.name.clone(),
            constant_name(&code.name),
        ]
    });
    services.chain(operations).chain(types).chain(codes)
}

/// Returns suggestions: parts of that exact name first, then the nearest of all.
pub(super) fn near(name: &str, model: &Model) -> Vec<String> {
    let known: Vec<String> = names(model).collect();
    let ending = format!(".{}", name.trim());
    let parts = known.iter().filter(|known| known.ends_with(&ending)).take(SUGGESTIONS);
    let parts: Vec<String> = parts.cloned().collect();
    if !parts.is_empty() {
        return parts;
    }
    let nearest = suggest(name.trim(), known.iter().map(String::as_str));
    let nearest = nearest.filter(|near| !is_other_number(name.trim(), near));
    nearest.map(str::to_owned).into_iter().collect()
}

/// Returns true if two names differ in their numbers only: another number is not a misspelling.
fn is_other_number(one: &str, other: &str) -> bool {
    let without = |name: &str| name.replace(|c: char| c.is_ascii_digit(), "");
    let numbered = [one, other].iter().all(|name| without(name) != **name);
    numbered && without(one) == without(other)
}

/// Returns the name in Rust of a part of a type.
fn rust_name(ty: &Type, wire: &str) -> String {
    match ty {
        Type::Record(_) => field_name(wire),
        Type::Union(_) | Type::Enum(_) => variant_name(wire),
    }
}

fn service<'m>(name: &str, model: &'m Model) -> Option<&'m Service> {
    let accessor = name.replace('/', ".");
    let is = |service: &&Service| {
        service.label() == accessor || service.name == name || service.tag == name
    };
    model.services.iter().find(is)
}

fn operation<'m>(name: &str, model: &'m Model) -> Option<Thing<'m>> {
    let by_id = model.operations().find(|(_, operation)| operation.id == name);
    let found = by_id.or_else(|| {
        let (home, name) = name.rsplit_once(['.', '/'])?;
        let service = service(home, model)?;
        Some((service, service.operation(name)?))
    });
    found.map(|(service, operation)| Thing::Operation(service, operation))
}

/// Returns a part of a type, or a field of the resource of a service.
fn part<'m>(name: &str, model: &'m Model) -> Option<Thing<'m>> {
    let of = |ty: &'m Type, name: &str| {
        let mut keys = ty.keys().into_iter();
        let wire = keys.find(|wire| *wire == name || rust_name(ty, wire) == name)?;
        Some(Thing::Part(ty, wire))
    };
    let (home, part) = name.split_once("::").or_else(|| name.split_once('.'))?;
    if let Some(ty) = model.types.get(home) {
        return of(ty, part);
    }
    let (home, part) = name.rsplit_once('.')?;
    of(model.types.get(&service(home, model)?.resource)?, part)
}

fn error_code(name: &str, model: &Model) -> Option<u32> {
    let codes = &model.error_codes;
    let upper = || codes.number(&name.to_uppercase());
    let named = |number: &u32| codes.codes.contains_key(number);
    let mentioned = |number: &u32| !uses::of_error(*number, model).is_empty();
    let number = codes.number(name).or_else(upper);
    let number = number.filter(|number| named(number) || mentioned(number));
    number.or_else(|| {
        let mut codes = codes.codes.iter();
        codes
            .find(|(_, code)| code.name == name || constant_name(&code.name) == name)
            .map(|(number, _)| *number)
    })
}
