//! Values with their types: keys in the order of the description, secrets redacted, and the text of cells.

use std::sync::LazyLock;

use ngrok_api_model::{Member, Shape};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::columns::ID;
use crate::app::App;

/// Replacement of a secret.
static REDACTED: LazyLock<Value> = LazyLock::new(|| "[redacted]".into());

/// A value and its type. Serialization and traversal redact secrets.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    app: &'a App,
    pub(crate) shape: Shape<'a>,
    pub(crate) value: &'a Value,
    secrets: Secrets<'a>,
}

/// The secrets that are shown.
#[derive(Clone, Copy)]
enum Secrets<'a> {
    All,
    /// Those that only the operation of this name returns.
    Of(&'a str),
    None,
}

impl<'a> View<'a> {
    /// Returns a view with the secrets that the options allow, and those that only `operation` returns.
    pub(crate) fn new(
        app: &'a App,
        shape: Shape<'a>,
        operation: Option<&'a str>,
        value: &'a Value,
    ) -> Self {
        let secrets = match operation {
            _ if app.globals.show_secrets => Secrets::All,
            Some(name) => Secrets::Of(name),
            None => Secrets::None,
        };
        Self { app, shape, value, secrets }
    }

    /// Returns a view with all secrets.
    pub(crate) fn with_secrets(
        app: &'a App,
        shape: Shape<'a>,
        value: &'a Value,
    ) -> Self {
        Self { app, shape, value, secrets: Secrets::All }
    }

    /// Returns the members of an object: known ones in the order of the type, then others.
    pub(crate) fn members(self) -> Vec<(&'a str, Self)> {
        let Value::Object(object) = self.value else { return Vec::new() };
        let known = self.shape.members(self.app.model);
        let of_type = known.iter().filter_map(|member| {
            object.get(member.key).map(|value| (member.key, self.inner(*member, value)))
        });
        let others = object
            .iter()
            .filter(|(key, _)| known.iter().all(|member| member.key != key.as_str()));
        let others = others.map(|(key, value)| {
            (key.as_str(), self.inner(self.shape.member(self.app.model, key), value))
        });
        of_type.chain(others).collect()
    }

    /// Returns the elements of an array.
    pub(crate) fn items(self) -> impl Iterator<Item = Self> {
        let items = self.value.as_array().into_iter().flatten();
        items.map(move |value| Self { shape: self.shape.element(), value, ..self })
    }

    /// Returns the member of an object under a key.
    pub(crate) fn get(self, key: &'a str) -> Option<Self> {
        let value = self.value.get(key)?;
        Some(self.inner(self.shape.member(self.app.model, key), value))
    }

    fn inner(self, member: Member<'a>, value: &'a Value) -> Self {
        let empty = value.is_null() || value.as_str() == Some("");
        let value = if !empty && self.is_hidden(member) {
            LazyLock::force(&REDACTED)
        } else {
            value
        };
        Self { shape: member.shape, value, ..self }
    }

    fn is_hidden(self, member: Member<'_>) -> bool {
        match (self.secrets, member.field, member.shape) {
            (Secrets::All, ..) => false,
            (Secrets::Of(name), Some(field), _) if field.secret => {
                field.only_on.as_deref() != Some(name)
            }
            (_, Some(field), _) => field.secret,
            // Without a description, the key decides.
            (_, None, Shape::Unknown) => {
                self.app.api().secret_fields.contains(&member.key)
            }
            (_, None, _) => false,
        }
    }

    /// Returns the text of a cell.
    pub(crate) fn text(self) -> String {
        let scalar = |view: &Self| !view.value.is_object() && !view.value.is_array();
        match self.value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(_) if self.items().all(|item| scalar(&item)) => {
                self.items().map(Self::text).collect::<Vec<_>>().join(",")
            }
            // A reference is its ID.
            Value::Object(object) if object.len() <= 2 && object.contains_key(ID) => {
                self.get(ID).map(Self::text).unwrap_or_default()
            }
            _ => serde_json::to_string(&self).unwrap_or_default(),
        }
    }
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::Array(_) => to.collect_seq(self.items()),
            Value::Object(_) => to.collect_map(self.members()),
            other => other.serialize(to),
        }
    }
}
