//! Programs for a client: consecutive statements, with variables for existing resources.

use std::collections::BTreeSet;

use crate::format::WIDTH;
use crate::model::{Model, Operation, Service};
use crate::names::{field_name, module_names};

use super::roles::{Roles, target};
use super::sample::{self, Sample, TIME, Variables};

/// Maximum width of a statement in a function.
const LINE: usize = WIDTH - 4;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ClientKind {
    Async,
    Blocking,
}

impl ClientKind {
    /// Returns the end of a call.
    pub(super) fn end(self) -> &'static str {
        if self == Self::Async { ".await?" } else { ".send()?" }
    }
}

pub(super) struct Program<'m> {
    kind: ClientKind,
    pub(super) model: &'m Model,
    /// Variables in scope.
    pub(super) held: Variables,
    pub(super) types: BTreeSet<String>,
    /// Statements, in groups separated by empty lines.
    pub(super) parts: Vec<Vec<String>>,
}

impl<'m> Program<'m> {
    pub(super) fn new(kind: ClientKind, model: &'m Model) -> Self {
        Self {
            kind,
            model,
            held: Variables::new(),
            types: BTreeSet::new(),
            parts: vec![Vec::new()],
        }
    }

    /// Returns imports and parts, formatted like rustfmt and separated by empty lines.
    pub(super) fn text(&self) -> String {
        let parts = self.parts.iter().filter(|part| !part.is_empty());
        let parts: Vec<String> =
            parts.map(|part| statements(&part.join("\n"))).collect();
        format!("{}\n{}", self.imports(), parts.join("\n"))
    }

    /// Returns the imports: a client, types, and the type of times if it is used.
    fn imports(&self) -> String {
        let library = field_name(&self.model.api.crate_name);
        let line = |path: &str, names: &[&str]| match names {
            [] => String::new(),
            [one] => format!("use {path}::{one};\n"),
            many => format!("use {path}::{{{}}};\n", many.join(", ")),
        };
        let (mut own, types): (Vec<_>, Vec<_>) =
            self.types.iter().map(String::as_str).partition(|it| *it == TIME);
        let is_async = self.kind == ClientKind::Async;
        own.push(if is_async { "Client" } else { "blocking::Client" });
        let text = line(&library, &own) + &line(&format!("{library}::types"), &types);
        syn::parse_file(&text).map_or(text, |file| prettyplease::unparse(&file))
    }

    /// Iterates over the items of a list.
    pub(super) fn items(&mut self, list: &'m Operation, roles: &Roles<'m>) -> String {
        let arguments = self.arguments(list, roles).join(", ");
        format!("{}({arguments}).items()", method(roles.service, list))
    }

    /// Runs a statement for each item, or for the first.
    pub(super) fn each(
        &mut self,
        one: &str,
        all: &str,
        items: &str,
        each: bool,
        inner: &str,
    ) {
        if self.kind == ClientKind::Blocking && each {
            return self.say(&format!("for {one} in {items} {{ {inner} }}"));
        }
        let start = if each { "while" } else { "if" };
        let wait = if self.kind == ClientKind::Async { ".await" } else { "" };
        self.say(&format!("let mut {all} = {items};"));
        self.say(&format!("{start} let Some({one}) = {all}.next(){wait} {{ {inner} }}"));
    }

    /// Calls a method of the service.
    pub(super) fn on_all(
        &mut self,
        start: &str,
        operation: &Operation,
        roles: &Roles,
        body: Option<&Sample>,
    ) {
        let arguments = self.arguments(operation, roles);
        let method = method(roles.service, operation);
        self.call(start, &method, &arguments, body);
    }

    /// Calls a method of the resource, if it has one.
    pub(super) fn on_one(
        &mut self,
        start: &str,
        operation: &Operation,
        roles: &Roles,
        body: Option<&Sample>,
    ) {
        if !operation.instance {
            return self.on_all(start, operation, roles, body);
        }
        let method = format!("{}.{}", roles.noun, field_name(&operation.name));
        self.call(start, &method, &["&client".to_owned()], body);
    }

    /// Emits a call in a statement.
    pub(super) fn call(
        &mut self,
        start: &str,
        method: &str,
        arguments: &[String],
        body: Option<&Sample>,
    ) {
        let end = self.kind.end();
        let longest = LINE.saturating_sub(start.len() + end.len() + ";".len());
        let call = self.expression(method, arguments, body, longest);
        self.say(&format!("{start}{call}{end};"));
    }

    /// Returns a call; its body becomes a variable if the call would be too long.
    pub(super) fn expression(
        &mut self,
        method: &str,
        arguments: &[String],
        body: Option<&Sample>,
        longest: usize,
    ) -> String {
        let call = |body: Option<&str>| {
            let body = body.map(|body| format!("&{body}"));
            let arguments: Vec<_> = arguments.iter().cloned().chain(body).collect();
            format!("{method}({})", arguments.join(", "))
        };
        let Some(body) = body else { return call(None) };
        self.types.extend(body.types());
        let body = body.rust(&self.held);
        let whole = call(Some(&body));
        if whole.len() <= longest {
            return whole;
        }
        self.say(&format!("let body = {body};"));
        call(Some("body"))
    }

    /// Returns the path arguments: variables, fields of the resource, or sample values.
    pub(super) fn arguments(
        &mut self,
        operation: &Operation,
        roles: &Roles,
    ) -> Vec<String> {
        let own = self.held.get(&roles.service.resource).cloned();
        let record = self.model.record(&roles.service.resource);
        let fields = record.map_or(&[][..], |record| &record.fields);
        let parameters = operation.parameters.iter().map(|parameter| {
            let variable = target(&parameter.ty).and_then(|kind| self.held.get(kind));
            if let Some(variable) = variable {
                return format!("&{variable}");
            }
            let field = fields.iter().find(|field| field.wire == parameter.wire);
            if let (Some(own), Some(field)) = (&own, field) {
                return format!("&{own}.{}", field_name(&field.wire));
            }
            self.argument(&sample::parameter(&parameter.ty, &parameter.docs, self.model))
        });
        parameters.collect()
    }

    /// Returns a value as an argument, without variables.
    pub(super) fn argument(&mut self, value: &Sample) -> String {
        self.types.extend(value.types());
        value.rust(&Variables::new())
    }

    pub(super) fn say(&mut self, statement: &str) {
        match self.parts.last_mut() {
            Some(part) => part.push(statement.to_owned()),
            None => self.parts.push(vec![statement.to_owned()]),
        }
    }
}

/// Returns the accessors of a service: `client.edges().https()`.
pub(super) fn accessor(service: &Service) -> String {
    let calls = module_names(&service.accessor).into_iter().map(|it| format!(".{it}()"));
    format!("client{}", calls.collect::<String>())
}

/// Returns a method of a service, as it is called: `client.edges().https().get`.
pub(super) fn method(service: &Service, operation: &Operation) -> String {
    format!("{}.{}", accessor(service), field_name(&operation.name))
}

fn statements(source: &str) -> String {
    let Ok(file) = syn::parse_file(&format!("fn example() {{\n{source}\n}}\n")) else {
        return format!("{source}\n");
    };
    let text = prettyplease::unparse(&file);
    let inside = text.strip_prefix("fn example() {\n");
    let inside = inside.and_then(|text| text.strip_suffix("}\n"));
    let lines = inside
        .unwrap_or(&text)
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}
