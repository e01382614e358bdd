//! Alternatives of the document format: one snapshot for each choice.

use ngrok_codegen::model::Type;
use ngrok_codegen::openapi::{Map, Tree, to_yaml};

use super::own;

/// Returns a part of the document as YAML, with its keys in alphabetical order.
fn part(pointer: &str) -> String {
    let value = own().document.pointer(pointer).unwrap_or_else(|| panic!("{pointer}"));
    to_yaml(&Tree::from(value.clone()))
}

/// Returns a schema without its examples.
fn schema(name: &str) -> String {
    let value = &own().document["components"]["schemas"][name];
    let entries = value.as_object().expect("a map").iter();
    let map: Map = entries
        .filter(|(key, _)| *key != "examples")
        .map(|(key, value)| (key, Tree::from(value.clone())))
        .collect();
    to_yaml(&Tree::Map(map))
}

fn property(schema: &str, name: &str) -> String {
    part(&format!("/components/schemas/{schema}/properties/{name}"))
}

#[test]
fn a_secret() {
    insta::assert_snapshot!(property("Credential", "token"));
}

#[test]
fn a_reference() {
    insta::assert_snapshot!(property("IpPolicyRule", "ip_policy"));
}

#[test]
fn a_reference_that_may_be_null() {
    insta::assert_snapshot!(property("Endpoint", "tunnel"));
}

#[test]
fn a_map_with_ids_as_keys() {
    insta::assert_snapshot!(property("WeightedBackend", "backends"));
}

#[test]
fn an_enum() {
    insta::assert_snapshot!(schema("PolicyAction"));
}

#[test]
fn an_open_enum() {
    insta::assert_snapshot!(schema("EndpointType"));
}

#[test]
fn a_choice() {
    insta::assert_snapshot!(schema("AwsAuth"));
}

#[test]
fn a_body_with_rules_over_fields() {
    insta::assert_snapshot!(schema("SecretCreate"));
}

#[test]
fn a_page() {
    insta::assert_snapshot!(schema("IpPolicyList"));
}

#[test]
fn an_operation_that_creates() {
    insta::assert_snapshot!(part("/paths/~1ip_policy_rules/post"));
}

#[test]
fn an_operation_that_lists() {
    insta::assert_snapshot!(part("/paths/~1ip_policy_rules/get"));
}

#[test]
fn an_operation_that_replaces_a_module() {
    insta::assert_snapshot!(part("/paths/~1edges~1https~1{id}~1mutual_tls/put"));
}

#[test]
fn a_tag() {
    let tags = own().document["tags"].as_array().expect("a list");
    let tag =
        tags.iter().find(|tag| tag["name"] == "EdgesHTTPSRoutes").expect("it is there");
    insta::assert_snapshot!(to_yaml(&Tree::from(tag.clone())));
}

#[test]
fn an_error_code() {
    insta::assert_snapshot!(part("/components/examples/RateLimited"));
}

#[test]
fn facts_about_the_whole_api() {
    insta::assert_snapshot!(part("/x-spec"));
}

/// A constant is an enum of one value: more tools generate a client from it.
#[test]
fn the_version_is_an_enum() {
    let version = part("/components/parameters/Version/schema");
    assert!(version.contains("enum:") && !version.contains("const:"), "{version}");
}

#[test]
fn secrets_of_shared_schemas_are_not_required_in_responses() {
    let mut count = 0;
    for ty in own().model.types.values() {
        let Type::Record(record) = ty else { continue };
        let shared = record.in_requests && record.in_responses;
        for field in record.fields.iter().filter(|field| field.secret && shared) {
            let property = property(&record.name, &field.wire);
            assert!(property.contains("writeOnly: true"), "{property}");
            count += 1;
        }
    }
    assert!(count > 0, "there are such secrets");
}
