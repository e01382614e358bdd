//! The page of a service: description, and its operations in a line each.

use crate::example::{accessor, example};
use crate::model::Service;
use crate::rust::docs;
use crate::spec::Span;

use super::find::label;
use super::page::Page;
use super::{Described, place};

/// Returns the page of a service.
pub(super) fn page(service: &Service, described: Described) -> Page {
    let model = described.model;
    let mut page = Page::new(&format!("{}: a service", label(service)));
    let file = place::file(service, described.spec);
    let span = file.map_or(Span::NOWHERE, |file| file.resource.noun.span);
    if let Some(location) = place::location(span, described.sources) {
        page.section(&format!("Spec  {location}"));
        page.prose(&docs::lines(&service.docs));
    }
    let facts = facts(service);
    if !facts.is_empty() {
        page.section("Facts");
        page.table(&facts);
    }

    page.section("Operations");
    page.table(&operations(service));

    page.section("Rust");
    let present = service.types.iter().filter(|name| model.types.contains_key(*name));
    let types = present.cloned().collect::<Vec<_>>().join(", ");
    let library = crate::names::field_name(&model.api.crate_name);
    page.table(&[
        ("accessor".to_owned(), format!("{}: {}<C>", accessor(service), service.name)),
        (
            "module".to_owned(),
            format!("{library}::resources::{}", service.accessor.join("::")),
        ),
        ("types".to_owned(), types),
    ]);
    requests(&mut page, service, described);
    page
}

/// Returns the facts about a service besides its documentation.
fn facts(service: &Service) -> Vec<(String, String)> {
    let facts = [
        ("docs", service.docs_url.clone()),
        ("access", service.access.clone()),
        (
            "feature",
            service.deprecated.as_ref().map(|_| "deprecated-resources".to_owned()),
        ),
    ];
    let known =
        facts.into_iter().filter_map(|(name, fact)| Some((name.to_owned(), fact?)));
    known.collect()
}

fn operations(service: &Service) -> Vec<(String, String)> {
    let row = |operation: &crate::model::Operation| {
        let request = operation.request_line();
        (format!("{}.{}", label(service), operation.name), request)
    };
    service.operations.iter().map(row).collect()
}

/// Adds the first request, as an example.
fn requests(page: &mut Page, service: &Service, described: Described) {
    if let Some(operation) = service.operations.first() {
        let example = example(service, operation, &[], described.model);
        super::operation::examples(page, &example);
    }
}
