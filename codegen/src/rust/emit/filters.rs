//! Filterable fields of a resource: a method for each field, with the type of the field.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Model, Record, TypeRef};
use crate::names::field_name;

use super::tokens::{bare_type, ident};

/// Emits the line with the filterable fields of lists of this record, if there are any.
pub(super) fn emit(record: &Record, model: &Model) -> Option<TokenStream> {
    let mut methods: Vec<Method> = Vec::new();
    for list in model.operations().filter_map(|(_, operation)| operation.listing()) {
        for path in list.filter.iter().filter(|_| list.item == record.name) {
            let method = method(path, record, model);
            if !methods.iter().any(|other| other.name == method.name) {
                methods.push(method);
            }
        }
    }
    let name = ident(&record.name);
    let entries = methods.iter().map(|Method { name, path, ty }| {
        let wire = (name != path).then(|| quote! { = #path });
        let name = ident(name);
        quote! { #name #wire: #ty }
    });
    (!methods.is_empty()).then(|| quote! { filters! { #name { #(#entries),* } } })
}

struct Method {
    name: String,
    /// Name of the field in filters.
    path: String,
    ty: TokenStream,
}

/// Returns the method for a dotted name. The method for the ID of a reference is that of the reference.
fn method(path: &str, record: &Record, model: &Model) -> Method {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some(field) = record.filtered(first) else {
        // Items do not have the field.
        return Method::new(path, path, quote! { String });
    };
    let inner = match &field.ty {
        TypeRef::Record(name) if !rest.is_empty() => model.record(name),
        _ => None,
    };
    match inner {
        _ if field.wire != first => {
            Method::new(first, path, value_type(field.ty.element()))
        }
        Some(inner) => {
            let method = method(rest, inner, model);
            let path = format!("{first}.{}", method.path);
            let name = format!("{}_{}", field_name(&field.wire), method.name);
            Method { name, path, ty: method.ty }
        }
        None => Method::new(first, first, value_type(&field.ty)),
    }
}

impl Method {
    fn new(name: &str, path: &str, ty: TokenStream) -> Self {
        Self { name: field_name(name), path: path.to_owned(), ty }
    }
}

/// Returns the type that determines the conditions. A map is filtered by its keys; composite types cannot be compared
/// as a whole.
fn value_type(ty: &TypeRef) -> TokenStream {
    match ty {
        TypeRef::Map(_) => quote! { Vec<String> },
        other => bare_type(other, false),
    }
}
