//! Lookups in the model: services, operations, types and fields.

use ngrok_api_model::{
    Body, Field, Listing, Model, Operation, Output, Record, Service, Type, TypeRef,
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

/// The words of an operation's command: `ip-policies list`.
pub(crate) fn command_line(service: &Service, operation: &Operation) -> String {
    format!("{} {}", command_of(service), word(&operation.name))
}

/// All operations, with their services.
pub(crate) fn operations(model: &Model) -> impl Iterator<Item = (&Service, &Operation)> {
    model.services.iter().flat_map(|service| {
        service.operations.iter().map(move |operation| (service, operation))
    })
}

/// Returns the operation of a command, such as `["ip-policies", "list"]`.
pub(crate) fn operation<'m>(
    model: &'m Model,
    words: &[String],
) -> Option<(&'m Service, &'m Operation)> {
    let words = words.join(" ");
    operations(model)
        .find(|(service, operation)| command_line(service, operation) == words)
}

/// Returns the record of this name.
pub(crate) fn record<'m>(model: &'m Model, name: &str) -> Option<&'m Record> {
    match model.types.get(name)? {
        Type::Record(record) => Some(record),
        _ => None,
    }
}

/// Returns the type of a body.
pub(crate) fn body_type(operation: &Operation) -> Option<&str> {
    match &operation.body {
        Body::Type(name) => Some(name),
        Body::None | Body::Empty => None,
    }
}

/// Returns the type of the response of an operation: of an item, for lists.
pub(crate) fn output_type(operation: &Operation) -> Option<&str> {
    match &operation.output {
        Output::Nothing => None,
        Output::Type(name) => Some(name),
        Output::List(listing) => Some(&listing.item),
    }
}

/// Returns the type of a field of a type, whether record or union.
pub(crate) fn field_type<'m>(
    model: &'m Model,
    name: &str,
    wire: &str,
) -> Option<Place<'m>> {
    match model.types.get(name)? {
        Type::Record(record) => {
            let field = record.fields.iter().find(|field| field.wire == wire)?;
            Some(Place { field: Some(field), shape: Shape::Ref(&field.ty) })
        }
        Type::Union(union) => {
            let choice = union.choices.iter().find(|choice| choice.wire == wire)?;
            Some(Place { field: None, shape: Shape::Named(&choice.ty) })
        }
        Type::Enum(_) => None,
    }
}

/// A key of an object: its field, if a record has it, and its type.
#[derive(Clone, Copy)]
pub(crate) struct Place<'m> {
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
    /// A page of a list: the key of the items, and their type as a list.
    Page(&'m (String, TypeRef)),
    /// Not described.
    Unknown,
}

impl<'m> Shape<'m> {
    /// Returns the parts of [`Shape::Page`].
    pub(crate) fn page(listing: &Listing) -> (String, TypeRef) {
        let items = TypeRef::List(Box::new(TypeRef::Record(listing.item.clone())));
        (listing.key.clone(), items)
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
            _ => Self::Unknown,
        }
    }

    /// Returns the type under a key of an object of this type.
    pub(crate) fn member(self, model: &'m Model, key: &str) -> Place<'m> {
        let unknown = Place { field: None, shape: Self::Unknown };
        match self {
            Self::Page((items, ty)) if items == key => {
                Place { shape: Self::Ref(ty), ..unknown }
            }
            Self::Ref(TypeRef::Map(_)) => Place { shape: self.element(), ..unknown },
            _ => self
                .name()
                .and_then(|name| field_type(model, name, key))
                .unwrap_or(unknown),
        }
    }
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
    operations(model)
        .filter(|(_, operation)| {
            operation.method.as_str() == method && fits(&operation.path)
        })
        .min_by_key(|(_, operation)| operation.path.matches('{').count())
}
