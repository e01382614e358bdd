//! Values in filters, and their comparison.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use ngrok_client_core::Timestamp;

/// A value in a filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Whole(i64),
    Real(f64),
    Text(String),
    Time(Timestamp),
    List(Vec<Self>),
    Map(BTreeMap<String, Self>),
}

/// Converts a literal, which is no list or object.
impl From<&serde_json::Value> for Value {
    fn from(literal: &serde_json::Value) -> Self {
        match (literal.as_i64(), literal.as_f64()) {
            (Some(number), _) => Self::Whole(number),
            (None, Some(number)) => Self::Real(number),
            _ => match (literal.as_bool(), literal.as_str()) {
                (Some(value), _) => Self::Bool(value),
                (_, Some(text)) => Self::Text(text.to_owned()),
                _ => Self::Null,
            },
        }
    }
}

impl Value {
    /// Returns true if two values are equal. Values of different types differ, except for numbers.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Whole(_) | Self::Real(_), _) => {
                self.order(other) == Some(Ordering::Equal)
            }
            (Self::List(one), Self::List(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.is(b))
            }
            _ => self == other,
        }
    }

    /// Returns the order of two comparable values.
    #[expect(clippy::cast_precision_loss, reason = "as the language has it")]
    pub(super) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Bool(one), Self::Bool(other)) => Some(one.cmp(other)),
            (Self::Whole(one), Self::Whole(other)) => Some(one.cmp(other)),
            (Self::Real(one), Self::Real(other)) => one.partial_cmp(other),
            (Self::Whole(one), Self::Real(other)) => (*one as f64).partial_cmp(other),
            (Self::Real(one), Self::Whole(other)) => one.partial_cmp(&(*other as f64)),
            (Self::Text(one), Self::Text(other)) => Some(one.cmp(other)),
            (Self::Time(one), Self::Time(other)) => Some(one.cmp(other)),
            _ => None,
        }
    }

    /// Returns the number of characters, elements or entries.
    pub(super) fn size(&self) -> Option<usize> {
        match self {
            Self::Text(text) => Some(text.chars().count()),
            Self::List(elements) => Some(elements.len()),
            Self::Map(entries) => Some(entries.len()),
            _ => None,
        }
    }

    /// Returns the type of the value, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a bool",
            Self::Whole(_) | Self::Real(_) => "a number",
            Self::Text(_) => "a string",
            Self::Time(_) => "a timestamp",
            Self::List(_) => "a list",
            Self::Map(_) => "an object",
        }
    }
}
