//! The page of an error code: meaning, sources, and detection by callers.

use crate::model::{Model, Retry, Type};
use crate::names::constant_name;
use crate::names::field_name;

use super::page::Page;
use super::{Described, place};

/// Returns the page of an error code, named or not.
pub(super) fn page(number: u32, described: Described) -> Page {
    let model = described.model;
    let code = model.error_codes.written(number);
    let known = model.error_codes.codes.get(&number);
    let name = known.map_or("without a name", |known| known.name.as_str());
    let mut page = Page::new(&format!("{code}: an error code, {name}"));
    if let Some(span) = place::error_code(number, described.spec) {
        place::show(&mut page, "Spec", span, described.sources);
    }
    let sources: Vec<_> =
        sources(number, model).map(|(name, why)| (name, why.to_owned())).collect();
    if !sources.is_empty() {
        page.section("Given for");
        page.table(&sources);
    }
    page.section("Facts");
    let status = known.and_then(|known| known.status).map(|status| status.to_string());
    let retry = known.map(|known| match known.retry {
        Retry::Never => "does not help",
        Retry::Later => "may help",
        Retry::AfterChange => "may help after something else has changed",
    });
    let in_use = known.filter(|known| known.in_use);
    let facts = [
        (
            "docs",
            Some(model.error_codes.docs_url.replace("{number}", &number.to_string())),
        ),
        ("status", status),
        ("again", retry.map(|retry| format!("sending the same request again {retry}"))),
        ("in use", in_use.map(|_| "other resources refer to this one".to_owned())),
    ];
    let facts: Vec<_> = facts
        .into_iter()
        .filter_map(|(name, fact)| Some((name.to_owned(), fact?)))
        .collect();
    page.table(&facts);
    examples(&mut page, &code, number, model);
    page
}

/// Returns the fields, alternatives and rules with an error number.
pub(super) fn sources(
    number: u32,
    model: &Model,
) -> impl Iterator<Item = (String, &'static str)> {
    model.types.values().flat_map(move |ty| {
        let mut found = Vec::new();
        match ty {
            Type::Record(record) => {
                let fields =
                    record.fields.iter().filter(|field| field.errors.contains(&number));
                found.extend(fields.map(|field| {
                    (format!("{}.{}", record.name, field.wire), "a bad value")
                }));
                let rules = record
                    .constraints
                    .iter()
                    .filter(|rule| rule.errors.contains(&number));
                found.extend(rules.map(|rule| {
                    (
                        format!("{}: {}", record.name, rule.fields.join(", ")),
                        "a rule over several fields",
                    )
                }));
            }
            Type::Union(union) if union.errors.contains(&number) => {
                found
                    .push((union.name.clone(), "none of its choices, or more than one"));
            }
            Type::Union(_) | Type::Enum(_) => {}
        }
        found
    })
}

/// Adds the form of the error, and its detection.
fn examples(page: &mut Page, code: &str, number: u32, model: &Model) {
    let (api, known) = (&model.api, model.error_codes.codes.get(&number));
    let status = known.and_then(|known| known.status).unwrap_or(400);
    page.section("Body of the response");
    page.code(&format!(
        "{{\n  \"{}\": \"{code}\",\n  \"{}\": {status},\n  \"{}\": \"...\",\n  \"{}\": {{}}\n}}",
        api.error_code, api.error_status, api.error_message, api.error_details
    ));
    let constant = known.map_or_else(
        || format!("ErrorCode::new({number})"),
        |known| format!("ErrorCode::{}", constant_name(&known.name)),
    );
    let library = field_name(&api.crate_name);
    for (heading, end) in [("Rust, async", ".await"), ("Rust, blocking", ".send()")] {
        page.section(heading);
        page.code(&format!(
            "use {library}::ErrorCode;\n\nmatch call{end} {{\n    Err(error) if error.is_code({constant}) => {{}}\n    other => drop(other?),\n}}"
        ));
    }
}
