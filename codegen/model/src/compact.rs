//! Omits derivable parts from the JSON of a model: names that repeat others, IDs in paths, and documentation that requests
//! share with their resource.

use std::collections::BTreeMap;

use super::{Docs, Model, Name, Operation, Parameter, Role, Service, Type, TypeRef};

/// Names an ID that is not typed although there is one kind only.
const UNTYPED: &str = "";

impl Model {
    /// Leaves out what [`restore`](Self::restore) finds again.
    pub(crate) fn omit(&mut self) {
        for service in &mut self.services {
            omit_if_equal(&mut service.source, &source(&service.accessor));
            omit_if_equal(&mut service.tag, &service.name);
            let own = own_id(service);
            for operation in &mut service.operations {
                omit_if_equal(
                    &mut operation.id,
                    &operation_id(&service.name, &operation.name),
                );
                if names_own_id(operation) && operation.parameters == own {
                    operation.parameters.clear();
                }
            }
        }
        let docs = self.shared_docs();
        self.each_request_field(|field, of_resource| {
            if Some(&*field) == docs.get(of_resource) {
                field.clear();
            }
        });
        self.each_type_ref(|ty| {
            if let TypeRef::Id { kinds, target } | TypeRef::Ref { kinds, target } = ty {
                *target = match target.take() {
                    None if kinds.len() == 1 => Some(UNTYPED.to_owned()),
                    Some(only) if *kinds == [only.as_str()] => None,
                    other => other,
                };
            }
        });
        for (name, ty) in &mut self.types {
            omit_if_equal(ty.name_mut(), name);
        }
        let mut earlier = String::new();
        for code in self.error_codes.codes.values_mut() {
            let topic = std::mem::take(&mut code.topic);
            if topic != earlier {
                code.topic.clone_from(&topic);
            }
            earlier = topic;
        }
    }

    /// Puts back what [`omit`](Self::omit) left out.
    pub(crate) fn restore(&mut self) {
        for (name, ty) in &mut self.types {
            restore_if_empty(ty.name_mut(), || name.clone());
        }
        let mut earlier = String::new();
        for code in self.error_codes.codes.values_mut() {
            restore_if_empty(&mut code.topic, || earlier.clone());
            earlier.clone_from(&code.topic);
        }
        self.each_type_ref(|ty| {
            if let TypeRef::Id { kinds, target } | TypeRef::Ref { kinds, target } = ty {
                *target = match (target.take(), kinds.as_slice()) {
                    (None, [only]) => Some(only.clone()),
                    (target, _) => target.filter(|name| name != UNTYPED),
                };
            }
        });
        let docs = self.shared_docs();
        self.each_request_field(|field, of_resource| {
            restore_if_empty(field, || {
                docs.get(of_resource).cloned().unwrap_or_default()
            });
        });
        for service in &mut self.services {
            restore_if_empty(&mut service.source, || source(&service.accessor));
            restore_if_empty(&mut service.tag, || service.name.clone());
            let own = own_id(service);
            for operation in &mut service.operations {
                restore_if_empty(&mut operation.id, || {
                    operation_id(&service.name, &operation.name)
                });
                if names_own_id(operation) && operation.parameters.is_empty() {
                    operation.parameters.clone_from(&own);
                }
            }
        }
    }

    /// The documentation of the fields of resources, by type and key.
    fn shared_docs(&self) -> BTreeMap<(Name, String), Docs> {
        let resources = self.services.iter().map(|service| &service.resource);
        let records = resources.filter_map(|name| match self.types.get(name)? {
            Type::Record(record) => Some((name, record)),
            Type::Union(_) | Type::Enum(_) => None,
        });
        let docs = records.flat_map(|(name, record)| {
            let fields = record.fields.iter();
            fields.map(move |field| {
                ((name.clone(), field.wire.clone()), field.docs.clone())
            })
        });
        docs.collect()
    }

    /// Calls with the documentation of each field of a request, and the type and key of the same field in its resource.
    fn each_request_field(&mut self, mut call: impl FnMut(&mut Docs, &(Name, String))) {
        for service in &self.services {
            for name in &service.types {
                if let Some(Type::Record(record)) = self.types.get_mut(name)
                    && matches!(record.role, Role::Create | Role::Update)
                {
                    for field in &mut record.fields {
                        let key = (service.resource.clone(), field.wire.clone());
                        call(&mut field.docs, &key);
                    }
                }
            }
        }
    }

    fn each_type_ref(&mut self, mut call: impl FnMut(&mut TypeRef)) {
        let records = self.types.values_mut().filter_map(|ty| match ty {
            Type::Record(record) => Some(record),
            Type::Union(_) | Type::Enum(_) => None,
        });
        for field in records.flat_map(|record| &mut record.fields) {
            call(field.ty.element_mut());
        }
        let operations =
            self.services.iter_mut().flat_map(|service| &mut service.operations);
        for operation in operations {
            let own = operation.parameters.iter_mut().map(|it| &mut it.ty);
            let query = operation.query.iter_mut().chain(&mut operation.headers);
            for ty in own.chain(query.map(|it| &mut it.ty)) {
                call(ty.element_mut());
            }
        }
    }
}

fn omit_if_equal(given: &mut String, usual: &str) {
    if given == usual {
        given.clear();
    }
}

fn restore_if_empty(given: &mut String, usual: impl FnOnce() -> String) {
    if given.is_empty() {
        *given = usual();
    }
}

fn source(accessor: &[Name]) -> String {
    format!("resources/{}.yaml", accessor.join("/"))
}

/// The usual ID of an operation: the name of its service and its own, `IpPoliciesGet`.
fn operation_id(service: &str, operation: &str) -> String {
    let words = operation.split('_').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    std::iter::once(service.to_owned()).chain(words).collect()
}

/// Returns true if the only parameter of a path is called `id`.
fn names_own_id(operation: &Operation) -> bool {
    operation.path.parameters().eq(["id"])
}

/// The parameters of an operation on one resource: its ID.
fn own_id(service: &Service) -> Vec<Parameter> {
    let kind = service.resource.clone();
    vec![Parameter {
        wire: "id".to_owned(),
        ty: TypeRef::Id { kinds: vec![kind.clone()], target: Some(kind) },
        docs: format!("Which {}.", service.noun),
    }]
}
