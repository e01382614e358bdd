//! The manifest of this crate matches the template of the client's.

use std::path::Path;

/// Returns features and dependencies, without those of the client only.
fn shared(manifest: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(manifest);
    let text = std::fs::read_to_string(path).expect("the file is there");
    let (_, from) = text.split_once("[features]").expect("it has features");
    // A client outside this workspace states the versions of its dependencies.
    let without_standalone = match from.split_once("{% if standalone -%}") {
        Some((features, rest)) => {
            let (_, inherited) = rest.split_once("{% else -%}\n").expect("it has both");
            features.to_owned() + inherited
        }
        None => from.to_owned(),
    };
    let parts = without_standalone.split_once("[dev-dependencies]");
    let (part, _) = parts.expect("it has tests");
    part.replace(
        "# Services that the API no longer serves.\ndeprecated-resources = []\n",
        "",
    )
}

#[test]
fn features_and_dependencies_are_the_same() {
    assert_eq!(shared("Cargo.toml"), shared("Cargo.toml.j2"));
}
