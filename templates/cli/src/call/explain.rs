//! `explain`: documentation of an error code, a command, a type or a field.

use clap::ArgMatches;
use ngrok_api_model::{Field, Retry, Type, TypeRef};

use crate::app::{App, print};
use crate::failure::{self, Failure};
use crate::lookup::{
    body_type, command_line, command_of, operation, operations, output_type, record,
    word,
};
use crate::prose;

/// Explains the topic named by the words.
pub(super) fn run(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let words: Vec<String> =
        matches.get_many::<String>("topic").into_iter().flatten().cloned().collect();
    let words: Vec<String> = words
        .iter()
        .flat_map(|word| word.split_whitespace())
        .map(str::to_owned)
        .collect();
    match text(app, &words) {
        Some(text) => print(&text),
        None => Err(unknown(app, &words.join(" "))),
    }
}

/// The explanation of what the words name, if anything is called so.
pub(crate) fn text(app: &App, words: &[String]) -> Option<String> {
    match words {
        [one] => {
            code(app, one).or_else(|| named(app, one)).or_else(|| group(app, words))
        }
        several => command(app, several).or_else(|| group(app, several)),
    }
}

fn unknown(app: &App, topic: &str) -> Failure {
    let key = topic.replace('-', "_");
    let fields = app.model.types.keys().filter(|name| {
        record(app.model, name)
            .is_some_and(|record| record.fields.iter().any(|field| field.wire == key))
    });
    let fields: Vec<_> = fields.take(3).map(|name| format!("{name}.{key}")).collect();
    if !fields.is_empty() {
        return Failure::not_found(format!("no type or command is called `{topic}`"))
            .hint(format!("give the type of the field: {}", fields.join(", ")));
    }
    let types = app.model.types.keys().cloned();
    let commands = app.model.services.iter().map(command_of);
    let all: Vec<String> = types.chain(commands).collect();
    let hint = prose::suggestion(topic, all.iter().map(String::as_str));
    Failure::not_found(format!("unknown topic `{topic}`{hint}"))
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
    let title = format!("{title} {} ({})", known.name, known.topic);
    let mut lines = vec![title, String::new(), known.meaning.clone()];
    lines.extend(known.status.map(|status| format!("\nHTTP status: {status}")));
    let may_succeed = match known.retry {
        Retry::Never => None,
        Retry::Later => Some("later"),
        Retry::AfterChange => Some("once something else has changed"),
    };
    lines
        .extend(may_succeed.map(|when| format!("The same request may succeed {when}.")));
    lines.push(format!("\n{url}\n"));
    Some(lines.join("\n"))
}

/// Explains a type or a field, ignoring case.
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
    let member = |name: &str, docs: &str| format!("  {name}  {}", prose::summary(docs));
    let (docs, title, members): (_, _, Vec<String>) = match ty {
        Type::Record(record) => {
            let width = record.fields.iter().map(|field| field.wire.len()).max();
            let width = width.unwrap_or_default();
            let fields = record.fields.iter().map(|field| {
                let name = format!("{:width$}  {:12}", field.wire, type_name(&field.ty));
                member(&name, &field.docs)
            });
            (&record.docs, None, fields.collect())
        }
        Type::Union(union) => {
            let choices = union.choices.iter().map(|own| member(&own.wire, &own.docs));
            (&union.docs, Some("Exactly one of:"), choices.collect())
        }
        Type::Enum(known) => {
            let title = if known.open { "Values (others may come):" } else { "Values:" };
            let values = known.variants.iter().map(|own| member(&own.wire, &own.docs));
            (&known.docs, Some(title), values.collect())
        }
    };
    let mut lines = vec![format!("{name}\n\n{}\n", prose::text(docs))];
    lines.extend(title.map(str::to_owned));
    lines.extend(members);
    let related = operations(app.model).filter(|(_, one)| {
        body_type(one) == Some(name) || output_type(one) == Some(name)
    });
    let users: Vec<_> =
        related.map(|(service, one)| command_line(service, one)).collect();
    if !users.is_empty() {
        lines.push(format!("\nUsed by: {}", users.join(", ")));
    }
    lines.join("\n") + "\n"
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
    let codes = &app.model.error_codes;
    let errors = field.errors.iter().map(|number| {
        let known = codes.codes.get(number).map(|known| format!(": {}", known.meaning));
        let known = known.unwrap_or_default();
        format!("error {}{number}{}{known}", codes.prefix, codes.suffix)
    });
    let facts = facts(app, field).into_iter().chain(errors);
    let facts = facts.fold(String::new(), |facts, fact| facts + "- " + &fact + "\n");
    let (ty, docs) = (type_name(&field.ty), prose::text(&field.docs));
    Some(format!("{name}.{}: {ty}\n\n{docs}\n\n{facts}", field.wire))
}

fn facts(app: &App, field: &Field) -> Vec<String> {
    let rules = &field.rules;
    let flag = |set: bool, text: &str| set.then(|| text.to_owned());
    let values = match field.ty.element() {
        TypeRef::Enum(name) => match app.model.types.get(name) {
            Some(Type::Enum(known)) => {
                let values: Vec<_> =
                    known.variants.iter().map(|own| &*own.wire).collect();
                Some(format!("values: {}", values.join(", ")))
            }
            _ => None,
        },
        _ => None,
    };
    let facts = [
        flag(field.presence.required, "required"),
        flag(field.presence.nullable, "may be null"),
        flag(field.secret, "secret"),
        field.only_on.as_ref().map(|only| format!("returned by `{only}` only")),
        field.default.as_ref().map(|default| format!("default: {default}")),
        rules.format().map(|format| format!("format: {format}")),
        rules.max_bytes().map(|most| format!("at most {most} bytes")),
        rules.max_len().map(|most| format!("at most {most} characters")),
        rules.min().map(|least| format!("at least {least}")),
        rules.max().map(|most| format!("at most {most}")),
        rules.min_items().map(|least| format!("at least {least} items")),
        rules.unit().map(|unit| format!("unit: {unit}")),
        field.deprecated.as_ref().map(|going| format!("deprecated: {}", going.note)),
        values,
    ];
    facts.into_iter().flatten().collect()
}

fn command(app: &App, words: &[String]) -> Option<String> {
    let (service, operation) = operation(app.model, words)?;
    let command = format!("{} {}", app.shell.name, command_line(service, operation));
    let docs = prose::text(&operation.docs);
    let http = format!("{} {}\n", operation.method.as_str(), operation.path);
    let sent = body_type(operation).map(|name| format!("Body: {name}\n"));
    let returned = output_type(operation).map(|name| format!("Returns: {name}\n"));
    let types = sent.unwrap_or_default() + &returned.unwrap_or_default();
    Some(format!("{command}\n\n{docs}\n\n{http}{types}\nFlags: {command} --help\n"))
}

/// Explains a service or a group of services.
fn group(app: &App, words: &[String]) -> Option<String> {
    let path = words.join(" ");
    let mut lines = Vec::new();
    for service in &app.model.services {
        let command = command_of(service);
        if command != path && !command.starts_with(&format!("{path} ")) {
            continue;
        }
        lines.push(format!("{command}\n\n{}\n", prose::text(&service.docs)));
        lines.extend(service.operations.iter().map(|operation| {
            format!("  {}  {}", word(&operation.name), prose::summary(&operation.docs))
        }));
        lines.extend(service.docs_url.as_ref().map(|url| format!("\n{url}")));
        lines.push(String::new());
    }
    (!lines.is_empty()).then(|| lines.join("\n") + "\n")
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
