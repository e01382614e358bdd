//! Corrections of a document.

use ngrok_codegen::openapi::import::NoteKind;

use super::{SMALL, changed, imported, small};

fn with(overrides: &str) -> super::Files {
    let mut files = changed(&small(), &imported(SMALL, &small()));
    files.insert("overrides.yaml".to_owned(), overrides.to_owned());
    files
}

fn undecided(files: &super::Files) -> Vec<String> {
    let notes = imported(SMALL, files).notes.into_iter();
    notes
        .filter(|note| note.kind == NoteKind::Undecided)
        .map(|note| note.message)
        .collect()
}

#[test]
fn a_correction_resolves_an_undecided_difference() {
    let requires = "`weight` of Thing is nullable in update in the document, but not in the description";
    let before = undecided(&with("document: Small API\noverrides: []\n"));
    assert!(before.iter().any(|message| message == requires), "{before:?}");
    let after = undecided(&with(
        "document: Small API\noverrides:\n  - at: /components/schemas/ThingUpdate/properties/weight/nullable\n    remove: true\n    reason: It weighs something.\n",
    ));
    assert_eq!(after.len(), before.len() - 1);
    assert!(!after.iter().any(|message| message == requires));
}

#[test]
fn corrections_of_another_document_are_not_applied() {
    let text = "document: Another\noverrides:\n  - { at: /info, remove: true, reason: It is. }\n";
    assert!(
        undecided(&with(text))
            .iter()
            .any(|message| message.contains("none was applied"))
    );
}

#[test]
fn stale_corrections_are_reported_and_the_rest_is_imported() {
    let text = "document: Small API\noverrides:\n  - at: /components/schemas/Gone\n    remove: true\n    reason: It was.\n";
    let mut files = small();
    files.insert("overrides.yaml".to_owned(), text.to_owned());
    let done = imported(SMALL, &files);
    assert_eq!(done.files, imported(SMALL, &small()).files);
    let stale = done.notes.iter().find(|note| note.message.contains("/schemas/Gone"));
    insta::assert_snapshot!(format!("{stale:#?}"));
}

#[test]
fn the_corrections_of_this_repository_can_be_read() {
    let files = super::own();
    let text = files.get("overrides.yaml").expect("there are corrections");
    let (overrides, _, diagnostics) =
        ngrok_codegen::spec::parse_overrides("overrides.yaml", text);
    assert!(diagnostics.is_empty());
    assert!(
        overrides
            .is_some_and(|all| all.overrides.iter().all(|one| one.reason.len() > 10))
    );
}
