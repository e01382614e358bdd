//! Types of JSON values at any place of a request or response: the keys of their objects, and the types of their elements.

use super::{Field, Listing, Model, Operation, Output, Type, TypeRef};

/// The type of a JSON value, as far as the model knows it.
#[derive(Clone, Copy, Debug)]
pub enum Shape<'m> {
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

/// A key of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member<'m> {
    /// The key.
    pub key: &'m str,
    /// Description.
    pub docs: &'m str,
    /// Its field, if a record has it.
    pub field: Option<&'m Field>,
    /// Type of the value.
    pub shape: Shape<'m>,
}

impl<'m> Shape<'m> {
    /// Returns the record or union of an object of this type.
    #[must_use]
    pub fn name(self) -> Option<&'m str> {
        match self {
            Self::Ref(TypeRef::Record(name)) => Some(name),
            Self::Named(name) => Some(name),
            _ => None,
        }
    }

    /// Returns the type of an element of a list or map.
    #[must_use]
    pub fn element(self) -> Self {
        match self {
            Self::Ref(TypeRef::List(element) | TypeRef::Map(element)) => {
                Self::Ref(element)
            }
            Self::Items(listing) => Self::Named(&listing.item),
            _ => Self::Unknown,
        }
    }

    /// Returns the known keys of an object of this type, in the order of the description.
    #[must_use]
    pub fn members(self, model: &'m Model) -> Vec<Member<'m>> {
        if let Self::Page(listing) = self {
            let (key, shape) = (listing.key.as_str(), Self::Items(listing));
            return vec![Member { key, docs: "", field: None, shape }];
        }
        match self.name().and_then(|name| model.types.get(name)) {
            Some(Type::Record(record)) => {
                let member = |field: &'m Field| Member {
                    key: &field.wire,
                    docs: &field.docs,
                    field: Some(field),
                    shape: Self::Ref(&field.ty),
                };
                record.fields.iter().map(member).collect()
            }
            Some(Type::Union(union)) => {
                let choices = union.choices.iter().map(|choice| Member {
                    key: &choice.wire,
                    docs: &choice.docs,
                    field: None,
                    shape: Self::Named(&choice.ty),
                });
                choices.collect()
            }
            Some(Type::Enum(_)) | None => Vec::new(),
        }
    }

    /// Returns what the model knows about a key of an object of this type.
    #[must_use]
    pub fn member(self, model: &'m Model, key: &'m str) -> Member<'m> {
        let known = self.members(model).into_iter().find(|member| member.key == key);
        let shape = match self {
            Self::Ref(TypeRef::Map(_)) => self.element(),
            _ => Self::Unknown,
        };
        known.unwrap_or(Member { key, docs: "", field: None, shape })
    }
}

impl Operation {
    /// Returns the type of its response.
    #[must_use]
    pub fn output_shape(&self) -> Shape<'_> {
        match &self.output {
            Output::Nothing => Shape::Unknown,
            Output::Type(name) => Shape::Named(name),
            Output::List(listing) => Shape::Page(listing),
        }
    }
}
