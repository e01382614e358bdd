//! Trees as text.
//!
//! Enters a [`Tree`]; leaves YAML or JSON that any parser, of any age, reads back as the same values. Does not know what
//! a tree is about.

mod block;
mod fold;
mod scalar;

use super::Tree;

/// The longest line of text, where words allow.
const WIDTH: usize = 118;

/// A tree as a YAML document, each key on a line of its own.
#[must_use]
pub fn to_yaml(tree: &Tree) -> String {
    match tree {
        Tree::Map(map) if !map.is_empty() => block::map(map, 0),
        Tree::List(items) if !items.is_empty() => block::list(items, 0),
        other => scalar::value(other) + "\n",
    }
}

/// A tree as a JSON document.
#[must_use]
pub fn to_json(tree: &Tree) -> String {
    format!("{:#}\n", Json(tree))
}

/// Prints a tree as JSON; a tree has nothing in it that JSON could not say.
struct Json<'a>(&'a Tree);

impl std::fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = serde_json::to_string_pretty(self.0).map_err(|_| std::fmt::Error)?;
        f.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Map;
    use super::*;

    /// Texts that a careless writer would let a parser take for something else.
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
        let words = prop::collection::vec("[a-z#:-]{1,12}", 0..60)
            .prop_map(|words| words.join(" "));
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
            let entries = prop::collection::vec((text.clone(), inner.clone()), 0..6);
            prop_oneof![
                prop::collection::vec(inner, 0..6).prop_map(Tree::from),
                entries.prop_map(|entries| Tree::Map(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_parser_reads_back_what_was_written(tree in tree()) {
            let value = serde_json::to_value(&tree).unwrap();
            let yaml = to_yaml(&tree);
            let read: Result<serde_json::Value, _> = serde_yaml::from_str(&yaml);
            prop_assert!(read.is_ok(), "{yaml}");
            prop_assert_eq!(read.unwrap(), value.clone(), "{}", yaml);
            let json: serde_json::Value = serde_json::from_str(&to_json(&tree)).unwrap();
            prop_assert_eq!(json, value);
        }
    }

    #[test]
    fn documents_are_written_in_blocks() {
        let answer = Map::new().with("description", "Fine: it worked.");
        let map = Map::new()
            .with("openapi", "3.1.0")
            .with("since", "2025-12-31")
            .with("types", vec!["string", "null"])
            .with("responses", Map::new().with("200", answer))
            .with("nothing", Tree::Null)
            .with("text", "One.\n\nTwo.\n")
            .with("long", "word ".repeat(25).trim())
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
        long: >-
          word word word word word word word word word word word word word word word word word word word word word word word
          word word
        empty: {}
        "#);
    }
}
