//! The life of a resource in one program: made, looked up, changed, deleted. What it cannot be without, such as the edge
//! of a module, is made before it and deleted after it; what programs do not make is found in its list.

mod program;
mod roles;
mod steps;

use crate::model::{Model, Service};

use super::World;
use program::Program;
pub(super) use roles::Roles;

/// What there is to do with the resource of a service, from the first call to the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LifeCycle {
    /// What stands above it.
    pub heading: &'static str,
    /// A program for the async client.
    pub asynchronous: String,
    /// A program for the blocking client.
    pub blocking: String,
}

/// The life of a service's resource; none where a program could do nothing but act.
#[must_use]
pub fn life_cycle(service: &Service, model: &Model) -> Option<LifeCycle> {
    let roles = Roles::of(service);
    let program = |world| Program::new(world, model).write(&roles);
    let ends =
        (roles.create.is_some() || roles.replace.is_some()) && roles.delete.is_some();
    Some(LifeCycle {
        heading: if ends { "From beginning to end" } else { "In use" },
        asynchronous: program(World::Async)?,
        blocking: program(World::Blocking)?,
    })
}
