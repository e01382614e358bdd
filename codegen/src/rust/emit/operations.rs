//! The methods of operations: on the service, and on a resource.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::format::WIDTH;
use crate::model::{
    Body, Listing, Method, Operation, Output, Parameter, QueryParameter, Scalar,
    Service, TypeRef,
};
use crate::names::{field_name, marker_name, parameter_name, query_name};
use crate::rust::docs;

use super::examples;
use super::tokens::{argument_type, converted, deprecated, ident, outer_docs};

/// Columns that the start of a call takes besides its strings, including the indentation.
const CALL_WIDTH: usize = 42;

pub(super) fn method(operation: &Operation, service: &Service) -> TokenStream {
    let docs = outer_docs(&method_docs(operation));
    let marks = deprecated(operation.deprecated.as_ref());
    let (name, arguments) = (ident(&field_name(&operation.name)), arguments(operation));
    let returned = returned(operation);
    let call = call(operation);
    let example = examples::attribute(operation, service);
    quote! {
        #docs
        #example
        #marks
        pub fn #name(&self #(, #arguments)*) -> #returned {
            #call
        }
    }
}

pub(super) fn instance_method(operation: &Operation, service: &Service) -> TokenStream {
    let docs = outer_docs(&instance_docs(operation, service));
    let marks = deprecated(operation.deprecated.as_ref());
    let (name, service) = (ident(&field_name(&operation.name)), ident(&service.name));
    let returned = returned(operation);
    let body = body_type(operation).map(|body| quote! { , body: &#body });
    let arguments = required(operation).map(argument);
    let given = required(operation).map(|it| ident(&query_name(&it.wire, true)));
    let given = given.chain(body.as_ref().map(|_| ident("body")));
    let fields = operation.parameters.iter().map(|it| ident(&field_name(&it.wire)));
    let values = fields.map(|field| quote! { &self.#field });
    let values = values.chain(given.map(|name| quote! { #name }));
    quote! {
        #docs
        #marks
        pub fn #name<C: ApiClient>(&self, client: &C #(, #arguments)* #body) -> #returned {
            #service::new(client).#name(#(#values),*)
        }
    }
}

/// Returns the summary of the operation, and a link to the rest.
fn instance_docs(operation: &Operation, service: &Service) -> Vec<String> {
    let mut docs = docs::first_paragraph(&operation.docs);
    if docs.is_empty() {
        docs.push(examples::request(operation));
    }
    let rest = format!("Same as [`{}::{}`].", service.name, field_name(&operation.name));
    docs.extend([String::new(), rest]);
    docs
}

/// Emits the marker and the setters of a list with its own query parameters.
pub(super) fn query_items(operation: &Operation, service: &Service) -> TokenStream {
    let Output::List(list) = &operation.output else { return TokenStream::new() };
    if optional_query(operation).next().is_none() {
        return TokenStream::new();
    }
    let marker = query_marker(operation);
    let item = ident(&list.item);
    let docs = outer_docs(&[format!(
        "The query of `{}` of [`{}`].",
        field_name(&operation.name),
        service.name
    )]);
    let filterable =
        (!list.filter.is_empty()).then(|| quote! { impl Filterable for #marker {} });
    let paged = list.paged.then(|| quote! { impl Paged for #marker {} });
    let setters = optional_query(operation).map(query_setter);
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub enum #marker {}

        #paged
        #filterable

        impl<C: ApiClient> List<#item, C, #marker> {
            #(#setters)*
        }
    }
}

fn query_setter(parameter: &QueryParameter) -> TokenStream {
    let docs = outer_docs(&docs::lines(&parameter.docs));
    let marks = deprecated(parameter.deprecated.as_ref());
    let wire = &parameter.wire;
    let (name, argument) = (ident(&query_name(wire, false)), argument(parameter));
    let value = converted(&name, &parameter.ty);
    quote! {
        #docs
        #marks
        pub fn #name(self, #argument) -> Self {
            self.query(#wire, #value)
        }
    }
}

fn arguments(operation: &Operation) -> Vec<TokenStream> {
    let parameters = operation.parameters.iter();
    let parameters =
        parameters.map(|it| named_argument(&parameter_name(&it.wire), &it.ty));
    let required = required(operation).map(argument);
    let body = body_type(operation).map(|body| quote! { body: &#body });
    parameters.chain(required).chain(body).collect()
}

/// Returns the query parameters and headers that are arguments, in this order.
fn required(operation: &Operation) -> impl Iterator<Item = &QueryParameter> {
    let parameters = operation.query.iter().chain(&operation.headers);
    parameters.filter(|parameter| parameter.required)
}

fn argument(parameter: &QueryParameter) -> TokenStream {
    named_argument(&query_name(&parameter.wire, parameter.required), &parameter.ty)
}

fn named_argument(name: &str, ty: &TypeRef) -> TokenStream {
    let (name, ty) = (ident(name), argument_type(ty, false));
    quote! { #name: #ty }
}

/// Returns the query parameters that are not arguments.
fn optional_query(operation: &Operation) -> impl Iterator<Item = &QueryParameter> {
    operation.query.iter().filter(|parameter| !parameter.required)
}

/// Returns the documentation of the operation, and of the parameters that callers set by name: lists have setters for
/// theirs.
fn method_docs(operation: &Operation) -> Vec<String> {
    let mut docs = docs::lines(&operation.docs);
    let query = if operation.listing().is_some() { &[][..] } else { &operation.query };
    for (title, parameters) in [
        ("Query parameters, set with `query(name, value)`:", query),
        ("Headers, set with `header(name, value)`:", &operation.headers),
    ] {
        let mut title = Some([String::new(), title.to_owned(), String::new()]);
        for parameter in parameters.iter().filter(|it| !it.required) {
            let lines = docs::first_paragraph(&parameter.docs);
            let mut lines = lines.iter();
            let first = lines.next().map(String::as_str).unwrap_or_default();
            docs.extend(title.take().into_iter().flatten());
            docs.push(format!("- `{}`: {first}", parameter.wire).trim_end().to_owned());
            docs.extend(lines.map(|line| format!("  {line}")));
        }
    }
    docs
}

fn body_type(operation: &Operation) -> Option<Ident> {
    operation.body_type().map(ident)
}

pub(super) fn returned(operation: &Operation) -> TokenStream {
    match &operation.output {
        Output::Nothing => quote! { Call<(), C> },
        Output::Type(name) => {
            let name = ident(name);
            quote! { Call<#name, C> }
        }
        Output::List(list) => {
            let item = ident(&list.item);
            let kind = query_kind(operation, list).map(|kind| quote! { , #kind });
            quote! { List<#item, C #kind> }
        }
    }
}

/// Returns the query type of a list; `None` for pagination only.
fn query_kind(operation: &Operation, list: &Listing) -> Option<Ident> {
    match (optional_query(operation).next(), list.paged, list.filter.is_empty()) {
        (Some(_), _, _) => Some(query_marker(operation)),
        (None, false, _) => Some(ident("Unpaged")),
        (None, true, false) => Some(ident("Filtered")),
        (None, true, true) => None,
    }
}

fn query_marker(operation: &Operation) -> Ident {
    ident(&marker_name(&operation.id))
}

/// Emits the call of an operation; a start that is too long for a line becomes a variable. (Both prettyplease and
/// rustfmt print either form the same way; they disagree about chains whose start is broken.)
fn call(operation: &Operation) -> TokenStream {
    let (id, path) = (&operation.id, operation.path.to_string());
    let method = ident(operation.method.lower());
    let width = CALL_WIDTH + id.len() + path.len();
    let (name, start, width) = match &operation.output {
        Output::List(list) => {
            let get = operation.method == Method::Get;
            let method = if get { ident("new") } else { method };
            let key = &list.key;
            let start = quote! { List::#method(&self.client, #id, #path, #key) };
            ("list", start, width + 4 + key.len())
        }
        Output::Nothing | Output::Type(_) => {
            ("call", quote! { Call::#method(&self.client, #id, #path) }, width)
        }
    };
    let parameters = parameters(operation);
    let body = match &operation.body {
        Body::None => None,
        Body::Empty => Some(quote! { .empty_body() }),
        Body::Type(_) => Some(quote! { .record(body) }),
    };
    if width <= WIDTH || (parameters.is_empty() && body.is_none()) {
        return quote! { #start #(#parameters)* #body };
    }
    let name = ident(name);
    quote! {
        let #name = #start;
        #name #(#parameters)* #body
    }
}

/// Emits the calls that set the path parameters, and the required query parameters and headers.
fn parameters(operation: &Operation) -> Vec<TokenStream> {
    let value = |wire: &str, ty: &TypeRef| converted(&ident(&parameter_name(wire)), ty);
    let path = operation.parameters.iter().map(|Parameter { wire, ty, .. }| {
        let number = matches!(ty, TypeRef::Scalar(it) if *it != Scalar::String);
        let text = number.then(|| quote! { .to_string() });
        let value = value(wire, ty);
        quote! { .param(#wire, #value #text) }
    });
    let query = operation.query.iter().filter(|it| it.required).map(|it| {
        let (wire, value) = (&it.wire, value(&it.wire, &it.ty));
        quote! { .query(#wire, #value) }
    });
    let headers = operation.headers.iter().filter(|it| it.required).map(|it| {
        let (wire, value) = (&it.wire, value(&it.wire, &it.ty));
        quote! { .header(#wire, &#value.to_string()) }
    });
    path.chain(query).chain(headers).collect()
}
