//! All conditions on every filterable field.

use ngrok_codegen::model::{Model, Output, Record, Scalar, Type, TypeRef};
use ngrok_codegen::names::field_name;
use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;

/// Emits a table of list ID, field, and its filters.
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

/// Returns the name of the method, and the type of the field in items.
fn find(path: &str, record: &Record) -> (String, Option<TypeRef>) {
    let first = path.split('.').next().unwrap_or_default();
    if let Some(field) = record.fields.iter().find(|field| field.wire == first) {
        return (field_name(&field.wire), Some(field.ty.clone()));
    }
    // A list whose elements are filterable under a name of their own.
    let renamed =
        record.fields.iter().find(|field| field.rules.filtered_as() == Some(first));
    (field_name(path), renamed.map(|field| field.ty.element().clone()))
}

/// Returns all conditions that the type supports, with values that need escaping.
fn questions(ty: Option<&TypeRef>) -> Vec<TokenStream> {
    let text = r#"a" || \"b'"#;
    match ty {
        None => of_text(text),
        Some(TypeRef::Scalar(scalar)) => of_scalar(*scalar, text),
        Some(TypeRef::Id { .. }) => of_id(text),
        Some(TypeRef::Ref { .. }) => {
            of_id(text).iter().map(|asked| quote! { .id() #asked }).collect()
        }
        Some(TypeRef::Enum(name)) => {
            let name = ident(name);
            vec![
                quote! { .eq(#name::from(#text)) },
                quote! { .ne(#name::from(#text)) },
                quote! { .one_of(#name::known()) },
            ]
        }
        Some(TypeRef::List(_) | TypeRef::Map(_)) => {
            let mut asked = vec![quote! { .has(#text) }, quote! { .is_empty() }];
            let counted = of_number(&quote! { 1 });
            asked.extend(counted.iter().map(|asked| quote! { .size() #asked }));
            asked
        }
        Some(TypeRef::Record(_)) => Vec::new(),
    }
}

fn of_scalar(scalar: Scalar, text: &str) -> Vec<TokenStream> {
    match scalar {
        Scalar::String => of_text(text),
        Scalar::Bool => vec![
            quote! {},
            quote! { .ne(true) },
            quote! { .one_of([true]) },
            quote! { .eq(false) | it.id().eq("x") },
        ],
        Scalar::Timestamp => {
            let mut asked = of_number(&quote! { Timestamp::UNIX_EPOCH });
            asked.extend([
                quote! { .after(Timestamp::ZERO) },
                quote! { .before(Timestamp::MAX) },
                quote! { .within(Duration::from_secs(86_400)) },
                quote! { .within(Duration::MAX) },
                quote! { .older_than(Duration::from_secs(60)) },
                quote! { .older_than(Duration::MAX) },
                quote! { .within_next(Duration::from_secs(60)) },
                quote! { .within_next(Duration::MAX) },
            ]);
            asked
        }
        _ => of_number(&quote! { 1 }),
    }
}

fn of_text(text: &str) -> Vec<TokenStream> {
    let mut asked = of_id(text);
    let parts = ["contains", "starts_with", "ends_with"].map(ident);
    asked.extend(parts.iter().map(|part| quote! { .#part(#text) }));
    asked.push(quote! { .is_empty() });
    asked
}

fn of_id(text: &str) -> Vec<TokenStream> {
    vec![
        quote! { .eq(#text) },
        quote! { .ne(#text) },
        quote! { .one_of([#text, "b"]) },
        quote! { .one_of([""; 0]) },
    ]
}

/// Returns the conditions on an ordered type.
fn of_number(value: &TokenStream) -> Vec<TokenStream> {
    let relations = ["eq", "ne", "lt", "le", "gt", "ge"].map(ident);
    let asked = relations.iter().map(|relation| quote! { .#relation(#value) });
    asked.chain([quote! { .one_of([#value]) }]).collect()
}
