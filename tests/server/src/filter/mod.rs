//! Filters of lists. The text of a filter and the list it is for go in; what says of each item whether it is listed comes
//! out, or what is wrong with the text. The language is evaluated by the `cel` crate; how much of it the API takes is said
//! in the description.

mod object;
mod subset;
mod time;

use std::sync::{Arc, OnceLock};

use cel::{Context, Env, Program};
use ngrok_codegen::model::{Listing, Record};
use serde_json::{Value, json};

use crate::errors::{Outcome, Problem};
use crate::plan::Plan;

/// The longest filter that is read, in bytes. What is longer nests deeper than a stack is high.
const LONGEST: usize = 2048;

/// A filter of a list.
pub(crate) struct Filter<'a> {
    plan: &'a Plan,
    listing: &'a Listing,
    record: &'a Record,
    program: Program,
    context: Context<'static, 'static>,
}

impl<'a> Filter<'a> {
    /// Reads a filter.
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
        let environment = environment();
        let program = environment.compile(text).map_err(|errors| {
            let first = errors.errors.first().map(ToString::to_string);
            let first = first.unwrap_or_default().replace('\n', " ");
            Problem::bad_filter(format!("The filter cannot be parsed: {first}."))
        })?;
        subset::check(plan, record, listing, program.expression())?;
        let context = time::context(environment, plan.model.api.filter_now.as_deref());
        let filter = Self { plan, listing, record, program, context };
        // What does not work for an item without values works for none.
        filter.admits(&json!({}))?;
        Ok(filter)
    }

    /// Whether an item, as it is shown, is listed.
    pub(crate) fn admits(&self, item: &Value) -> Outcome<bool> {
        let object = object::of(self.plan, self.record, &self.listing.filter, item);
        let mut scope = self.context.new_inner_scope();
        scope.add_variable_from_value(
            self.plan.model.api.filter_object.as_str(),
            object.into_cel(),
        );
        match self.program.execute(&scope) {
            Ok(cel::Value::Bool(admitted)) => Ok(admitted),
            Ok(_) => Err(Problem::bad_filter("The filter is neither true nor false.")),
            Err(error) => {
                let error = error.to_string().replace('\n', " ");
                Err(Problem::bad_filter(format!("The filter does not work: {error}.")))
            }
        }
    }
}

/// The standard functions, and no macros: what they stand for is not part of what the API takes.
fn environment() -> Arc<Env> {
    static ENVIRONMENT: OnceLock<Arc<Env>> = OnceLock::new();
    Arc::clone(ENVIRONMENT.get_or_init(|| Arc::new(Env::default().with_stdlib())))
}
