//! What the server is to do with each operation. A model goes in; routes come out, each with the place in the store that
//! its path leads to and what happens there. No resource is known by name: everything follows from paths and types.
//!
//! The state of the API is one JSON document. `/ip_policies` is a list in it, `/ip_policies/{id}` an element of that list,
//! and what a path adds behind an element is a member of that element: the routes of an edge, the module of a route, the
//! certificate of a domain.

mod kind;
pub(crate) mod path;
mod place;

use std::collections::{BTreeMap, BTreeSet};

use ngrok_api_model::{
    Body, Conditions, Field, Method, Model, Operation, Output, Record, Type, TypeRef,
};

pub(crate) use kind::Kind;
use path::{parts, pattern};
pub(crate) use place::{Place, Selector};

use crate::router::Router;

/// A model, ready to be served.
pub(crate) struct Plan {
    pub(crate) model: Model,
    pub(crate) routes: Vec<Route>,
    pub(crate) router: Router,
    /// The types of what paths lead to, by pattern: `/ip_policies/{}` leads to an `IpPolicy`.
    types: BTreeMap<String, String>,
    /// The lists that resources of a type are kept in, by type: those of `IpPolicy` are in `/ip_policies`.
    homes: BTreeMap<String, String>,
    /// What the elements of lists are told apart by, by the pattern of the list.
    keys: BTreeMap<String, String>,
    /// Records that only updates send, and that therefore say what changes and not what there is.
    changes: BTreeSet<String>,
    /// Fields whose value keeps a resource from being deleted, by the type of that resource: their keys, and the numbers of
    /// the errors.
    blockers: BTreeMap<String, BTreeMap<String, u32>>,
    /// The names of fields that some type has as a secret.
    pub(crate) secrets: BTreeSet<String>,
}

/// One operation, and how it is served.
pub(crate) struct Route {
    pub(crate) operation: Operation,
    /// Its path with `{}` for each parameter.
    pub(crate) pattern: String,
    /// Where the path leads.
    pub(crate) place: Place,
    pub(crate) kind: Kind,
}

impl Plan {
    pub(crate) fn new(model: Model) -> Self {
        let types = types(&model);
        let mut plan = Self {
            routes: Vec::new(),
            router: Router::default(),
            homes: homes(&types),
            keys: BTreeMap::new(),
            changes: changes(&model),
            blockers: blockers(&model),
            secrets: secrets(&model),
            types,
            model,
        };
        plan.routes = plan.routes();
        plan.router = Router::new(&plan.routes);
        for route in &plan.routes {
            if let (Some(list), Some(key)) =
                (route.pattern.strip_suffix("/{}"), route.place.key())
            {
                plan.keys.insert(list.to_owned(), key.to_owned());
            }
        }
        plan
    }

    /// The record with this name, if it is one.
    pub(crate) fn record(&self, name: &str) -> Option<&Record> {
        match self.model.types.get(name)? {
            Type::Record(record) => Some(record),
            Type::Union(_) | Type::Enum(_) => None,
        }
    }

    /// The fields that keep resources of this type from being deleted.
    pub(crate) fn blockers(&self, ty: &str) -> Option<&BTreeMap<String, u32>> {
        self.blockers.get(ty)
    }

    /// What the ids of a resource begin with, less the underscore.
    pub(crate) fn prefix(&self, kind: &str) -> Option<&str> {
        let prefix = self.record(kind)?.prefix.as_deref();
        prefix.filter(|prefix| !prefix.is_empty())
    }

    /// Whether the ids of any resource begin so.
    pub(crate) fn has_prefix(&self, prefix: &str) -> bool {
        self.model.types.keys().any(|kind| self.prefix(kind) == Some(prefix))
    }

    /// The type of what a pattern leads to.
    pub(crate) fn type_at(&self, pattern: &str) -> Option<&str> {
        self.types.get(pattern).map(String::as_str)
    }

    /// The pattern of the list that holds the resources of this type.
    pub(crate) fn home(&self, ty: &str) -> Option<&str> {
        self.homes.get(ty).map(String::as_str)
    }

    /// The list that holds the resources of this type, where it belongs to no other resource.
    pub(crate) fn list_of(&self, ty: &str) -> Option<Selector<'_>> {
        let home = self.home(ty).filter(|home| !home.contains("{}"))?;
        Some(Selector::Member(home.trim_start_matches('/')))
    }

    /// What the elements of the list at this pattern are told apart by; nothing if they have no paths of their own.
    pub(crate) fn key(&self, list: &str) -> Option<&str> {
        self.keys.get(list).map(String::as_str)
    }

    /// Whether a record says what changes, and leaves the rest as it is.
    pub(crate) fn is_change(&self, record: &str) -> bool {
        self.changes.contains(record)
    }

    fn routes(&self) -> Vec<Route> {
        let operations =
            self.model.services.iter().flat_map(|service| &service.operations);
        operations
            .map(|operation| {
                let parts = parts(&operation.path);
                let pattern = pattern(&parts);
                let kind = Kind::of(self, operation, &pattern);
                let place = Place::new(self, &parts);
                Route { operation: operation.clone(), pattern, place, kind }
            })
            .collect()
    }
}

/// What paths lead to, as far as some operation returns it. A list tells what its elements are where nothing else does.
fn types(model: &Model) -> BTreeMap<String, String> {
    let mut types = BTreeMap::new();
    let operations = || model.services.iter().flat_map(|service| &service.operations);
    for operation in operations().filter(|operation| operation.method != Method::Post) {
        if let Output::Type(name) = &operation.output {
            types.insert(pattern(&parts(&operation.path)), name.clone());
        }
    }
    for operation in operations() {
        if let Output::List(listing) = &operation.output
            && !types.values().any(|name| *name == listing.item)
        {
            let pattern = pattern(&parts(&operation.path));
            types.insert(format!("{pattern}/{{}}"), listing.item.clone());
        }
    }
    types
}

/// Where resources are kept: of several places, the one that is fewest steps away.
fn homes(types: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let steps = |pattern: &str| pattern.matches("{}").count();
    let mut homes: BTreeMap<String, String> = BTreeMap::new();
    for (pattern, ty) in types {
        let Some(list) = pattern.strip_suffix("/{}") else { continue };
        let home = homes.entry(ty.clone()).or_insert_with(|| list.to_owned());
        if steps(list) < steps(home) {
            list.clone_into(home);
        }
    }
    homes
}

/// Records that bodies of updates lead to, and no other bodies.
fn changes(model: &Model) -> BTreeSet<String> {
    let mut changes = BTreeSet::new();
    let mut others = BTreeSet::new();
    for operation in model.services.iter().flat_map(|service| &service.operations) {
        if let Body::Type(name) = &operation.body {
            let patch = operation.method == Method::Patch;
            let into = if patch { &mut changes } else { &mut others };
            reach(model, name, into);
        }
    }
    changes.retain(|name| !others.contains(name));
    changes
}

/// All fields of all types.
fn fields(model: &Model) -> impl Iterator<Item = &Field> {
    model.types.values().flat_map(|ty| match ty {
        Type::Record(record) => record.fields.as_slice(),
        Type::Union(_) | Type::Enum(_) => &[],
    })
}

/// The names of secret fields, of any type.
fn secrets(model: &Model) -> BTreeSet<String> {
    fields(model).filter(|field| field.secret).map(|field| field.wire.clone()).collect()
}

/// The fields that keep resources from being deleted, by the type of those.
fn blockers(model: &Model) -> BTreeMap<String, BTreeMap<String, u32>> {
    let mut blockers: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    for field in fields(model) {
        let Some(number) = field.rules.blocks_deletion() else { continue };
        if let TypeRef::Id { kinds, .. } | TypeRef::Ref { kinds, .. } =
            field.ty.element()
        {
            for kind in kinds {
                let keys = blockers.entry(kind.clone()).or_default();
                keys.insert(field.wire.clone(), number);
            }
        }
    }
    blockers
}

/// A resource that cannot be deleted as long as a flag of it is set.
#[derive(Debug)]
pub(crate) struct Protection {
    pub(crate) flag: String,
    pub(crate) number: u32,
}

/// A resource of which the last one that names another resource cannot be deleted, as long as a third one names that.
#[derive(Debug)]
pub(crate) struct LastOne {
    /// The field that names the other resource.
    pub(crate) field: String,
    /// The kind of the third resource.
    pub(crate) kept_for: String,
    /// Values of fields that the third one has.
    pub(crate) having: Conditions,
    pub(crate) number: u32,
}

/// The field of a type whose rule of this name says when its resources cannot be deleted.
pub(crate) fn protection(record: &Record) -> Option<Protection> {
    record.fields.iter().find_map(|field| {
        let number = field.rules.protects()?;
        Some(Protection { flag: field.wire.clone(), number })
    })
}

/// The same for the last one that names another resource.
pub(crate) fn last_one(record: &Record) -> Option<LastOne> {
    record.fields.iter().find_map(|field| {
        let rule = field.rules.keeps_last()?;
        Some(LastOne {
            field: field.written_as.as_ref().unwrap_or(&field.wire).clone(),
            kept_for: rule.kept_for.clone(),
            having: rule.having.clone(),
            number: rule.error,
        })
    })
}

/// Notes a record and all that its fields lead to.
fn reach(model: &Model, name: &str, reached: &mut BTreeSet<String>) {
    if !reached.insert(name.to_owned()) {
        return;
    }
    match model.types.get(name) {
        Some(Type::Record(record)) => {
            for field in &record.fields {
                if let Some(name) = field.ty.named() {
                    reach(model, name, reached);
                }
            }
        }
        Some(Type::Union(union)) => {
            union.choices.iter().for_each(|choice| reach(model, &choice.ty, reached));
        }
        Some(Type::Enum(_)) | None => {}
    }
}

/// The field of a record with this key.
pub(crate) fn field<'a>(record: &'a Record, wire: &str) -> Option<&'a Field> {
    record.fields.iter().find(|field| field.wire == wire)
}

/// Whether a value of this type names resources of that type.
pub(crate) fn leads_to(ty: &TypeRef, resource: &str) -> bool {
    match ty.element() {
        TypeRef::Id { kinds, .. } | TypeRef::Ref { kinds, .. } => {
            kinds.iter().any(|kind| kind == resource)
        }
        _ => false,
    }
}
