//! Unions: each alternative, none, and an unknown one.

use ngrok_codegen::model::Union;
use ngrok_conformance::example::UNKNOWN;
use ngrok_conformance::tolerance::Tolerance;
use ngrok_conformance::types::UnionType;
use ngrok_conformance::{Examples, model, types};
use serde_json::{Map, Value, json};

use super::support::unions;

fn all() -> impl Iterator<Item = (&'static Union, &'static UnionType)> {
    let names: Vec<_> = types::unions().iter().map(|ty| ty.name).collect();
    let expected: Vec<_> = unions().map(|union| union.name.as_str()).collect();
    assert_eq!(names, expected);
    unions().zip(types::unions())
}

/// Returns the variant, and the value after decoding and encoding.
fn decoded(ty: &UnionType, json: &Value) -> (Option<&'static str>, Value) {
    let text = json.to_string();
    let left = (ty.again)(text.as_bytes())
        .unwrap_or_else(|error| panic!("{}: {error}", ty.name));
    ((ty.chosen)(text.as_bytes()), left)
}

#[test]
fn each_choice_is_decoded_and_sent_back() {
    let mut seen = 0;
    for (union, ty) in all() {
        for choice in &union.choices {
            let json = Examples::new(model()).choice(choice);
            assert_eq!(decoded(ty, &json), (Some(&*choice.wire), json));
            seen += 1;
        }
    }
    assert!(seen > 0, "no choices were checked");
}

#[test]
fn each_choice_can_be_built() {
    for (union, ty) in all().filter(|(union, _)| union.in_requests) {
        let wires: Vec<_> =
            union.choices.iter().map(|choice| choice.wire.as_str()).collect();
        let built: Vec<_> = ty.choices.iter().map(|choice| choice.wire).collect();
        assert_eq!(built, wires, "{}", union.name);
        for (choice, built) in union.choices.iter().zip(ty.choices) {
            let expected = Examples::new(model()).choice(choice);
            assert_eq!((built.written)(), expected);
            assert_eq!((built.converted)(), expected);
        }
    }
}

#[test]
fn a_null_alternative_is_not_chosen() {
    for (union, ty) in all() {
        let nulls = |but: &str| -> Map<String, Value> {
            let others = union.choices.iter().filter(|other| other.wire != but);
            others.map(|choice| (choice.wire.clone(), Value::Null)).collect()
        };
        for choice in &union.choices {
            let mut json = Examples::new(model()).choice(choice);
            json.as_object_mut()
                .expect("a union is an object")
                .extend(nulls(&choice.wire));
            let expected = Examples::new(model()).choice(choice);
            assert_eq!(decoded(ty, &json), (Some(&*choice.wire), expected));
        }
        assert_eq!(decoded(ty, &nulls("").into()), (None, json!({})));
    }
}

#[test]
fn none_is_kept() {
    for (_, ty) in all() {
        assert_eq!(decoded(ty, &json!({})), (None, json!({})));
    }
}

#[test]
fn an_unknown_alternative_is_kept() {
    for (union, ty) in all() {
        let json = json!({ UNKNOWN: { "a": [1, null, { "b": "c" }], "d": null } });
        assert_eq!(decoded(ty, &json), (None, json));
        let text = json!({ UNKNOWN: "a text", "another": 5, "none": null });
        assert_eq!(
            decoded(ty, &text),
            (None, json!({ UNKNOWN: "a text", "another": 5 }))
        );
        let beside = union.choices.iter().map(|choice| {
            let mut json = Examples::new(model()).choice(choice);
            json[UNKNOWN] = json!({ "a": 1 });
            (choice, json)
        });
        for (choice, json) in beside {
            let expected = Tolerance::new(model()).named(&union.name, &json);
            assert_eq!(decoded(ty, &json), (Some(&*choice.wire), expected));
        }
    }
}
