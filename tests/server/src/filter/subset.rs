//! How much of the language the API takes. An expression goes in; the first thing in it that the description does not
//! know comes out, by its name.

use ngrok_api_model::{Api, Listing, Record};

use crate::errors::{Outcome, Problem};
use crate::plan::Plan;

use super::object;
use super::syntax::{Expression, Kind};

/// Refuses what a filter may not have.
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
                "The filter asks for a part of `{id}`, which is an id; `{name}` is for other texts."
            );
            return Err(Problem::bad_filter(message));
        }
        operands.iter().try_for_each(|operand| self.expression(operand))
    }

    /// The name of a field, or of something else with dots in it.
    fn name(&self, expression: &Expression) -> Outcome<()> {
        let Some(name) = dotted(expression) else {
            return Err(unknown("a field of something that has no name"));
        };
        if self.api.filter_now.as_ref() == Some(&name) {
            return Ok(());
        }
        let object = &self.api.filter_object;
        let field = name.strip_prefix(object.as_str());
        let Some(field) = field.and_then(|rest| rest.strip_prefix('.')) else {
            let message = format!(
                "The filter mentions `{name}`; what it can mention are fields of `{object}`."
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
            "The filter mentions `{object}.{field}`, by which this list cannot be filtered; it can be by {}.",
            listed.join(", ")
        );
        Err(Problem::bad_filter(message))
    }

    /// Whether a name is that of an id.
    fn is_id(&self, name: &str) -> bool {
        let field = name.strip_prefix(self.api.filter_object.as_str());
        let field = field.and_then(|rest| rest.strip_prefix('.'));
        field.is_some_and(|path| object::is_id(self.plan, self.record, path))
    }
}

fn unknown(what: &str) -> Problem {
    Problem::bad_filter(format!("The filter has {what}, which filters do not take."))
}

/// A name with dots, if an expression is one.
fn dotted(expression: &Expression) -> Option<String> {
    match expression {
        Expression::Name(name) => Some(name.clone()),
        Expression::Field(inner, name) => Some(format!("{}.{name}", dotted(inner)?)),
        _ => None,
    }
}
