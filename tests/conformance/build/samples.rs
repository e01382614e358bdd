//! Values of requests: `new` with the required fields, setters for the rest, literals as a user would write them.

use ngrok_codegen::model::{Field, Model, Record, Type, TypeRef, Union};
use ngrok_codegen::names::required_name;
use ngrok_codegen::rust::fields::names_required;
use proc_macro2::TokenStream;
use quote::quote;

use super::example::Examples;
use super::literals::literal;
use super::tokens::{ident, member, variant};

/// Emits samples of all request types.
pub(crate) fn emit(model: &Model) -> TokenStream {
    let samples = model.types.values().map(|ty| match ty {
        Type::Record(record) if record.in_requests => record_sample(record, model),
        Type::Union(union) if union.in_requests => union_sample(union),
        _ => TokenStream::new(),
    });
    quote! { #(#samples)* }
}

/// Emits the test data of a record that is sent.
pub(crate) fn request_type(record: &Record, model: &Model) -> TokenStream {
    if !record.in_requests {
        return quote! { None };
    }
    let name = ident(&record.name);
    let setters = optional(record).map(|field| setter(record, field, model));
    quote! {
        Some(RequestType {
            required: || encode(&#name::required()),
            full: || encode(&#name::full()),
            is_required: |json| decode::<#name>(json) == #name::required(),
            is_full: |json| decode::<#name>(json) == #name::full(),
            validate: |json| decode::<#name>(json).validate(),
            setters: &[#(#setters),*],
        })
    }
}

fn record_sample(record: &Record, model: &Model) -> TokenStream {
    let name = ident(&record.name);
    let values = record.required().map(|field| argument(record, field, model));
    let required = if names_required(record) {
        let (ty, names) = (
            ident(&required_name(&record.name)),
            record.required().map(|field| member(&field.wire)),
        );
        quote! { #ty { #(#names: #values),* } }
    } else {
        quote! { #(#values),* }
    };
    let setters = optional(record).map(|field| {
        let (setter, value) = (member(&field.wire), argument(record, field, model));
        quote! { .#setter(#value) }
    });
    quote! {
        impl Sample for #name {
            fn required() -> Self {
                Self::new(#required)
            }

            fn full() -> Self {
                Self::required() #(#setters)*
            }
        }
    }
}

fn union_sample(union: &Union) -> TokenStream {
    let name = ident(&union.name);
    let first = union.choices.first().map(|choice| {
        let (variant, ty) = (variant(&choice.wire), ident(&choice.ty));
        quote! { Self::#variant(#ty::full()) }
    });
    quote! {
        impl Sample for #name {
            fn required() -> Self {
                Self::full()
            }

            fn full() -> Self {
                #first
            }
        }
    }
}

fn setter(record: &Record, field: &Field, model: &Model) -> TokenStream {
    let (name, set, wire) = (ident(&record.name), member(&field.wire), &field.wire);
    let value = argument(record, field, model);
    let call =
        |value: &TokenStream| quote! { || encode(&#name::required().#set(#value)) };
    let some = |value: TokenStream| {
        let call = call(&value);
        quote! { Some(#call) }
    };
    let none = quote! { None };
    let set = call(&value);
    let clearable = record.in_responses.then(|| none.clone());
    let null = clearable.or_else(|| (!field.presence.nullable).then(|| none.clone()));
    let null = null.unwrap_or_else(|| some(quote! { Null }));
    let elements = matches!(field.ty, TypeRef::List(_) | TypeRef::Map(_));
    let empty = if elements { some(quote! { without_elements(#value) }) } else { none };
    quote! { Setter { wire: #wire, set: #set, null: #null, empty: #empty } }
}

fn optional(record: &Record) -> impl Iterator<Item = &Field> {
    record.fields.iter().filter(|field| !field.presence.required)
}

fn argument(record: &Record, field: &Field, model: &Model) -> TokenStream {
    literal(&field.ty, &Examples::new(model).field(record, field), model)
}
