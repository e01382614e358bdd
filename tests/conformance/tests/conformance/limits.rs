//! Client-side validation: a body that satisfies the constraints of the description is accepted, one that does not is reported with the
//! path of the field.

use ngrok_client::Invalid;
use ngrok_codegen::model::{ConstraintKind, Record, Type, TypeRef};
use ngrok_conformance::types::RequestType;
use ngrok_conformance::{model, types};
use serde_json::{Value, json};

use super::bodies::{good, text, value};
use super::support::records;

/// Returns the records that are sent.
fn sent() -> impl Iterator<Item = (&'static Record, &'static RequestType)> {
    let pairs = records().zip(types::records());
    pairs.filter_map(|(record, ty)| Some((record, ty.request.as_ref()?)))
}

/// Returns the path and message of each problem.
fn wrong(request: &RequestType, body: &Value) -> Vec<(String, String)> {
    let problems = match (request.validate)(body.to_string().as_bytes()) {
        Ok(()) => Vec::new(),
        Err(invalid) => Invalid::problems(&invalid).to_vec(),
    };
    let pairs = problems.iter();
    pairs.map(|it| (it.path().to_owned(), it.message().to_owned())).collect()
}

#[test]
fn a_valid_body_is_accepted() {
    for (record, request) in sent() {
        let body = good(record);
        assert_eq!(wrong(request, &body), [], "{}: {body}", record.name);
    }
}

#[test]
fn strings_that_are_too_long_are_reported_with_their_path() {
    let mut seen = 0;
    for (record, request) in sent() {
        for field in &record.fields {
            let rules = &field.rules;
            let (max, unit) = match (rules.max_bytes(), rules.max_len()) {
                (Some(max), _) => (max, "bytes"),
                (None, Some(max)) => (max, "characters"),
                (None, None) => continue,
            };
            let mut body = good(record);
            let length = usize::try_from(max).expect("it fits");
            body[&field.wire] = "x".repeat(length).into();
            assert_eq!(wrong(request, &body), [], "{}.{}", record.name, field.wire);
            body[&field.wire] = "x".repeat(length + 1).into();
            let message = format!("is longer than {max} {unit}");
            assert_eq!(wrong(request, &body), [(field.wire.clone(), message)]);
            seen += 1;
        }
    }
    assert!(seen > 0, "no limits were checked");
}

#[test]
fn malformed_strings_are_reported_with_their_path() {
    let mut seen = 0;
    for (record, request) in sent() {
        for field in &record.fields {
            let checked = !matches!(text(field), "any" | "bind:example.com");
            let free = field.rules.accept_other_forms();
            let mut body = good(record);
            if !checked || free || body.get(&field.wire).is_none() {
                continue;
            }
            let list = matches!(field.ty, TypeRef::List(_));
            let (bad, path) = if list {
                (json!([text(field), " "]), format!("{}[1]", field.wire))
            } else {
                (json!(" "), field.wire.clone())
            };
            body[&field.wire] = bad;
            let found = wrong(request, &body);
            assert_eq!(found.first().map(|it| &it.0), Some(&path), "{}", record.name);
            seen += 1;
        }
    }
    assert!(seen > 0, "no formats were checked");
}

#[test]
fn missing_fields_and_rules_between_fields_are_reported() {
    let (mut required, mut rules) = (0, 0);
    for (record, request) in sent() {
        for field in record.fields.iter().filter(|field| field.presence.required) {
            let is_text = value(&field.ty, field).is_string();
            if !is_text || field.rules.may_be_empty() {
                continue;
            }
            let mut body = good(record);
            body[&field.wire] = json!("");
            let expected = (field.wire.clone(), "must not be empty".to_owned());
            assert_eq!(wrong(request, &body), [expected], "{}", record.name);
            required += 1;
        }
        for rule in &record.constraints {
            let mut body = good(record);
            match rule.kind {
                ConstraintKind::OneOf | ConstraintKind::AtMostOneOf => {
                    let fields = record.fields.iter();
                    let fields = fields.filter(|it| rule.fields.contains(&it.wire));
                    fields.for_each(|it| body[&it.wire] = value(&it.ty, it));
                }
                ConstraintKind::Together | ConstraintKind::Requires => {
                    body[&rule.fields[0]] = Value::Null;
                }
            }
            let found = wrong(request, &body);
            assert!(!found.is_empty(), "{}: {body}", record.name);
            assert_eq!(found[0].0, "", "{}", record.name);
            rules += 1;
        }
    }
    assert!(required > 25 && rules > 15, "{required} {rules}");
}

#[test]
fn nested_problems_are_reported_with_the_full_path() {
    let mut seen = 0;
    for (record, request) in sent() {
        for field in &record.fields {
            let TypeRef::Record(inner) = &field.ty else { continue };
            let Some(Type::Record(inner)) = model().types.get(inner) else { continue };
            for part in inner.fields.iter().filter(|it| text(it) != "any") {
                let mut body = good(record);
                let free = part.rules.open();
                if free || body.get(&field.wire).is_none() {
                    continue;
                }
                let list = matches!(part.ty, TypeRef::List(_));
                let (bad, end) =
                    if list { (json!([" "]), "[0]") } else { (json!(" "), "") };
                body[&field.wire][&part.wire] = bad;
                let path = format!("{}.{}{end}", field.wire, part.wire);
                assert_eq!(wrong(request, &body)[0].0, path, "{}", record.name);
                seen += 1;
            }
        }
    }
    assert!(seen > 0, "{seen}");
}
