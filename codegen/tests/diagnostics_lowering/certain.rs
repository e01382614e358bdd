//! Diagnostics for a description of which a part cannot be read: everything that is certain, and nothing that may only be a consequence of
//! the missing part.

use super::{changed, codes_of};

/// A file that cannot be parsed.
const BROKEN: (&str, &str, &str) = ("old.yaml", "doc: No longer", "doc: \"No longer");

#[test]
fn errors_of_reading_and_lowering_are_reported_together() {
    let said = changed(&[
        BROKEN,
        ("boxes.yaml", "path: /boxes", "path: /boxes/"),
        ("things.yaml", "size: { type: int64, in", "size: { type: [int64], in"),
        ("things.yaml", "square:", "Round:"),
        ("errors.yaml", "KeyWrong", "KeyMissing"),
    ]);
    insta::assert_snapshot!(said);
}

#[test]
fn definitions_in_an_unreadable_part_are_not_reported_missing() {
    let missing = [
        ("things.yaml", "type: list of Part", "type: list of OldPart"),
        ("things.yaml", "use: size", "use: old_things"),
        ("boxes.yaml", "resource: Crate", "resource: OldThing"),
        ("boxes.yaml", "  get: Looks one up.", "  find: Looks one up."),
    ];
    let sound: Vec<_> = [BROKEN].into_iter().chain(missing).collect();
    assert_eq!(codes_of(&changed(&sound)), ["bad-yaml"]);
    assert!(
        codes_of(&changed(&missing)).len() > 3,
        "without the exception, everything is reported"
    );
}

#[test]
fn unreadable_entries_are_not_reported_missing() {
    let said = changed(&[
        ("things.yaml", "  create: Makes one.", "  create: [Makes one.]"),
        ("things.yaml", "    doc: Close by.", "    doc: [Close by.]"),
        (
            "things.yaml",
            "  box_id: { type: id Crate, doc: The box it is in. }",
            "  box_id: The box it is in.",
        ),
        ("api.yaml", "  uri: { type: string", "  uri: { type: [string]"),
    ]);
    assert_eq!(codes_of(&said), ["wrong-kind"; 4], "{said}");
}
