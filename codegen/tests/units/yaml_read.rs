//! YAML as it is read, in files of a description and in other documents.

use ngrok_codegen::spec::parse_overrides;
use ngrok_codegen::yaml::edit::{Change, Edit, apply};
use serde_json::{Value, json};

/// Returns a value of a file of a description.
fn read(value: &str) -> Value {
    let text = format!(
        "document: A\noverrides:\n  - {{ at: /a, set: [{value}], reason: why }}\n"
    );
    let (overrides, ..) = parse_overrides("overrides.yaml", &text);
    let set = overrides.expect("it can be read").overrides.remove(0).set;
    set.expect("there is a value")[0].clone()
}

#[test]
fn scalars_follow_the_core_schema() {
    for (text, value) in [
        ("~", Value::Null),
        ("True", json!(true)),
        ("-12", json!(-12)),
        ("0x1F", json!(31)),
        ("0o17", json!(15)),
        ("18446744073709551615", json!(u64::MAX)),
        ("1.5e3", json!(1500.0)),
        ("'12'", json!("12")),
    ] {
        assert_eq!(read(text), value, "{text}");
    }
    for text in [
        "yes", "no", "on", "1_000", "1.2.3", "+", "e", "0x", "0x+1", ".inf", "nan",
        "1e999",
    ] {
        assert_eq!(read(text), json!(text));
    }
}

/// Adds a key to a document, or returns the reason why not.
fn edit(text: &str) -> Result<String, String> {
    let change =
        Change::Set { key: "new".to_owned(), value: true.into(), after: Vec::new() };
    let edit = Edit::new(Vec::<String>::new(), change);
    apply(text, &[edit]).map_err(|error| error.message)
}

#[test]
fn aliases_of_documents_are_expanded_up_to_a_limit() {
    assert!(edit("a: &a { b: 1 }\nc: *a\n").is_ok());
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, inner) in ('b'..='k').zip('a'..='j') {
        let items = vec![format!("*{inner}"); 10].join(", ");
        bomb.extend([format!("{name}: &{name} [{items}]\n")]);
    }
    let error = edit(&bomb).expect_err("it is far too large");
    assert!(error.contains("exceeds the maximum"), "{error}");
    let error = edit("a: &a [*a]\n").expect_err("it is endless");
    assert!(error.contains("its own parent"), "{error}");
}

#[test]
fn documents_may_have_more_values_than_aliases_may_add() {
    let text = format!("a: [{}1]\n", "1,".repeat(1_000_000));
    // It is parsed, and not written again.
    let change = Change::Remove { key: "missing".to_owned() };
    let edited = apply(&text, &[Edit::new(Vec::<String>::new(), change)]);
    assert!(edited.is_ok_and(|edited| edited == text));
}
