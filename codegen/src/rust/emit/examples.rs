//! Examples of each operation, and of the life cycle of each resource that has one: Markdown beside the module,
//! included by its documentation. They are run as tests of the documentation.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::example::{LifeCycle, example};
use crate::file_tree::FileTree;
use crate::model::{Api, Body, Model, Operation, Service, Type};
use crate::names::{constant_name, field_name, module_names};

/// File with the life cycle of a resource; no operation has such a name.
const LIFE_CYCLE: &str = "life-cycle.md";

pub(super) fn emit(
    service: &Service,
    life_cycle: Option<&LifeCycle>,
    model: &Model,
    tree: &mut FileTree,
) {
    let folder = format!("src/resources/{}", module_names(&service.accessor).join("/"));
    for operation in &service.operations {
        let path = format!("{folder}/{}", file_name(operation));
        tree.insert(&path, text(service, operation, model));
    }
    if let Some(life) = life_cycle {
        let (asynchronous, blocking) = (&life.asynchronous, &life.blocking);
        let text = section(life.heading, asynchronous, blocking, &model.api);
        tree.insert(&format!("{folder}/{LIFE_CYCLE}"), text);
    }
}

/// Includes the example of an operation in its documentation.
pub(super) fn attribute(operation: &Operation, service: &Service) -> TokenStream {
    let path = beside(service, &file_name(operation));
    quote! { #[doc = include_str!(#path)] }
}

/// Includes the life cycle of a resource in the documentation of its module.
pub(super) fn module_attribute(service: &Service) -> TokenStream {
    let path = beside(service, LIFE_CYCLE);
    quote! { #![doc = include_str!(#path)] }
}

/// Returns the path of a file of a service, as seen from its module.
fn beside(service: &Service, file: &str) -> String {
    let folder = service.accessor.last().map(|name| field_name(name));
    format!("{}/{file}", folder.unwrap_or_default())
}

fn file_name(operation: &Operation) -> String {
    format!("{}.md", field_name(&operation.name))
}

/// Returns method and path for documentation.
pub(super) fn request(operation: &Operation) -> String {
    format!("`{}`", operation.request_line())
}

fn text(service: &Service, operation: &Operation, model: &Model) -> String {
    let example = example(service, operation, &[], model);
    let section =
        section("Example", &example.asynchronous, &example.blocking, &model.api);
    let (filters, errors) = (filters(operation), errors(operation, model));
    format!("\nCalls {}.\n{filters}{errors}{section}", request(operation))
}

fn filters(operation: &Operation) -> String {
    let fields = operation.listing().into_iter().flat_map(|list| &list.filter);
    let fields: Vec<_> = fields.map(|field| format!("`{field}`")).collect();
    if fields.is_empty() {
        return String::new();
    }
    format!("\nFilterable fields: {}.\n", fields.join(", "))
}

/// Returns the named error codes for the body of an operation.
fn errors(operation: &Operation, model: &Model) -> String {
    let Body::Type(name) = &operation.body else { return String::new() };
    let numbers: BTreeSet<&u32> = match model.types.get(name) {
        Some(Type::Record(record)) => {
            let fields = record.fields.iter().flat_map(|field| &field.errors);
            fields.chain(record.constraints.iter().flat_map(|it| &it.errors)).collect()
        }
        Some(Type::Union(union)) => union.errors.iter().collect(),
        Some(Type::Enum(_)) | None => BTreeSet::new(),
    };
    let named =
        numbers.into_iter().filter_map(|number| model.error_codes.codes.get(number));
    let lines: Vec<_> = named
        .map(|code| {
            format!("- [`{0}`](crate::ErrorCode::{0})\n", constant_name(&code.name))
        })
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!(
        "\n# Errors\n\nA body that is not valid leads to an error with one of these codes:\n\n{}",
        lines.concat()
    )
}

fn section(heading: &str, asynchronous: &str, blocking: &str, api: &Api) -> String {
    let asynchronous = program("async", asynchronous, api);
    let blocking = program("blocking", blocking, api);
    format!(
        "\n# {heading}\n\n```no_run\n{asynchronous}```\n\nWith the blocking client:\n\n```no_run\n{blocking}```\n"
    )
}

/// Returns a program with the lines that make it complete, which documentation does not show.
fn program(feature: &str, shown: &str, api: &Api) -> String {
    let start = match feature {
        "async" => "# #[tokio::main(flavor = \"current_thread\")]\n# async fn main()",
        _ => "# fn main()",
    };
    let library = api.crate_name.replace('-', "_");
    format!(
        "# #[cfg(not(feature = \"{feature}\"))]\n# fn main() {{}}\n\
         # #[cfg(feature = \"{feature}\")]\n# #[allow(deprecated, unused_variables)]\n{start} -> {library}::Result<()> {{\n\
         {shown}# Ok(())\n# }}\n"
    )
}
