//! Every operation as a user calls it. The generated code does not name a `Client`: it is compiled with each.

use ngrok_codegen::model::{
    Body, Listing, Model, Operation, Output, QueryParameter, Service,
};
use ngrok_codegen::names::query_name;
use proc_macro2::TokenStream;
use quote::quote;

use super::example::{CURSOR, Examples, FILTER, LIMIT};
use super::literals::literal;
use super::tokens::{ident, member};

/// Emits the tables of methods, of services, of methods on resources, of IDs and references, and of the `Debug` output of services.
pub(crate) fn emit(model: &Model) -> TokenStream {
    let services = || model.services.iter();
    let operations = services().flat_map(|service| {
        service.operations.iter().map(|operation| called(operation, service, model))
    });
    let instances = services().flat_map(|service| {
        service.operations.iter().filter_map(|operation| on_resource(operation, service))
    });
    let fetches = services().filter_map(fetched);
    let printed = services().map(|service| {
        let service = accessor(service);
        quote! { |client| format!("{:?}", #service) }
    });
    quote! {
        pub(super) static OPERATIONS: &[(&str, Make)] = &[#(#operations),*];
        pub(super) static INSTANCES: &[(&str, Make)] = &[#(#instances),*];
        pub(super) static FETCHES: &[(&str, &[(&str, Make)])] = &[#(#fetches),*];
        pub(super) static SERVICES: &[fn(&Client) -> String] = &[#(#printed),*];
    }
}

/// Emits `client.ip_policies().get(..)`.
fn called(operation: &Operation, service: &Service, model: &Model) -> TokenStream {
    let (id, method) = (&operation.id, member(&operation.name));
    let service = accessor(service);
    let parameters = (0..operation.parameters.len()).map(|index| {
        quote! { with.parameter(#index) }
    });
    let arguments = parameters.chain(body(operation));
    let method = quote! { #service.#method(#(#arguments),*) };
    let call = match &operation.output {
        Output::List(list) => {
            let query = query(operation, list, model);
            quote! { list(#method, with, |list| list #query) }
        }
        Output::Nothing | Output::Type(_) => quote! { call(#method) },
    };
    // Some operations take no arguments.
    quote! { (#id, |client, with| { let _ = &with; #call }) }
}

/// Emits `policy.update(client, ..)`.
fn on_resource(operation: &Operation, service: &Service) -> Option<TokenStream> {
    if !operation.instance {
        return None;
    }
    let (id, method) = (&operation.id, member(&operation.name));
    let resource = ident(&service.resource);
    let body = body(operation);
    let arguments = std::iter::once(quote! { client }).chain(body);
    let method = quote! { with.resource::<#resource>().#method(#(#arguments),*) };
    let call = match &operation.output {
        Output::List(_) => quote! { list(#method, with, |list| list) },
        Output::Nothing | Output::Type(_) => quote! { call(#method) },
    };
    Some(quote! { (#id, |client, with| #call) })
}

/// Emits `id.get(client)`, and the same for other types that identify a resource.
fn fetched(service: &Service) -> Option<TokenStream> {
    let fetch = service.fetch.as_ref()?;
    let operation =
        service.operations.iter().find(|operation| operation.name == *fetch)?;
    let (id, resource, method) =
        (&operation.id, ident(&service.resource), member(fetch));
    let service = accessor(service);
    Some(quote! {
        (#id, &[
            ("an id", |client, with| call(with.id::<#resource>().get(client))),
            ("a reference", |client, with| call(with.reference::<#resource>().get(client))),
            ("the method with an id", |client, with| {
                call(#service.#method(with.id::<#resource>()))
            }),
            ("the method with a reference", |client, with| {
                call(#service.#method(&with.reference::<#resource>()))
            }),
            ("the method with a resource", |client, with| {
                call(#service.#method(&with.resource::<#resource>()))
            }),
        ])
    })
}

fn accessor(service: &Service) -> TokenStream {
    let path = service.accessor.iter().map(|part| member(part));
    quote! { client #(.#path())* }
}

fn body(operation: &Operation) -> Option<TokenStream> {
    matches!(operation.body, Body::Type(_)).then(|| quote! { &with.body() })
}

/// Emits a call of every setter of a list.
fn query(operation: &Operation, list: &Listing, model: &Model) -> TokenStream {
    let paging = list.paged.then(|| quote! { .limit(#LIMIT).before_id(#CURSOR) });
    let filter = (!list.filter.is_empty()).then(|| quote! { .filter_text(#FILTER) });
    let own =
        operation.query.iter().map(|parameter| own_query(operation, parameter, model));
    quote! { #paging #filter #(#own)* }
}

fn own_query(
    operation: &Operation,
    parameter: &QueryParameter,
    model: &Model,
) -> TokenStream {
    let set = ident(&query_name(&parameter.wire, parameter.required));
    let values = Examples::new(model).query(operation, parameter);
    let values = values.iter().map(|value| literal(&parameter.ty, value, model));
    quote! { #(.#set(#values))* }
}
