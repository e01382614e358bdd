//! YAML as it is printed.

use ngrok_codegen::yaml::{Map, Tree, house, to_json, to_yaml};

use proptest::prelude::*;

/// Strings that parsers misinterpret without quotes.
const TRAPS: &[&str] = &[
    "",
    " ",
    "a",
    "a: b",
    "- a",
    "#",
    "a #b",
    "'",
    "\"",
    "\\",
    "{a}",
    "[",
    "true",
    "No",
    "~",
    "null",
    "1",
    "1e3",
    "0x1f",
    ".5",
    "2025-12-31",
    "12:30",
    "a\nb",
    "a\n\nb\n",
    "\n",
    "\ta",
    "a ",
    "é",
    "\u{1}",
    "\u{feff}",
    "a, b",
    "?",
    "=",
    "<<",
    "*a",
    "&a",
    "!a",
    "|",
    ">",
    "%",
    "@",
    "`a`",
    "---",
    "...",
    "a:",
    ":a",
    "\u{85}",
    "\u{2028}",
];

fn tree() -> impl Strategy<Value = Tree> {
    let words =
        prop::collection::vec("[a-z#:-]{1,12}", 0..60).prop_map(|words| words.join(" "));
    let trap = prop::sample::select(TRAPS).prop_map(str::to_owned);
    let text = prop_oneof![trap, ".{0,40}", words];
    let leaf = prop_oneof![
        Just(Tree::Null),
        any::<bool>().prop_map(Tree::from),
        any::<i64>().prop_map(Tree::from),
        any::<i32>().prop_map(|eighths| Tree::from(f64::from(eighths) / 8.0)),
        text.clone().prop_map(Tree::from),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Tree::from),
            prop::collection::vec((text.clone(), inner), 0..6)
                .prop_map(|entries| Tree::Map(entries.into_iter().collect())),
        ]
    })
}

fn read(text: &str) -> serde_json::Value {
    match serde_yaml::from_str(text) {
        Ok(value) => value,
        Err(error) => panic!("{error}\n{text}"),
    }
}

proptest! {
    #[test]
    fn any_parser_reads_back_what_was_written(tree in tree()) {
        let value = serde_json::to_value(&tree).unwrap();
        prop_assert_eq!(read(&to_yaml(&tree)), value.clone(), "{}", to_yaml(&tree));
        let json: serde_json::Value = serde_json::from_str(&to_json(&tree)).unwrap();
        prop_assert_eq!(json, value.clone());
        if let Tree::Map(map) = &tree && !map.is_empty() {
            prop_assert_eq!(read(&house(map, 0)), value.clone(), "{}", house(map, 0));
            let inside = format!("key:\n{}", house(map, 2));
            prop_assert_eq!(read(&inside)["key"].clone(), value, "{}", inside);
        }
    }
}

#[test]
fn documents_are_written_in_blocks() {
    let responses =
        Map::new().with("200", Map::new().with("description", "Fine: it worked."));
    let map = Map::new()
        .with("openapi", "3.1.0")
        .with("since", "2025-12-31")
        .with("types", vec!["string", "null"])
        .with("responses", responses)
        .with("nothing", Tree::Null)
        .with("text", "One.\n\nTwo.\n")
        .with("empty", Map::new());
    insta::assert_snapshot!(to_yaml(&map.into()), @r#"
    openapi: 3.1.0
    since: "2025-12-31"
    types:
      - string
      - "null"
    responses:
      "200":
        description: "Fine: it worked."
    nothing: null
    text: |
      One.

      Two.
    empty: {}
    "#);
}

#[test]
fn descriptions_are_written_for_people() {
    let long = "Whether traffic that the policies do not allow is turned away; while `false`, it still gets through.";
    let cidr = Map::new()
        .with("type", "string")
        .with("in", vec!["response", "create!"])
        .with("doc", "A range, in CIDR.");
    let enforced = Map::new()
        .with("type", "bool")
        .with("in", vec!["response", "create"])
        .with("doc", format!("{long} {long}"));
    let fields = Map::new()
        .with("uri", Tree::Null)
        .with("cidr", cidr)
        .with("enforced", enforced)
        .section();
    let filter: Vec<_> = (0..24).map(|number| format!("field_{number}")).collect();
    let map = Map::new()
        .with("since", "2025-12-31")
        .with("filter", filter)
        .with("fields", fields)
        .section();
    insta::assert_snapshot!(house(&map, 0), @r#"
    since: 2025-12-31
    filter:
      [field_0, field_1, field_2, field_3, field_4, field_5, field_6, field_7, field_8, field_9, field_10, field_11,
       field_12, field_13, field_14, field_15, field_16, field_17, field_18, field_19, field_20, field_21, field_22,
       field_23]
    fields:
      uri:
      cidr: { type: string, in: [response, create!], doc: "A range, in CIDR." }
      enforced:
        type: bool
        in: [response, create]
        doc: >-
          Whether traffic that the policies do not allow is turned away; while `false`, it still gets through. Whether
          traffic that the policies do not allow is turned away; while `false`, it still gets through.
    "#);
}

#[test]
fn quotes_are_written_where_they_are_needed() {
    for (given, block, flow) in [
        ("plain", "plain", "plain"),
        ("create!~", "create!~", "create!~"),
        ("ref A | B", "ref A | B", "ref A | B"),
        ("Text, with a comma.", "Text, with a comma.", "\"Text, with a comma.\""),
        ("a: b", "\"a: b\"", "\"a: b\""),
        ("bind:", "\"bind:\"", "\"bind:\""),
        ("ip:port", "ip:port", "ip:port"),
        ("https://a.b/c", "https://a.b/c", "https://a.b/c"),
        ("`code` first", "\"`code` first\"", "\"`code` first\""),
        ("say \"no\"", "say \"no\"", "'say \"no\"'"),
        ("\"no\"", "'\"no\"'", "'\"no\"'"),
        ("No", "\"No\"", "\"No\""),
        ("1.3", "\"1.3\"", "\"1.3\""),
        ("3.1.0", "3.1.0", "3.1.0"),
        ("0x1f", "\"0x1f\"", "\"0x1f\""),
        ("4XX", "4XX", "4XX"),
        ("2026-01-02T15:04:05Z", "\"2026-01-02T15:04:05Z\"", "\"2026-01-02T15:04:05Z\""),
        ("", "\"\"", "\"\""),
        ("/a/{id}", "/a/{id}", "\"/a/{id}\""),
    ] {
        let map = Map::new().with("in_block", given).with("in_flow", vec![given]);
        assert_eq!(house(&map, 0), format!("in_block: {block}\nin_flow: [{flow}]\n"));
    }
    let codes = Map::new().with("200", "2025-12-31");
    assert_eq!(house(&codes, 0), "200: 2025-12-31\n", "keys are strings in any form");
    assert_eq!(to_yaml(&codes.into()), "\"200\": \"2025-12-31\"\n");
}

#[test]
fn exponents_are_written_for_old_parsers() {
    let large = Map::new().with("a", 1e300);
    assert_eq!(to_yaml(&large.into()), "a: 1.0e+300\n");
}
