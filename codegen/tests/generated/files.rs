//! Generated files of each kind.

use super::{description, read, tree};

/// Names of snapshots, and paths of files below `src`.
const FILES: &[(&str, &str)] = &[
    ("facts", "api.rs"),
    ("accessors", "clients.rs"),
    ("error_codes", "error_codes.rs"),
    ("all_types", "types.rs"),
    ("modules", "resources.rs"),
    ("folder", "resources/edges.rs"),
    ("small_resource", "resources/ip_policies.rs"),
    ("references_and_required_fields", "resources/ip_policy_rules.rs"),
    ("choice", "resources/event_destinations.rs"),
    ("named_by_two_parameters", "resources/event_sources.rs"),
    ("query_parameters", "resources/endpoints.rs"),
    ("secret_fields", "resources/secrets.rs"),
    ("child_of_another", "resources/edges/https_routes.rs"),
    ("singleton", "resources/edge_modules/https_edge_route_oauth.rs"),
];

#[test]
fn files_of_each_kind() {
    let tree = tree(&read(&description()));
    for (name, path) in FILES {
        let text = tree.get(&format!("src/{path}")).expect("it is generated");
        insta::assert_snapshot!(*name, text);
    }
}
