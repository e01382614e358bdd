//! New descriptions of APIs.

use ngrok_codegen::openapi::import::{self, Import, Refused, Source};

use super::{Files, LIBRARY, ORDERS, changed, describe, imported, model, told};

fn check(document: &str) -> String {
    let done = describe(document);
    let files: Files = changed(&Files::new(), &done);
    model(&files);
    let again = imported(document, &files);
    assert!(again.files.is_empty(), "{}", told(&files, &again));
    let shown = done.files.clone().into_iter().filter(|(name, _)| name != "schema.json");
    let done = Import { files: shown.collect(), notes: done.notes };
    told(&Files::new(), &done)
}

#[test]
fn pages_by_number_with_an_api_key_and_problem_details() {
    insta::assert_snapshot!(check(ORDERS));
}

#[test]
fn links_to_pages_with_basic_authentication() {
    insta::assert_snapshot!(check(LIBRARY));
}

#[test]
fn a_document_without_anything_is_told_and_writes_nothing() {
    let done = describe("openapi: 3.1.0\ninfo: { title: A, version: 1 }\npaths: {}\n");
    assert!(done.files.is_empty());
    assert!(done.notes.iter().any(|note| note.message.contains("nothing is written")));
}

#[test]
fn a_description_without_services_is_left_alone_by_a_document_without_any() {
    let mut files = super::small();
    files.retain(|name, _| !name.starts_with("resources/"));
    let document = "openapi: 3.1.0\ninfo: { title: A, version: 1 }\npaths: {}\n";
    assert!(imported(document, &files).files.is_empty());
}

#[test]
fn invalid_documents_are_rejected_with_a_reason() {
    for (text, expected) in [
        ("", "this file is empty"),
        ("a: 1", "no OpenAPI document"),
        ("swagger: '2.0'", "Swagger 2"),
        ("openapi: 4.0.0", "OpenAPI 4.0.0"),
        ("openapi: [", "this `[` is not closed"),
        ("\u{0}", ""),
    ] {
        let source = Source { name: "a.yaml", text };
        match import::describe(source) {
            Err(Refused::Document(remark)) => {
                assert!(remark.message.contains(expected), "{text}: {}", remark.message);
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}
