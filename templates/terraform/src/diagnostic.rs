//! Errors and warnings as Terraform shows them.

use crate::proto::{AttributePath, Diagnostic, Selector, Step};
use crate::schema::Attribute;

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

/// The path of a violation, such as `rules[2].cidr`, as far as it leads to attributes.
pub(crate) fn path(text: &str, attributes: &[Attribute]) -> AttributePath {
    use crate::schema::{Type, find};
    let (mut steps, mut inner) = (Vec::new(), Some(attributes));
    'parts: for part in text.split('.').filter(|it| !it.is_empty()) {
        let (name, indexes) = part.split_once('[').unwrap_or((part, ""));
        let Some(found) = inner.and_then(|it| find(it, name)) else { break };
        steps.push(named(name));
        let mut ty = &found.ty;
        for index in indexes.split(['[', ']']).filter(|it| !it.is_empty()) {
            let Ok(index) = index.parse::<usize>() else { break 'parts };
            steps.push(at_index(index));
            if let Type::List(item, _) = ty {
                ty = item;
            }
        }
        inner = match ty {
            Type::Object(inner) => Some(inner),
            _ => None,
        };
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
