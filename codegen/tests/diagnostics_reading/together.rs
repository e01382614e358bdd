//! All errors are reported together, and valid parts are kept.

use super::{API, ERRORS, THINGS, read, read_files, shown, traps};

const MANY: &str = "noun: [thing]
nuons: thinges
resource: Thing
path: 5
operations:
  get: [a]
  list: { doc: 1, statsu: 200, paged: maybe }
  update: Changes it.
fields:
  id: th
  size: { type: [uint32], max_bytes: -1, formt: hex }
  kind: { type: Kind }
constraints:
  - { one_of: size, errors: [a, 200, b] }
  - { on_of: [size] }
  - []
types:
  Part: { fields: { name: 5 } }
  Whole: {}
enums:
  Kind: { values: { good: 1, bad: [] } }
  Size: {}
";

traps! {
    everything_wrong_in_a_file_is_reported: shown(&read(MANY)),
    everything_wrong_in_all_files_is_reported: shown(&read_files(&[
        ("resources/b.yaml", "noun: 'b\n"),
        ("resources/a.yaml", &THINGS.replace("noun:", "nuon:")),
        ("errors.yaml", &ERRORS.replace("topic:", "topics:")),
        ("api.yaml", &API.replace("length: 27", "length: long")),
        ("resources/Other.yml", "noun: c\n"),
    ])),
    what_can_be_read_is_kept: format!("{:#?}", kept()),
}

/// Returns the entries that remain of a file with many errors.
fn kept() -> Vec<(&'static str, Vec<String>)> {
    let entries = MANY.split_once("operations:").map_or("", |(_, entries)| entries);
    let head = THINGS.split_once("operations:").map_or("", |(head, _)| head);
    let spec =
        read(&format!("{head}operations:{entries}")).spec.expect("the head is right");
    let resource = &spec.resources[0].resource;
    let owned = |key: &ngrok_codegen::spec::Spanned<String>| key.to_string();
    let size = resource
        .fields
        .get("size")
        .and_then(Option::as_ref)
        .expect("only parts of it are wrong");
    vec![
        ("operations", resource.operations.keys().map(owned).collect()),
        ("fields", resource.fields.keys().map(owned).collect()),
        ("kind of `size`", size.kind.iter().map(owned).collect()),
        (
            "constraints",
            resource
                .constraints
                .iter()
                .map(|constraint| format!("{:?}", constraint.errors))
                .collect(),
        ),
        ("types", resource.types.keys().map(owned).collect()),
        ("enums", resource.enums.keys().map(owned).collect()),
    ]
}

#[test]
fn a_thousand_errors_are_reported_quickly() {
    let mistakes: Vec<_> = (0..1000).map(|n| format!("  wrong_{n}: [a]\n")).collect();
    let mistakes = mistakes.concat();
    let loaded =
        read(&THINGS.replace("operations:\n", &format!("operations:\n{mistakes}")));
    assert!(loaded.diagnostics.len() >= 1000, "{}", loaded.diagnostics.len());
}
