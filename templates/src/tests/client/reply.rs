//! Decoding of successful responses, and locations of decoding errors.

use std::error::Error as _;

use http::StatusCode;
use ngrok_client_core::Reply;
use serde_json::Value;

use super::{exchange, response};
use crate::runtime::Page;
use crate::runtime::{Error, ErrorKind, Result, Timestamp};

fn reply(status: u16, body: impl AsRef<[u8]>) -> Reply {
    let headers = [("example-operation-id", "op_1")];
    exchange("ThingsList", response(status, &headers, body)).expect("a reply")
}

fn page(body: impl AsRef<[u8]>) -> Result<Page<Value>> {
    Page::decode(&reply(200, body))
}

#[test]
fn a_call_without_a_result_accepts_any_body() {
    for body in ["", "null", "{\"id\":\"t_1\"}", "<html>"] {
        assert!(reply(204, body).decode::<()>().is_ok(), "{body}");
    }
}

#[test]
fn an_empty_body_is_an_error() {
    for body in ["", " \n"] {
        let error = reply(200, body).decode::<Value>().unwrap_err();
        assert!(error.is_decode());
        let line = "ThingsList: the response (200 OK) cannot be decoded: it is empty (operation op_1)";
        assert_eq!(error.to_string(), line);
        assert!(page(body).unwrap_err().is_decode());
    }
}

#[test]
fn a_decode_error_has_a_location() {
    let body = "{\"things\": [\"a\",\n \"b\", 3, \"secret\"], \"uri\": \"x\"}";
    let error: Error = Page::<String>::decode(&reply(200, body)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert_eq!(error.json_path(), Some("$.things[2]"));
    assert_eq!(error.operation(), Some("ThingsList"));
    assert_eq!(error.operation_id(), Some("op_1"));
    assert!(error.body().unwrap().contains("secret"));
    assert!(error.source().is_none(), "it could contain the response");
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(
            text.contains("$.things[2]") && text.contains("line 2 column 7"),
            "{text}"
        );
        assert!(!text.contains("secret"), "{text}");
    }
}

#[test]
fn the_excerpt_is_the_part_around_the_error() {
    let filler = "\"x\",".repeat(10_000);
    let body = format!("{{\"things\":[{filler}\n{filler} 7, {filler} \"y\"]}}");
    let error = Page::<String>::decode(&reply(200, body)).unwrap_err();
    let excerpt = error.body().unwrap();
    assert!(excerpt.contains(" 7, "), "{excerpt}");
    assert!(excerpt.len() < 600, "{}", excerpt.len());
    assert_eq!(error.json_path(), Some("$.things[20000]"));
}

#[test]
fn invalid_json_is_a_decode_error_too() {
    for body in ["<html>", "{\"things\":[", "{} {}", "[]", "{\"things\":7}"] {
        let error = page(body).unwrap_err();
        assert!(error.is_decode(), "{body}");
        assert!(error.body().is_some() && error.json_path().is_some(), "{body}");
    }
    let error = page(b"{\"things\":[\"\xff\"]}").unwrap_err();
    assert!(error.is_decode() && error.body().unwrap().contains('\u{fffd}'));
}

#[test]
fn tolerable_mistakes_in_json_are_accepted() {
    let read = page("\u{feff}{\"things\":[null,1,null]}").unwrap();
    assert_eq!(read.items, [1]);
    let body = r#"{"things":["a\ud83d","b"],"uri":"\udead"}"#;
    let read = Page::<String>::decode(&reply(200, body)).unwrap();
    assert_eq!(
        (read.items, read.uri),
        (vec!["a\u{fffd}".into(), "b".into()], "\u{fffd}".into())
    );
    let times = r#"{"things":["","2024-01-02T03:04:05+0100","2024-01-02T03:04:05"]}"#;
    let read = Page::<Timestamp>::decode(&reply(200, times)).unwrap();
    let shown: Vec<_> = read.items.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        ["0001-01-01T00:00:00Z", "2024-01-02T02:04:05Z", "2024-01-02T03:04:05Z"]
    );
    for wrong in [
        "yesterday",
        "2024-01-02T03:04:05+01",
        "2024-13-02T03:04:05+0100",
        "+0100",
        "é0100",
    ] {
        let body = format!(r#"{{"things":["{wrong}"]}}"#);
        assert!(Page::<Timestamp>::decode(&reply(200, body)).is_err(), "{wrong}");
    }
}

#[test]
fn a_page_has_its_items_under_the_key_of_its_list() {
    let read =
        page(r#"{"other":[9],"things":[1,2],"uri":"u","next_page_uri":"n","new":{}}"#);
    let read = read.unwrap();
    assert_eq!(read.items, [1, 2]);
    assert_eq!((read.uri.as_str(), read.next_page_uri.as_deref()), ("u", Some("n")));
    assert!(read.has_next());
}

#[test]
fn absent_parts_of_a_page_are_empty() {
    let cases = [
        "{}",
        r#"{"things":null,"uri":null,"next_page_uri":null}"#,
        r#"{"things":[],"uri":"","next_page_uri":""}"#,
    ];
    for body in cases {
        let read = page(body).unwrap();
        assert!(
            read.items.is_empty() && read.uri.is_empty() && !read.has_next(),
            "{body}"
        );
    }
}

#[test]
fn an_undecodable_response_is_not_shown() {
    let read = |body: &str| reply(200, body).decode::<Vec<bool>>().unwrap_err();
    for body in [r#""s3cret""#, r#"["s3\"cret"]"#, "[true, 53217]", "[5.3217]"] {
        let error = Error::from(read(body));
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(!shown.contains("cret") && !shown.contains("3217"), "{shown}");
        assert!(shown.contains("invalid type: "), "{shown}");
        assert!(error.body().unwrap().contains(body), "but it can be asked for");
    }
}
