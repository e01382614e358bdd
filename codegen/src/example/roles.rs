//! The effects of a service's operations on its resource, derived from method, path and response: names have no
//! meaning.

use crate::model::{Body, Method, Operation, Output, Service, TypeRef};
use crate::names::field_name;

/// The operations of a service by their effects.
pub(super) struct Roles<'m> {
    pub(super) service: &'m Service,
    /// Variable for a resource.
    pub(super) noun: String,
    /// Creates a resource.
    pub(super) create: Option<&'m Operation>,
    /// Replaces a singleton.
    pub(super) replace: Option<&'m Operation>,
    pub(super) get: Option<&'m Operation>,
    pub(super) list: Option<&'m Operation>,
    pub(super) update: Option<&'m Operation>,
    pub(super) delete: Option<&'m Operation>,
    /// The first action on a resource without a response body.
    pub(super) action: Option<&'m Operation>,
    /// Lists resources that belong to one.
    pub(super) related: Option<&'m Operation>,
}

impl<'m> Roles<'m> {
    pub(super) fn of(service: &'m Service) -> Self {
        let first = |is: &dyn Fn(&Operation) -> bool| {
            service.operations.iter().find(|operation| is(operation))
        };
        let with = |method: Method| move |one: &Operation| one.method == method;
        let returns = |one: &Operation| matches!(&one.output, Output::Type(name) if *name == service.resource);
        let lists = |one: &Operation| matches!(&one.output, Output::List(list) if list.item == service.resource);
        let get = first(&|one| with(Method::Get)(one) && returns(one));
        let at_one = |one: &Operation| get.is_none_or(|get| get.path == one.path);
        let names_one = |one: &Operation| target_names(one, &service.resource);
        Self {
            service,
            noun: field_name(&service.noun),
            create: first(&|one| {
                with(Method::Post)(one) && returns(one) && !names_one(one)
            }),
            replace: first(&|one| with(Method::Put)(one) && at_one(one)),
            get,
            list: first(&lists),
            update: first(&|one| {
                let says_what = matches!(one.body, Body::Type(_));
                with(Method::Patch)(one) && says_what && at_one(one)
            }),
            delete: first(&|one| with(Method::Delete)(one) && at_one(one)),
            action: first(&|one| {
                let gives_nothing = one.output == Output::Nothing;
                with(Method::Post)(one) && gives_nothing && names_one(one)
            }),
            related: first(&|one| {
                let gives_list = matches!(one.output, Output::List(_));
                gives_list && !lists(one) && names_one(one)
            }),
        }
    }
}

/// Returns the type of resource that a path parameter identifies, if there is only one.
pub(super) fn target(ty: &TypeRef) -> Option<&str> {
    match ty {
        TypeRef::Id { target, .. } => target.as_deref(),
        _ => None,
    }
}

fn target_names(operation: &Operation, resource: &str) -> bool {
    operation.parameters.iter().any(|parameter| target(&parameter.ty) == Some(resource))
}
