//! Text formats, as far as the server looks at them. What only an expert can tell, such as whether a certificate is one, is
//! taken as it comes.

use std::net::IpAddr;

use axum::http::{HeaderName, Uri};
use ngrok_codegen::model::Field;
use serde_json::Value;

/// Whether a text is of a format.
pub(super) fn fits(format: &str, text: &str, field: &Field) -> bool {
    match format {
        "cidr" => range(text).is_some(),
        "ip" => text.parse::<IpAddr>().is_ok(),
        "url" => is_url(text),
        "uri" => text.parse::<Uri>().is_ok(),
        "hostname" => is_hostname(text, field),
        "hostname_or_ip" => text.parse::<IpAddr>().is_ok() || is_hostname(text, field),
        "hostport" => is_host_and_port(text, field),
        "email" => is_email(text),
        "arn" => text.starts_with("arn:"),
        "hex" => text.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "http_header_name" => text.parse::<HeaderName>().is_ok(),
        "iso_country_code" => {
            text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
        }
        _ => true,
    }
}

/// What to say of a text that is not of a format.
pub(super) fn not(format: &str) -> String {
    format!("which is not of the form {}", format.replace('_', " "))
}

/// Whether a text of a format is written the way it must be.
pub(super) fn is_allowed(format: &str, text: &str, field: &Field) -> bool {
    let lowest = field.limits.rules.get("lowest_address") == Some(&Value::Bool(true));
    match range(text) {
        Some((address, length)) if format == "cidr" && lowest => {
            is_lowest(address, length)
        }
        _ => true,
    }
}

/// The address and the number of fixed bits of a range.
fn range(text: &str) -> Option<(IpAddr, u8)> {
    let (address, length) = text.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let plain = length.bytes().all(|byte| byte.is_ascii_digit());
    let length = length.parse().ok().filter(|_| plain)?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    (length <= most).then_some((address, length))
}

fn is_lowest(address: IpAddr, length: u8) -> bool {
    let length = u32::from(length);
    let rest = match address {
        IpAddr::V4(address) => {
            u128::from(address.to_bits().checked_shl(length).unwrap_or_default())
        }
        IpAddr::V6(address) => address.to_bits().checked_shl(length).unwrap_or_default(),
    };
    rest == 0
}

fn is_url(text: &str) -> bool {
    text.parse::<Uri>().is_ok_and(|uri| {
        let scheme = uri.scheme_str().unwrap_or_default();
        !scheme.is_empty() && uri.host().is_some_and(|host| !host.is_empty())
    })
}

fn is_hostname(text: &str, field: &Field) -> bool {
    let wildcard = field.limits.rules.get("wildcard_label") == Some(&Value::Bool(true));
    let text = text.strip_prefix("*.").filter(|_| wildcard).unwrap_or(text);
    let is_label = |label: &str| {
        let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(plain)
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

fn is_host_and_port(text: &str, field: &Field) -> bool {
    let Some((host, port)) = text.rsplit_once(':') else { return false };
    let wanted = field.limits.rules.get("port").and_then(Value::as_u64);
    let port = port.parse::<u16>().ok().filter(|port| *port > 0);
    !host.is_empty()
        && port.is_some_and(|port| wanted.is_none_or(|wanted| wanted == u64::from(port)))
}

fn is_email(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(name, host)| {
        !name.is_empty() && !host.is_empty() && !text.contains(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::{is_lowest, range};

    #[test]
    fn ranges_are_read() {
        for text in ["0.0.0.0/0", "10.1.0.0/16", "1.2.3.4/32", "::/0", "2001:db8::/32"] {
            let (address, length) = range(text).unwrap();
            assert!(is_lowest(address, length), "{text}");
        }
        for text in ["10.1.2.3/16", "1.2.3.4/0", "2001:db8::1/64", "::1/127"] {
            let (address, length) = range(text).unwrap();
            assert!(!is_lowest(address, length), "{text}");
        }
        for text in [
            "",
            "10.0.0.0",
            "10.0.0/8",
            "10.0.0.0/33",
            "::/129",
            "::/+1",
            "a/8",
            "1.2.3.4/",
        ] {
            assert_eq!(range(text), None, "{text}");
        }
    }
}
