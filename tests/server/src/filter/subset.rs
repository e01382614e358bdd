//! How much of the language the API takes. An expression goes in; the first thing in it that the description does not
//! know comes out, by its name.

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr, operators};
use ngrok_codegen::model::{Api, Listing, Record};

use crate::errors::{Outcome, Problem};
use crate::plan::Plan;

use super::object;

/// Refuses what a filter may not have.
pub(super) fn check(
    plan: &Plan,
    record: &Record,
    listing: &Listing,
    expression: &IdedExpr,
) -> Outcome<()> {
    let api = &plan.model.api;
    Subset { api, plan, record, listing }.expression(&expression.expr)
}

struct Subset<'a> {
    api: &'a Api,
    plan: &'a Plan,
    record: &'a Record,
    listing: &'a Listing,
}

impl Subset<'_> {
    fn expression(&self, expression: &Expr) -> Outcome<()> {
        match expression {
            Expr::Literal(_) => Ok(()),
            Expr::List(list) => {
                list.elements.iter().try_for_each(|it| self.expression(&it.expr))
            }
            Expr::Call(call) => self.call(call),
            Expr::Ident(_) | Expr::Select(_) => self.name(expression),
            Expr::Map(_) | Expr::Struct(_) => Err(unknown("a map")),
            Expr::Comprehension(_) | Expr::Unspecified => Err(unknown("a macro")),
        }
    }

    fn call(&self, call: &CallExpr) -> Outcome<()> {
        let name = call.func_name.as_str();
        let operators = &self.api.filter_operators;
        let is_in = |known: &[String]| known.iter().any(|known| known == name);
        let of_text = call.target.is_some() && is_in(&self.api.filter_text_methods);
        let known = if is_operator(name) {
            operators.iter().any(|operator| inner_name(operator) == Some(name))
        } else if call.target.is_some() {
            of_text || is_in(&self.api.filter_methods)
        } else {
            is_in(&self.api.filter_functions)
        };
        if !known {
            return Err(unknown(&format!("`{}`", spelled(name))));
        }
        if let Some(id) = call.target.as_deref().filter(|_| of_text)
            && let Some(id) = dotted(&id.expr).filter(|id| self.is_id(id))
        {
            let message = format!(
                "The filter asks for a part of `{id}`, which is an id; `{name}` is for other texts."
            );
            return Err(Problem::bad_filter(message));
        }
        let parts = call.target.as_deref().into_iter().chain(&call.args);
        parts.map(|part| &part.expr).try_for_each(|part| self.expression(part))
    }

    /// The name of a field, or of something else with dots in it.
    fn name(&self, expression: &Expr) -> Outcome<()> {
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
fn dotted(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Ident(name) => Some(name.clone()),
        Expr::Select(select) if !select.test => {
            Some(format!("{}.{}", dotted(&select.operand.expr)?, select.field))
        }
        _ => None,
    }
}

/// Operators have names that nobody can write.
fn is_operator(name: &str) -> bool {
    name.starts_with(|c: char| !c.is_ascii_alphabetic() && c != '_')
        || name.starts_with('_') && name.ends_with(['_', ']'])
}

/// What the parser calls an operator.
fn inner_name(operator: &str) -> Option<&'static str> {
    match operator {
        "!" => Some(operators::LOGICAL_NOT),
        "&&" => Some(operators::LOGICAL_AND),
        "||" => Some(operators::LOGICAL_OR),
        "<" => Some(operators::LESS),
        "<=" => Some(operators::LESS_EQUALS),
        "==" => Some(operators::EQUALS),
        "!=" => Some(operators::NOT_EQUALS),
        ">=" => Some(operators::GREATER_EQUALS),
        ">" => Some(operators::GREATER),
        "in" => Some(operators::IN),
        _ => None,
    }
}

/// What a caller wrote, for the name that the parser gives it.
fn spelled(name: &str) -> &str {
    match name.strip_prefix('_').filter(|_| is_operator(name)) {
        Some(rest) => rest.strip_suffix('_').unwrap_or(rest),
        None => name.trim_start_matches('@'),
    }
}
