//! Addresses: the base URL, and whether another address has the same origin. Takes strings, returns validated URIs;
//! nothing else in the crate joins paths or follows addresses of the server.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use bytes::Bytes;
use http::Uri;
use http::uri::{Parts, PathAndQuery, Scheme};

use crate::excerpt;

/// The base URL of the API: scheme, host, port, and optionally a path prefix.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    scheme: Scheme,
    authority: http::uri::Authority,
    /// Without the trailing slash.
    prefix: String,
}

impl BaseUrl {
    /// Validates an address from the user. The error does not contain it: it may include a password.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        Self::checked(text, None)
    }

    /// Validates an address, and allows plain http for these hosts besides loopback addresses.
    pub(crate) fn parse_allowing(
        text: &str,
        plain_http: &[String],
    ) -> Result<Self, &'static str> {
        Self::checked(text, Some(plain_http))
    }

    /// Validates an address; `plain_http` has hosts, if the caller can configure them.
    fn checked(text: &str, plain_http: Option<&[String]>) -> Result<Self, &'static str> {
        if text.contains(['?', '#']) {
            return Err("the base URL has a query or a fragment");
        }
        let uri: Uri = text.trim().parse().map_err(|_| "the base URL is not a URL")?;
        let parts = uri.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err("the base URL needs a scheme and a host, such as https://host");
        };
        if authority.as_str().contains('@') {
            return Err("the base URL has a user name or a password");
        }
        if scheme != Scheme::HTTPS && scheme != Scheme::HTTP {
            return Err("the base URL is neither https nor http");
        }
        if !ngrok_client_transport::has_valid_port(&authority) {
            return Err("the base URL has no valid port");
        }
        let host = authority.host();
        let is_allowed = |it: &String| it.eq_ignore_ascii_case(host);
        if scheme == Scheme::HTTP && !is_loopback(host) {
            match plain_http {
                Some(hosts) if hosts.iter().any(is_allowed) => {}
                Some(_) => {
                    return Err(
                        "the base URL is plain http, which is only allowed for loopback \
                         addresses and for hosts given to `allow_plain_http_to`; use https",
                    );
                }
                None => {
                    return Err(
                        "the base URL is plain http, which is only allowed for loopback \
                         addresses; use https",
                    );
                }
            }
        }
        let path = parts.path_and_query.as_ref().map_or("", |path| path.path());
        Ok(Self { scheme, authority, prefix: path.trim_end_matches('/').to_owned() })
    }

    /// Returns true for https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    /// Returns the address of an escaped path of the API. A missing slash is an error, since the path would become
    /// part of the host.
    pub fn join(&self, path: &str, query: &str) -> Result<Uri, String> {
        if !path.starts_with('/') {
            return Err(format!("the path {path:?} does not begin with a slash"));
        }
        let mut text = self.prefix.clone();
        text.push_str(path);
        if !query.is_empty() {
            text.push('?');
            text.push_str(query);
        }
        self.at(text).map_err(|error| format!("the address cannot be built: {error}"))
    }

    /// Resolves a `reference` of the server: absolute, or a path of the API. Another scheme, host or port is an
    /// error, since the API key is sent with the request.
    pub fn resolve(&self, reference: &str) -> Result<Uri, String> {
        self.resolve_from(reference, None)
    }

    /// Resolves a reference. A relative one, such as `?before_id=t_1`, is resolved against another address, by
    /// section 5.2 of RFC 3986.
    pub fn resolve_from(
        &self,
        reference: &str,
        from: Option<&Uri>,
    ) -> Result<Uri, String> {
        let shown = || excerpt(reference);
        let bad = || format!("the address {:?} cannot be followed", shown());
        if !reference.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
            return Err(bad());
        }
        let absolute = match reference {
            _ if reference.starts_with("//") => format!("{}:{reference}", self.scheme),
            _ if !reference.starts_with('/') => match from {
                Some(from) if is_relative(reference) => {
                    format!(
                        "{}://{}{}",
                        self.scheme,
                        self.authority,
                        merged(reference, from)
                    )
                }
                _ => reference.to_owned(),
            },
            _ if self.has_prefix(reference) => {
                format!("{}://{}{reference}", self.scheme, self.authority)
            }
            _ => format!("{self}{reference}"),
        };
        let uri: Uri = absolute.parse().map_err(|_| bad())?;
        if !self.is_origin_of(&uri) {
            return Err(format!(
                "the address {:?} is not on {}://{}, and the API key is for no other place",
                shown(),
                self.scheme,
                self.authority
            ));
        }
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        self.at(path.to_owned()).map_err(|_| bad())
    }

    /// Returns the address of a path and its query on this host.
    fn at(&self, path: String) -> Result<Uri, http::Error> {
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(PathAndQuery::from_maybe_shared(Bytes::from(path))?);
        Ok(Uri::from_parts(parts)?)
    }

    /// Returns the address as a path of the API, if it is one: [`resolve`](Self::resolve) gives the same address again.
    pub(crate) fn relative(&self, uri: &Uri) -> String {
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        match path.strip_prefix(&self.prefix) {
            Some(rest) if self.has_prefix(path) && !self.has_prefix(rest) => {
                rest.to_owned()
            }
            _ if self.prefix.is_empty() && !path.starts_with("//") => path.to_owned(),
            _ => uri.to_string(),
        }
    }

    /// Returns true if the address has this scheme, host and port, and no user information.
    fn is_origin_of(&self, uri: &Uri) -> bool {
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return false;
        };
        *scheme == self.scheme
            && !authority.as_str().contains('@')
            && authority.host().eq_ignore_ascii_case(self.authority.host())
            && port(scheme, authority) == port(&self.scheme, &self.authority)
    }

    fn has_prefix(&self, path: &str) -> bool {
        path.strip_prefix(&self.prefix).is_some_and(|rest| rest.starts_with(['/', '?']))
    }
}

/// Scheme, host, port and path before all others.
impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.prefix)
    }
}

/// Returns true if a reference has no scheme.
fn is_relative(reference: &str) -> bool {
    let end = reference.find(['/', '?', '#']).unwrap_or(reference.len());
    !reference.get(..end).unwrap_or_default().contains(':')
}

/// Returns the path and query of a relative reference, whose path does not begin with a slash.
fn merged(reference: &str, from: &Uri) -> String {
    let reference = reference.split('#').next().unwrap_or_default();
    let (path, query) = match reference.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (reference, None),
    };
    let query = query.or_else(|| from.query().filter(|_| path.is_empty()));
    let mut segments: Vec<_> = from.path().split('/').skip(1).collect();
    if !path.is_empty() {
        segments.pop();
        segments.extend(path.split('/'));
        segments = without_dots(&segments);
    }
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("/{}{query}", segments.join("/"))
}

/// Removes `.` and `..`, by section 5.2.4 of RFC 3986.
fn without_dots<'a>(segments: &[&'a str]) -> Vec<&'a str> {
    let mut kept = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        match *segment {
            "." => {}
            ".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
        if matches!(*segment, "." | "..") && index + 1 == segments.len() {
            kept.push("");
        }
    }
    kept
}

fn port(scheme: &Scheme, authority: &http::uri::Authority) -> u16 {
    let default = if *scheme == Scheme::HTTPS { 443 } else { 80 };
    authority.port_u16().unwrap_or(default)
}

/// Returns true if traffic to the host stays on this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    let v6 = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse().is_ok_and(|ip: Ipv4Addr| ip.is_loopback())
        || v6.parse().is_ok_and(|ip: Ipv6Addr| ip.is_loopback())
}

/// Escapes a string for use as one segment of a path, or as a name or value of a query.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    push_escaped(&mut escaped, text);
    escaped
}

/// Appends an escaped string.
pub(crate) fn push_escaped(to: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !is_unreserved(byte)) {
        let (plain, other) = rest.split_at(at);
        to.push_str(plain);
        let length = other.chars().next().map_or(0, char::len_utf8);
        let (other, after) = other.split_at(length);
        for byte in other.bytes() {
            to.push('%');
            to.push(char::from(HEX[usize::from(byte >> 4)]));
            to.push(char::from(HEX[usize::from(byte & 15)]));
        }
        rest = after;
    }
    to.push_str(rest);
}

/// Returns true if a byte is unreserved in RFC 3986.
const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}
