//! The subset of the language that the API supports. Takes an expression; returns the name of the first part that the description does not
//! allow.

use ngrok_api_model::{Api, Listing, Record};

use crate::errors::{Outcome, Problem};
use crate::plan::Plan;

use super::object;
use super::syntax::{Expression, Kind};

/// Rejects unsupported parts of a filter.
pub(super) fn check(
    plan: &Plan,
    record: &Record,
    listing: &Listing,
    expression: &Expression,
) -> Outcome<()> {
    let api = &plan.model.api;
    Subset { api, plan, record, listing }.expression(expression)
}

struct Subset<'a> {
    api: &'a Api,
    plan: &'a Plan,
    record: &'a Record,
    listing: &'a Listing,
}

impl Subset<'_> {
    fn expression(&self, expression: &Expression) -> Outcome<()> {
        match expression {
            Expression::Literal(_) => Ok(()),
            Expression::List(elements) => {
                elements.iter().try_for_each(|element| self.expression(element))
            }
            Expression::Call { kind, name, operands } => {
                self.call(*kind, name, operands)
            }
            Expression::Name(_) | Expression::Field(..) => self.name(expression),
            Expression::Map => Err(unknown("a map")),
        }
    }

    fn call(&self, kind: Kind, name: &str, operands: &[Expression]) -> Outcome<()> {
        let is_in = |known: &[String]| known.iter().any(|known| known == name);
        let of_text = kind == Kind::Method && is_in(&self.api.filter_text_methods);
        let known = match kind {
            Kind::Operator => is_in(&self.api.filter_operators),
            Kind::Function => is_in(&self.api.filter_functions),
            Kind::Method => of_text || is_in(&self.api.filter_methods),
        };
        if !known {
            return Err(unknown(&format!("`{name}`")));
        }
        if let Some(id) = operands.first().filter(|_| of_text)
            && let Some(id) = dotted(id).filter(|id| self.is_id(id))
        {
            let message = format!(
                "The filter applies `{name}` to `{id}`, which is an ID; `{name}` is only for other strings."
            );
            return Err(Problem::bad_filter(message));
        }
        operands.iter().try_for_each(|operand| self.expression(operand))
    }

    /// Checks the name of a field, or another dotted name.
    fn name(&self, expression: &Expression) -> Outcome<()> {
        let Some(name) = dotted(expression) else {
            return Err(unknown("a field of an expression without a name"));
        };
        if self.api.filter_now.as_ref() == Some(&name) {
            return Ok(());
        }
        let object = &self.api.filter_object;
        let field = name.strip_prefix(object.as_str());
        let Some(field) = field.and_then(|rest| rest.strip_prefix('.')) else {
            let message = format!(
                "The filter uses `{name}`; only fields of `{object}` can be used."
            );
            return Err(Problem::bad_filter(message));
        };
        let listed = &self.listing.filter;
        let leads_on = |known: &&String| {
            field.strip_prefix(known.as_str()).is_some_and(|rest| rest.starts_with('.'))
        };
        if listed.iter().any(|known| known == field)
            || listed.iter().any(|known| leads_on(&known))
        {
            return Ok(());
        }
        let message = format!(
            "The filter uses `{object}.{field}`, which this list does not support; supported are {}.",
            listed.join(", ")
        );
        Err(Problem::bad_filter(message))
    }

    /// Returns true if a name refers to an ID.
    fn is_id(&self, name: &str) -> bool {
        let field = name.strip_prefix(self.api.filter_object.as_str());
        let field = field.and_then(|rest| rest.strip_prefix('.'));
        field.is_some_and(|path| object::is_id(self.plan, self.record, path))
    }
}

fn unknown(what: &str) -> Problem {
    Problem::bad_filter(format!(
        "The filter contains {what}, which filters do not support."
    ))
}

/// Returns the dotted name, if the expression is one.
fn dotted(expression: &Expression) -> Option<String> {
    match expression {
        Expression::Name(name) => Some(name.clone()),
        Expression::Field(inner, name) => Some(format!("{}.{name}", dotted(inner)?)),
        _ => None,
    }
}
