//! Errors and warnings as Terraform shows them.

use crate::proto::{AttributePath, Diagnostic, Selector, Step};
use crate::schema::{Attribute, find};

/// Severity of errors in the protocol.
const ERROR: i32 = 1;

/// An error without a place.
pub(crate) fn error(
    summary: impl Into<String>,
    detail: impl Into<String>,
) -> Diagnostic {
    Diagnostic {
        severity: ERROR,
        summary: summary.into(),
        detail: detail.into(),
        attribute: None,
    }
}

/// The same at an attribute.
pub(crate) fn at(diagnostic: Diagnostic, path: AttributePath) -> Diagnostic {
    Diagnostic { attribute: Some(path), ..diagnostic }
}

/// The path of an attribute of the resource itself.
pub(crate) fn attribute(name: &str) -> AttributePath {
    AttributePath { steps: vec![named(name)] }
}

/// The path of a violation, given as a JSON pointer, as far as it leads to attributes.
pub(crate) fn path(pointer: &str, attributes: &[Attribute]) -> AttributePath {
    let (mut steps, mut inner) = (Vec::new(), attributes);
    for part in pointer.split('/').skip(1) {
        if let Ok(index) = part.parse() {
            steps.push(at_index(index));
        } else {
            let Some(found) = find(inner, part) else { break };
            steps.push(named(part));
            inner = found.ty.attributes();
        }
    }
    AttributePath { steps }
}

/// The step of a path to an attribute.
pub(crate) fn named(name: &str) -> Step {
    Step { selector: Some(Selector::AttributeName(name.to_owned())) }
}

/// The step of a path to an element of a list.
pub(crate) fn at_index(index: usize) -> Step {
    let index = i64::try_from(index).unwrap_or(i64::MAX);
    Step { selector: Some(Selector::ElementKeyInt(index)) }
}
