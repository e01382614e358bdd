//! Formats of text, as far as text shows whether it has one. The core of clients judges most of them; what it leaves to
//! the server for want of a parser or of rules is judged here.

use ngrok_client_core::limits::formats;
use serde_json::{Map, Value};

/// Whether text is of a format, by the name that the description gives it.
pub(super) fn is_of(format: &str, text: &str, rules: &Map<String, Value>) -> bool {
    match format {
        "hostport" => formats::is_of(format, text) && has_port(text, rules),
        "json_or_yaml" | "yaml" => serde_yaml::from_str::<Value>(text).is_ok(),
        _ => formats::is_of(format, text),
    }
}

/// What a format is called in a sentence.
pub(super) fn words(format: &str) -> &str {
    match format {
        "json_or_yaml" => "JSON or YAML text",
        "yaml" => "YAML text",
        _ => formats::words(format),
    }
}

fn has_port(text: &str, rules: &Map<String, Value>) -> bool {
    let port = rules.get("port").and_then(Value::as_u64);
    port.is_none_or(|port| text.ends_with(&format!(":{port}")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_format_takes_what_has_it_and_nothing_else() {
        let rules = Map::new();
        for (format, right, wrong) in [
            ("arn", "arn:aws:iam::1:role/x", "aws:iam"),
            ("cidr", "10.0.0.0/8", "10.0.0.0/33"),
            ("cidr", "2001:db8::/32", "10.0.0.0"),
            ("csr", "-----BEGIN CERTIFICATE REQUEST-----", "MIIC"),
            ("email", "a@example.com", "a@"),
            ("hex", "0f:A1", "0x1g"),
            ("hostname", "*.example.com", "exa mple.com"),
            ("hostname", "xn--bcher-kva.example.", "a..b"),
            ("hostname_or_ip", "::1", "a:b"),
            ("hostport", "example.com:443", "example.com"),
            ("hostport", "[::1]:443", "example.com:65536"),
            ("http_header_name", "x-a", "x a"),
            ("ip", "127.0.0.1", "localhost"),
            ("iso_country_code", "NZ", "nz"),
            ("json", "[1]", "[1"),
            ("json_or_yaml", "a: [1]", "a: [1"),
            ("openssh_authorized_key", "ssh-ed25519 AAAAC3 me", "ssh-ed25519"),
            ("tls_version", "1.3", "TLS1.3"),
            ("url", "tcp://1.tcp.example.com:1", "example.com"),
            ("urn", "urn:oasis:x", "oasis"),
            ("username", "deploy", "de ploy"),
            ("xml", "<?xml?>", "xml"),
            ("yaml", "a: 1", "a: \"1"),
        ] {
            assert!(is_of(format, right, &rules), "{format}: {right}");
            assert!(!is_of(format, wrong, &rules), "{format}: {wrong}");
        }
        assert!(is_of("cel", "anything", &rules));
    }

    #[test]
    fn a_port_may_be_given() {
        let rules = json!({ "port": 443 });
        let rules = rules.as_object().expect("an object");
        assert!(is_of("hostport", "example.com:443", rules));
        assert!(!is_of("hostport", "example.com:80", rules));
    }
}
