//! The part of a file that a key belongs to, for messages about misplaced keys.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use super::json_schema;

/// The parts of a file below `resources/`, by their names in the schema. The root has none.
const PARTS: [(&str, &str); 8] = [
    ("", "the top of a file below `resources/`"),
    ("/$defs/OperationDetails", "an operation"),
    ("/$defs/Field", "a field"),
    ("/$defs/Rules", "`rules:` of a field"),
    ("/$defs/DeprecationDetails", "`deprecated:`"),
    ("/$defs/Constraint", "`constraints:`"),
    ("/$defs/Type", "a type, under `types:`"),
    ("/$defs/Enum", "an enum, under `enums:`"),
];

/// Keys of the schema, without those of more than two parts.
static HOMES: LazyLock<BTreeMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let schema = json_schema();
    let mut homes: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for (pointer, part) in PARTS {
        let keys = schema.pointer(&format!("{pointer}/properties"));
        for key in
            keys.and_then(Value::as_object).into_iter().flat_map(|keys| keys.keys())
        {
            homes.entry(key.clone()).or_default().push(part);
        }
    }
    homes.retain(|_, parts| parts.len() <= 2);
    homes
});

/// Returns the part that a key belongs to, if there are at most two.
pub(super) fn of(key: &str) -> Option<String> {
    Some(format!("`{key}` belongs to {}", HOMES.get(key)?.join(", or to ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_at_home_where_the_format_has_them() {
        assert_eq!(
            of("values").as_deref(),
            Some("`values` belongs to an enum, under `enums:`")
        );
        assert_eq!(of("filter").as_deref(), Some("`filter` belongs to an operation"));
        assert!(of("doc").is_none(), "everything has one");
        assert!(of("colour").is_none());
        let schema = json_schema();
        for (pointer, part) in PARTS {
            assert!(
                schema.pointer(&format!("{pointer}/properties")).is_some(),
                "{part}"
            );
        }
    }
}
