//! New parts of a document are added to the existing files, and nothing else in them changes.

use ngrok_codegen::openapi::import::{self, NoteKind, Source};

use super::{SMALL, changed, imported, model, small, told, unrefused};

#[test]
fn what_is_new_is_added_and_the_rest_is_told() {
    let done = imported(SMALL, &small());
    insta::assert_snapshot!(told(&small(), &done));
}

#[test]
fn a_second_import_changes_nothing() {
    let files = changed(&small(), &imported(SMALL, &small()));
    model(&files);
    let again = imported(SMALL, &files);
    assert!(again.files.is_empty(), "{}", told(&files, &again));
    assert!(again.notes.iter().all(|note| note.kind != NoteKind::Added));
}

#[test]
fn what_is_gone_is_taken_out_where_that_is_asked_for() {
    let files = changed(&small(), &imported(SMALL, &small()));
    let source = Source { name: "document.yaml", text: SMALL };
    let done = unrefused(import::import(source, &files, true));
    let pruned = changed(&files, &done);
    model(&pruned);
    let removed: Vec<_> =
        done.notes.iter().filter(|note| note.kind == NoteKind::Removed).collect();
    let messages: Vec<_> = removed.iter().map(|note| note.message.as_str()).collect();
    insta::assert_snapshot!(
        "removed",
        messages.join(
            "
"
        )
    );
    let diff = told(&files, &done);
    let (diff, _) = diff.split_once("===\n").unwrap_or((&diff, ""));
    insta::assert_snapshot!("lines_removed", diff);
}

#[test]
fn every_note_has_the_place_in_both_files() {
    let done = imported(SMALL, &small());
    for note in &done.notes {
        let place = note.description.as_ref().expect("a place in the description");
        assert!(place.line > 0 || place.path.is_empty(), "{note:?}");
        if note.kind != NoteKind::Gone {
            assert!(
                note.document.as_ref().is_some_and(|place| place.line > 0),
                "{note:?}"
            );
        }
    }
}

#[test]
fn services_that_the_document_lacks_are_told_and_can_be_pruned() {
    let mut files = small();
    let keys = "noun: key\nresource: Key\ntag: Keys\npath: /keys\ndoc: A key.\noperations:\n  list: { doc: Lists them., paged: false }\nfields:\n  id:\n";
    files.insert("resources/keys.yaml".to_owned(), keys.to_owned());
    let files = changed(&files, &imported(SMALL, &files));
    let gone = |note: &&import::Note| note.message.contains("the service `keys`");
    assert!(
        imported(SMALL, &files)
            .notes
            .iter()
            .any(|note| note.kind == NoteKind::Gone && gone(&note))
    );
    let source = Source { name: "document.yaml", text: SMALL };
    let done = unrefused(import::import(source, &files, true));
    assert_eq!(done.files.get("resources/keys.yaml"), Some(&None));
}

#[test]
fn a_field_whose_schema_cannot_be_read_is_not_gone() {
    let files = changed(&small(), &imported(SMALL, &small()));
    let known = "        name: { type: string }\n        color:";
    assert!(SMALL.contains(known));
    let elsewhere = "        name: { $ref: 'other.yaml' }\n        color:";
    let document = SMALL.replace(known, elsewhere);
    let source = Source { name: "document.yaml", text: &document };
    let done = unrefused(import::import(source, &files, true));
    let pruned = changed(&files, &done);
    assert!(
        pruned["resources/folders.yaml"]
            .contains("\n  name: { type: string, in: [response, create!")
    );
}

#[test]
fn an_operation_that_cannot_be_described_is_not_gone() {
    let files = changed(&small(), &imported(SMALL, &small()));
    let known = "200: { content: { application/json: { schema: { $ref: \"#/components/schemas/ThingList\" } } } }";
    assert!(SMALL.contains(known));
    let document = SMALL.replace(known, "200: { content: { text/csv: {} } }");
    let source = Source { name: "document.yaml", text: &document };
    let done = unrefused(import::import(source, &files, true));
    let pruned = changed(&files, &done);
    assert!(pruned["resources/things.yaml"].contains("\n  list: Lists them.\n"));
}
