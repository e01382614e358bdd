//! Values of description files with their locations, and maps in the order of the text.

use std::collections::BTreeMap;

use ngrok_codegen::diagnostic::FileId;
use ngrok_codegen::spec::{Entries, Format, Span, Spanned};

#[test]
fn equal_values_are_equal_wherever_they_are() {
    let here = Spanned::new("a", Span::new(FileId(0), 1, 2));
    assert_eq!(here, Spanned::nowhere("a"));
    assert_ne!(here, Spanned::new("b", here.span));
    assert_eq!(here.map(str::len).span, Span::new(FileId(0), 1, 2));
}

#[test]
fn other_formats_have_no_places() {
    let value: Spanned<Vec<Spanned<u8>>> = serde_json::from_str("[1, 2]").unwrap();
    assert_eq!(value.len(), 2);
    assert!(value.span == Span::NOWHERE && value[1].span == Span::NOWHERE);
}

#[test]
fn samples_are_of_known_formats() {
    let samples = include_str!("../../src/example/formats.json");
    let samples: BTreeMap<String, String> = serde_json::from_str(samples).unwrap();
    assert!(!samples.is_empty());
    for name in samples.keys() {
        let format = serde_json::from_value::<Format>(name.as_str().into());
        assert!(format.is_ok(), "{name}");
    }
}

#[test]
fn the_order_of_the_text_is_kept() {
    let entries: Entries<u8> = serde_json::from_str(r#"{ "b": 1, "a": 2 }"#).unwrap();
    let keys: Vec<_> = entries.keys().map(|key| key.as_str()).collect();
    assert_eq!(keys, ["b", "a"]);
    assert_eq!(entries.get("a"), Some(&2));
    assert!(!entries.contains_key("c"));
}
