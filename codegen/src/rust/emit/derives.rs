//! The traits that types derive: equality is total, and values can be hashed, where they contain no floating-point
//! number.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Model, Scalar, Type, TypeRef};

/// The derives of a struct or union, beside those named: `PartialEq`, and `Eq` and `Hash` where possible.
pub(super) fn equality(name: &str, model: &Model) -> TokenStream {
    if has_float(name, model, &mut BTreeSet::new()) {
        quote! { PartialEq }
    } else {
        quote! { PartialEq, Eq, Hash }
    }
}

fn has_float<'m>(name: &'m str, model: &'m Model, seen: &mut BTreeSet<&'m str>) -> bool {
    if !seen.insert(name) {
        return false;
    }
    match model.types.get(name) {
        Some(Type::Record(record)) => record.fields.iter().any(|field| {
            let number = *field.ty.element() == TypeRef::Scalar(Scalar::Float64);
            number || field.ty.named().is_some_and(|name| has_float(name, model, seen))
        }),
        Some(Type::Union(union)) => {
            union.choices.iter().any(|choice| has_float(&choice.ty, model, seen))
        }
        Some(Type::Enum(_)) | None => false,
    }
}
