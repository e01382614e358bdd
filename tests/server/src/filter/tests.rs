//! Differential tests of filters against the `cel` crate, which implements the whole language.

use std::collections::BTreeMap;

use cel::{Context, Program, to_value};
use ngrok_api_model::filter::{self, Expression};
use ngrok_client_core::Timestamp;
use proptest::prelude::{Strategy, any, prop, prop_oneof};
use proptest::{prop_assert_eq, proptest};
use serde_json::json;

use super::evaluate::evaluate;
use super::value::Value;

fn parse(text: &str) -> Result<Expression, String> {
    filter::parse(text).expression.map_err(|error| error.message)
}

const TEXT: &str = "a\"b\n é";

/// The result of a filter: true, false, another value, an error, or a syntax error.
#[derive(Debug, PartialEq)]
enum Given {
    Bool(bool),
    Other,
    Nothing,
    Unread,
}

fn ours(text: &str) -> Given {
    let Ok(expression) = parse(text) else { return Given::Unread };
    let item = BTreeMap::from([
        ("text".to_owned(), Value::Text(TEXT.to_owned())),
        ("number".to_owned(), Value::Whole(7)),
        ("real".to_owned(), Value::Real(0.5)),
        ("flag".to_owned(), Value::Bool(true)),
        ("list".to_owned(), Value::List(vec![Value::Text("a".to_owned())])),
    ]);
    let name = |name: &str| (name == "obj").then(|| Value::Map(item.clone()));
    match evaluate(&expression, &name) {
        Ok(Value::Bool(value)) => Given::Bool(value),
        Ok(_) => Given::Other,
        Err(_) => Given::Nothing,
    }
}

fn theirs(text: &str) -> Given {
    let Ok(program) = Program::compile(text) else { return Given::Unread };
    let item =
        json!({ "text": TEXT, "number": 7, "real": 0.5, "flag": true, "list": ["a"] });
    let mut context = Context::default();
    context.add_variable_from_value("obj", to_value(item).unwrap());
    match program.execute(&context) {
        Ok(cel::Value::Bool(value)) => Given::Bool(value),
        Ok(_) => Given::Other,
        Err(_) => Given::Nothing,
    }
}

/// Generates filters, most of which are meaningful.
fn filters() -> impl Strategy<Value = String> {
    let names =
        ["obj.text", "obj.number", "obj.real", "obj.flag", "obj.list", "obj.none"];
    let literals = [
        "true",
        "false",
        "null",
        "1",
        "-7",
        "7",
        "0x7",
        "0.5",
        "1e1",
        "'a'",
        "\"a\"",
        "r'\\'",
        r#"'a"b\n \u00e9'"#,
        r"'\x41\101\t'",
        "[]",
        "['a', 1,]",
        "[[1]]",
        "''",
    ];
    let leaf = prop_oneof![
        prop::sample::select(names.to_vec()).prop_map(str::to_owned),
        prop::sample::select(literals.to_vec()).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let operators = ["<", "<=", "==", "!=", ">=", ">", "in", "&&", "||"];
        let methods = ["contains", "startsWith", "endsWith"];
        prop_oneof![
            4 => (inner.clone(), prop::sample::select(operators.to_vec()), inner.clone())
                .prop_map(|(one, operator, other)| format!("{one} {operator} {other}")),
            2 => (inner.clone(), prop::sample::select(methods.to_vec()), inner.clone())
                .prop_map(|(one, method, other)| format!("({one}).{method}({other})")),
            1 => inner.clone().prop_map(|it| format!("!({it})")),
            1 => inner.clone().prop_map(|it| format!("({it})")),
            1 => inner.clone().prop_map(|it| format!("size({it})")),
            1 => (inner.clone(), inner).prop_map(|(one, other)| format!("[{one}, {other}]")),
        ]
    })
}

proptest! {
    #[test]
    fn a_filter_has_the_same_result_as_in_cel(text in filters()) {
        prop_assert_eq!(ours(&text), theirs(&text), "{}", text);
    }

    #[test]
    fn any_string_is_parsed_or_rejected(text in any::<String>(), quoted in any::<String>()) {
        let _ = ours(&text);
        let literal = serde_json::to_string(&quoted).unwrap();
        prop_assert_eq!(ours(&format!("{literal} == {literal}")), Given::Bool(true));
    }
}

#[test]
fn invalid_filters_are_rejected_with_a_reason() {
    for (text, expected) in [
        ("", "ends too early"),
        ("a &&", "ends too early"),
        ("a = b", "`=` is not an operator; compare with `==`"),
        ("a b", "`b` is unexpected"),
        ("(a", "`(` is not closed"),
        ("(a]", "`)` is missing, and `]` is unexpected"),
        ("'a", "the string has no closing quote"),
        (r"'\q'", r"`\q` is not an escape sequence"),
        (r"'\u12'", r"`\u` has 4 digits"),
        (r"'\ud800'", "names no character"),
        ("1x", "\"1x\" is not a number"),
        ("99999999999999999999", "is not a number"),
        ("a.in", "`in` is unexpected"),
        ("for", "`for` is unexpected"),
    ] {
        let error = parse(text).unwrap_err();
        assert!(error.contains(expected), "{text}: {error}");
    }
    for (open, close) in
        [("(", ")"), ("[", "]"), ("!", ""), ("f(", ")"), ("a.", ""), ("1<", "")]
    {
        let error =
            parse(&format!("{}a{}", open.repeat(300), close.repeat(300))).unwrap_err();
        assert!(error.contains("more than 64"), "{open}: {error}");
    }
    assert!(parse(&vec!["a == b"; 300].join(" || ")).is_ok());
}

#[test]
fn times_are_compared_and_moved() {
    let now = Timestamp::now();
    let name = |name: &str| (name == "now").then_some(Value::Time(now));
    for (text, expected) in [
        ("now == timestamp(now)", true),
        ("timestamp(now).subtract('1h') < now", true),
        ("now.add('1d') >= now", true),
        ("timestamp('2020-01-01T00:00:00Z') < now", true),
        (
            "timestamp('2020-01-01T00:00:00+01:00') == timestamp('2019-12-31T23:00:00Z')",
            true,
        ),
        ("now != now", false),
    ] {
        assert_eq!(
            evaluate(&parse(text).unwrap(), &name),
            Ok(Value::Bool(expected)),
            "{text}"
        );
    }
    for text in [
        "now.add(1)",
        "now.add('1w')",
        "now.subtract('99999999h')",
        "timestamp('x')",
        "now < 'a'",
    ] {
        assert!(evaluate(&parse(text).unwrap(), &name).is_err(), "{text}");
    }
}
