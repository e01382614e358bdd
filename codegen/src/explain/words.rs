//! Types and facts in words.

use crate::model::{ErrorCodes, Field, Model, Record, Rules, Scalar, TypeRef};

/// Returns a type in words: `list of id of IpPolicy`.
pub(super) fn ty(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Scalar(Scalar::String) => "text".to_owned(),
        TypeRef::Scalar(Scalar::Bool) => "true or false".to_owned(),
        TypeRef::Scalar(Scalar::Timestamp) => "time".to_owned(),
        TypeRef::Scalar(scalar) => {
            format!("number ({})", format!("{scalar:?}").to_lowercase())
        }
        TypeRef::Id { kinds, .. } => format!("id of {}", kinds.join(" or ")),
        TypeRef::Ref { kinds, .. } => format!("reference to {}", kinds.join(" or ")),
        TypeRef::List(item) => format!("list of {}", self::ty(item)),
        TypeRef::Map(value) => format!("map of {}", self::ty(value)),
        TypeRef::Record(name) | TypeRef::Enum(name) => name.clone(),
    }
}

/// Returns the facts about a field of a record, in a line.
pub(super) fn field(field: &Field, record: &Record, model: &Model) -> String {
    let mut facts = vec![ty(&field.ty)];
    let mut say = |fact: Option<String>| facts.extend(fact);
    let word = |is: bool, word: &str| is.then(|| word.to_owned());
    say(word(record.in_requests && field.presence.required, "must be given"));
    say(word(field.presence.nullable, "may be null"));
    say(word(field.presence.optional, "may be absent"));
    say(word(field.secret, "secret"));
    for limit in limits(&field.rules) {
        say(Some(limit));
    }
    say(field.default.as_ref().map(|value| format!("default {value}")));
    say(field
        .only_on
        .as_ref()
        .map(|operation| format!("only in the response to `{operation}`")));
    say(field.written_as.as_ref().map(|other| format!("set by `{other}`")));
    say(field
        .deprecated
        .as_ref()
        .map(|said| format!("deprecated: {}", said.note.trim_end_matches('.'))));
    say(errors(&field.errors, &model.error_codes));
    facts.join(", ")
}

fn limits(rules: &Rules) -> Vec<String> {
    let mut facts = Vec::new();
    let mut say = |fact: Option<String>| facts.extend(fact);
    say(rules.format().map(|format| format!("format {format}")));
    say(rules.key_format().map(|format| format!("keys of format {format}")));
    say((!rules.keys().is_empty())
        .then(|| format!("keys are ids of {}", rules.keys().join(" or "))));
    say((!rules.one_of().is_empty()).then(|| {
        let values: Vec<_> = rules.one_of().iter().map(ToString::to_string).collect();
        format!("one of {}", values.join(", "))
    }));
    say(rules.max_bytes().map(|most| format!("up to {most} bytes")));
    say(rules.max_len().map(|most| format!("up to {most} characters")));
    say(rules.min().map(|least| format!("at least {least}")));
    say(rules.max().map(|most| format!("at most {most}")));
    say(rules.min_items().map(|least| format!("at least {least} of them")));
    say(rules.unit().map(|unit| format!("in {unit}")));
    facts.extend(rules.rare().map(|rule| match rule.to_value() {
        serde_json::Value::Bool(true) => rule.key().replace('_', " "),
        value => format!("{}: {}", rule.key().replace('_', " "), plain(&value)),
    }));
    facts
}

/// Returns a value of a rule in words.
fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(values) => {
            values.iter().map(plain).collect::<Vec<_>>().join(", ")
        }
        serde_json::Value::Object(map) => {
            let pairs =
                map.iter().map(|(key, value)| format!("{key} is {}", plain(value)));
            pairs.collect::<Vec<_>>().join(" and ")
        }
        other => other.to_string(),
    }
}

/// Returns error numbers with their names.
pub(super) fn errors(numbers: &[u32], codes: &ErrorCodes) -> Option<String> {
    let name = |number: &u32| {
        let code = codes.written(*number);
        codes
            .codes
            .get(number)
            .map_or(code.clone(), |known| format!("{code} ({})", known.name))
    };
    let names: Vec<_> = numbers.iter().map(name).collect();
    (!names.is_empty()).then(|| format!("a bad value is {}", names.join(" or ")))
}
