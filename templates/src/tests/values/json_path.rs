//! The path finder alone: over text that is cut off, and over bytes that are no JSON at all.

use proptest::prelude::*;
use serde_json::Value;

use super::json_path;

const JSON: &str = r#"{"a": [1, {"b": "x,]}\"\\"}, []], "c d": {"": null}, "é": true}"#;

/// The path once the text was read up to the end of `read`, which is its beginning.
fn after(read: &str) -> String {
    assert!(JSON.starts_with(read), "{read}");
    json_path(JSON.as_bytes(), 1, read.len())
}

#[test]
fn follows_what_was_read() {
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
fn a_place_outside_the_text_is_its_nearest_end() {
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
fn text_that_is_cut_off_leads_to_where_it_was_cut() {
    for end in 0..JSON.len() {
        let cut = &JSON.as_bytes()[..end];
        let error = serde_json::from_slice::<Value>(cut).unwrap_err();
        let path = json_path(cut, error.line(), error.column());
        assert_eq!(path, json_path(JSON.as_bytes(), 1, end));
    }
}

/// A value, and the path of its deepest last element with that element's place in the text.
fn deepest() -> impl Strategy<Value = (Vec<Result<usize, String>>, bool)> {
    let step = prop_oneof![
        (0_usize..4).prop_map(Ok),
        "[a-z_]{1,5}|[ \\-\"\\\\é]{1,3}".prop_map(Err)
    ];
    (prop::collection::vec(step, 0..8), any::<bool>())
}

/// Text that breaks off with a bad value after those steps, with siblings on the way; and the path to it.
fn broken(steps: &[Result<usize, String>], spaced: bool) -> (String, String) {
    let space = if spaced { "\n " } else { "" };
    let (mut json, mut path) = (String::new(), String::from("$"));
    for step in steps {
        match step {
            Ok(index) => {
                json += &format!("[{space}{}", r#"{"x":[0,"]"]},"#.repeat(*index));
                path += &format!("[{index}]");
            }
            Err(key) => {
                let key = Value::from(key.as_str()).to_string();
                json +=
                    &format!("{{{space}\"before\":[1,{{}}],{space}{key}{space}:{space}");
                let word = key
                    .trim_matches('"')
                    .chars()
                    .all(|c| c.is_alphanumeric() || c == '_');
                path += &if word {
                    format!(".{}", key.trim_matches('"'))
                } else {
                    format!("[{key}]")
                };
            }
        }
    }
    (json + "!", path)
}

proptest! {
    #[test]
    fn leads_to_a_syntax_error_anywhere((steps, spaced) in deepest()) {
        let (json, path) = broken(&steps, spaced);
        let error = serde_json::from_str::<Value>(&json).unwrap_err();
        prop_assert_eq!(json_path(json.as_bytes(), error.line(), error.column()), path, "{}", json);
    }

    #[test]
    fn takes_any_bytes_and_any_place(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        line in 0_usize..5,
        column in 0_usize..250,
    ) {
        prop_assert!(json_path(&bytes, line, column).starts_with('$'));
    }

    #[test]
    fn takes_any_soup_of_tokens(soup in r#"[\[\]{},:"\\a1 \n]{0,100}"#, line in 0_usize..9, column in 0_usize..110) {
        prop_assert!(json_path(soup.as_bytes(), line, column).starts_with('$'));
    }
}
