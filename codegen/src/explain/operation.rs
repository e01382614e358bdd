//! The page of an operation.

use crate::emit::signatures;
use crate::example::{Example, example};
use crate::model::{Body, Field, Model, Operation, Output, Service, Type};
use crate::names::article;
use crate::rust::docs;

use super::find::label;
use super::page::Page;
use super::{Described, place, words};

/// Returns the page of an operation.
pub(super) fn page(
    service: &Service,
    operation: &Operation,
    described: Described,
) -> Page {
    let model = described.model;
    let name = format!("{}.{}", label(service), operation.name);
    let mut page = Page::new(&format!("{name}: an operation, {}", operation.id));
    let spans = place::operation(service, operation, described.spec);
    for (span, heading) in spans.into_iter().zip(["Spec", "Convention of its name"]) {
        place::show(&mut page, heading, span, described.sources);
    }
    page.section(&format!("Request  {}", operation.request_line()));
    page.table(&request(operation, model));
    page.section(&format!("Answer  {}", answer(operation)));
    page.table(&facts(service, operation));

    page.section("Rust");
    page.code(&signatures::method(operation));
    if let Some(instance) = signatures::instance_method(operation) {
        page.line(&format!("on a value of {}:", with_article(&service.resource)));
        page.code(&instance);
    }
    if is_list(operation) {
        let setters = operation.query.iter().filter(|one| !one.required);
        setters.for_each(|one| page.code(&signatures::query_setter(one)));
    }
    examples(&mut page, &example(service, operation, &[], model));
    page
}

/// Adds a request as curl, and as Rust for both clients.
pub(super) fn examples(page: &mut Page, example: &Example) {
    page.section("curl");
    page.code(&example.curl);
    page.section("Rust, async");
    page.code(&example.asynchronous);
    page.section("Rust, blocking");
    page.code(&example.blocking);
}

fn is_list(operation: &Operation) -> bool {
    matches!(operation.output, Output::List(_))
}

/// Returns parameters, and the fields of the body.
fn request(operation: &Operation, model: &Model) -> Vec<(String, String)> {
    let path = operation.parameters.iter().map(|parameter| {
        let docs = docs::lines(&parameter.docs).join(" ");
        (
            parameter.wire.clone(),
            format!("in the path: {}. {docs}", words::ty(&parameter.ty)),
        )
    });
    let query = operation.query.iter().map(|parameter| ("query", parameter));
    let headers = operation.headers.iter().map(|parameter| ("headers", parameter));
    let own = query.chain(headers).map(|(place, parameter)| {
        let again = if parameter.repeated { ", may be repeated" } else { "" };
        let required = if parameter.required { ", required" } else { "" };
        let docs = docs::lines(&parameter.docs).join(" ");
        let ty = words::ty(&parameter.ty);
        (
            parameter.wire.clone(),
            format!("in the {place}: {ty}{again}{required}. {docs}"),
        )
    });
    let mut rows: Vec<_> = path.chain(paging(operation, model)).chain(own).collect();
    match &operation.body {
        Body::None => {}
        Body::Empty => rows.push(("body".to_owned(), "an empty object".to_owned())),
        Body::Type(name) => {
            rows.push(("body".to_owned(), name.clone()));
            rows.extend(fields(name, model));
        }
    }
    rows
}

/// Returns the query parameters of lists.
fn paging(operation: &Operation, model: &Model) -> Vec<(String, String)> {
    let Output::List(list) = &operation.output else { return Vec::new() };
    let api = &model.api;
    let mut rows = Vec::new();
    if list.paged {
        let limit = format!(
            "from {} to {}, {} if not given",
            api.limit_min, api.limit_max, api.limit_default
        );
        rows.push((
            api.limit_parameter.clone(),
            format!("in the query: items of a page, {limit}"),
        ));
        rows.push((
            api.cursor_parameter.clone(),
            "in the query: id of the item before the page".to_owned(),
        ));
    }
    if !list.filter.is_empty() {
        let about = list.filter.join(", ");
        rows.push((
            api.filter_parameter.clone(),
            format!("in the query: an expression about {about}"),
        ));
    }
    rows
}

/// Returns the fields of a body.
fn fields(name: &str, model: &Model) -> Vec<(String, String)> {
    let Some(Type::Record(record)) = model.types.get(name) else { return Vec::new() };
    let row = |field: &Field| {
        (format!("  {}", field.wire), words::field(field, record, model))
    };
    record.fields.iter().map(row).collect()
}

fn answer(operation: &Operation) -> String {
    let status = operation.status;
    match &operation.output {
        Output::Nothing => format!("{status}, no body"),
        Output::Type(name) => format!("{status}, {}", with_article(name)),
        Output::List(list) => {
            let pages = if list.paged { ", in pages" } else { "" };
            let place = match list.key.as_str() {
                "" => String::new(),
                key => format!(" under `{key}`"),
            };
            format!("{status}, a list of {}{place}{pages}", list.item)
        }
    }
}

fn with_article(name: &str) -> String {
    format!("{} {name}", article(name))
}

fn facts(service: &Service, operation: &Operation) -> Vec<(String, String)> {
    let deprecated = operation.deprecated.as_ref().or(service.deprecated.as_ref());
    let facts = [
        ("works on", operation.applies_to.clone()),
        ("access", service.access.clone()),
        ("deprecated", deprecated.map(|said| said.note.clone())),
        (
            "feature",
            service.deprecated.as_ref().map(|_| "deprecated-resources".to_owned()),
        ),
    ];
    facts.into_iter().filter_map(|(name, fact)| Some((name.to_owned(), fact?))).collect()
}
