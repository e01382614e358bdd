//! Formats of strings, as far as they can be checked. A format that only a server can check is always accepted.

use std::net::{IpAddr, SocketAddr};

use http::{HeaderName, Uri};
use serde_core::de::IgnoredAny;

/// Returns true if a string has a format, by name; unknown formats accept everything.
#[must_use]
#[inline]
pub fn is_of(format: &str, text: &str) -> bool {
    match format {
        "arn" => text.starts_with("arn:") && text.matches(':').count() >= 5,
        "cidr" => range(text).is_some(),
        "csr" | "pem" => text.contains("-----BEGIN "),
        "email" => is_email(text),
        "hex" => text.chars().all(|c| c.is_ascii_hexdigit() || c == ':'),
        "hostname" => is_hostname(text),
        "hostname_or_ip" => is_hostname(text) || text.parse::<IpAddr>().is_ok(),
        "hostport" => is_hostport(text),
        "http_header_name" => HeaderName::from_bytes(text.as_bytes()).is_ok(),
        "ip" => text.parse::<IpAddr>().is_ok(),
        "iso_country_code" => {
            text.len() == 2 && text.chars().all(|c| c.is_ascii_uppercase())
        }
        "json" => serde_json::from_str::<IgnoredAny>(text).is_ok(),
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

/// Returns true if a string is a wildcard host name and the format is that of host names; fields that accept those
/// have a flag.
#[must_use]
#[inline]
pub fn is_wildcard(format: &str, text: &str) -> bool {
    matches!(format, "hostname" | "hostname_or_ip") && text.starts_with("*.")
}

/// Returns the name of a format in a sentence.
#[must_use]
#[inline]
pub fn words(format: &str) -> &str {
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
        "openssh_authorized_key" => "line of OpenSSH",
        "pem" => "PEM text",
        "tls_version" => "version of TLS",
        "uri" | "url" => "URL",
        "urn" => "URN",
        "xml" => "XML text",
        other => other,
    }
}

/// Returns true if a range begins at its lowest address.
#[must_use]
#[inline]
pub fn is_lowest(text: &str) -> bool {
    match range(text) {
        Some((IpAddr::V4(address), bits)) => {
            address.to_bits().checked_shl(bits).is_none_or(|rest| rest == 0)
        }
        Some((IpAddr::V6(address), bits)) => {
            address.to_bits().checked_shl(bits).is_none_or(|rest| rest == 0)
        }
        None => false,
    }
}

#[inline]
fn range(text: &str) -> Option<(IpAddr, u32)> {
    let (address, bits) = text.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.parse().ok()?;
    (bits <= most).then_some((address, bits))
}

#[inline]
fn is_email(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && is_hostname(host))
        && !text.contains(char::is_whitespace)
}

#[inline]
fn is_hostname(text: &str) -> bool {
    let text = text.strip_prefix("*.").unwrap_or(text);
    let text = text.strip_suffix('.').unwrap_or(text);
    text.len() <= 253 && text.split('.').all(is_label)
}

#[inline]
fn is_label(label: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let hyphens = label.starts_with('-') || label.ends_with('-');
    (1..=63).contains(&label.len()) && !hyphens && label.chars().all(fits)
}

#[inline]
fn is_hostport(text: &str) -> bool {
    let parts = text.rsplit_once(':');
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
    parts.is_some_and(|(host, port)| is_hostname(host) && is_port(port))
        || text.parse::<SocketAddr>().is_ok_and(|address| address.port() > 0)
}

#[inline]
fn is_key_line(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next().is_some() && words.next().is_some_and(|key| key.starts_with("AAAA"))
}

/// Returns true for an absolute URL; its host may begin with a wildcard.
#[inline]
fn is_url(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once("://") else { return false };
    let word = !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric());
    word && !text.contains(char::is_whitespace) && text.parse::<Uri>().is_ok()
}
