//! The path finder alone: with truncated text, and with bytes that are not JSON.

use proptest::prelude::*;
use serde_json::Value;

use super::json_path;

const JSON: &str = r#"{"a": [1, {"b": "x,]}\"\\"}, []], "c d": {"": null}, "é": true}"#;

/// Returns the path after reading up to the end of `read`, which is the beginning of the text.
fn after(read: &str) -> String {
    assert!(JSON.starts_with(read), "{read}");
    json_path(JSON.as_bytes(), 1, read.len())
}

#[test]
fn the_path_follows_the_text() {
    for (read, path) in [
        ("", "$"),
        ("{", "$"),
        (r#"{"a"#, "$"),
        (r#"{"a":"#, "$.a"),
        (r#"{"a": ["#, "$.a[0]"),
        (r#"{"a": [1"#, "$.a[0]"),
        (r#"{"a": [1,"#, "$.a[1]"),
        (r#"{"a": [1, {"b": "x,"#, "$.a[1].b"),
        (r#"{"a": [1, {"b": "x,]}\"\\""#, "$.a[1].b"),
        (r#"{"a": [1, {"b": "x,]}\"\\"}"#, "$.a[1]"),
        (r#"{"a": [1, {"b": "x,]}\"\\"}, ["#, "$.a[2][0]"),
        (r#"{"a": [1, {"b": "x,]}\"\\"}, []]"#, "$.a"),
        (r#"{"a": [1, {"b": "x,]}\"\\"}, []],"#, "$"),
        (r#"{"a": [1, {"b": "x,]}\"\\"}, []], "c d":"#, r#"$["c d"]"#),
        (r#"{"a": [1, {"b": "x,]}\"\\"}, []], "c d": {"": n"#, r#"$["c d"][""]"#),
        (r#"{"a": [1, {"b": "x,]}\"\\"}, []], "c d": {"": null}, "é": t"#, "$.é"),
        (JSON, "$"),
    ] {
        assert_eq!(after(read), path, "{read}");
    }
}

#[test]
fn counts_lines_as_serde_json_does() {
    let json = "{\n  \"a\": [\n    true,\n    tru\n  ]\n}";
    let error = serde_json::from_str::<Value>(json).unwrap_err();
    assert_eq!(json_path(json.as_bytes(), error.line(), error.column()), "$.a[1]");
    assert_eq!(json_path(json.as_bytes(), 3, 0), "$.a[0]");
}

#[test]
fn a_position_outside_the_text_is_its_nearest_end() {
    for (line, column, path) in [
        (0, 0, "$"),
        (0, 99, "$"),
        (1, 999, "$[0]"),
        (99, 0, "$[0]"),
        (usize::MAX, usize::MAX, "$[0]"),
    ] {
        assert_eq!(json_path(b"[1", line, column), path);
    }
    assert_eq!(json_path(b"", 1, 1), "$");
}

#[test]
fn truncated_text_gives_the_path_of_its_end() {
    for end in 0..JSON.len() {
        let cut = &JSON.as_bytes()[..end];
        let error = serde_json::from_slice::<Value>(cut).unwrap_err();
        let path = json_path(cut, error.line(), error.column());
        assert_eq!(path, json_path(JSON.as_bytes(), 1, end));
    }
}

/// A step down: into a list after some elements, or into an object to the value of a key.
#[derive(Clone, Debug)]
enum Step {
    Index(usize),
    Word(String),
    Phrase(String),
}

impl Step {
    fn any() -> impl Strategy<Value = Self> {
        prop_oneof![
            (0_usize..4).prop_map(Self::Index),
            "[a-zA-Z0-9_é]{1,5}".prop_map(Self::Word),
            "[ -&\"\\\\\n\\[\\]{},:]{0,3}".prop_map(Self::Phrase),
        ]
    }

    /// Writes the step in JSON, after other values; and in a path.
    fn write(&self, space: &str) -> (String, String) {
        match self {
            Self::Index(index) => {
                let before = format!(r#"{{"x":[0,"]"]}}{space},"#).repeat(*index);
                (format!("[{space}{before}"), format!("[{index}]"))
            }
            Self::Word(key) => {
                (format!(r#"{{"_":[1,{{}}],{space}"{key}":{space}"#), format!(".{key}"))
            }
            Self::Phrase(key) => {
                let key = Value::from(key.as_str());
                (format!("{{{space}{key}{space}:"), format!("[{key}]"))
            }
        }
    }
}

proptest! {
    #[test]
    fn an_error_anywhere_is_located(steps in prop::collection::vec(Step::any(), 0..8), spaced: bool) {
        let space = if spaced { " \n\t" } else { "" };
        let (json, path): (String, String) = steps.iter().map(|step| step.write(space)).unzip();
        let json = json + "!";
        let error = serde_json::from_str::<Value>(&json).unwrap_err();
        let found = json_path(json.as_bytes(), error.line(), error.column());
        prop_assert_eq!(found, format!("${path}"), "{}", json);
    }

    #[test]
    fn any_bytes_and_positions_are_accepted(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        line in 0_usize..5,
        column in 0_usize..250,
    ) {
        prop_assert!(json_path(&bytes, line, column).starts_with('$'));
    }

    #[test]
    fn any_tokens_are_accepted(soup in r#"[\[\]{},:"\\a1 \n]{0,100}"#, line in 0_usize..9, column in 0_usize..110) {
        prop_assert!(json_path(soup.as_bytes(), line, column).starts_with('$'));
    }
}
