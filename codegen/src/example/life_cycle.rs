//! The life cycle of a resource in one program: created, fetched, updated, deleted. Prerequisites, such as the edge
//! of a module, are created before it and deleted after it; resources that programs do not create are found in their
//! list.

use crate::model::{Model, Operation, Output, Service};
use crate::names::field_name;

use super::program::{ClientKind, Program, accessor};
use super::roles::{Roles, target};
use super::sample::{self, Sample, body};

/// The operations on the resource of a service, from the first call to the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeCycle {
    /// Heading.
    pub heading: &'static str,
    /// A program for the async client.
    pub asynchronous: String,
    /// A program for the blocking client.
    pub blocking: String,
}

/// Returns the life cycle of a service's resource; none if a program could only run actions.
#[must_use]
pub fn life_cycle(service: &Service, model: &Model) -> Option<LifeCycle> {
    if service.resource.is_empty() {
        return None;
    }
    let roles = Roles::of(service);
    let program = |kind| Program::new(kind, model).write(&roles);
    let ends =
        (roles.create.is_some() || roles.replace.is_some()) && roles.delete.is_some();
    Some(LifeCycle {
        heading: if ends { "Life cycle" } else { "Usage" },
        asynchronous: program(ClientKind::Async)?,
        blocking: program(ClientKind::Blocking)?,
    })
}

impl<'m> Program<'m> {
    /// Writes the program; `None` if no operation creates, sets or finds a resource.
    pub(super) fn write(mut self, roles: &Roles<'m>) -> Option<String> {
        let first = roles.create.or(roles.replace).or(roles.list).or(roles.get)?;
        self.say("let client = Client::from_env()?;");
        let made = self.prepare(first, roles);
        if !made.is_empty() {
            self.parts.push(Vec::new());
        }
        match (roles.create, roles.replace, roles.list) {
            (Some(create), ..) => self.made(create, roles),
            (None, Some(replace), _) => self.set(replace, roles),
            (None, None, Some(list)) => self.found(list, roles),
            (None, None, None) => self.known(roles),
        }
        self.parts.push(Vec::new());
        // Those that belong to another resource are deleted with it.
        let alone = |create: &Operation| create.parameters.is_empty();
        for one in made.iter().rev().filter(|one| one.create.is_some_and(alone)) {
            self.ended(one);
        }
        Some(self.text())
    }

    /// Creates the prerequisites in the path of an operation or, without any, those in the body.
    fn prepare(&mut self, operation: &Operation, roles: &Roles) -> Vec<Roles<'m>> {
        let own = roles.service.resource.as_str();
        let path =
            operation.parameters.iter().filter_map(|parameter| target(&parameter.ty));
        let mut kinds: Vec<String> =
            path.filter(|kind| *kind != own).map(str::to_owned).collect();
        if kinds.is_empty() {
            let body = body(operation, &[], self.model);
            kinds = body.as_ref().map(Sample::targets).unwrap_or_default();
        }
        kinds.iter().flat_map(|kind| self.make(kind)).collect()
    }

    /// Creates a resource of a type, and its prerequisites.
    fn make(&mut self, kind: &str) -> Vec<Roles<'m>> {
        let home = self.model.services.iter().find(|service| service.resource == kind);
        let Some(home) = home.filter(|_| !self.held.contains_key(kind)) else {
            return Vec::new();
        };
        let roles = Roles::of(home);
        let Some(create) = roles.create else { return Vec::new() };
        // Recorded before it is created, so that mutual prerequisites terminate.
        self.hold(&roles, roles.noun.clone());
        let mut made = self.prepare(create, &roles);
        let body = body(create, &[], self.model);
        self.bind(create, &roles, body.as_ref());
        made.push(roles);
        made
    }

    /// Writes the life cycle of a resource that the program creates.
    fn made(&mut self, create: &'m Operation, roles: &Roles<'m>) {
        let body = body(create, &[], self.model);
        self.bind(create, roles, body.as_ref());
        self.hold(roles, roles.noun.clone());
        if let Some(get) = roles.get {
            self.bind(get, roles, None);
        }
        self.changed(roles, body.as_ref());
        if let Some(related) = roles.related {
            self.belongings(related, roles);
        }
        self.ended(roles);
        if roles.update.or(roles.delete).is_none() {
            self.say(&printed(&roles.noun));
        }
    }

    /// Writes the life cycle of a singleton.
    fn set(&mut self, replace: &'m Operation, roles: &Roles<'m>) {
        self.say(&format!("let service = {};", accessor(roles.service)));
        let on =
            |operation: &Operation| format!("service.{}", field_name(&operation.name));
        let body = body(replace, &[], self.model);
        let arguments = self.arguments(replace, roles);
        self.call("", &on(replace), &arguments, body.as_ref());
        if let Some(get) = roles.get {
            let arguments = self.arguments(get, roles);
            self.call(&format!("let {} = ", roles.noun), &on(get), &arguments, None);
            self.say(&printed(&roles.noun));
        }
        if let Some(delete) = roles.delete {
            let arguments = self.arguments(delete, roles);
            self.call("", &on(delete), &arguments, None);
        }
    }

    /// Writes the operations on a resource that others create: on each of them, or on one if there is a lasting
    /// effect.
    fn found(&mut self, list: &'m Operation, roles: &Roles<'m>) {
        let leaves_trace = roles.action.or(roles.delete).is_some();
        let items = self.items(list, roles);
        self.parts.push(Vec::new());
        self.in_hand(roles);
        if let Some(action) = roles.action {
            self.on_one("", action, roles, None);
        }
        self.ended(roles);
        if !leaves_trace {
            self.say(&printed(&roles.noun));
        }
        let inner = self.parts.pop().unwrap_or_default().join("\n");
        let nouns = field_name(&roles.service.nouns);
        self.each(&roles.noun, &nouns, &items, !leaves_trace, &inner);
    }

    /// Takes a successful item of a list, fetched if possible.
    fn in_hand(&mut self, roles: &Roles<'m>) {
        let noun = &roles.noun;
        match roles.get {
            Some(get) => {
                self.hold(roles, format!("{noun}?"));
                self.bind(get, roles, None);
            }
            None => self.say(&format!("let {noun} = {noun}?;")),
        }
        self.hold(roles, noun.clone());
    }

    /// Writes the operations on a resource that always exists.
    fn known(&mut self, roles: &Roles<'m>) {
        if let Some(get) = roles.get {
            self.bind(get, roles, None);
            self.say(&printed(&roles.noun));
        }
        self.hold(roles, roles.noun.clone());
        self.changed(roles, None);
        self.ended(roles);
    }

    fn changed(&mut self, roles: &Roles<'m>, before: Option<&Sample<'m>>) {
        let Some(update) = roles.update else { return };
        let body = body(update, &[], self.model)
            .map(|body| sample::different(body, before, self.model));
        let gives_it = update.output == Output::Type(roles.service.resource.clone());
        let start = gives_it.then(|| format!("let {} = ", roles.noun));
        self.on_one(&start.unwrap_or_default(), update, roles, body.as_ref());
    }

    /// Calls a method of the service, and keeps its result in the variable for a resource.
    fn bind(&mut self, operation: &Operation, roles: &Roles, body: Option<&Sample>) {
        self.on_all(&format!("let {} = ", roles.noun), operation, roles, body);
    }

    /// Records the value that is the resource from now on.
    fn hold(&mut self, roles: &Roles, value: String) {
        self.held.insert(roles.service.resource.clone(), value);
    }

    fn ended(&mut self, roles: &Roles<'m>) {
        if let Some(delete) = roles.delete {
            self.on_one("", delete, roles, None);
        }
    }

    /// Iterates over the resources that belong to the current one.
    fn belongings(&mut self, related: &'m Operation, roles: &Roles<'m>) {
        let Output::List(list) = &related.output else { return };
        let home =
            self.model.services.iter().find(|service| service.resource == list.item);
        let (one, all) =
            home.map_or(("item", "items"), |home| (&home.noun, &home.nouns));
        let (one, all) = (field_name(one), field_name(all));
        let items = self.items(related, roles);
        let shown = format!("let {one} = {one}?; {}", printed(&one));
        self.each(&one, &all, &items, true, &shown);
    }
}

/// Returns a statement that prints a variable.
fn printed(variable: &str) -> String {
    format!("println!(\"{{{variable}:?}}\");")
}
