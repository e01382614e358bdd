//! The order in which the addresses of a host are tried, and the head start that each one has over the next (RFC
//! 8305, "happy eyeballs"). No I/O happens here.

use std::net::SocketAddr;
use std::time::Duration;

/// The largest number of addresses that are tried.
const MOST: usize = 16;

/// The longest head start: the delay that RFC 8305 recommends.
const HEAD_START: Duration = Duration::from_millis(250);

/// Alternates between IPv6 and IPv4, beginning with the family that the resolver puts
/// first.
pub(crate) fn in_order(
    found: impl IntoIterator<Item = SocketAddr>,
) -> impl ExactSizeIterator<Item = SocketAddr> {
    let found: Vec<SocketAddr> = found.into_iter().collect();
    let first = found.first().is_some_and(SocketAddr::is_ipv6);
    let (mut one, mut other): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|address| address.is_ipv6() == first);
    let mut ordered = Vec::with_capacity(one.len() + other.len());
    one.reverse();
    other.reverse();
    while ordered.len() < MOST && !(one.is_empty() && other.is_empty()) {
        ordered.extend(one.pop());
        ordered.extend(other.pop());
    }
    ordered.into_iter()
}

/// Returns the time after which the next of several addresses is tried as well. All of them get their share of the
/// limit, even if it is short.
pub(crate) fn head_start(limit: Duration, addresses: usize) -> Duration {
    let addresses = u32::try_from(addresses).unwrap_or(u32::MAX);
    limit.checked_div(addresses).unwrap_or(limit).min(HEAD_START)
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::time::Duration;

    use super::{HEAD_START, MOST, head_start, in_order};

    fn ordered(found: &[&str]) -> Vec<String> {
        let found = found.iter().map(|it| it.parse::<SocketAddr>().unwrap());
        in_order(found).map(|it| it.to_string()).collect()
    }

    #[test]
    fn families_alternate() {
        let six = ["[::1]:1", "[::2]:1", "[::3]:1"];
        let four = ["10.0.0.1:1", "10.0.0.2:1"];
        assert_eq!(
            ordered(&[six[0], six[1], six[2], four[0], four[1]]),
            [six[0], four[0], six[1], four[1], six[2]]
        );
        assert_eq!(ordered(&[four[0], four[1], six[0]]), [four[0], six[0], four[1]]);
        assert_eq!(ordered(&four), four);
        assert!(ordered(&[]).is_empty());
        assert_eq!(ordered(&[four[0]; 100]).len(), MOST);
    }

    #[test]
    fn each_address_gets_its_share() {
        let second = Duration::from_secs(1);
        assert_eq!(head_start(second, 2), HEAD_START);
        assert_eq!(head_start(second, 10), Duration::from_millis(100));
        assert_eq!(head_start(second, 0), HEAD_START);
    }
}
