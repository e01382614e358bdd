//! Lookups in the model: services, operations, types and fields.

use ngrok_api_model::{
    Field, Listing, Model, Operation, Output, Service, Type, TypeRef,
};

/// Returns a word of the command line for a name of the model: `ip_policies` becomes `ip-policies`, and `self_`, `self`.
pub(crate) fn word(name: &str) -> String {
    name.trim_end_matches('_').replace('_', "-")
}

/// Returns the words of a service's command: `edges https-routes`.
pub(crate) fn command_of(service: &Service) -> String {
    let words: Vec<_> = service.accessor.iter().map(|name| word(name)).collect();
    words.join(" ")
}

/// Returns the words of an operation's command: `ip-policies list`.
pub(crate) fn command_line(service: &Service, operation: &Operation) -> String {
    format!("{} {}", command_of(service), word(&operation.name))
}

/// Returns the lists without path parameters.
pub(crate) fn lists(
    model: &Model,
) -> impl Iterator<Item = (&Service, &Operation, &Listing)> {
    model.operations().filter_map(|(service, operation)| match &operation.output {
        Output::List(listing) if operation.parameters.is_empty() => {
            Some((service, operation, listing))
        }
        _ => None,
    })
}

/// Returns the operation of a command, such as `["ip-policies", "get", "ID"]`, and the words that follow it.
pub(crate) fn operation<'m, 'w>(
    model: &'m Model,
    words: &'w [String],
) -> Option<(&'m Service, &'m Operation, &'w [String])> {
    (1..=words.len()).find_map(|count| {
        let command = words[..count].join(" ");
        model
            .operations()
            .find(|(service, operation)| command_line(service, operation) == command)
            .map(|(service, operation)| (service, operation, &words[count..]))
    })
}

/// Returns the operation of a method and a path without query.
pub(crate) fn operation_at<'m>(
    model: &'m Model,
    method: &str,
    path: &str,
) -> Option<(&'m Service, &'m Operation)> {
    let given: Vec<_> = path.trim_matches('/').split('/').collect();
    let fits = |template: &str| {
        let wanted: Vec<_> = template.trim_matches('/').split('/').collect();
        wanted.len() == given.len()
            && wanted.iter().zip(&given).all(|(wanted, given)| {
                wanted == given || (wanted.starts_with('{') && !given.is_empty())
            })
    };
    // A literal segment takes precedence over a parameter.
    model
        .operations()
        .filter(|(_, operation)| {
            operation.method.as_str() == method && fits(&operation.path)
        })
        .min_by_key(|(_, operation)| operation.path.matches('{').count())
}

/// Returns the known values of an enum, or of a list or map of it; none for other types.
pub(crate) fn enum_values<'m>(model: &'m Model, ty: &TypeRef) -> Vec<&'m str> {
    match ty.named().and_then(|name| model.types.get(name)) {
        Some(Type::Enum(known)) => known.variants.iter().map(|own| &*own.wire).collect(),
        _ => Vec::new(),
    }
}

/// A key of an object.
#[derive(Clone, Copy)]
pub(crate) struct Member<'m> {
    pub(crate) key: &'m str,
    pub(crate) docs: &'m str,
    /// Its field, if a record has it.
    pub(crate) field: Option<&'m Field>,
    pub(crate) shape: Shape<'m>,
}

/// The type of a JSON value, as far as the model knows it.
#[derive(Clone, Copy)]
pub(crate) enum Shape<'m> {
    /// Type of a field.
    Ref(&'m TypeRef),
    /// A record or union.
    Named(&'m str),
    /// A page of a list.
    Page(&'m Listing),
    /// The items of a list.
    Items(&'m Listing),
    /// Not described.
    Unknown,
}

impl<'m> Shape<'m> {
    /// Returns the type of the response of an operation.
    pub(crate) fn of_output(operation: &'m Operation) -> Self {
        match &operation.output {
            Output::Nothing => Self::Unknown,
            Output::Type(name) => Self::Named(name),
            Output::List(listing) => Self::Page(listing),
        }
    }

    /// Returns the record or union of an object of this type.
    pub(crate) fn name(self) -> Option<&'m str> {
        match self {
            Self::Ref(TypeRef::Record(name)) => Some(name),
            Self::Named(name) => Some(name),
            _ => None,
        }
    }

    /// Returns the type of an element of a list or map.
    pub(crate) fn element(self) -> Self {
        match self {
            Self::Ref(TypeRef::List(element) | TypeRef::Map(element)) => {
                Self::Ref(element)
            }
            Self::Items(listing) => Self::Named(&listing.item),
            _ => Self::Unknown,
        }
    }

    /// Returns the known keys of an object of this type, in the order of the description.
    pub(crate) fn members(self, model: &'m Model) -> Vec<Member<'m>> {
        let ty = self.name().and_then(|name| model.types.get(name));
        match (self, ty) {
            (Self::Page(listing), _) => {
                let (key, shape) = (listing.key.as_str(), Self::Items(listing));
                vec![Member { key, docs: "", field: None, shape }]
            }
            (_, Some(Type::Record(record))) => {
                let member = |field: &'m Field| Member {
                    key: &field.wire,
                    docs: &field.docs,
                    field: Some(field),
                    shape: Self::Ref(&field.ty),
                };
                record.fields.iter().map(member).collect()
            }
            (_, Some(Type::Union(union))) => {
                let choices = union.choices.iter().map(|choice| Member {
                    key: &choice.wire,
                    docs: &choice.docs,
                    field: None,
                    shape: Self::Named(&choice.ty),
                });
                choices.collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns what the model knows about a key of an object of this type.
    pub(crate) fn member(self, model: &'m Model, key: &'m str) -> Member<'m> {
        let known = self.members(model).into_iter().find(|member| member.key == key);
        let shape = match self {
            Self::Ref(TypeRef::Map(_)) => self.element(),
            _ => Self::Unknown,
        };
        known.unwrap_or(Member { key, docs: "", field: None, shape })
    }
}
