//! Prose of a description as lines of rustdoc.

use ngrok_codegen::model::{Field, Record};
use ngrok_codegen::rust::docs::{WIDTH, lines, of_field};
use serde_json::{Value, json};

fn shown(text: &str) -> String {
    lines(text).join("\n")
}

#[test]
fn paragraphs_are_wrapped_and_joined() {
    let text = format!("{}\nand\nmore.\n\n\nNext.", "word ".repeat(30));
    let lines = lines(&text);
    assert!(lines.iter().all(|line| line.len() <= WIDTH), "{lines:#?}");
    assert_eq!(
        lines[1..],
        [
            "word word word word word word word word word word word word and more.",
            "",
            "Next."
        ]
    );
}

#[test]
fn code_is_kept_and_never_run() {
    for (text, expected) in [
        ("A:\n```\nlet x;\n\n  # y\n```\nB.", "A:\n```text\nlet x;\n\n  # y\n```\nB."),
        ("```rust\nfn f() {}\n```", "```text\nfn f() {}\n```"),
        ("```json\n{}", "```text\n{}\n```"),
        ("~~~~\n```\n~~~~", "~~~~text\n```\n~~~~"),
        ("- a\n  ```\n  x\n  ```", "- a\n```text\nx\n```"),
    ] {
        assert_eq!(shown(text), expected);
    }
}

#[test]
fn lists_and_tables_stay_what_they_are() {
    let long = "word ".repeat(30);
    for (text, expected) in [
        ("One of:\n- a\n- b\n  c", "One of:\n- a\n- b c"),
        ("1. a\n2) b", "1. a\n2) b"),
        ("- a\n  - b", "- a\n  - b"),
        (
            "| a | b |\n|---|---|\n| `c` | [d] |",
            "| a | b |\n|---|---|\n| `c` | \\[d\\] |",
        ),
        ("# Title\ntext", "# Title\ntext"),
    ] {
        assert_eq!(shown(text), expected);
    }
    let row = format!("| {long} |");
    assert_eq!(shown(&row), row, "a row is one line");
    let item = lines(&format!("- {long}"));
    assert!(item[1].starts_with("  word"), "{item:#?}");
}

#[test]
fn no_line_of_a_paragraph_begins_something_else() {
    let filler = "x".repeat(WIDTH - 2);
    for word in ["-", "+", "*", "1.", "12)", "#", "###", "~~~", "```x```"] {
        let lines = lines(&format!("{filler} {word} more"));
        assert!(lines[0].ends_with(word) || lines.len() == 1, "{lines:#?}");
    }
    assert_eq!(shown(&format!("{filler} --- more")), format!("{filler}\n\\--- more"));
}

#[test]
fn what_no_comment_may_hold_is_taken_out() {
    assert_eq!(shown("a\u{202e}b\rc\td\u{0}e"), "ab c d e");
    assert_eq!(shown("```\na\rb\n```"), "```text\na b\n```");
}

/// Returns the documentation of a field of a body.
fn of(field: Value) -> Vec<String> {
    let record = serde_json::from_value::<Record>(json!({ "in_requests": true }));
    let field = serde_json::from_value::<Field>(field);
    of_field(&field.expect("a field"), &record.expect("a record"))
}

#[test]
fn more_goes_where_it_reads_well() {
    let more = "Up to 9 bytes.";
    for (docs, expected) in [
        ("A.", vec!["A. Up to 9 bytes."]),
        ("A.\n\nC.", vec!["A.", "", "C.", "", more]),
        ("- A", vec!["- A", "", more]),
        ("```\nA\n```", vec!["```text", "A", "```", "", more]),
    ] {
        let field = json!({ "wire": "a", "docs": docs, "rules": { "max_bytes": 9 } });
        assert_eq!(of(field), expected);
    }
}

#[test]
fn code_may_have_backticks() {
    for (default, expected) in
        [("a", "`a`"), ("a`b", "``a`b``"), ("`a", "`` `a ``"), ("```", "```` ``` ````")]
    {
        let field = json!({ "wire": "a", "docs": "A.", "default": default });
        assert_eq!(of(field), [format!("A. Default: {expected}.")]);
    }
}

#[test]
fn plain_words_are_not_markup() {
    for (text, expected) in [
        ("a <b> [c] `<d> [e]`", r"a \<b\> \[c\] `<d> [e]`"),
        ("a lonely ` here <x>", r"a lonely \` here \<x\>"),
        ("`whole`", "`whole`"),
        ("``a ` b [c]`` [d]", r"``a ` b [c]`` \[d\]"),
        ("``` `a` ``", r"\`\`\` `a` \`\`"),
        (r"a \[b\] \ c \` `d`", r"a \[b\] \ c \` `d`"),
        ("*/ and {} & ü", "*/ and {} & ü"),
        ("a -> b => c", r"a -\> b =\> c"),
    ] {
        assert_eq!(shown(text), expected);
    }
}

#[test]
fn addresses_become_links() {
    for (text, expected) in [
        ("see https://ngrok.com/docs.", "see <https://ngrok.com/docs>."),
        ("(https://a.b/c)", "(<https://a.b/c>)"),
        ("(see https://a.b/c_(d).)", "(see <https://a.b/c_(d)>.)"),
        ("<https://a.b>", "<https://a.b>"),
        ("<https://a.b c>", r"\<<https://a.b> c\>"),
        ("[a [b]](https://c.d)", r"\[a \[b\]\](<https://c.d>)"),
        ("[a <b>](https://c.d)!", r"[a \<b\>](https://c.d)!"),
        ("[a](other)", r"\[a\](other)"),
        ("https:// http:// h", "https:// http:// h"),
        ("`https://a.b`", "`https://a.b`"),
        ("https://*.ngrok.io/{id}", "<https://*.ngrok.io/{id}>"),
    ] {
        assert_eq!(shown(text), expected);
    }
}
