//! Identifiers of names as an API writes them.

use ngrok_codegen::names::*;

#[test]
fn types() {
    for (name, expected) in [
        ("IpPolicy", "IpPolicy"),
        ("IPPolicy", "IpPolicy"),
        ("APIKey", "ApiKey"),
        ("HTTPSEdgeRoute", "HttpsEdgeRoute"),
        ("EndpointOAuthGitHub", "EndpointOAuthGitHub"),
        ("EndpointOIDC", "EndpointOidc"),
        ("AIGatewayAPIKey", "AiGatewayApiKey"),
        ("EndpointMutualTLSMutate", "EndpointMutualTlsMutate"),
        ("ip policy", "IpPolicy"),
        ("x_y_position", "XyPosition"),
        ("2fa", "N2fa"),
        ("self", "Self_"),
        ("", "N"),
    ] {
        assert_eq!(type_name(name), expected, "{name}");
    }
}

#[test]
fn fields() {
    for (name, expected) in [
        ("type", "type_"),
        ("self", "self_"),
        ("crate", "crate_"),
        ("async", "async_"),
        ("gen", "gen_"),
        ("new", "new_"),
        ("acme_challenge_cname_target", "acme_challenge_cname_target"),
        ("endpointId", "endpoint_id"),
        ("before-id", "before_id"),
        ("3d", "n3d"),
        ("$ref", "ref_"),
        ("größe", "größe"),
        ("½", "n"),
        ("", "n"),
        ("items", "items"),
    ] {
        assert_eq!(field_name(name), expected, "{name}");
    }
}

#[test]
fn names_that_fields_cannot_have() {
    for name in ["type", "match", "Type", "self", "gen", "new", "default"] {
        assert!(is_taken(name), "{name}");
    }
    for name in ["kind", "type_of", "type_name", "news", "2fa", "", "id"] {
        assert!(!is_taken(name), "{name}");
    }
}

#[test]
fn variants() {
    for (value, expected) in [
        ("allow", "Allow"),
        ("us-cal-1", "UsCal1"),
        ("ngrok/v2", "NgrokV2"),
        ("api_key_created.v0", "ApiKeyCreatedV0"),
        ("PARTIALLY_PROCESSED", "PartiallyProcessed"),
        ("self", "Self_"),
        ("1.3", "V13"),
        ("größe", "Größe"),
        ("東京", "東京"),
        ("½ pint", "Pint"),
        ("🎉", "V"),
        ("+1", "V1"),
        ("", "V"),
    ] {
        assert_eq!(variant_name(value), expected, "{value}");
    }
}

#[test]
fn names_beside_others() {
    assert_eq!([parameter_name("body"), parameter_name("id")], ["body_", "id"]);
    assert_eq!(
        [query_name("items", false), query_name("url", false)],
        ["items_", "url"]
    );
    assert_eq!([parameter_name("type"), query_name("type", false)], ["type_"; 2]);
    assert_eq!(
        [query_name("items", true), query_name("body", true)],
        ["items", "body_"]
    );
}

#[test]
fn whatever_is_named_gets_an_identifier() {
    for name in [
        "",
        "_",
        "__",
        "-",
        "a b",
        "½",
        "²x",
        "\u{301}",
        "ǆ",
        "\u{202e}x",
        "İ",
        "self",
        "r#type",
    ] {
        for made in
            [type_name(name), field_name(name), variant_name(name), constant_name(name)]
        {
            assert!(
                syn::parse_str::<syn::Ident>(&made).is_ok(),
                "{name:?} became {made:?}"
            );
        }
    }
}

#[test]
fn plurals() {
    for (noun, expected) in [
        ("IP policy", "IP policies"),
        ("API key", "API keys"),
        ("reserved address", "reserved addresses"),
        ("agent ingress", "agent ingresses"),
        ("event source", "event sources"),
    ] {
        assert_eq!(plural(noun), expected);
    }
}
