//! Trees of values.

use ngrok_codegen::yaml::{Map, Tree};

#[test]
fn maps_keep_their_order() {
    let map = Map::new().with("b", 1_i64).with("a", 2_i64).with("b", 3_i64);
    assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"b":3,"a":2}"#);
}

#[test]
fn what_says_nothing_is_left_out() {
    let map = Map::new()
        .with_filled("list", Vec::<Tree>::new())
        .with_filled("text", "")
        .with_some("option", None::<&str>)
        .with_flag("flag", false);
    assert!(map.is_empty());
}

#[test]
fn whole_numbers_have_no_fraction() {
    assert_eq!(Tree::from(10_000.0), Tree::from(10_000_i64));
    assert_eq!(serde_json::to_string(&Tree::from(0.5)).unwrap(), "0.5");
    assert_eq!(Tree::from(f64::NAN), Tree::Null);
}
