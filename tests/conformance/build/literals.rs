//! Example values as a user would write them. Takes a type and a JSON value; returns a Rust expression.

use ngrok_codegen::model::{Model, Scalar, Type, TypeRef};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::tokens::{ident, variant};

/// Returns an expression for a value of a type.
pub(crate) fn literal(ty: &TypeRef, value: &Value, model: &Model) -> TokenStream {
    match ty {
        TypeRef::Scalar(Scalar::Timestamp) => {
            let text = text(value);
            quote! { timestamp(#text) }
        }
        TypeRef::Scalar(scalar) => scalar_literal(*scalar, value),
        TypeRef::Id { .. } => {
            let text = text(value);
            quote! { #text }
        }
        TypeRef::Ref { target, .. } => {
            let target = ident(target.as_deref().unwrap_or("AnyResource"));
            let json = value.to_string();
            quote! { decode::<Ref<#target>>(#json.as_bytes()) }
        }
        TypeRef::List(item) => {
            let items = value.as_array().into_iter().flatten();
            let items = items.map(|value| literal(item, value, model));
            quote! { [#(#items),*] }
        }
        TypeRef::Map(of) => {
            let entries = value.as_object().into_iter().flatten();
            let entries = entries.map(|(key, value)| {
                let value = literal(of, value, model);
                quote! { (#key, #value) }
            });
            quote! { [#(#entries),*] }
        }
        TypeRef::Record(name) => {
            let name = ident(name);
            quote! { #name::full() }
        }
        TypeRef::Enum(name) => enum_literal(name, &text(value), model),
    }
}

fn scalar_literal(scalar: Scalar, value: &Value) -> TokenStream {
    let signed = value.as_i64().unwrap_or_default();
    let unsigned = value.as_u64().unwrap_or_default();
    let literal = match scalar {
        Scalar::String | Scalar::Timestamp => Literal::string(&text(value)),
        Scalar::Bool => {
            let value = value.as_bool().unwrap_or_default();
            return quote! { #value };
        }
        Scalar::Int32 => {
            let value = i32::try_from(signed).unwrap_or_default();
            return quote! { #value };
        }
        Scalar::Int64 => return quote! { #signed },
        Scalar::Uint32 => {
            Literal::u32_suffixed(u32::try_from(unsigned).unwrap_or_default())
        }
        Scalar::Uint64 => Literal::u64_suffixed(unsigned),
        Scalar::Float64 => Literal::f64_suffixed(value.as_f64().unwrap_or_default()),
    };
    quote! { #literal }
}

fn enum_literal(name: &str, wire: &str, model: &Model) -> TokenStream {
    let found = match model.types.get(name) {
        Some(Type::Enum(enumeration)) => {
            enumeration.variants.iter().find(|variant| variant.wire == wire)
        }
        _ => None,
    };
    // A value without a name is a string.
    found.map_or_else(
        || quote! { #wire },
        |known| {
            let (name, variant) = (ident(name), variant(&known.wire));
            quote! { #name::#variant }
        },
    )
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
