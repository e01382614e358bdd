//! The time of an import is in proportion to the document.

use std::fmt::Write;
use std::time::{Duration, Instant};

use super::{Files, changed, describe, imported};

/// A document with this many operations of one service, each with its own type; the types have a further field.
fn document(operations: usize, further: bool) -> String {
    let (mut paths, mut schemas) = (String::new(), String::new());
    let field = if further { ", further: { type: string }" } else { "" };
    for at in 0..operations {
        _ = writeln!(
            paths,
            "  /things/kind{at}/{{id}}:
    get:
      tags: [Things]
      operationId: ThingsKind{at}
      parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]
      responses: {{ '200': {{ description: ok, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Kind{at}' }} }} }} }} }}"
        );
        _ = writeln!(
            schemas,
            "    Kind{at}: {{ type: object, properties: {{ id: {{ type: string }}, key{at}: {{ type: string }}{field} }} }}"
        );
    }
    let head = "openapi: 3.0.3\ninfo: { title: Things, version: '1' }\nservers: [{ url: https://api.example.com }]";
    format!("{head}\npaths:\n{paths}components:\n  schemas:\n{schemas}")
}

fn time(run: impl Fn()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// Returns the times of a new description and of an update that changes each type.
fn times(operations: usize) -> [Duration; 2] {
    let (old, new) = (document(operations, false), document(operations, true));
    let files = changed(&Files::new(), &describe(&old));
    let update = changed(&files, &imported(&new, &files));
    let further = update["resources/things.yaml"].matches("further:").count();
    assert_eq!(further, operations, "each type has the further field");
    [time(|| _ = describe(&old)), time(|| _ = imported(&new, &files))]
}

#[test]
fn eight_times_the_operations_take_about_eight_times_as_long() {
    let mut tried = Vec::new();
    // Quadratic work would take 64 times as long each time; other programs disturb some times only.
    let linear = (0..5).any(|_| {
        let pairs = times(20).into_iter().zip(times(160));
        let worst = pairs.map(|(small, large)| large.div_duration_f64(small));
        tried.push(worst.fold(0.0, f64::max));
        tried.last() < Some(&24.0)
    });
    assert!(linear, "eight times the operations took {tried:?} times as long");
}

/// Run on demand: `cargo test --release -p ngrok-codegen --test openapi_import -- --ignored --nocapture`.
#[test]
#[ignore = "it takes a minute, and its bound is for an optimised build on an idle machine"]
fn large_documents_are_imported_in_seconds() {
    let [usual, large] = [465, 5_000].map(times);
    println!("465 operations: {usual:?}, 5,000 operations: {large:?}");
    assert!(usual.iter().all(|time| time.as_secs_f64() < 3.0), "{usual:?}");
    for (usual, large) in usual.into_iter().zip(large) {
        assert!(large.div_duration_f64(usual) < 3.0 * 5_000.0 / 465.0);
    }
}
