//! Queries of requests. Takes a query string; returns the parameters that the operation accepts, or the first error.

use ngrok_api_model::{Api, Operation, Output};

use crate::errors::{Outcome, Problem};
use crate::plan::Plan;

/// The query of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// Maximum number of items on a page.
    pub(crate) limit: Option<usize>,
    /// ID of the item before the page.
    pub(crate) cursor: Option<String>,
    /// Filter of the list.
    pub(crate) filter: Option<String>,
    /// The other parameters, in the order of the request.
    pub(crate) others: Vec<(String, String)>,
}

impl Query {
    /// Parses the query of a request for this operation.
    pub(crate) fn read(plan: &Plan, operation: &Operation, text: &str) -> Outcome<Self> {
        let api = &plan.model.api;
        let mut query = Self::default();
        let mut seen: Vec<String> = Vec::new();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            let own = operation.query.iter().find(|parameter| parameter.wire == name);
            if seen.iter().any(|seen| *seen == name)
                && !own.is_some_and(|own| own.repeated)
            {
                return Err(Problem::repeated_parameter(&name));
            }
            if own.is_some() {
                query.others.push((name.to_string(), value.into_owned()));
            } else if is_paged(operation) && name == api.limit_parameter {
                query.limit = Some(limit(api, &value)?);
            } else if is_paged(operation) && name == api.cursor_parameter {
                query.cursor = Some(cursor(plan, operation, value.into_owned())?);
            } else if is_filtered(operation) && name == api.filter_parameter {
                query.filter = Some(value.into_owned()).filter(|text| !text.is_empty());
            } else {
                return Err(Problem::unknown_parameter(&name));
            }
            seen.push(name.into_owned());
        }
        Ok(query)
    }

    /// Returns the query of the page after the item with this ID.
    pub(crate) fn after(&self, api: &Api, id: &str, limit: usize) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(&self.others);
        if let Some(filter) = &self.filter {
            text.append_pair(&api.filter_parameter, filter);
        }
        text.append_pair(&api.cursor_parameter, id);
        text.append_pair(&api.limit_parameter, &limit.to_string());
        text.finish()
    }
}

fn is_paged(operation: &Operation) -> bool {
    matches!(&operation.output, Output::List(listing) if listing.paged)
}

fn is_filtered(operation: &Operation) -> bool {
    matches!(&operation.output, Output::List(listing) if !listing.filter.is_empty())
}

fn limit(api: &Api, value: &str) -> Outcome<usize> {
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::limit_not_numeric(value));
    }
    let range = api.limit_min..=api.limit_max;
    let limit = value.parse().ok().filter(|limit| range.contains(limit));
    let limit = limit.and_then(|limit: u32| usize::try_from(limit).ok());
    limit.ok_or_else(|| Problem::limit_out_of_range(api.limit_min, api.limit_max))
}

fn cursor(plan: &Plan, operation: &Operation, id: String) -> Outcome<String> {
    let Output::List(listing) = &operation.output else { return Ok(id) };
    let record = plan.record(&listing.item);
    let prefix = record.and_then(|record| record.prefix.as_deref()).unwrap_or_default();
    let fits = id.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('_'));
    if prefix.is_empty() || fits {
        Ok(id)
    } else {
        Err(Problem::bad_cursor(&id, prefix))
    }
}
