//! The plan of a server. Takes a model; returns routes, each with its location in the store and its effect. No resource is known by name:
//! everything follows from paths and types.
//!
//! The state of the API is one JSON document. `/ip_policies` is a list in it, `/ip_policies/{id}` an element of that list, and further
//! parts of a path are members of that element: the routes of an edge, the module of a route, the certificate of a domain.

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

/// A model prepared for serving.
pub(crate) struct Plan {
    pub(crate) model: Model,
    pub(crate) routes: Vec<Route>,
    pub(crate) router: Router,
    /// Types of the values at paths, by pattern: `/ip_policies/{}` leads to an `IpPolicy`.
    types: BTreeMap<String, String>,
    /// Lists that contain the resources of a type, by type: those of `IpPolicy` are in `/ip_policies`.
    list_patterns: BTreeMap<String, String>,
    /// Keys that identify the elements of lists, by the pattern of the list.
    keys: BTreeMap<String, String>,
    /// Records that only updates send, and that therefore describe changes rather than values.
    changes: BTreeSet<String>,
    /// Fields whose value prevents deletion of a resource, by the type of that resource: their keys and error numbers.
    blockers: BTreeMap<String, BTreeMap<String, u32>>,
    /// Names of fields that are secret in some type.
    pub(crate) secrets: BTreeSet<String>,
}

/// One operation and how it is served.
pub(crate) struct Route {
    pub(crate) operation: Operation,
    /// Path with `{}` for each parameter.
    pub(crate) pattern: String,
    /// Location of the path.
    pub(crate) place: Place,
    pub(crate) kind: Kind,
}

impl Plan {
    pub(crate) fn new(model: Model) -> Self {
        let types = types(&model);
        let mut plan = Self {
            routes: Vec::new(),
            router: Router::default(),
            list_patterns: list_patterns(&types),
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

    /// Returns the record with this name, if there is one.
    pub(crate) fn record(&self, name: &str) -> Option<&Record> {
        self.model.record(name)
    }

    /// Returns the fields that prevent deletion of resources of this type.
    pub(crate) fn blockers(&self, ty: &str) -> Option<&BTreeMap<String, u32>> {
        self.blockers.get(ty)
    }

    /// Returns the prefix of the IDs of a resource, without the underscore.
    pub(crate) fn prefix(&self, kind: &str) -> Option<&str> {
        let prefix = self.record(kind)?.prefix.as_deref();
        prefix.filter(|prefix| !prefix.is_empty())
    }

    /// Returns true if the IDs of any resource have this prefix.
    pub(crate) fn has_prefix(&self, prefix: &str) -> bool {
        self.model.types.keys().any(|kind| self.prefix(kind) == Some(prefix))
    }

    /// Returns the type of the value at a pattern.
    pub(crate) fn type_at(&self, pattern: &str) -> Option<&str> {
        self.types.get(pattern).map(String::as_str)
    }

    /// Returns the pattern of the list that contains the resources of this type.
    pub(crate) fn list_pattern(&self, ty: &str) -> Option<&str> {
        self.list_patterns.get(ty).map(String::as_str)
    }

    /// Returns the list that contains the resources of this type, if it belongs to no other resource.
    pub(crate) fn list_of(&self, ty: &str) -> Option<Selector<'_>> {
        let list_pattern =
            self.list_pattern(ty).filter(|list_pattern| !list_pattern.contains("{}"))?;
        Some(Selector::Member(list_pattern.trim_start_matches('/')))
    }

    /// Returns the key that identifies the elements of the list at this pattern; `None` if they have no paths.
    pub(crate) fn key(&self, list: &str) -> Option<&str> {
        self.keys.get(list).map(String::as_str)
    }

    /// Returns true if a record describes changes and leaves other fields as they are.
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

/// Collects the types of the values at paths, as far as an operation returns them. A list determines the type of its elements if nothing
/// else does.
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

/// Collects the lists that contain resources: of several, the one with the shortest path.
fn list_patterns(types: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let steps = |pattern: &str| pattern.matches("{}").count();
    let mut list_patterns: BTreeMap<String, String> = BTreeMap::new();
    for (pattern, ty) in types {
        let Some(list) = pattern.strip_suffix("/{}") else { continue };
        let list_pattern =
            list_patterns.entry(ty.clone()).or_insert_with(|| list.to_owned());
        if steps(list) < steps(list_pattern) {
            list.clone_into(list_pattern);
        }
    }
    list_patterns
}

/// Collects the records that are reachable from bodies of updates only.
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

/// Iterates over all fields of all types.
fn fields(model: &Model) -> impl Iterator<Item = &Field> {
    model.types.values().flat_map(|ty| match ty {
        Type::Record(record) => record.fields.as_slice(),
        Type::Union(_) | Type::Enum(_) => &[],
    })
}

/// Collects the names of secret fields of all types.
fn secrets(model: &Model) -> BTreeSet<String> {
    fields(model).filter(|field| field.secret).map(|field| field.wire.clone()).collect()
}

/// Collects the fields that prevent deletion of resources, by the type of those.
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

/// Adds a record and everything reachable from its fields.
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

/// Returns the field of a record with this key.
pub(crate) fn field<'a>(record: &'a Record, wire: &str) -> Option<&'a Field> {
    record.fields.iter().find(|field| field.wire == wire)
}

/// Returns true if a value of this type refers to resources of that type.
pub(crate) fn leads_to(ty: &TypeRef, resource: &str) -> bool {
    match ty.element() {
        TypeRef::Id { kinds, .. } | TypeRef::Ref { kinds, .. } => {
            kinds.iter().any(|kind| kind == resource)
        }
        _ => false,
    }
}
