//! A value being decoded: its location, its kind, and the treatment of errors.

use std::ops::RangeInclusive;

use serde::de::Visitor;
use serde_json::Number;

use super::error::Error;
use super::{Findings, Missing, report};
use crate::diagnostic::Span;
use crate::yaml::scalar::{Scalar, resolve};
use crate::yaml::{Node, NodeKind};

/// Decodes one value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decoder<'a> {
    pub(super) node: &'a Node,
    /// Location of its name: its key in the surrounding map.
    pub(super) name: Option<Span>,
    /// The key, if the struct knows it.
    pub(super) key: Option<&'a str>,
    pub(super) findings: &'a Findings,
    pub(super) missing: Missing,
}

impl<'a> Decoder<'a> {
    pub(super) fn root(
        node: &'a Node,
        findings: &'a Findings,
        missing: Missing,
    ) -> Self {
        Self { node, name: None, key: None, findings, missing }
    }

    /// Decodes a value inside this one.
    pub(super) fn inner(
        self,
        node: &'a Node,
        name: Option<Span>,
        key: Option<&'a str>,
    ) -> Self {
        Self { node, name, key, ..self }
    }

    /// Records an error about this value, so that the next pass omits the value.
    pub(super) fn settle(self, error: Error) -> Error {
        match error {
            Error::Noted => return Error::Noted,
            Error::Incomplete => {}
            Error::Report(diagnostic) => self.findings.report(*diagnostic),
            Error::Said(_) | Error::MissingKey(_) => {
                self.findings
                    .report(report::bad_value(self.node.span, &error.to_string()));
            }
        }
        self.findings.mark_wrong(self.node);
        Error::Noted
    }

    /// Returns the location that represents the whole value.
    pub(super) fn title(self) -> Span {
        let first_key = match &self.node.kind {
            NodeKind::Map(entries) => entries.first().map(|(_, (key, _))| key.span),
            _ => None,
        };
        self.name.or(first_key).unwrap_or(self.node.span)
    }

    pub(super) fn scalar(self) -> Option<(&'a str, Scalar)> {
        match &self.node.kind {
            NodeKind::Scalar { text, plain: true } => Some((text, resolve(text))),
            NodeKind::Scalar { text, plain: false } => Some((text, Scalar::Text)),
            _ => None,
        }
    }

    pub(super) fn is_nothing(self) -> bool {
        matches!(self.scalar(), Some((_, Scalar::Null)))
    }

    pub(super) fn number(self) -> Option<Number> {
        match self.scalar() {
            Some((_, Scalar::Number(number))) => Some(number),
            _ => None,
        }
    }

    /// Reports a value of another kind.
    pub(super) fn unexpected(self, expected: &str) -> Error {
        match &self.node.kind {
            NodeKind::Refused => Error::Incomplete,
            _ => report::wrong_kind(self.node, expected).into(),
        }
    }

    pub(super) fn integer<V: Visitor<'a>>(
        self,
        range: RangeInclusive<i128>,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let Some(number) = self.number() else {
            return Err(self.unexpected("a whole number"));
        };
        match (number.as_u64(), number.as_i64()) {
            (Some(value), _) if range.contains(&value.into()) => {
                visitor.visit_u64(value)
            }
            (None, Some(value)) if range.contains(&value.into()) => {
                visitor.visit_i64(value)
            }
            _ => Err(report::out_of_range(self.node.span, &number, &range).into()),
        }
    }
}
