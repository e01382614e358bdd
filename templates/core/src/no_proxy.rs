//! Hosts excluded from the environment's proxy: takes the value of `NO_PROXY` and an address. Names are not resolved.

use std::net::IpAddr;

use http::Uri;

/// Returns true if an entry of the comma-separated list matches the address:
///
/// - `*`, for all;
/// - a host, `example.com`, for it and for its subdomains; `.example.com` and `*.example.com` are the same;
/// - an IP address, `10.1.2.3` or `fd00::1`, or a network, `10.0.0.0/8` or `fd00::/8`, for numeric addresses;
/// - any of these with a port: `example.com:8443`, `[fd00::1]:8443`.
pub(crate) fn spares(list: &str, uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    let host = host.trim_matches(['[', ']']).trim_end_matches('.');
    let port = uri.port_u16().unwrap_or(443);
    let list = list.to_ascii_lowercase();
    list.split(',').any(|entry| is_for(entry.trim(), host, port))
}

fn is_for(entry: &str, host: &str, port: u16) -> bool {
    let (name, only) = parts(entry);
    if only.is_some_and(|only| only != port) {
        return false;
    }
    match host.parse() {
        _ if name == "*" => true,
        Ok(address) => has_address(name, address).unwrap_or(false),
        Err(_) => has_host(name, host),
    }
}

/// Splits an entry into host and port.
fn parts(entry: &str) -> (&str, Option<u16>) {
    let bare = |name: &str| name.matches(':').count() == 0 || name.ends_with(']');
    match entry.rsplit_once(':') {
        Some((name, port)) if bare(name) && port.parse::<u16>().is_ok() => {
            (name.trim_matches(['[', ']']), port.parse().ok())
        }
        _ => (entry.trim_matches(['[', ']']), None),
    }
}

fn has_host(name: &str, host: &str) -> bool {
    let domain = name.trim_start_matches('*').trim_matches('.');
    let inside = host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    !domain.is_empty() && (host == domain || inside)
}

/// Returns true if a network, or a single address, contains the address; `None` if it is neither.
fn has_address(name: &str, address: IpAddr) -> Option<bool> {
    let (network, bits) = match name.split_once('/') {
        Some((network, bits)) => (network, Some(bits.parse::<u32>().ok()?)),
        None => (name, None),
    };
    let (one, other, width): (u128, u128, u32) = match (network.parse().ok()?, address) {
        (IpAddr::V4(one), IpAddr::V4(other)) => {
            (u32::from(one).into(), u32::from(other).into(), 32)
        }
        (IpAddr::V6(one), IpAddr::V6(other)) => (one.into(), other.into(), 128),
        _ => return None,
    };
    let rest = u32::checked_sub(width, bits.unwrap_or(width))?;
    let differ = one ^ other;
    Some(differ.checked_shr(rest).unwrap_or(0) == 0)
}
