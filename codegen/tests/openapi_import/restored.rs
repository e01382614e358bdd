//! Services with removed files are restored from a minimal document, and can be generated.

use std::sync::LazyLock;

use ngrok_codegen::lower::lower;
use ngrok_codegen::openapi::import::NoteKind;
use ngrok_codegen::openapi::{export, to_yaml};
use ngrok_codegen::spec::{self, ResourceFile};

use super::{Files, changed, degraded, imported, model, own, told};

static DEGRADED: LazyLock<String> = LazyLock::new(degraded::document);

/// The description without some files of published services that no other file refers to; which depends on the seed.
fn without(count: usize, seed: usize) -> Files {
    let mut files = own();
    let published = |text: &&String| !text.contains("\nopenapi: false\n");
    let names: Vec<String> = files
        .iter()
        .filter(|(name, text)| name.starts_with("resources/") && published(text))
        .map(|(name, _)| name.clone())
        .collect();
    let read = spec::parse(files.clone().into_iter().collect());
    let mut read = read.spec.expect("a description without errors");
    let mut state = seed * 7919 + 17;
    for _ in 0..count {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let name = &names[(state >> 33) % names.len()];
        let is = |file: &ResourceFile| {
            *name == format!("resources/{}.yaml", file.accessor.join("/"))
        };
        let Some(at) = read.resources.iter().position(is) else { continue };
        let file = read.resources.remove(at);
        if lower(&read).0.is_some() {
            files.remove(name);
        } else {
            read.resources.insert(at, file);
        }
    }
    files
}

#[test]
fn a_document_that_says_less_changes_nothing() {
    let mut files = own();
    files.remove("overrides.yaml");
    let done = imported(&DEGRADED, &files);
    let names: Vec<_> = done.files.keys().collect();
    assert_eq!(names, ["imported.yaml"], "{}", told(&files, &done));
    assert!(done.notes.is_empty(), "{}", told(&files, &done));
}

#[test]
fn our_own_export_changes_nothing() {
    let document = to_yaml(&export(&model(&own())));
    let done = imported(&document, &own());
    assert!(done.files.is_empty() && done.notes.is_empty(), "{}", told(&own(), &done));
}

#[test]
fn services_come_back() {
    let before = model(&own());
    for seed in 0..3 {
        let files = without(6, seed);
        let back = changed(&files, &imported(&DEGRADED, &files));
        let after = model(&back);
        for service in before.services.iter().filter(|service| service.openapi) {
            for known in service.operations.iter().filter(|known| known.openapi) {
                let found =
                    after.services.iter().flat_map(|service| &service.operations);
                let mut found = found.filter(|it| {
                    it.method == known.method
                        && it.path.parameters().count()
                            == known.path.parameters().count()
                });
                assert!(
                    found.any(|it| it.id == known.id),
                    "{} is back, seed {seed}",
                    known.id
                );
            }
        }
        let again = imported(&DEGRADED, &back);
        assert!(again.files.is_empty(), "seed {seed}: {}", told(&back, &again));
    }
}

#[test]
fn all_services_come_back() {
    let mut files = own();
    files.retain(|name, _| !name.starts_with("resources/"));
    let back = changed(&files, &imported(&DEGRADED, &files));
    let operations = |files: &Files| {
        model(files)
            .services
            .iter()
            .map(|service| service.operations.len())
            .sum::<usize>()
    };
    assert!(operations(&back) > 200);
}

#[test]
fn files_that_are_there_are_left_alone() {
    for seed in 20..22 {
        let files = without(6, seed);
        let done = imported(&DEGRADED, &files);
        let touched: Vec<_> =
            done.files.keys().filter(|name| files.contains_key(*name)).collect();
        assert!(touched.is_empty(), "seed {seed}: {touched:?}");
    }
}

#[test]
fn what_was_concluded_is_told() {
    let mut files = own();
    files.remove("resources/ip_policy_rules.yaml");
    let done = imported(&DEGRADED, &files);
    let inferred = done.notes.iter().filter(|note| note.kind == NoteKind::Inferred);
    assert!(inferred.count() > 0);
    insta::assert_snapshot!(told(&files, &done));
}
