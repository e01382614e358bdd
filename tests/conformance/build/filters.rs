//! Every question that can be asked of every field that a list is filtered by.

use ngrok_codegen::model::{Model, Output, Record, Scalar, Type, TypeRef};
use ngrok_codegen::names::field_name;
use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;

/// A table: the id of the list, the field, and the filters about it.
pub(crate) fn emit(model: &Model) -> TokenStream {
    let operations = model.services.iter().flat_map(|service| &service.operations);
    let entries = operations.flat_map(|operation| {
        let list = match &operation.output {
            Output::List(list) => Some(list),
            _ => None,
        };
        list.into_iter().flat_map(move |list| {
            let fields = list.filter.iter();
            fields.map(move |path| entry(&operation.id, &list.item, path, model))
        })
    });
    quote! { pub(super) static FILTERS: &[FilterField] = &[#(#entries),*]; }
}

fn entry(id: &str, item: &str, path: &str, model: &Model) -> TokenStream {
    let record = match model.types.get(item) {
        Some(Type::Record(record)) => Some(record),
        _ => None,
    };
    let item = ident(item);
    let (method, ty) =
        record.map_or((path.to_owned(), None), |record| find(path, record));
    let method = ident(&method);
    let asked = questions(ty.as_ref());
    quote! {
        FilterField {
            list: #id,
            path: #path,
            filters: || vec![#(filter::<#item, _>(|it| it.#method() #asked)),*],
        }
    }
}

/// The name of the method, and the type of the field where items have it.
fn find(path: &str, record: &Record) -> (String, Option<TypeRef>) {
    let first = path.split('.').next().unwrap_or_default();
    if let Some(field) = record.fields.iter().find(|field| field.wire == first) {
        return (field.name.clone(), Some(field.ty.clone()));
    }
    // A list whose elements are asked for, under a name of their own.
    let renamed = record.fields.iter().find(|field| {
        field.limits.rules.get("filtered_as").is_some_and(|other| other == first)
    });
    (field_name(path), renamed.map(|field| field.ty.element().clone()))
}

/// Whatever the type allows, with values that would end what they stand in.
fn questions(ty: Option<&TypeRef>) -> Vec<TokenStream> {
    let text = r#"a" || \"b'"#;
    let equal = quote! { .eq(#text) };
    match ty {
        None | Some(TypeRef::Scalar(Scalar::String)) => vec![
            equal,
            quote! { .ne(#text) },
            quote! { .one_of([#text, "b"]) },
            quote! { .contains(#text) },
            quote! { .starts_with(#text) },
            quote! { .ends_with(#text) },
            quote! { .is_empty() },
        ],
        Some(TypeRef::Scalar(Scalar::Bool)) => {
            vec![
                quote! {},
                quote! { .ne(true) },
                quote! { .eq(false) | it.id().eq("x") },
            ]
        }
        Some(TypeRef::Scalar(Scalar::Timestamp)) => vec![
            quote! { .eq(Timestamp::UNIX_EPOCH) },
            quote! { .after(Timestamp::UNIX_EPOCH) },
            quote! { .before(Timestamp::MAX) },
            quote! { .within(Duration::from_secs(86_400)) },
            quote! { .older_than(Duration::from_secs(60)) },
            quote! { .within_next(Duration::from_secs(60)) },
        ],
        Some(TypeRef::Scalar(_)) => vec![quote! { .gt(1) }, quote! { .le(-1) }],
        Some(TypeRef::Id { .. }) => vec![equal, quote! { .one_of([#text]) }],
        Some(TypeRef::Ref { .. }) => vec![quote! { .id() #equal }],
        Some(TypeRef::Enum(name)) => {
            let name = ident(name);
            vec![quote! { .eq(#name::from(#text)) }, quote! { .one_of(#name::known()) }]
        }
        Some(TypeRef::List(_) | TypeRef::Map(_)) => vec![
            quote! { .has(#text) },
            quote! { .size().gt(1) },
            quote! { .is_empty() },
        ],
        Some(TypeRef::Record(_)) => Vec::new(),
    }
}
