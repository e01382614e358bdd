//! Facts in the prose of a document.

use super::{Files, changed, describe};

/// Returns the description of a field of any type with this prose.
fn field(kind: &str, prose: &str) -> String {
    let prose = prose.replace('\'', "''").replace('\n', "\n\n");
    let document = format!(
        "openapi: 3.0.3
info: {{ title: Things, version: '1' }}
servers: [{{ url: https://api.example.com }}]
paths:
  /things/{{id}}:
    get:
      tags: [Things]
      parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]
      responses: {{ '200': {{ description: ok, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing' }} }} }} }} }}
components:
  schemas:
    Thing:
      type: object
      properties:
        id: {{ type: string }}
        it:
          type: {kind}
          description: '{prose}'
"
    );
    let files = changed(&Files::new(), &describe(&document));
    let text = &files["resources/things.yaml"];
    let start = text.find("\n  it:").expect("the field");
    let lines = text[start..].trim_start().lines().enumerate();
    let own = lines.take_while(|(at, line)| *at == 0 || line.starts_with("    "));
    own.map(|(_, line)| line.trim()).collect::<Vec<_>>().join(" ")
}

fn check(kind: &str, cases: &[(&str, &str)]) {
    for (prose, expected) in cases {
        let field = field(kind, prose);
        assert!(field.contains(expected), "{prose}: {field}");
    }
}

#[test]
fn values_are_listed_in_many_ways() {
    for text in [
        "The action. One of `allow`, `deny` or `log`.",
        "must be one of `allow`, `deny`, or `log`",
        "Possible values are `allow`, `deny` and `log`, no others.",
        "Valid values: \"allow\", \"deny\", \"log\".",
        "What to do; one of: `allow`/`deny`/`log`",
        "either `allow` or `deny`",
    ] {
        check("string", &[(text, "type: ThingIt")]);
    }
    for text in ["one of the rules", "a `b` c", "either way", "one of `a`"] {
        check("string", &[(text, "type: string")]);
    }
}

#[test]
fn limits_need_a_word_that_makes_them_one() {
    check(
        "string",
        &[
            ("A name, max 255 bytes.", "max_bytes: 255"),
            ("optional, at most 4,096 characters long", "max_len: 4096"),
            ("Limited to 1024 characters", "max_len: 1024"),
            ("Arbitrary text of 4096 bytes maximum", "max_bytes: 4096"),
        ],
    );
    assert!(!field("string", "It had 255 bytes once").contains("max_"));
    check("integer", &[("Must be between 1 and 128.", "min: 1, max: 128")]);
}

#[test]
fn other_facts_are_recognized() {
    check(
        "string",
        &[
            ("timestamp when it was made, RFC 3339 format", "type: timestamp"),
            ("the CIDR, in CIDR notation", "format: cidr"),
            ("Defaults to `eu`.", "default: eu"),
            ("Deprecated.", "deprecated: true"),
            ("This field is deprecated.", "deprecated: true"),
            (
                "**Deprecated**: not supported since 2025-12-31; use `id`.",
                "deprecated: { use: id, since: 2025-12-31 }",
            ),
        ],
    );
    assert!(!field("string", "It was deprecated once").contains("deprecated: "));
}

#[test]
fn sentences_that_contain_only_facts_are_removed() {
    check(
        "string",
        &[
            (
                "A name. Up to 255 bytes. Default: `x`.",
                "default: x, max_bytes: 255, doc: A name. }",
            ),
            (
                "What happens, one of `a` or `b`. And more.",
                "doc: \"What happens, one of `a` or `b`. And more.\"",
            ),
        ],
    );
    check("number", &[("A share. From 0 to 1.", "min: 0, max: 1, doc: A share. }")]);
}
