//! Makes what a path leads through, for servers that act as if everything were there: next to nothing is known of it.

use serde_json::{Map, Value, json};

use super::Call;
use crate::plan::{Kind, Selector};
use crate::store::Store;

/// Puts something wherever the path of a call leads and nothing is.
pub(super) fn imagine(call: &Call<'_>, store: &mut Store) {
    for end in 1..=call.steps.len() {
        let Some((last, before)) = call.steps[..end].split_last() else { continue };
        if store.get(&call.steps[..end]).is_some() {
            continue;
        }
        match last {
            Selector::Element { key, value } => {
                let mut element = Map::new();
                element.insert((*key).to_owned(), json!(value));
                store.push(before, key, Value::Object(element));
            }
            // A part of something that there is one of.
            Selector::Member(_)
                if end == call.steps.len() && is_value(&call.route.kind) =>
            {
                store.set(&call.steps, json!({}));
            }
            Selector::Member(_) => {}
        }
    }
}

/// Whether the path of such an operation leads to a value, and not to a list or an action.
fn is_value(kind: &Kind) -> bool {
    matches!(kind, Kind::Get | Kind::Update | Kind::Delete)
}
