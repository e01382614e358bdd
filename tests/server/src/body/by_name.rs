//! Resources that are referenced by name instead of by ID.

use ngrok_api_model::{Field, Record};
use serde_json::{Map, Value};

use crate::errors::{Outcome, Problem};
use crate::json::text;
use crate::names;
use crate::plan::{Plan, leads_to};
use crate::store::{Items, Store};

/// Returns the type of the resource whose name this field contains.
pub(crate) fn named_kind(field: &Field) -> Option<&str> {
    field.rules.name_of()
}

/// Replaces names with IDs.
pub(super) fn resolve(
    plan: &Plan,
    store: &Store,
    record: &Record,
    set: &mut Map<String, Value>,
) -> Outcome<()> {
    for field in &record.fields {
        let Some(kind) = named_kind(field) else { continue };
        let Some(name) = set.get(&field.wire).and_then(Value::as_str) else { continue };
        let list = plan
            .list_of(kind)
            .and_then(|list| store.list(&[list]))
            .unwrap_or(Items::None);
        let found = list.all().find(|element| text(element, names::NAME) == name);
        let id = found.and_then(|element| element.get(names::ID)).cloned();
        let id = id.ok_or_else(|| Problem::unknown_reference(&field.wire, name))?;
        if let Some(id_field) =
            record.fields.iter().find(|other| leads_to(&other.ty, kind))
        {
            set.remove(&field.wire);
            set.insert(id_field.wire.clone(), id);
        }
    }
    Ok(())
}
