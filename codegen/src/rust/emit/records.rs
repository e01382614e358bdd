//! Structs: fields, encoding, and constructors.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::model::{Field, Model, Record};
use crate::names::{field_name, required_name};
use crate::rust::docs;
use crate::rust::fields::{Wrapper, names_required};

use super::tokens;
use super::tokens::{
    argument_type, converted, deprecated, field_type, ident, outer_docs,
};

pub(super) fn emit(record: &Record, model: &Model) -> TokenStream {
    let name = ident(&record.name);
    let docs = outer_docs(&docs::lines(&record.docs));
    let codec = codec(record, &name);
    let equality = tokens::equality(&record.name, model);
    let derive = quote! { #[derive(Clone, Default, #equality)] };
    if record.in_requests {
        let fields = record.fields.iter().map(|it| body_field(it, record));
        let constructor = constructor(record, &name);
        return quote! {
            body! { #docs #derive #name { #(#fields),* } }

            #codec
            #constructor
        };
    }
    let fields = record.fields.iter().map(|it| field(it, record));
    quote! {
        #docs
        #derive
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }

        #codec
    }
}

fn field(field: &Field, record: &Record) -> TokenStream {
    let (attributes, name, ty) = declared(field, record);
    quote! { #attributes pub #name: #ty, }
}

/// A field of a body: `Required<T>` has no setter, since the constructor takes it.
fn body_field(field: &Field, record: &Record) -> TokenStream {
    let (attributes, name, ty) = declared(field, record);
    if field.presence.required || Wrapper::of(field, record) == Wrapper::Plain {
        return quote! { #attributes #name: Required<#ty> };
    }
    quote! { #attributes #name: #ty }
}

/// The documentation and deprecation of a field, its name and its type.
fn declared(field: &Field, record: &Record) -> (TokenStream, Ident, TokenStream) {
    let docs = outer_docs(&docs::of_field(field, record));
    let marks = deprecated(field.deprecated.as_ref());
    let name = ident(&field_name(&field.wire));
    (quote! { #docs #marks }, name, field_type(field, record))
}

/// Emits the line that makes a record encodable.
fn codec(record: &Record, name: &Ident) -> TokenStream {
    let fields = record.fields.iter().map(|field| {
        let (wire, rust) = (&field.wire, field_name(&field.wire));
        let renamed = (rust != *wire).then(|| quote! { = #wire });
        let name = ident(&rust);
        quote! { #name #renamed }
    });
    let fields = quote! { #(#fields),* };
    if let Some(prefix) = &record.prefix {
        return quote! { resource! { #name(#prefix) { #fields } } };
    }
    if !record.in_requests {
        return quote! { record! { #name { #fields } } };
    }
    let required: Vec<_> = record.required().map(|field| &field.wire).collect();
    let required = (!required.is_empty()).then(|| quote! { (#(#required),*) });
    let shared = record.in_responses.then(|| quote! { shared });
    quote! { request! { #shared #name #required { #fields } } }
}

/// Emits `new`, and the type of its argument if the required fields are set by name.
fn constructor(record: &Record, name: &Ident) -> TokenStream {
    let required: Vec<&Field> = record.required().collect();
    if required.is_empty() {
        return quote! {
            impl #name {
                /// Creates an empty body.
                #[inline]
                pub fn new() -> Self {
                    Self::default()
                }
            }
        };
    }
    let by_name = names_required(record);
    let types = required.iter().map(|field| argument_type(&field.ty, field.secret));
    let names: Vec<_> =
        required.iter().map(|field| ident(&field_name(&field.wire))).collect();
    let arguments = if by_name {
        let all = ident(&required_name(&record.name));
        quote! { args: #all<#(#types),*> }
    } else {
        quote! { #(#names: #types),* }
    };
    let given = by_name.then(|| quote! { args. });
    let values = required.iter().zip(&names).map(|(field, name)| {
        let value = converted(&quote! { #given #name }, &field.ty);
        match Wrapper::of(field, record) {
            Wrapper::Boxed => quote! { #name: Some(Box::new(#value)) },
            Wrapper::Option => quote! { #name: Some(#value) },
            Wrapper::Plain | Wrapper::Patch => quote! { #name: #value },
        }
    });
    let complete = required.len() == record.fields.len();
    let rest = (!complete).then(|| quote! { , ..Self::default() });
    let required_type = by_name.then(|| required_fields(record));
    quote! {
        impl #name {
            /// Creates a body with the required fields.
            pub fn new(#arguments) -> Self {
                Self { #(#values),* #rest }
            }
        }

        #required_type
    }
}

/// Emits the type with the required fields by name, each of any type that converts to its value.
fn required_fields(record: &Record) -> TokenStream {
    let name = ident(&required_name(&record.name));
    let docs = outer_docs(&[format!(
        "The required fields of [`{0}`], for [`{0}::new`].",
        record.name
    )]);
    let parameters: Vec<Ident> = ('A'..='Z')
        .zip(record.required())
        .map(|(it, _)| ident(&it.to_string()))
        .collect();
    let fields = record.required().zip(&parameters).map(|(field, ty)| {
        let name = ident(&field_name(&field.wire));
        let docs = outer_docs(&docs::of_field(field, record));
        quote! { #docs pub #name: #ty, }
    });
    quote! {
        #docs
        pub struct #name<#(#parameters),*> {
            #(#fields)*
        }
    }
}
