//! Request bodies that programs read: what a misspelled key and a missing value do.

use super::models::{Part, RuleCreate};
use super::{decode, decode_error, encode};
use crate::runtime::Patch;

#[test]
fn a_complete_body_is_read_and_written() {
    let json = r#"{"name":"n","type":"t","note":null,"part":{"enabled":true},"target":{"queue":{"url":"u"}}}"#;
    let body: RuleCreate = decode(json);
    assert_eq!((body.note.clone(), body.type_.as_str()), (Patch::Null, "t"));
    assert_eq!(encode(&body).to_string().len(), json.len());
    let least: RuleCreate = decode(r#"{"type":"","name":"","part":null}"#);
    assert_eq!((least.note, least.part), (Patch::Unset, None));
}

#[test]
fn an_unknown_key_is_an_error_at_any_depth() {
    for (json, path, name) in [
        (r#"{"name":"n","type":"t","nmae":1}"#, "$", "nmae"),
        (r#"{"name":"n","type":"t","part":{"enabled":true,"x":[]}}"#, "$.part", "x"),
        (r#"{"name":"n","type":"t","target":{"other":{}}}"#, "$.target", "other"),
    ] {
        let (at, message) = decode_error::<RuleCreate>(json);
        assert!(at.starts_with(path), "{at}");
        assert!(message.starts_with(&format!("unknown field `{name}`")), "{message}");
    }
    let (_, message) = decode_error::<RuleCreate>(r#"{"x":1}"#);
    assert!(message.contains("expected one of `name`, `type`, `note`"), "{message}");
}

#[test]
fn a_missing_or_null_required_field_is_an_error_that_names_it() {
    for (json, name) in [
        ("{}", "name"),
        (r#"{"name":"n"}"#, "type"),
        (r#"{"name":null,"type":"t"}"#, "name"),
        (r#"{"name":"n","type":"t","part":{}}"#, "enabled"),
    ] {
        let (_, message) = decode_error::<RuleCreate>(json);
        assert_eq!(message, format!("missing field `{name}`"), "{json}");
    }
}

#[test]
fn a_part_that_responses_have_too_is_read_leniently_outside_of_bodies() {
    assert_eq!(decode::<Part>(r#"{"new":1}"#), Part { enabled: false });
    // Neither does a body that failed leave anything behind.
    decode_error::<RuleCreate>(r#"{"part":{"x":1}}"#);
    assert_eq!(decode::<Part>("{}"), Part { enabled: false });
}
