//! Depth of the smallest value of each type, which detects infinitely recursive types.
//!
//! Takes the types of a model; returns a number for each type that has a finite value. Lists and maps may be empty,
//! so their elements do not count.

use std::collections::BTreeMap;

use crate::model::{Type, TypeRef};

/// Returns the minimum depth of a value by type. A type without an entry has no finite value.
pub(crate) fn heights(types: &BTreeMap<String, Type>) -> BTreeMap<&str, usize> {
    let mut heights: BTreeMap<&str, usize> = BTreeMap::new();
    // Each round finds the types whose parts were found in the one before.
    for round in 0..=types.len() {
        let found = types.iter().filter(|(name, ty)| {
            !heights.contains_key(name.as_str()) && ends(ty, &heights)
        });
        let found: Vec<&str> = found.map(|(name, _)| name.as_str()).collect();
        if found.is_empty() {
            break;
        }
        heights.extend(found.into_iter().map(|name| (name, round)));
    }
    heights
}

/// Returns true if a value can be built from finite values.
fn ends(ty: &Type, known: &BTreeMap<&str, usize>) -> bool {
    let is_known = |name: &str| known.contains_key(name);
    match ty {
        Type::Enum(_) => true,
        Type::Union(union) => {
            union.choices.is_empty()
                || union.choices.iter().any(|choice| is_known(&choice.ty))
        }
        Type::Record(record) => {
            let required = record.fields.iter().filter(|field| field.presence.required);
            required.into_iter().all(|field| match &field.ty {
                TypeRef::Record(name) => is_known(name),
                _ => true,
            })
        }
    }
}
