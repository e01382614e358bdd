//! Small pieces of Rust that every emitter needs.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::model::{Deprecation, Field, Model, Record, Scalar, Shape, TypeRef};
use crate::rust::fields::Wrapper;

/// The feature of deprecated and removed services.
const DEPRECATED_FEATURE: &str = "deprecated-resources";

/// Returns a name of the model as a token.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Emits one attribute for each line, so that it prints as `///`.
pub(super) fn outer_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| padded(line));
    quote! { #(#[doc = #lines])* }
}

/// Emits the same for the top of a file, `//!`.
pub(super) fn inner_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| padded(line));
    quote! { #(#![doc = #lines])* }
}

fn padded(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {line}") }
}

/// Excludes a deprecated or removed service from builds without the feature.
pub(super) fn gate(deprecated: Option<&Deprecation>) -> Option<TokenStream> {
    deprecated.map(|_| quote! { #[cfg(feature = #DEPRECATED_FEATURE)] })
}

/// Emits a compiler warning for callers.
pub(super) fn deprecated(deprecated: Option<&Deprecation>) -> Option<TokenStream> {
    let note = deprecated?.note.trim_end_matches('.');
    Some(quote! { #[deprecated(note = #note)] })
}

/// Returns a type without its wrapper.
pub(super) fn bare_type(ty: &TypeRef, secret: bool) -> TokenStream {
    match ty {
        TypeRef::Scalar(Scalar::String) if secret => quote! { Sensitive },
        TypeRef::Scalar(scalar) => scalar_type(*scalar),
        TypeRef::Id { target, .. } => {
            let target = pointed_to(target.as_deref());
            quote! { Id<#target> }
        }
        TypeRef::Ref { target, .. } => {
            let target = pointed_to(target.as_deref());
            quote! { Ref<#target> }
        }
        TypeRef::List(item) => {
            let item = bare_type(item, secret);
            quote! { Vec<#item> }
        }
        TypeRef::Map(value) => {
            let value = bare_type(value, secret);
            quote! { BTreeMap<String, #value> }
        }
        TypeRef::Record(name) | TypeRef::Enum(name) => {
            let name = ident(name);
            quote! { #name }
        }
    }
}

fn scalar_type(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::String => quote! { String },
        Scalar::Bool => quote! { bool },
        Scalar::Int32 => quote! { i32 },
        Scalar::Int64 => quote! { i64 },
        Scalar::Uint32 => quote! { u32 },
        Scalar::Uint64 => quote! { u64 },
        Scalar::Float64 => quote! { f64 },
        Scalar::Timestamp => quote! { Timestamp },
    }
}

fn pointed_to(target: Option<&str>) -> Ident {
    ident(target.unwrap_or("AnyResource"))
}

/// Returns the type of a field.
pub(super) fn field_type(field: &Field, record: &Record) -> TokenStream {
    let bare = bare_type(&field.ty, field.secret);
    match Wrapper::of(field, record) {
        Wrapper::Plain => bare,
        Wrapper::Option => quote! { Option<#bare> },
        Wrapper::Patch => quote! { Patch<#bare> },
        Wrapper::Boxed => quote! { Option<Box<#bare>> },
    }
}

/// Returns the argument type for a value of a type.
pub(super) fn argument_type(ty: &TypeRef, secret: bool) -> TokenStream {
    if let TypeRef::Id { target, .. } = ty {
        let target = pointed_to(target.as_deref());
        return quote! { impl IntoId<#target> };
    }
    let bare = bare_type(ty, secret);
    quote! { impl IntoValue<#bare> }
}

/// Emits the conversion of an argument.
pub(super) fn converted(argument: &impl ToTokens, ty: &TypeRef) -> TokenStream {
    if let TypeRef::Id { .. } = ty {
        return quote! { #argument.into_id() };
    }
    quote! { #argument.into_value() }
}

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
    Shape::Named(name).members(model).into_iter().any(|part| match part.shape {
        Shape::Ref(ty) if *ty.element() == TypeRef::Scalar(Scalar::Float64) => true,
        Shape::Ref(ty) => ty.named().is_some_and(|name| has_float(name, model, seen)),
        Shape::Named(name) => has_float(name, model, seen),
        _ => false,
    })
}
