//! `explain`: what the description says about an error code, a command, a type or a field.

use std::fmt::Write;

use clap::ArgMatches;
use ngrok_api_model::{ErrorCode, Field, Operation, Retry, Service, Type, TypeRef};

use crate::app::{App, print};
use crate::failure::{self, Failure};
use crate::lookup::{command_of, operation, output_type, word};
use crate::prose;

/// Explains what the words name.
pub(super) fn run(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let words: Vec<String> =
        matches.get_many::<String>("topic").into_iter().flatten().cloned().collect();
    let words: Vec<String> = words
        .iter()
        .flat_map(|word| word.split_whitespace())
        .map(str::to_owned)
        .collect();
    let text = match words.as_slice() {
        [one] => {
            code(app, one).or_else(|| named(app, one)).or_else(|| group(app, &words))
        }
        several => command(app, several).or_else(|| group(app, several)),
    };
    match text {
        Some(text) => print(&text),
        None => Err(unknown(app, &words.join(" "))),
    }
}

fn unknown(app: &App, topic: &str) -> Failure {
    let types = app.model.types.keys().cloned();
    let commands = app.model.services.iter().map(command_of);
    let all: Vec<String> = types.chain(commands).collect();
    let hint = prose::suggestion(topic, all.iter().map(String::as_str));
    Failure::not_found(format!("nothing is called `{topic}`{hint}"))
        .hint("give an error code, a command, a type or TYPE.FIELD")
}

fn code(app: &App, topic: &str) -> Option<String> {
    let codes = &app.model.error_codes;
    let number = failure::number(app.model, &topic.to_ascii_uppercase())?;
    let url = codes.docs_url.replace("{number}", &number.to_string());
    let title = format!("{}{number}{}", codes.prefix, codes.suffix);
    let Some(known) = codes.codes.get(&number) else {
        return Some(format!("{title}\n\nNot described here. See {url}\n"));
    };
    Some(code_text(&title, known, &url))
}

fn code_text(title: &str, known: &ErrorCode, url: &str) -> String {
    let mut text =
        format!("{title} {} ({})\n\n{}\n", known.name, known.topic, known.meaning);
    if let Some(status) = known.status {
        line(&mut text, &format!("\nHTTP status: {status}"));
    }
    match known.retry {
        Retry::Never => {}
        Retry::Later => line(&mut text, "The same request may succeed later."),
        Retry::AfterChange => {
            line(
                &mut text,
                "The same request may succeed once something else has changed.",
            );
        }
    }
    line(&mut text, &format!("\n{url}"));
    text
}

/// A type or a field, whatever the case of its name.
fn named(app: &App, topic: &str) -> Option<String> {
    let (name, path) =
        topic.split_once('.').map_or((topic, None), |(name, path)| (name, Some(path)));
    let plain = |name: &str| name.replace(['-', '_'], "").to_ascii_lowercase();
    let (name, ty) =
        app.model.types.iter().find(|(own, _)| plain(own) == plain(name))?;
    match path {
        None => Some(type_text(app, name, ty)),
        Some(path) => field_text(app, name, ty, path),
    }
}

fn type_text(app: &App, name: &str, ty: &Type) -> String {
    let mut text = String::new();
    match ty {
        Type::Record(record) => {
            line(&mut text, &format!("{name}\n\n{}\n", prose::text(&record.docs)));
            let width = record
                .fields
                .iter()
                .map(|field| field.wire.len())
                .max()
                .unwrap_or_default();
            for field in &record.fields {
                let summary = prose::summary(&field.docs);
                line(
                    &mut text,
                    &format!(
                        "  {:width$}  {:12}  {summary}",
                        field.wire,
                        type_name(&field.ty)
                    ),
                );
            }
        }
        Type::Union(union) => {
            line(
                &mut text,
                &format!("{name}\n\n{}\n\nExactly one of:", prose::text(&union.docs)),
            );
            for choice in &union.choices {
                line(
                    &mut text,
                    &format!("  {}  {}", choice.wire, prose::summary(&choice.docs)),
                );
            }
        }
        Type::Enum(known) => {
            let open = if known.open { " (others may come)" } else { "" };
            line(
                &mut text,
                &format!("{name}\n\n{}\n\nValues{open}:", prose::text(&known.docs)),
            );
            for variant in &known.variants {
                line(
                    &mut text,
                    &format!("  {}  {}", variant.wire, prose::summary(&variant.docs)),
                );
            }
        }
    }
    let users = users(app, name);
    if !users.is_empty() {
        line(&mut text, &format!("\nUsed by: {}", users.join(", ")));
    }
    text
}

/// The commands that send or return a type.
fn users(app: &App, name: &str) -> Vec<String> {
    let all = app.model.services.iter().flat_map(|service| {
        service.operations.iter().map(move |operation| (service, operation))
    });
    let uses = |operation: &Operation| {
        crate::lookup::body_type(operation) == Some(name)
            || output_type(operation) == Some(name)
    };
    all.filter(|(_, operation)| uses(operation))
        .map(|(service, operation)| {
            format!("{} {}", command_of(service), word(&operation.name))
        })
        .collect()
}

fn field_text(app: &App, name: &str, ty: &Type, path: &str) -> Option<String> {
    let (key, rest) =
        path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    let key = key.replace('-', "_");
    let Type::Record(record) = ty else { return None };
    let field = record.fields.iter().find(|field| field.wire == key)?;
    if let Some(rest) = rest {
        let TypeRef::Record(inner) = field.ty.element() else { return None };
        return field_text(app, inner, app.model.types.get(inner)?, rest);
    }
    let mut text = format!(
        "{name}.{}: {}\n\n{}\n\n",
        field.wire,
        type_name(&field.ty),
        prose::text(&field.docs)
    );
    for fact in facts(app, field) {
        line(&mut text, &format!("- {fact}"));
    }
    for number in &field.errors {
        let codes = &app.model.error_codes;
        let known = codes.codes.get(number);
        let meaning =
            known.map(|known| format!(": {}", known.meaning)).unwrap_or_default();
        line(
            &mut text,
            &format!("- error {}{number}{}{meaning}", codes.prefix, codes.suffix),
        );
    }
    Some(text)
}

fn facts(app: &App, field: &Field) -> Vec<String> {
    let limits = &field.limits;
    let mut facts = Vec::new();
    let mut fact = |text: Option<String>| facts.extend(text);
    fact(field.presence.required.then(|| "required".to_owned()));
    fact(field.presence.nullable.then(|| "may be null".to_owned()));
    fact(field.secret.then(|| "secret".to_owned()));
    fact(field.only_on.as_ref().map(|only| format!("returned by `{only}` only")));
    fact(field.default.as_ref().map(|default| format!("default: {default}")));
    fact(limits.format.as_ref().map(|format| format!("format: {format}")));
    fact(limits.max_bytes.map(|most| format!("at most {most} bytes")));
    fact(limits.max_len.map(|most| format!("at most {most} characters")));
    fact(limits.min.map(|least| format!("at least {least}")));
    fact(limits.max.map(|most| format!("at most {most}")));
    fact(limits.min_items.map(|least| format!("at least {least} items")));
    fact(limits.unit.as_ref().map(|unit| format!("unit: {unit}")));
    fact(field.deprecated.as_ref().map(|going| format!("deprecated: {}", going.note)));
    if let TypeRef::Enum(name) = field.ty.element()
        && let Some(Type::Enum(known)) = app.model.types.get(name)
    {
        let values: Vec<_> =
            known.variants.iter().map(|variant| &*variant.wire).collect();
        facts.push(format!("values: {}", values.join(", ")));
    }
    facts
}

fn command(app: &App, words: &[String]) -> Option<String> {
    let (service, operation) = operation(app.model, words)?;
    let command = format!("{} {}", command_of(service), word(&operation.name));
    let mut text =
        format!("{} {command}\n\n{}\n\n", app.shell.name, prose::text(&operation.docs));
    line(&mut text, &format!("{} {}", operation.method.as_str(), operation.path));
    if let Some(name) = crate::lookup::body_type(operation) {
        line(&mut text, &format!("Body: {name}"));
    }
    if let Some(name) = output_type(operation) {
        line(&mut text, &format!("Returns: {name}"));
    }
    line(&mut text, &format!("\nFlags: {} {command} --help", app.shell.name));
    Some(text)
}

/// A service or a group of services.
fn group(app: &App, words: &[String]) -> Option<String> {
    let path = words.join(" ");
    let inside = |service: &&Service| {
        let command = command_of(service);
        command == path || command.starts_with(&format!("{path} "))
    };
    let services: Vec<_> = app.model.services.iter().filter(inside).collect();
    let mut text = String::new();
    for service in &services {
        line(
            &mut text,
            &format!("{}\n\n{}\n", command_of(service), prose::text(&service.docs)),
        );
        for operation in &service.operations {
            line(
                &mut text,
                &format!(
                    "  {}  {}",
                    word(&operation.name),
                    prose::summary(&operation.docs)
                ),
            );
        }
        if let Some(url) = &service.docs_url {
            line(&mut text, &format!("\n{url}"));
        }
        line(&mut text, "");
    }
    (!services.is_empty()).then_some(text)
}

fn type_name(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Scalar(scalar) => format!("{scalar:?}").to_lowercase(),
        TypeRef::Id { kinds, .. } => format!("ID of {}", kinds.join(" or ")),
        TypeRef::Ref { kinds, .. } => format!("reference to {}", kinds.join(" or ")),
        TypeRef::List(element) => format!("list of {}", type_name(element)),
        TypeRef::Map(element) => format!("map of {}", type_name(element)),
        TypeRef::Record(name) | TypeRef::Enum(name) => name.clone(),
    }
}

fn line(text: &mut String, content: &str) {
    let written = writeln!(text, "{content}");
    debug_assert!(written.is_ok(), "strings take everything");
}
