//! Values that must be unique among resources.

use ngrok_api_model::{Field, Record};
use serde_json::{Map, Value};

use crate::errors::{Clash, Outcome, Problem};
use crate::json::is_empty;
use crate::names;
use crate::store::Items;

/// Rejects values that another resource of the list has. `stored` is the previous version of the resource, if there is one.
pub(crate) fn check(
    record: &Record,
    others: Items<'_>,
    stored: Option<&Map<String, Value>>,
    set: &Map<String, Value>,
) -> Outcome<()> {
    for field in &record.fields {
        let Some(scope) = Scope::of(field) else { continue };
        let Some(value) = set.get(&field.wire).filter(|value| !is_empty(value)) else {
            continue;
        };
        let now = |name: &str| set.get(name).or_else(|| stored?.get(name));
        let own_id = stored.and_then(|stored| stored.get(names::ID));
        let is_same = |other: &Value| {
            other.get(&field.wire) == Some(value)
                && (own_id.is_none() || other.get(names::ID) != own_id)
                && match &scope {
                    Scope::All => true,
                    Scope::Same(owner) => other.get(owner) == now(owner),
                }
        };
        let shares = field.rules.shared_if();
        let is_shared = |resource: Option<&Value>| resource == Some(&Value::Bool(true));
        for other in others.all().filter(|other| is_same(other)) {
            let both =
                shares.map(|name| (is_shared(now(name)), is_shared(other.get(name))));
            let clash = match both {
                Some((true, true)) => continue,
                Some((true, false)) => Clash::Unshared,
                Some((false, true)) => Clash::Shared,
                Some((false, false)) | None => Clash::Taken,
            };
            return Err(Problem::duplicate_value(field, clash, value));
        }
    }
    Ok(())
}

/// The scope in which the values of a field are unique.
enum Scope {
    All,
    /// Resources with the same value in this field.
    Same(String),
}

impl Scope {
    fn of(field: &Field) -> Option<Self> {
        match field.rules.unique_in()? {
            "account" => Some(Self::All),
            owner => Some(Self::Same(format!("{owner}_{}", names::ID))),
        }
    }
}
