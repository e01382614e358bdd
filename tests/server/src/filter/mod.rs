//! Filters of lists. Takes a filter and the list it applies to; returns a predicate for items, or the error in the filter. The description
//! defines the supported subset of the language.

mod evaluate;
mod object;
#[cfg(test)]
mod tests;
mod time;
mod value;

use std::collections::BTreeMap;

use ngrok_api_model::filter::{self, Expression};
use ngrok_api_model::{Listing, Record};
use ngrok_client_core::Timestamp;
use serde_json::{Value, json};

use crate::errors::{Outcome, Problem};
use crate::plan::Plan;

use value::Value as Node;

/// Maximum length of a filter, in bytes.
const LONGEST: usize = 2048;

/// A filter of a list.
pub(crate) struct Filter<'a> {
    plan: &'a Plan,
    listing: &'a Listing,
    record: &'a Record,
    expression: Expression,
    /// Time of the request.
    now: Timestamp,
}

impl<'a> Filter<'a> {
    /// Parses a filter.
    pub(crate) fn parse(
        plan: &'a Plan,
        listing: &'a Listing,
        text: &str,
    ) -> Outcome<Self> {
        let record = plan.record(&listing.item);
        let record = record
            .ok_or_else(|| Problem::bad_filter("Items of this list have no fields."))?;
        if text.len() > LONGEST {
            let message = format!("The filter is longer than {LONGEST} bytes.");
            return Err(Problem::bad_filter(message));
        }
        let parsed = filter::parse(text);
        let problems = parsed.problems(&plan.model, listing);
        let expression = parsed.expression.map_err(|error| {
            let message = error.message;
            Problem::bad_filter(format!("The filter cannot be parsed: {message}."))
        })?;
        if let Some(problem) = problems.first() {
            let message = format!("The filter is not supported: {}.", problem.message);
            return Err(Problem::bad_filter(message));
        }
        let filter = Self { plan, listing, record, expression, now: Timestamp::now() };
        // A filter that fails for an item without values fails for every item.
        filter.admits(&json!({}))?;
        Ok(filter)
    }

    /// Returns true if an item, as it is returned, matches.
    pub(crate) fn admits(&self, item: &Value) -> Outcome<bool> {
        let name = |name: &str| self.named(name, item);
        match evaluate::evaluate(&self.expression, &name) {
            Ok(Node::Bool(admitted)) => Ok(admitted),
            Ok(_) => Err(Problem::bad_filter("The filter is neither true nor false.")),
            Err(why) => {
                Err(Problem::bad_filter(format!("The filter does not work: {why}.")))
            }
        }
    }

    /// Resolves a name: the item, or the function namespace with the time of the request.
    fn named(&self, name: &str, item: &Value) -> Option<Node> {
        let api = &self.plan.model.api;
        if name == api.filter_object {
            return Some(object::of(self.plan, self.record, &self.listing.filter, item));
        }
        let (outer, inner) = api.filter_now.as_deref()?.split_once('.')?;
        let now = || BTreeMap::from([(inner.to_owned(), Node::Time(self.now))]);
        (name == outer).then(|| Node::Map(now()))
    }
}
