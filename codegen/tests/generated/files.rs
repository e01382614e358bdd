//! Generated files of each kind.

use super::{description, read, tree};

/// One test for each file: its name, and its path below `src`.
macro_rules! files {
    ($($name:ident: $path:literal,)*) => {
        $(#[test]
        fn $name() {
            let tree = tree(&read(&description()));
            let text = tree.get(concat!("src/", $path)).expect("it is generated");
            insta::assert_snapshot!(text);
        })*
    };
}

files! {
    facts: "api.rs",
    accessors: "clients.rs",
    error_codes: "error_codes.rs",
    all_types: "types.rs",
    modules: "resources.rs",
    folder: "resources/edges.rs",
    small_resource: "resources/ip_policies.rs",
    references_and_required_fields: "resources/ip_policy_rules.rs",
    choice: "resources/event_destinations.rs",
    named_by_two_parameters: "resources/event_sources.rs",
    query_parameters: "resources/endpoints.rs",
    secret_fields: "resources/secrets.rs",
    child_of_another: "resources/edges/https_routes.rs",
    singleton: "resources/edge_modules/https_edge_route_oauth.rs",
}
