//! Corrections of a document.

use ngrok_codegen::openapi::import::{self, NoteKind, Refused, Source};

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
fn a_correction_settles_what_was_undecided() {
    let requires =
        "the document requires `color` of FolderCreate, the description does not";
    let before = undecided(&with("document: Small API\noverrides: []\n"));
    assert!(before.iter().any(|message| message == requires), "{before:?}");
    let after = undecided(&with(
        "document: Small API\noverrides:\n  - at: /components/schemas/FolderCreate/required\n    without: color\n    reason: It has a default.\n",
    ));
    assert_eq!(after.len(), before.len() - 1);
    assert!(!after.iter().any(|message| message == requires));
}

#[test]
fn corrections_of_another_document_are_not_made() {
    let text = "document: Another\noverrides:\n  - { at: /info, remove: true, reason: It is. }\n";
    assert!(
        undecided(&with(text)).iter().any(|message| message.contains("none was made"))
    );
}

#[test]
fn a_correction_that_no_longer_applies_is_shown_in_its_file() {
    let text = "document: Small API\noverrides:\n  - at: /components/schemas/Gone\n    remove: true\n    reason: It was.\n";
    let source = Source { name: "document.yaml", text: SMALL };
    let Err(Refused::Description(diagnostics, sources)) =
        import::import(source, &with(text), false)
    else {
        panic!("it is refused");
    };
    let shown = diagnostics.render(&sources, ngrok_codegen::diagnostic::Color::Never);
    insta::assert_snapshot!(shown);
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
