//! Explanations of names: the location in the description, uses, and the request as curl and as Rust.
//!
//! Takes a description with its texts, and a name; returns plain text. Types, signatures and documentation are those of
//! rustdoc, which is not repeated. Values in examples are generated deterministically from the model. Prints nothing and
//! reads no files.

mod find;
mod page;
mod uses;

use std::fmt;

use crate::Described;
use crate::example::{Wanted, example};
use crate::locate;
use crate::model::{Operation, Output, Service, Type, first_paragraph};
use crate::names::article;
use crate::spec::Span;

use find::Thing;
use page::Page;

pub use find::names;

/// Error for an unknown name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The name.
    pub name: String,
    /// Suggestions, the most likely first.
    pub near: Vec<String>,
}

/// Explains a service, an operation, a type, a field or value, or an error code.
///
/// # Errors
///
/// If the name is unknown.
pub fn explain(described: Described, name: &str) -> Result<String, Unknown> {
    let model = described.model;
    let Some(thing) = find::find(name, model) else {
        return Err(Unknown { name: name.to_owned(), near: find::near(name, model) });
    };
    let page = match thing {
        Thing::Service(found) => described.service(found),
        Thing::Operation(home, found) => described.operation(home, found),
        Thing::Type(found) => described.named(found),
        Thing::Part(home, wire) => described.part(home, wire),
        Thing::ErrorCode(number) => described.error_code(number),
    };
    Ok(page.text)
}

impl Described<'_> {
    fn service(&self, service: &Service) -> Page {
        let file = locate::file(service, self.spec);
        let span = file.map_or(Span::NOWHERE, |file| file.resource.noun.span);
        let mut page = self.page(&service.label(), "a service", &[span]);
        let operations = service.operations.iter().map(|operation| {
            let name = format!("{}.{}", service.label(), operation.name);
            (name, operation.request_line())
        });
        page.rows("Operations", &operations.collect::<Vec<_>>());
        page
    }

    fn operation(&self, service: &Service, operation: &Operation) -> Page {
        let name = format!("{}.{}", service.label(), operation.name);
        let what = format!("an operation, {}", operation.id);
        let spans = locate::operation(service, operation, self.spec);
        let mut page = self.page(&name, &what, &spans);
        page.section(&format!("Request  {}", operation.request_line()));
        page.section(&format!("Response  {}", response(operation)));
        self.requests(&mut page, service, operation, &[]);
        page
    }

    fn named(&self, ty: &Type) -> Page {
        let (name, (kind, _)) = (ty.name(), kinds(ty));
        let span = locate::named(name, self.spec, self.sources);
        let mut page = self.page(name, kind, span.as_slice());
        page.rows("Used by", &uses::of(name, self.model));
        self.use_of(&mut page, name, None);
        page
    }

    fn part(&self, home: &Type, wire: &str) -> Page {
        let (name, (_, what)) = (home.name(), kinds(home));
        let spans = locate::part(name, wire, self.spec);
        let mut page = self.page(&format!("{name}.{wire}"), what, &spans);
        self.use_of(&mut page, name, Some(wire));
        page
    }

    /// Explains an error code, named or not.
    fn error_code(&self, number: u32) -> Page {
        let codes = &self.model.error_codes;
        let name =
            codes.codes.get(&number).map_or("without a name", |known| &known.name);
        let span = locate::error_code(number, self.spec);
        let what = format!("an error code, {name}");
        let mut page = self.page(&codes.written(number), &what, span.as_slice());
        page.rows("Returned for", &uses::of_error(number, self.model));
        page.section("Documentation");
        page.line(&codes.docs_of(number));
        page
    }

    /// Begins a page: a title, the location in the description, and that of what it inherits.
    fn page(&self, name: &str, what: &str, spans: &[Span]) -> Page {
        let mut page = Page::new(&format!("{name}: {what}"));
        for (span, heading) in spans.iter().zip(["Spec", "Convention"]) {
            page.place(heading, *span, self.sources);
        }
        page
    }

    /// Adds a request with a type; `part` is the key to show in it.
    fn use_of(&self, page: &mut Page, name: &str, part: Option<&str>) {
        let found = uses::request(name, self.model);
        let Some((service, operation, mut wanted)) = found else { return };
        wanted.extend(part.map(|part| (name.to_owned(), part.to_owned())));
        page.section(&format!("As in {}.{}", service.label(), operation.name));
        page.line(&first_paragraph(&operation.docs));
        self.requests(page, service, operation, &wanted);
    }

    /// Adds a request as curl, and as Rust for both clients.
    fn requests(
        &self,
        page: &mut Page,
        service: &Service,
        operation: &Operation,
        wanted: &[Wanted],
    ) {
        let example = example(service, operation, wanted, self.model);
        for (heading, code) in [
            ("curl", example.curl),
            ("Rust, async", example.asynchronous),
            ("Rust, blocking", example.blocking),
        ] {
            page.section(heading);
            page.code(&code);
        }
    }
}

/// Returns the kinds of a type and of its parts.
fn kinds(ty: &Type) -> (&'static str, &'static str) {
    match ty {
        Type::Record(_) => ("a struct", "a field"),
        Type::Union(_) => ("a union, exactly one of its parts", "a choice"),
        Type::Enum(_) => ("an open enum", "a value"),
    }
}

fn response(operation: &Operation) -> String {
    let status = operation.status;
    match &operation.output {
        Output::Nothing => format!("{status}, no body"),
        Output::Type(name) => format!("{status}, {} {name}", article(name)),
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

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown name `{}`", self.name)?;
        match self.near.as_slice() {
            [] => Ok(()),
            [one] => write!(f, "; did you mean `{one}`?"),
            many => write!(f, "; did you mean one of `{}`?", many.join("`, `")),
        }
    }
}

impl std::error::Error for Unknown {}
