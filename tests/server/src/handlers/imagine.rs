//! Creates missing parents and values, for servers that assume that all resources exist.

use ngrok_api_model::Output;
use serde_json::{Map, Value, json};

use super::Call;
use crate::plan::{Kind, Selector};
use crate::store::Store;
use crate::{names, samples};

/// Creates the missing values on the path of a call, and an item in an empty list that is requested.
pub(super) fn imagine(call: &Call<'_>, store: &mut Store) {
    imagine_path(call, store);
    if matches!(call.route.kind, Kind::List) {
        imagine_item(call, store);
    }
}

fn imagine_path(call: &Call<'_>, store: &mut Store) {
    for end in 1..=call.steps.len() {
        let Some((last, before)) = call.steps[..end].split_last() else { continue };
        if store.get(&call.steps[..end]).is_some() {
            continue;
        }
        match last {
            Selector::Element { key, value } => {
                let mut element = Map::new();
                element.insert((*key).to_owned(), json!(value));
                let pattern = pattern(&call.steps[..end]);
                let record = call.state.plan.type_at(&pattern);
                fill(call, store, record, &mut element);
                store.push(before, key, Value::Object(element));
            }
            // A singleton part of a resource.
            Selector::Member(_)
                if end == call.steps.len() && is_value(&call.route.kind) =>
            {
                let mut value = Map::new();
                let record = call.state.plan.type_at(&call.route.pattern);
                fill(call, store, record, &mut value);
                store.set(&call.steps, Value::Object(value));
            }
            Selector::Member(_) => {}
        }
    }
}

/// Fills in plausible values.
pub(super) fn fill(
    call: &Call<'_>,
    store: &Store,
    record: Option<&str>,
    element: &mut Map<String, Value>,
) {
    if let Some(record) = record.and_then(|name| call.state.plan.record(name)) {
        samples::fill(&call.state.plan, store, record, element);
        call.derive(store, record, element);
    }
}

/// Returns the path of steps, with `{}` for each element.
fn pattern(steps: &[Selector<'_>]) -> String {
    let part = |step: &Selector<'_>| match step {
        Selector::Member(name) => format!("/{name}"),
        Selector::Element { .. } => "/{}".to_owned(),
    };
    steps.iter().map(part).collect()
}

fn imagine_item(call: &Call<'_>, store: &mut Store) {
    let Output::List(listing) = &call.route.operation.output else { return };
    let plan = &call.state.plan;
    let key = plan.key(&call.route.pattern).unwrap_or(names::ID);
    let record = plan.record(&listing.item).filter(|_| key == names::ID);
    let is_empty =
        store.list(&call.steps).is_none_or(|list| list.all().next().is_none());
    if let Some(record) = record.filter(|_| is_empty) {
        let id = call.state.ids.next(record.prefix.as_deref().unwrap_or_default());
        let mut element = Map::from_iter([(key.to_owned(), json!(id))]);
        fill(call, store, Some(&record.name), &mut element);
        store.push(&call.steps, key, Value::Object(element));
    }
}

/// Returns true if the path of such an operation leads to a value, rather than a list or an action.
fn is_value(kind: &Kind) -> bool {
    matches!(kind, Kind::Get | Kind::Update | Kind::Delete)
}
