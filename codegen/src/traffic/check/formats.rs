//! Formats of text, as far as text shows whether it has one. A format that only a server can judge is always taken to
//! be right.

use std::net::{IpAddr, SocketAddr};

use http::{HeaderName, Uri};
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

/// Whether text is of a format, by the name that the description gives it.
pub(super) fn is_of(format: &str, text: &str, rules: &Map<String, Value>) -> bool {
    match format {
        "arn" => text.starts_with("arn:") && text.matches(':').count() >= 5,
        "cidr" => is_range(text),
        "csr" | "pem" => text.contains("-----BEGIN "),
        "email" => is_email(text),
        "hex" => text.chars().all(|c| c.is_ascii_hexdigit() || c == ':'),
        "hostname" => is_hostname(text),
        "hostname_or_ip" => is_hostname(text) || is_address(text),
        "hostport" => is_hostport(text) && has_port(text, rules),
        "http_header_name" => HeaderName::from_bytes(text.as_bytes()).is_ok(),
        "ip" => is_address(text),
        "iso_country_code" => {
            text.len() == 2 && text.chars().all(|c| c.is_ascii_uppercase())
        }
        "json" => serde_json::from_str::<IgnoredAny>(text).is_ok(),
        "json_or_yaml" | "yaml" => serde_yaml::from_str::<Value>(text).is_ok(),
        "openssh_authorized_key" => is_key_line(text),
        "slug" | "team_slug" | "url_or_address" | "username" => {
            !text.contains(char::is_whitespace)
        }
        "tls_version" => {
            text.split('.').count() == 2
                && text.chars().all(|c| c.is_ascii_digit() || c == '.')
        }
        "uri" | "url" => is_url(text),
        "urn" => text.starts_with("urn:"),
        "xml" => text.trim_start().trim_start_matches('\u{feff}').starts_with('<'),
        _ => true,
    }
}

/// What a format is called in a sentence.
pub(super) fn words(format: &str) -> &str {
    match format {
        "arn" => "ARN",
        "cidr" => "range in CIDR notation",
        "csr" => "certificate signing request",
        "email" => "mail address",
        "hex" => "hexadecimal number",
        "hostname" => "host name",
        "hostname_or_ip" => "host name or IP address",
        "hostport" => "host with a port",
        "http_header_name" => "name of a header",
        "ip" => "IP address",
        "iso_country_code" => "country code",
        "json" => "JSON text",
        "json_or_yaml" => "JSON or YAML text",
        "openssh_authorized_key" => "line of OpenSSH",
        "pem" => "PEM text",
        "tls_version" => "version of TLS",
        "uri" | "url" => "URL",
        "urn" => "URN",
        "xml" => "XML text",
        "yaml" => "YAML text",
        other => other,
    }
}

fn is_address(text: &str) -> bool {
    text.parse::<IpAddr>().is_ok()
}

fn is_range(text: &str) -> bool {
    let Some((address, bits)) = text.split_once('/') else { return false };
    let most = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    bits.parse::<u8>().is_ok_and(|bits| bits <= most)
}

fn is_email(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && is_hostname(host))
        && !text.contains(char::is_whitespace)
}

fn is_hostname(text: &str) -> bool {
    let text = text.strip_prefix("*.").unwrap_or(text);
    let text = text.strip_suffix('.').unwrap_or(text);
    text.len() <= 253 && text.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    (1..=63).contains(&label.len()) && label.chars().all(fits)
}

fn is_hostport(text: &str) -> bool {
    let parts = text.rsplit_once(':');
    let named = parts
        .is_some_and(|(host, port)| is_hostname(host) && port.parse::<u16>().is_ok());
    named || text.parse::<SocketAddr>().is_ok()
}

fn has_port(text: &str, rules: &Map<String, Value>) -> bool {
    let port = rules.get("port").and_then(Value::as_u64);
    port.is_none_or(|port| text.ends_with(&format!(":{port}")))
}

fn is_key_line(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next().is_some() && words.next().is_some_and(|key| key.starts_with("AAAA"))
}

/// An absolute address; its host may begin with a wildcard.
fn is_url(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once("://") else { return false };
    let word = !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric());
    word && !text.contains(char::is_whitespace) && text.parse::<Uri>().is_ok()
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
