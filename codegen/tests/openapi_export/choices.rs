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

/// Returns the tag of a service.
fn tag(name: &str) -> String {
    let tags = own().document["tags"].as_array().expect("a list");
    let tag = tags.iter().find(|tag| tag["name"] == name).expect("it is there");
    to_yaml(&Tree::from(tag.clone()))
}

#[test]
fn alternatives_of_the_format() {
    for (name, text) in [
        ("a_secret", property("Credential", "token")),
        ("a_reference", property("IpPolicyRule", "ip_policy")),
        ("a_reference_that_may_be_null", property("Endpoint", "tunnel")),
        ("a_map_with_ids_as_keys", property("WeightedBackend", "backends")),
        ("an_enum", schema("PolicyAction")),
        ("an_open_enum", schema("EndpointType")),
        ("a_choice", schema("AwsAuth")),
        ("a_body_with_rules_over_fields", schema("SecretCreate")),
        ("a_page", schema("IpPolicyList")),
        ("an_operation_that_creates", part("/paths/~1ip_policy_rules/post")),
        ("an_operation_that_lists", part("/paths/~1ip_policy_rules/get")),
        (
            "an_operation_that_replaces_a_module",
            part("/paths/~1edges~1https~1{id}~1mutual_tls/put"),
        ),
        ("a_tag", tag("EdgesHTTPSRoutes")),
        ("an_error_code", part("/components/examples/RateLimited")),
        ("facts_about_the_whole_api", part("/x-spec")),
    ] {
        insta::assert_snapshot!(name, text);
    }
    the_version_is_an_enum();
    secrets_of_shared_schemas_are_not_required_in_responses();
}

/// A constant is an enum of one value: more tools generate a client from it.
fn the_version_is_an_enum() {
    let version = part("/components/parameters/Version/schema");
    assert!(version.contains("enum:") && !version.contains("const:"), "{version}");
}

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
