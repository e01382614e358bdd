//! One entry for each type of the model: plain functions from JSON to JSON that hide the types.

use ngrok_codegen::model::{Enum, Model, Record, Type, Union};
use proc_macro2::TokenStream;
use quote::quote;

use super::samples;
use super::tokens::{ident, member, variant};

/// Emits the tables of all types, and the samples for requests.
pub(crate) fn emit(model: &Model) -> TokenStream {
    let types = || model.types.values();
    let records = types().filter_map(|ty| match ty {
        Type::Record(record) => Some(record_entry(record, model)),
        _ => None,
    });
    let unions = types().filter_map(|ty| match ty {
        Type::Union(union) => Some(union_entry(union)),
        _ => None,
    });
    let enums = types().filter_map(|ty| match ty {
        Type::Enum(enumeration) => Some(enum_entry(enumeration)),
        _ => None,
    });
    let names = model.types.keys().map(|text| {
        let name = ident(text);
        quote! { impl Named for #name { const NAME: &'static str = #text; } }
    });
    let samples = samples::emit(model);
    quote! {
        pub(super) static RECORDS: &[RecordType] = &[#(#records),*];
        pub(super) static UNIONS: &[UnionType] = &[#(#unions),*];
        pub(super) static ENUMS: &[EnumType] = &[#(#enums),*];
        #(#names)*
        #samples
    }
}

fn record_entry(record: &Record, model: &Model) -> TokenStream {
    let (name, text) = (ident(&record.name), &record.name);
    let fields = record.fields.iter().map(|field| {
        let (wire, name) = (&field.wire, member(&field.wire));
        quote! { (#wire, encode(&value.#name)) }
    });
    let shapes = record.fields.iter().map(|field| {
        let (wire, field) = (&field.wire, member(&field.wire));
        quote! { (#wire, shape::of(|value: &#name| &value.#field)) }
    });
    let id = record.prefix.as_ref().map(|_| quote! { Some(id_of::<#name>) });
    let id = id.unwrap_or_else(|| quote! { None });
    let request = samples::request_type(record, model);
    quote! {
        RecordType {
            name: #text,
            again: again::<#name>,
            debug: debug::<#name>,
            fields: |json| {
                let value: #name = decode(json);
                // Some records have no fields.
                let _ = &value;
                vec![#(#fields),*]
            },
            shapes: || vec![#(#shapes),*],
            id: #id,
            request: #request,
        }
    }
}

fn union_entry(union: &Union) -> TokenStream {
    let (name, text) = (ident(&union.name), &union.name);
    let chosen = union.choices.iter().map(|choice| {
        let (variant, wire) = (variant(&choice.wire), &choice.wire);
        quote! { #name::#variant(_) => Some(#wire) }
    });
    let choices = union.choices.iter().filter(|_| union.in_requests).map(|choice| {
        let (variant, wire, ty) =
            (variant(&choice.wire), &choice.wire, ident(&choice.ty));
        quote! {
            ChoiceType {
                wire: #wire,
                written: || encode(&#name::#variant(#ty::full())),
                converted: || encode(&#name::from(#ty::full())),
            }
        }
    });
    quote! {
        UnionType {
            name: #text,
            again: again::<#name>,
            debug: debug::<#name>,
            chosen: |json| match decode::<#name>(json) {
                #(#chosen,)*
                #name::Unknown(_) => None,
                _ => Some("a choice that the model does not have"),
            },
            choices: &[#(#choices),*],
        }
    }
}

fn enum_entry(enumeration: &Enum) -> TokenStream {
    let (name, text) = (ident(&enumeration.name), &enumeration.name);
    let values = enumeration.variants.iter().map(|value| {
        let (wire, variant) = (&value.wire, variant(&value.wire));
        quote! { EnumValue { wire: #wire, is_same: || same(&#name::#variant, #wire) } }
    });
    quote! {
        EnumType {
            name: #text,
            again: again::<#name>,
            known: || #name::known().iter().map(|value| value.as_str().to_owned()).collect(),
            is_unknown: |name| #name::from(name).is_unknown(),
            values: &[#(#values),*],
        }
    }
}
