//! Filters of lists in the Common Expression Language. Takes names of fields and values; returns an expression in
//! which values are escaped. Clients define fields and their types.

use std::fmt::{self, Write};
use std::ops::{BitAnd, BitOr, Not};

use crate::Timestamp;

/// A condition on each item: an expression that is true or false.
///
/// Combine conditions with `&`, `|` and `!`. `Display` gives the expression that is sent.
#[derive(Clone, PartialEq, Eq)]
#[must_use = "a condition does nothing until it is passed to a list"]
pub struct Condition {
    text: String,
    binds: Binds,
}

/// Precedence of the outermost operator of an expression.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binds {
    Or,
    And,
    Relation,
    Call,
}

impl Condition {
    /// Creates a condition from two operands and an operator.
    pub fn relation(left: impl fmt::Display, operator: &str, right: &str) -> Self {
        Self { text: format!("{left} {operator} {right}"), binds: Binds::Relation }
    }

    /// Creates a condition from a method of a field.
    pub fn method(field: impl fmt::Display, method: &str, argument: &str) -> Self {
        Self { text: format!("{field}.{method}({argument})"), binds: Binds::Call }
    }

    fn joined(mut self, operator: &str, other: &Self, binds: Binds) -> Self {
        self = self.at_least(binds);
        self.text.push_str(operator);
        self.text.push_str(&other.clone().at_least(binds).text);
        self.binds = binds;
        self
    }

    /// Adds parentheses if the precedence requires them.
    fn at_least(self, binds: Binds) -> Self {
        if self.binds >= binds {
            return self;
        }
        Self { text: format!("({})", self.text), binds: Binds::Call }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Condition").field(&self.text).finish()
    }
}

impl<R: Into<Self>> BitAnd<R> for Condition {
    type Output = Self;

    fn bitand(self, other: R) -> Self {
        self.joined(" && ", &other.into(), Binds::And)
    }
}

impl<R: Into<Self>> BitOr<R> for Condition {
    type Output = Self;

    fn bitor(self, other: R) -> Self {
        self.joined(" || ", &other.into(), Binds::Or)
    }
}

impl Not for Condition {
    type Output = Self;

    fn not(self) -> Self {
        let text = self.at_least(Binds::Call).text;
        Self { text: format!("!{text}"), binds: Binds::Call }
    }
}

/// Quotes and escapes a string.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // Writing to a string does not fail. All control characters have four digits.
            c if c.is_control() => drop(write!(quoted, "\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns an expression for a time. The language has none before the year 1.
#[must_use]
pub fn timestamp(timestamp: Timestamp) -> String {
    let timestamp = timestamp.max(Timestamp::ZERO);
    format!("timestamp(\"{timestamp}\")")
}

/// Returns a list of expressions.
#[must_use]
pub fn list(values: &[String]) -> String {
    format!("[{}]", values.join(", "))
}

/// A field in an expression.
#[derive(Clone, Copy)]
pub struct Operand {
    object: &'static str,
    field: &'static str,
    /// The part that follows, such as `.id`.
    part: &'static str,
    /// True for the number of its elements.
    counted: bool,
}

impl Operand {
    /// Creates the field of an object.
    #[must_use]
    pub const fn new(object: &'static str, field: &'static str) -> Self {
        Self { object, field, part: "", counted: false }
    }

    /// Returns the ID of the referenced resource.
    #[must_use]
    pub const fn id(self) -> Self {
        Self { part: ".id", ..self }
    }

    /// Returns the size of the field.
    #[must_use]
    pub const fn size(self) -> Self {
        Self { counted: true, ..self }
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { object, field, part, counted } = self;
        let (start, end) = if *counted { ("size(", ")") } else { ("", "") };
        write!(f, "{start}{object}.{field}{part}{end}")
    }
}
