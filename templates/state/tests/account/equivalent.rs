//! Values that mean the same.

use ngrok_api_model::Equality;
use ngrok_state_core::{equivalent, is_empty};
use serde_json::json;

#[test]
fn equivalent_strings_are_equal() {
    for (equality, one, other) in [
        (Equality::Domain, "Example.COM.", "example.com"),
        (Equality::Url, "HTTPS://Example.com:443", "https://example.com"),
        (Equality::Url, "https://example.com/", "https://example.com"),
        (Equality::Cidr, "10.1.2.3/8", "10.0.0.0/8"),
        (Equality::Cidr, "2001:DB8::1/32", "2001:db8::/32"),
        (Equality::Cidr, "1.2.3.4/0", "0.0.0.0/0"),
        (Equality::Pem, "-----BEGIN A-----\nab\n", "-----BEGIN A-----\r\nab"),
    ] {
        assert!(
            equivalent(Some(equality), &json!(one), &json!(other)),
            "{one} and {other}"
        );
    }
    for (equality, one, other) in [
        (Equality::Domain, "a.example.com", "example.com"),
        (Equality::Url, "https://example.com:8443", "https://example.com"),
        (Equality::Url, "https://example.com/A", "https://example.com/a"),
        (Equality::Cidr, "10.0.0.0/8", "10.0.0.0/9"),
        (Equality::Cidr, "10.0.0.0/40", "10.0.0.0/8"),
    ] {
        assert!(
            !equivalent(Some(equality), &json!(one), &json!(other)),
            "{one} and {other}"
        );
    }
}

#[test]
fn false_zero_and_empty_values_equal_absent_ones() {
    for value in
        [json!(null), json!(false), json!(0), json!(""), json!([]), json!({"a": null})]
    {
        assert!(is_empty(&value), "{value}");
    }
    assert!(!is_empty(&json!({"a": [0, 1]})) && !is_empty(&json!(true)));
}
