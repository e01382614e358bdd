//! The life cycle of a resource in one program: created, fetched, updated, deleted. Prerequisites, such as the edge
//! of a module, are created before it and deleted after it; resources that programs do not create are found in their
//! list.

mod program;
mod roles;
mod steps;

use crate::model::{Model, Service};

use super::World;
use program::Program;
pub(super) use roles::Roles;

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
