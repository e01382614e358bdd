//! `explain`: documentation of an error code, a command, a type or a field.

use clap::ArgMatches;
use ngrok_api_model::{Field, Member, Retry, Shape, Type, TypeRef};

use crate::app::{App, print};
use crate::failure::Failure;
use crate::lookup::{command_line, command_of};
use crate::prose;
use crate::tree::{self, strings};

/// Explains the topic named by the words.
pub(super) fn run(app: &App, matches: &ArgMatches) -> Result<(), Failure> {
    let topic = strings(matches, "topic").join(" ");
    let words: Vec<String> = topic.split_whitespace().map(str::to_owned).collect();
    match text(app, &words) {
        Some(text) => print(&text),
        None => Err(unknown(app, &words.join(" "))),
    }
}

/// Returns the explanation of what the words name, if anything is called so; that of a command is its help.
pub(crate) fn text(app: &App, words: &[String]) -> Option<String> {
    let named = match words {
        [one] => code(app, one).or_else(|| named(app, one)),
        _ => None,
    };
    let named = named.or_else(|| tree::help(app.program(), words));
    // Operations are called `ip_policies.create` in other places.
    let command = words.join(" ").replace('.', " ").replace('_', "-");
    let command: Vec<_> = command.split_whitespace().map(str::to_owned).collect();
    named.or_else(|| tree::help(app.program(), &command))
}

fn unknown(app: &App, topic: &str) -> Failure {
    let key = topic.replace('-', "_");
    let types = app.model.types.keys();
    let has = |name: &&String| {
        let members = Shape::Named(name.as_str()).members(app.model);
        members.iter().any(|member| member.key == key && member.field.is_some())
    };
    let fields = types.clone().filter(has).take(3);
    let fields: Vec<_> = fields.map(|name| format!("{name}.{key}")).collect();
    if !fields.is_empty() {
        return Failure::not_found(format!("no type or command is called `{topic}`"))
            .hint(format!("give the type of the field: {}", fields.join(", ")));
    }
    let commands = app.model.services.iter().map(command_of);
    let of = topic.split_once('.').map_or("", |(name, _)| name);
    let members = Shape::Named(of).members(app.model).into_iter();
    let members = members.map(|member| format!("{of}.{}", member.key));
    let all: Vec<String> = types.cloned().chain(commands).chain(members).collect();
    let hint = prose::suggestion(topic, all.iter().map(String::as_str));
    Failure::not_found(format!("unknown topic `{topic}`{hint}"))
        .hint("give an error code, a command, a type or TYPE.FIELD")
}

fn code(app: &App, topic: &str) -> Option<String> {
    let codes = &app.model.error_codes;
    let number = codes.number(&topic.to_ascii_uppercase())?;
    let (code, url) = (codes.written(number), codes.docs_of(number));
    let Some(known) = codes.codes.get(&number) else {
        return Some(format!("{code}\n\nNot described here. See {url}\n"));
    };
    let status = known.status.map(|status| format!("\nHTTP status: {status}\n"));
    let retry = match known.retry {
        Retry::Never => "",
        Retry::Later => "The same request may succeed later.\n",
        Retry::AfterChange => {
            "The same request may succeed once something else has changed.\n"
        }
    };
    Some(format!(
        "{code} {} ({})\n\n{}\n{}{retry}\n{url}\n",
        known.name,
        known.topic,
        known.meaning,
        status.unwrap_or_default()
    ))
}

/// Explains a type or a field, ignoring case.
fn named(app: &App, topic: &str) -> Option<String> {
    let plain = |name: &str| name.replace(['-', '_'], "").to_ascii_lowercase();
    let (name, path) = topic.split_once('.').unwrap_or((topic, ""));
    let mut types = app.model.types.iter();
    let (name, ty) = types.find(|(own, _)| plain(own) == plain(name))?;
    if path.is_empty() {
        return Some(type_text(app, name, ty));
    }
    let (mut shape, mut found, mut of) = (Shape::Named(name), None, name.as_str());
    for key in path.split('.') {
        let key = key.replace('-', "_");
        of = shape.name()?;
        found = shape.members(app.model).into_iter().find(|member| member.key == key);
        shape = match found?.shape {
            Shape::Ref(ty) => Shape::Ref(ty.element()),
            shape => shape,
        };
    }
    Some(field_text(app, of, found?.field?))
}

fn type_text(app: &App, name: &str, ty: &Type) -> String {
    let members = Shape::Named(name).members(app.model);
    let line = |key: &str, docs: &str| (key.to_owned(), prose::summary(docs));
    let width = members.iter().map(|member| member.key.len()).max().unwrap_or_default();
    let field = |member: &Member<'_>| {
        let ty = member.field.map(|field| type_name(&field.ty)).unwrap_or_default();
        line(&format!("{:width$}  {ty}", member.key), member.docs)
    };
    let (docs, title, lines): (_, _, Vec<_>) = match ty {
        Type::Record(record) => (&record.docs, "", members.iter().map(field).collect()),
        Type::Union(union) => {
            let choices = members.iter().map(|own| line(own.key, own.docs));
            (&union.docs, "Exactly one of:\n", choices.collect())
        }
        Type::Enum(known) => {
            let title =
                if known.open { "Values (others may come):\n" } else { "Values:\n" };
            let values = known.variants.iter().map(|own| line(&own.wire, &own.docs));
            (&known.docs, title, values.collect())
        }
    };
    let related = app.model.operations().filter(|(_, one)| {
        one.body_type() == Some(name) || one.output_type() == Some(name)
    });
    let users: Vec<_> =
        related.map(|(service, one)| command_line(service, one)).collect();
    let users = match users.as_slice() {
        [] => String::new(),
        users => format!("\nUsed by: {}\n", users.join(", ")),
    };
    let lines = prose::aligned("  ", &lines);
    format!("{name}\n\n{}\n\n{title}{lines}{users}", prose::text(docs))
}

fn field_text(app: &App, of: &str, field: &Field) -> String {
    let codes = &app.model.error_codes;
    let errors = field.errors.iter().map(|number| {
        let known = codes.codes.get(number).map(|known| format!(": {}", known.meaning));
        format!("error {}{}", codes.written(*number), known.unwrap_or_default())
    });
    let facts = facts(app, field).into_iter().chain(errors);
    let facts: Vec<_> = facts.map(|fact| format!("- {fact}\n")).collect();
    let (ty, docs) = (type_name(&field.ty), prose::text(&field.docs));
    format!("{of}.{}: {ty}\n\n{docs}\n\n{}", field.wire, facts.concat())
}

fn facts(app: &App, field: &Field) -> Vec<String> {
    let rules = &field.rules;
    let flag = |set: bool, text: &str| set.then(|| text.to_owned());
    let values = app.model.enum_values(&field.ty);
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
        flag(!values.is_empty(), &format!("values: {}", values.join(", "))),
    ];
    facts.into_iter().flatten().collect()
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
