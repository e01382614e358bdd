//! Filterable fields of a resource: a method for each field, with the type of the field.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Field, Model, Record, Type, TypeRef};
use crate::names::field_name;

use super::tokens::{bare_type, ident};

/// Emits the line with the filterable fields of lists of this record, if there are any.
pub(super) fn emit(record: &Record, model: &Model) -> Option<TokenStream> {
    let mut methods: Vec<Method> = Vec::new();
    for path in paths(record, model) {
        let method = method(path, record, model);
        if !methods.iter().any(|other| other.name == method.name) {
            methods.push(method);
        }
    }
    if methods.is_empty() {
        return None;
    }
    let entries = methods.iter().map(entry);
    let name = ident(&record.name);
    Some(quote! { filters! { #name { #(#entries),* } } })
}

/// Returns the filterable fields of the lists of a record, without duplicates.
fn paths<'m>(record: &Record, model: &'m Model) -> Vec<&'m str> {
    let mut paths: Vec<&str> = Vec::new();
    for list in model.operations().filter_map(|(_, operation)| operation.listing()) {
        for path in list.filter.iter().filter(|_| list.item == record.name) {
            if !paths.contains(&path.as_str()) {
                paths.push(path);
            }
        }
    }
    paths
}

struct Method {
    name: String,
    /// Name of the field in filters.
    path: String,
    ty: TokenStream,
}

fn entry(method: &Method) -> TokenStream {
    let Method { name, path, ty } = method;
    let name_token = ident(name);
    if name == path {
        return quote! { #name_token: #ty };
    }
    quote! { #name_token = #path: #ty }
}

/// Returns the method for a dotted name. The method for the ID of a reference is that of the reference.
fn method(path: &str, record: &Record, model: &Model) -> Method {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some(field) = called(first, record) else {
        return Method { name: field_name(path), path: path.to_owned(), ty: text() };
    };
    let inner = match &field.ty {
        TypeRef::Record(name) => model.types.get(name),
        _ => None,
    };
    match (&field.ty, inner) {
        _ if field.wire != first => {
            let ty = value_type(field.ty.element());
            Method { name: field_name(first), path: path.to_owned(), ty }
        }
        (_, Some(Type::Record(inner))) if !rest.is_empty() => {
            let method = method(rest, inner, model);
            Method {
                name: format!("{}_{}", field_name(&field.wire), method.name),
                path: format!("{first}.{}", method.path),
                ty: method.ty,
            }
        }
        (ty, _) => Method {
            name: field_name(&field.wire),
            path: first.to_owned(),
            ty: value_type(ty),
        },
    }
}

/// Returns the field with this name in filters.
fn called<'m>(name: &str, record: &'m Record) -> Option<&'m Field> {
    let renamed = |field: &&Field| field.rules.filtered_as() == Some(name);
    let mut fields = record.fields.iter();
    let own = fields.find(|field| field.wire == name);
    own.or_else(|| record.fields.iter().find(renamed))
}

/// Returns the type that determines the conditions. A map is filtered by its keys; composite types cannot be compared
/// as a whole.
fn value_type(ty: &TypeRef) -> TokenStream {
    match ty {
        TypeRef::Map(_) => {
            let text = text();
            quote! { Vec<#text> }
        }
        other => bare_type(other, false),
    }
}

/// Returns the type of a field that items do not have: a string.
fn text() -> TokenStream {
    quote! { String }
}
