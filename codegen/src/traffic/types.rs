//! Types of undescribed values, in the syntax of a description, and their unification. IDs are recognized by their form.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;
use serde_json::Value;

use crate::model::{Model, Type};

/// Returns the type of a value: `string`, `list of timestamp`, `id IpPolicy`; `object` if it would need a name.
pub(super) fn of(value: &Value, ids: &Ids) -> String {
    let simple = match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float64",
        Value::Number(number) if number.is_i64() => "int64",
        Value::Number(_) => "uint64",
        Value::String(text) => match ids.kind(text) {
            Some(kind) => return format!("id {kind}"),
            None if DateTime::parse_from_rfc3339(text).is_ok() => "timestamp",
            None => "string",
        },
        Value::Array(elements) => {
            let types: BTreeSet<_> = elements.iter().map(|it| of(it, ids)).collect();
            match (types.first(), types.len()) {
                (Some(only), 1) => return format!("list of {only}"),
                (Some(_), _) => "list of values",
                (None, _) => "list",
            }
        }
        Value::Object(object) => {
            let id = object.get("id").and_then(Value::as_str);
            let kind = id.and_then(|id| ids.kind(id));
            match kind.filter(|_| object.len() == 2 && object.contains_key("uri")) {
                Some(kind) => return format!("ref {kind}"),
                None => "object",
            }
        }
    };
    simple.to_owned()
}

/// Reason for leaving an object to the user.
pub(super) const NEEDS_A_TYPE: &str = "an object needs a separate type, with a name";

/// Returns the type, in the syntax of a description, of all these values.
pub(super) fn unified(types: &BTreeSet<String>) -> Result<String, String> {
    let types = types.iter().map(String::as_str).filter(|ty| *ty != "null");
    let (lists, others): (Vec<_>, Vec<_>) = types.partition(|ty| ty.starts_with("list"));
    match (lists.is_empty(), others.is_empty()) {
        (true, true) => Err("it was always null".to_owned()),
        (true, false) => one(&others),
        (false, true) => {
            let elements = lists.iter().filter_map(|list| list.strip_prefix("list of "));
            let elements: Vec<_> = elements.collect();
            if elements.is_empty() {
                return Err("the type of its elements is unknown".to_owned());
            }
            Ok(format!("list of {}", one(&elements)?))
        }
        (false, false) => Err("it was a list, and was none".to_owned()),
    }
}

fn one(types: &[&str]) -> Result<String, String> {
    let all = |fits: &dyn Fn(&str) -> bool| types.iter().all(|ty| fits(ty));
    let text = |ty: &str| ty == "string" || ty == "timestamp" || ty.starts_with("id ");
    let number = |ty: &str| ["int64", "uint64", "float64"].contains(&ty);
    if types.contains(&"values") {
        return Err("its elements are of different types".to_owned());
    }
    if types.iter().any(|ty| *ty == "null" || ty.starts_with("list")) {
        return Err("the type of its elements is unknown".to_owned());
    }
    if types.contains(&"object") {
        return Err(NEEDS_A_TYPE.to_owned());
    }
    for pointer in ["id ", "ref "] {
        if all(&|ty| ty.starts_with(pointer)) {
            let kinds = types.iter().filter_map(|ty| ty.strip_prefix(pointer));
            return Ok(format!("{pointer}{}", kinds.collect::<Vec<_>>().join(" | ")));
        }
    }
    match types {
        [only] => Ok((*only).to_owned()),
        _ if all(&text) => Ok("string".to_owned()),
        _ if all(&number) && types.contains(&"float64") => Ok("float64".to_owned()),
        _ if all(&number) => Ok("uint64".to_owned()),
        _ => Err(format!("its values are of different types: {}", types.join(", "))),
    }
}

pub(super) struct Ids {
    /// Types by the prefixes of their IDs.
    kinds: BTreeMap<String, String>,
    length: usize,
}

impl Ids {
    pub(super) fn new(model: &Model) -> Self {
        let resources = model.types.iter().filter_map(|(name, ty)| match ty {
            Type::Record(record) => Some((record.prefix.clone()?, name.clone())),
            _ => None,
        });
        let externals = model.api.externals.iter();
        let externals = externals.map(|(name, it)| (it.prefix.clone(), name.clone()));
        let kinds = resources.chain(externals).filter(|(prefix, _)| !prefix.is_empty());
        let length = usize::try_from(model.api.id_length).unwrap_or(usize::MAX);
        Self { kinds: kinds.collect(), length }
    }

    /// Returns the type of resource that a string is the ID of, if it is one.
    pub(super) fn kind(&self, text: &str) -> Option<&str> {
        let (prefix, rest) = text.rsplit_once('_')?;
        let kind = self.kinds.get(prefix)?;
        // The length of IDs is optional in the description.
        let expected = self.length == 0 || rest.len() == self.length;
        (expected && is_plain(rest)).then_some(kind.as_str())
    }

    /// Returns true if a part of a path varies: a number, or an ID, perhaps of an unknown type.
    pub(super) fn varies(&self, part: &str) -> bool {
        let rest = part.rsplit(['_', '-']).next().unwrap_or_default();
        part.chars().all(|c| c.is_ascii_digit())
            || self.kind(part).is_some()
            || rest.len() >= 16 && is_plain(rest)
    }
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric())
}
