//! The life of a resource in one program: made, looked up, changed, deleted.

use std::collections::BTreeSet;

use crate::model::{Model, Operation, Output, Service};
use crate::names::field_name;

use super::sample::Sample;
use super::{World, accessor, body, formatted, imports};

/// Programs for the async and the blocking client.
#[must_use]
pub fn life_cycle(service: &Service, model: &Model) -> Option<(String, String)> {
    let life = Life::of(service, model)?;
    Some((life.program(World::Async), life.program(World::Blocking)))
}

/// What there is to do with a resource in hand, by the usual names.
struct Life<'m> {
    service: &'m Service,
    model: &'m Model,
    create: Option<Sample<'m>>,
    get: bool,
    update: Option<Sample<'m>>,
}

impl<'m> Life<'m> {
    fn of(service: &'m Service, model: &'m Model) -> Option<Self> {
        let named = |name: &str| {
            service.operations.iter().find(|operation| operation.name == name)
        };
        let create = named("create").filter(|create| returns(create, service))?;
        if !create.parameters.is_empty() {
            return None;
        }
        named("delete").filter(|delete| in_hand(delete))?;
        let update =
            named("update").filter(|update| in_hand(update) && returns(update, service));
        Some(Self {
            service,
            model,
            create: body(create, &[], model),
            get: named("get").is_some_and(|get| get.parameters.len() == 1),
            update: update.and_then(|update| body(update, &[], model)),
        })
    }

    fn program(&self, world: World) -> String {
        let (noun, calls, end) =
            (field_name(&self.service.noun), accessor(self.service), world.end());
        let create = self.create.as_ref().map(|body| format!("&{}", body.rust()));
        let create = create.unwrap_or_default();
        let mut lines = vec![
            "let client = Client::from_env()?;".to_owned(),
            format!("let {noun} = {calls}.create({create}){end};"),
        ];
        if self.get {
            lines.push(format!("let {noun} = {calls}.get(&{noun}){end};"));
        }
        if let Some(update) = &self.update {
            let update = update.rust();
            lines.push(format!("let {noun} = {noun}.update(&client, &{update}){end};"));
        }
        lines.push(format!("{noun}.delete(&client){end};"));
        let samples = || self.create.iter().chain(&self.update);
        let types: BTreeSet<&str> = samples().flat_map(Sample::types).collect();
        let types: Vec<String> = types.into_iter().map(str::to_owned).collect();
        let time = samples().any(Sample::has_time).then_some("Timestamp");
        formatted(&imports(world, time, &types, self.model), &lines.join("\n"))
    }
}

fn in_hand(operation: &Operation) -> bool {
    operation.instance.as_ref().is_some_and(|fields| fields.len() == 1)
}

fn returns(operation: &Operation, service: &Service) -> bool {
    matches!(&operation.output, Output::Type(name) if *name == service.resource)
}
