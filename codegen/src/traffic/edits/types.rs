//! Unification of the types of observed values.

use std::collections::BTreeSet;

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

#[cfg(test)]
mod tests {
    use super::*;

    fn type_of(types: &[&str]) -> Result<String, String> {
        unified(&types.iter().map(|ty| (*ty).to_owned()).collect())
    }

    #[test]
    fn values_that_agree_have_a_type() {
        for (types, expected) in [
            (&["null", "string"][..], "string"),
            (&["string", "timestamp"], "string"),
            (&["id IpPolicy", "string"], "string"),
            (&["id IpPolicy", "id Vault"], "id IpPolicy | Vault"),
            (&["ref Vault"], "ref Vault"),
            (&["float64", "int64"], "float64"),
            (&["int64", "uint64"], "uint64"),
            (&["list", "list of string"], "list of string"),
            (&["list of id Vault", "list of string"], "list of string"),
        ] {
            assert_eq!(type_of(types).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn others_are_left_to_a_person() {
        for types in [
            &["null"][..],
            &["list"],
            &["list of null"],
            &["list of string", "list of values"],
            &["list of list of string"],
            &["object"],
            &["object", "ref Vault"],
            &["list of object"],
            &["bool", "string"],
            &["list of string", "string"],
        ] {
            assert!(type_of(types).is_err(), "{types:?}");
        }
    }
}
