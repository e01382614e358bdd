//! References by name to fields, operations, services and bodies: `written_as`, `only_on`, `cleared_by`, `use`, the
//! rules of fields. Uses the files only, so that each is reported once, however many shapes a type has.

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::model::{Derivation, Rule};
use crate::spec::{
    Constraint, Deprecation, Entries, Field, Operation, Place, ResourceFile, Spanned,
    names,
};

use super::Context;
use super::declare::Kind;
use super::shapes::Use;
use super::type_expr;

/// Reports names without a target.
pub(super) fn check(context: &mut Context) {
    let spec = context.spec;
    for file in &spec.resources {
        let resource = &file.resource;
        replacement(resource.deprecated.as_ref(), file, Vec::new(), context);
        for given in resource.operations.values() {
            operation(given, file, context);
        }
        fields(&resource.fields, &resource.constraints, file, context);
        for ty in resource.types.values() {
            fields(&ty.fields, &ty.constraints, file, context);
        }
    }
}

fn operation(given: &Operation, file: &ResourceFile, context: &mut Context) {
    let own = given.details();
    replacement(own.deprecated.as_ref(), file, Vec::new(), context);
    let filtering = context.spec.api.filtering.as_ref();
    let filter = filtering.filter(|_| !own.filter.is_empty());
    let filter = filter.map(|filtering| filtering.parameter.as_str());
    for parameter in own.query.values().chain(own.headers.values()) {
        let others = names(&own.query).chain(filter).collect();
        replacement(parameter.deprecated.as_ref(), file, others, context);
    }
}

fn fields(
    entries: &Entries<Option<Field>>,
    constraints: &[Spanned<Constraint>],
    file: &ResourceFile,
    context: &mut Context,
) {
    for own in entries.values().flatten() {
        let siblings = names(entries).collect();
        replacement(own.deprecated.as_ref(), file, siblings, context);
        if let Some(name) = &own.only_on {
            let known = names(&file.resource.operations);
            unknown(Code::UnknownOperation, "operation", name, known, context);
        }
        if let Some(name) = &own.written_as {
            field(name, entries, context);
        }
        for given in own.rules.iter().flatten() {
            rule(given, own, entries, context);
        }
    }
    for rule in constraints {
        let named = [&rule.one_of, &rule.at_most_one_of, &rule.together, &rule.requires];
        for name in named.into_iter().flatten().chain(&rule.condition) {
            field(name, entries, context);
        }
        for word in &rule.places {
            place(word, context);
        }
    }
}

/// Checks the names in one of the rules of a field.
fn rule(
    rule: &Rule<Spanned<String>>,
    own: &Field,
    entries: &Entries<Option<Field>>,
    context: &mut Context,
) {
    match rule {
        Rule::OnlyIf(values) | Rule::RequiredUnless(values) | Rule::NullIf(values) => {
            for name in values.keys() {
                field(name, entries, context);
            }
        }
        Rule::SharedIf(name) => field(name, entries, context),
        Rule::Derive(rule) => derivation(rule, own, entries, context),
        Rule::NonEmpty(words) => {
            for word in words.iter().filter(|word| ***word != "all") {
                place(word, context);
            }
        }
        Rule::NameOf(name) | Rule::HostOf(name)
            if context.declared.kind(name) != Some(Kind::Resource) =>
        {
            let message = format!("there is no resource `{}`", **name);
            let help = context.declared.suggested_target(name);
            context.error(Code::UnknownResource, name.span, message, help);
        }
        Rule::ClearedBy(name) => {
            let known = operations(&context.spec.resources);
            let known = known.iter().map(String::as_str);
            unknown(Code::UnknownOperation, "operation", name, known, context);
        }
        Rule::Distinct(name) if **name != "value" => {
            if let Some(inside) = element_fields(own, context) {
                let known = inside.into_iter().chain(["value"]);
                unknown(Code::UnknownField, "field", name, known, context);
            }
        }
        _ => {}
    }
}

fn derivation(
    rule: &Derivation<Spanned<String>>,
    own: &Field,
    entries: &Entries<Option<Field>>,
    context: &mut Context,
) {
    if let Some(name) = &rule.from {
        field(name, entries, context);
    }
    if let Some(name) = &rule.by {
        let ty = own.kind.as_ref();
        let ty =
            ty.and_then(|kind| type_expr::parse_silently(kind, Use::default(), context));
        let kinds = ty.as_ref().map(|ty| type_expr::targets(ty.element()));
        let kinds = kinds.unwrap_or_default();
        let declared =
            kinds.iter().filter_map(|kind| context.declared.get(kind)?.fields);
        unknown(Code::UnknownField, "field", name, declared.flat_map(names), context);
    }
    if let Some(name) = &rule.into
        && let Some(known) = element_fields(own, context)
    {
        unknown(Code::UnknownField, "field", name, known.into_iter(), context);
    }
}

/// Returns the keys of the elements of a list; `None` if their type is unknown.
fn element_fields<'a>(own: &Field, context: &Context<'a>) -> Option<Vec<&'a str>> {
    let ty = type_expr::parse_silently(own.kind.as_ref()?, Use::default(), context)?;
    let fields = ty.named().and_then(|name| context.declared.get(name)?.fields);
    Some(fields.into_iter().flat_map(names).collect())
}

/// Resolves the replacement of a deprecated item: one of `near`, an operation of the same file, a service, or an
/// operation of one.
fn replacement(
    said: Option<&Spanned<Deprecation>>,
    file: &ResourceFile,
    near: Vec<&str>,
    context: &mut Context,
) {
    let Some(Deprecation::Details(details)) = said.map(|said| &**said) else { return };
    let Some(name) = &details.instead else { return };
    let files = &context.spec.resources;
    let services = files.iter().map(|file| file.accessor.join("."));
    let others: Vec<String> = services.chain(operations(files)).collect();
    let own = names(&file.resource.operations);
    let known = near.into_iter().chain(own).chain(others.iter().map(String::as_str));
    unknown(
        Code::UnknownReplacement,
        "service, operation or field",
        name,
        known,
        context,
    );
}

/// Returns all operations, by their paths: `reserved_domains.delete_certificate`.
fn operations(files: &[ResourceFile]) -> Vec<String> {
    let of = |file: &ResourceFile| -> Vec<String> {
        let service = file.accessor.join(".");
        names(&file.resource.operations).map(|key| format!("{service}.{key}")).collect()
    };
    files.iter().flat_map(of).collect()
}

fn field(
    name: &Spanned<String>,
    entries: &Entries<Option<Field>>,
    context: &mut Context,
) {
    unknown(Code::UnknownField, "field", name, names(entries), context);
}

fn place(word: &Spanned<String>, context: &mut Context) {
    let known = Place::ALL.into_iter().map(Place::word);
    unknown(Code::UnknownPlace, "place", word, known, context);
}

/// Reports an unknown name.
fn unknown<'k>(
    code: Code,
    what: &str,
    name: &Spanned<String>,
    known: impl Iterator<Item = &'k str>,
    context: &mut Context,
) {
    let known: Vec<&str> = known.collect();
    if known.contains(&name.as_str()) {
        return;
    }
    let message = format!("unknown {what} `{}`", **name);
    let help = did_you_mean(name, known.iter().copied()).or_else(|| few(&known));
    context.diagnostics.push(Diagnostic::error(code, name.span, message).help_if(help));
}

/// Returns all known names, if they are few.
fn few(known: &[&str]) -> Option<String> {
    let names: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => None,
        [only] => Some(format!("there is only {only}")),
        few if few.len() <= 8 => Some(format!("there are {}", few.join(", "))),
        _ => None,
    }
}
