//! The base URL of recorded requests, and the parts of their addresses.

use std::fmt;

use http::Uri;
use percent_encoding::percent_decode_str;

/// The base URL of an API: requests to other hosts are ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    origin: Origin,
    /// Path prefix of the operations, in parts.
    prefix: Vec<String>,
}

/// An address within the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Path below the base, in parts, unescaped.
    pub(super) segments: Vec<String>,
    /// Query, unescaped.
    pub(super) query: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    scheme: String,
    host: String,
    port: u16,
}

impl BaseUrl {
    /// Parses an address such as `https://api.example.com/v1`; `None` if it is invalid.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let (origin, prefix) = (Origin::of(&uri)?, segments(uri.path()));
        let host = uri.authority()?.as_str().rsplit('@').next()?.to_ascii_lowercase();
        let path = uri.path().trim_end_matches('/');
        let text = format!("{}://{host}{path}", origin.scheme);
        Some(Self { text, origin, prefix })
    }

    /// Returns the part of an address below the base; `None` if it is on another host.
    pub(super) fn strip(&self, url: &str) -> Option<Address> {
        // The fragment after `#` is never sent.
        let uri: Uri = url.split('#').next()?.parse().ok()?;
        if Origin::of(&uri)? != self.origin {
            return None;
        }
        let all = segments(uri.path());
        let below = all.strip_prefix(self.prefix.as_slice())?.to_vec();
        let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
        Some(Address { segments: below, query: query.into_owned().collect() })
    }

    /// Returns true if a client of this API may follow an address of the server.
    pub(super) fn may_be_followed(&self, reference: &str) -> bool {
        if !reference.contains("://") {
            return true;
        }
        let uri = reference.parse().ok();
        uri.and_then(|uri| Origin::of(&uri)).is_some_and(|origin| origin == self.origin)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Origin {
    fn of(uri: &Uri) -> Option<Self> {
        let scheme = uri.scheme_str()?.to_ascii_lowercase();
        let usual = match scheme.as_str() {
            "http" => 80,
            "https" => 443,
            _ => return None,
        };
        let host = uri.host()?.to_ascii_lowercase();
        Some(Self { scheme, host, port: uri.port_u16().unwrap_or(usual) })
    }
}

/// Returns the host of an address, for counting.
pub(super) fn host(url: &str) -> Option<String> {
    let uri: Uri = url.split(['#', '?']).next()?.parse().ok()?;
    Some(uri.host()?.to_ascii_lowercase())
}

/// Returns the parts of a path, unescaped; empty ones are ignored.
fn segments(path: &str) -> Vec<String> {
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts.map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(base: &str, url: &str) -> Option<String> {
        let base = BaseUrl::parse(base).expect("a base");
        base.strip(url).map(|address| address.segments.join(" "))
    }

    #[test]
    fn addresses_below_the_base_are_for_the_api() {
        let api = "https://api.example.com";
        let is = |path: &str| Some(path.to_owned());
        assert_eq!(path(api, "https://API.example.com:443/a/b%2Fc/?x#y"), is("a b/c"));
        assert_eq!(path(api, "https://api.example.com"), is(""));
        assert_eq!(path("http://[::1]:80/v1/", "http://[::1]/v1/a"), is("a"));
        assert_eq!(
            path("https://api.example.com/v1", "https://api.example.com/v10/a"),
            None
        );
    }

    #[test]
    fn others_are_not() {
        let api = "https://api.example.com";
        for url in [
            "http://api.example.com/a",
            "https://api.example.com:8443/a",
            "https://api.example.com.evil/a",
            "wss://api.example.com/a",
            "data:text/plain,x",
            "/a",
            "",
            "https://api.example.com/ a",
        ] {
            assert_eq!(path(api, url), None, "{url}");
        }
    }

    #[test]
    fn what_is_no_address_is_no_base() {
        for text in ["", "api.example.com", "ftp://api.example.com", "/v1"] {
            assert_eq!(BaseUrl::parse(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_of_other_hosts_are_not_followed() {
        let base = BaseUrl::parse("https://api.example.com").expect("a base");
        assert!(base.may_be_followed("/a?before_id=x"));
        assert!(base.may_be_followed("https://api.example.com/a"));
        assert!(!base.may_be_followed("https://example.com/a"));
    }
}
