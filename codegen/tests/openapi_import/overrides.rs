//! Corrections of a document.

use ngrok_codegen::openapi::import::{self, Note, NoteKind, Refused, Source};

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

/// Returns the files, and the notes on corrections, after an import with these.
fn corrected(overrides: &str) -> Result<(super::Files, Vec<String>), String> {
    let mut files = small();
    let text = format!("document: Small API\noverrides:\n{overrides}");
    files.insert("overrides.yaml".to_owned(), text);
    let source = Source { name: "document.yaml", text: SMALL };
    match import::import(source, &files, false) {
        Ok(done) => {
            let of_corrections = |note: &&Note| {
                note.description.as_ref().is_some_and(|it| it.file == "overrides.yaml")
            };
            let notes = done.notes.iter().filter(of_corrections);
            let messages = notes.map(|note| note.message.clone()).collect();
            Ok((changed(&files, &done), messages))
        }
        Err(Refused::Description(diagnostics, _)) => {
            let messages = diagnostics.iter().map(|it| it.message.clone());
            Err(messages.collect::<Vec<_>>().join("; "))
        }
        Err(Refused::Document(remark)) => Err(remark.message),
    }
}

#[test]
fn corrections_change_the_document() {
    let (files, notes) = corrected(
        "  - { at: /info/version, set: B, reason: It is. }
  - { at: /components/schemas/Thing/properties/fresh, set: { type: string, description: New. }, reason: It is. }
  - { at: '/paths/~1folders/get/parameters/[name=owner]', remove: true, reason: It is. }
  - { at: /paths/~1folders/get/tags, without: Folders, reason: It is. }
",
    )
    .expect("valid corrections");
    assert!(notes.is_empty(), "{notes:?}");
    assert!(files["imported.yaml"].contains("version: B\n"));
    assert!(files["resources/things.yaml"].contains("\n  fresh: { type: string, "));
    let folders = &files["resources/folders.yaml"];
    assert!(folders.contains("colors:") && !folders.contains("owner:"), "{folders}");
}

#[test]
fn stale_corrections_are_reported_and_the_others_are_applied() {
    let needless = "the document already contains the correction";
    for (overrides, expected) in [
        (
            "  - { at: /info/titel, remove: true, reason: a }",
            "`/info/titel` does not exist in the document",
        ),
        (
            "  - { at: '/paths/~1folders/get/parameters/[name=z]', remove: true, reason: a }",
            "does not exist in the document",
        ),
        ("  - { at: /openapi, set: 3.0.0, reason: a }", needless),
        ("  - { at: /paths/~1folders/get/tags, without: c, reason: a }", needless),
    ] {
        let last = "  - { at: /info/version, set: 2, reason: a }\n";
        let (files, notes) =
            corrected(&format!("{overrides}\n{last}")).expect("valid corrections");
        let [note] = notes.as_slice() else { panic!("{overrides}: {notes:?}") };
        assert!(note.contains(expected), "{overrides}: {note}");
        assert!(files["imported.yaml"].contains("version: \"2\"\n"), "{overrides}");
    }
}

#[test]
fn there_may_be_no_corrections() {
    for overrides in ["", "  []\n"] {
        let (_, notes) = corrected(overrides).expect("valid corrections");
        assert!(notes.is_empty(), "{notes:?}");
    }
}

#[test]
fn invalid_corrections_are_errors() {
    for (overrides, expected) in [
        ("  - { at: /list, reason: a }", "a correction has one of"),
        ("  - { at: list, remove: true, reason: a }", "is no JSON pointer"),
        ("  - { at: /list, remove: true, reason: '' }", "a correction has a reason"),
        ("  - { at: /list, remove: true }", "missing key `reason`"),
    ] {
        let error = corrected(overrides).expect_err("an error");
        assert!(error.contains(expected), "{overrides}: {error}");
    }
}
