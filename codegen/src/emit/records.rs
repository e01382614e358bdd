//! Structs: the fields, how they travel, and how one is built.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Field, Record, TypeRef, Wrapper};

use super::tokens::{argument_type, converted, field_type, ident, outer_docs};

/// A record.
pub(super) fn emit(record: &Record) -> TokenStream {
    let name = ident(&record.name);
    let docs = outer_docs(&record.docs);
    let fields = record.fields.iter().map(field);
    let codec = codec(record, &name);
    let builder = record.in_requests.then(|| builder(record, &name));
    let must_use = record.in_requests.then(|| quote! { #[must_use] });
    quote! {
        #docs
        #must_use
        #[derive(Clone, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }

        #codec
        #builder
    }
}

fn field(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let docs = outer_docs(&field.docs);
    let ty = field_type(field);
    quote! { #docs pub #name: #ty, }
}

/// The one line that makes a record travel.
fn codec(record: &Record, name: &Ident) -> TokenStream {
    let fields: Vec<_> = record.fields.iter().map(wire_field).collect();
    if let Some(prefix) = &record.prefix {
        return quote! { resource! { #name(#prefix) { #(#fields),* } } };
    }
    quote! { record! { #name { #(#fields),* } } }
}

fn wire_field(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let wire = &field.wire;
    if field.name == field.wire {
        quote! { #name }
    } else {
        quote! { #name = #wire }
    }
}

/// `new` with what is required, and a setter for each of the rest.
fn builder(record: &Record, name: &Ident) -> TokenStream {
    let (required, rest): (Vec<&Field>, Vec<&Field>) =
        record.fields.iter().partition(|field| field.presence.required);
    let constructor = constructor(&required, rest.is_empty());
    let setters = rest.iter().map(|field| {
        let (field, ty) = (ident(&field.name), field_type(field));
        quote! { #field: #ty }
    });
    let setters =
        (!rest.is_empty()).then(|| quote! { setters! { #name { #(#setters),* } } });
    quote! {
        impl #name {
            #constructor
        }

        #setters
    }
}

fn constructor(required: &[&Field], complete: bool) -> TokenStream {
    if required.is_empty() {
        return quote! {
            /// Sets nothing yet.
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let signature = new_signature(required);
    let values = required.iter().map(|field| {
        let name = ident(&field.name);
        let value = wrapped(field, &converted(&name, &field.ty));
        quote! { #name: #value }
    });
    let rest = (!complete).then(|| quote! { , ..Self::default() });
    quote! {
        /// Sets what the API insists on.
        #signature {
            Self { #(#values),* #rest }
        }
    }
}

/// `new` of a record that is sent, less its body.
pub(super) fn constructor_signature(record: &Record) -> TokenStream {
    let required: Vec<_> =
        record.fields.iter().filter(|field| field.presence.required).collect();
    new_signature(&required)
}

fn new_signature(required: &[&Field]) -> TokenStream {
    let arguments = required.iter().map(|field| {
        let name = ident(&field.name);
        let ty = argument_type(&field.ty, field.secret);
        quote! { #name: #ty }
    });
    quote! { pub fn new(#(#arguments),*) -> Self }
}

fn wrapped(field: &Field, value: &TokenStream) -> TokenStream {
    match (field.wrapper, &field.ty) {
        (Wrapper::Boxed, TypeRef::Record(_)) => quote! { Some(Box::new(#value)) },
        (Wrapper::Option | Wrapper::Boxed, _) => quote! { Some(#value) },
        (Wrapper::Plain | Wrapper::Patch, _) => value.clone(),
    }
}
