//! Tunnels through a proxy (CONNECT), without I/O: takes an address, returns the request; takes the bytes of the
//! response, returns whether the tunnel is open.

use std::error::Error as StdError;
use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{StatusCode, Uri};
use httparse::Status;
use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use crate::{Network, TransportError};

/// Maximum length of the head of a response to CONNECT.
pub(crate) const LONGEST_HEAD: usize = 8192;

/// A proxy that opens tunnels.
pub(crate) struct Proxy {
    pub(crate) host: String,
    pub(crate) port: u16,
    /// Value of `Proxy-Authorization`.
    authorization: Option<Zeroizing<String>>,
}

impl Proxy {
    /// Returns the proxy of a network, if it has one.
    pub(crate) fn of(network: &Network) -> Result<Option<Self>, TransportError> {
        let address = network.checked_proxy().map_err(TransportError::other)?;
        let proxy = address.map(|address| Self::parse(&address)).transpose();
        proxy.map_err(TransportError::other)
    }

    /// Parses an address that [`Network`] has validated.
    fn parse(address: &str) -> Result<Self, &'static str> {
        let wrong = "the proxy's address is not a URL";
        let place = address.strip_prefix("http://").unwrap_or(address);
        let (credentials, place) = match place.rsplit_once('@') {
            Some((credentials, place)) => (Some(credentials), place),
            None => (None, place),
        };
        let uri: Uri = format!("http://{place}").parse().map_err(|_| wrong)?;
        Ok(Self {
            host: uri.host().ok_or(wrong)?.to_owned(),
            port: uri.port_u16().unwrap_or(80),
            authorization: credentials.map(basic),
        })
    }

    /// Returns the request for a tunnel to a host.
    pub(crate) fn request(&self, host: &str, port: u16) -> Zeroizing<Vec<u8>> {
        let mut head = Zeroizing::new(Vec::with_capacity(256));
        let line = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n");
        head.extend_from_slice(line.as_bytes());
        if let Some(authorization) = &self.authorization {
            head.extend_from_slice(b"Proxy-Authorization: ");
            head.extend_from_slice(authorization.as_bytes());
            head.extend_from_slice(b"\r\n");
        }
        head.extend_from_slice(b"\r\n");
        head
    }
}

/// Encodes the credentials of an address for the scheme `Basic`.
fn basic(credentials: &str) -> Zeroizing<String> {
    let (user, password) = credentials.split_once(':').unwrap_or((credentials, ""));
    let mut plain = Zeroizing::new(percent_decode_str(user).collect::<Vec<u8>>());
    plain.push(b':');
    plain.extend(percent_decode_str(password));
    let encoded = Zeroizing::new(BASE64_STANDARD.encode(&*plain));
    Zeroizing::new(format!("Basic {}", *encoded))
}

/// Returns true if the tunnel is open, given the response so far. False if the response is incomplete.
pub(crate) fn is_open(read: &[u8]) -> Result<bool, ProxyError> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut response = httparse::Response::new(&mut headers);
    match response.parse(read) {
        Ok(Status::Partial) if read.len() < LONGEST_HEAD => Ok(false),
        Ok(Status::Partial) => Err(ProxyError::TooLong),
        Ok(Status::Complete(_)) => {
            let status = response.code.and_then(|code| StatusCode::from_u16(code).ok());
            match status {
                Some(status) if status.is_success() => Ok(true),
                Some(status) => Err(ProxyError::Refused(status)),
                None => Err(ProxyError::NotHttp),
            }
        }
        Err(_) => Err(ProxyError::NotHttp),
    }
}

/// Reasons why there is no tunnel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProxyError {
    /// The proxy responded with this status.
    Refused(StatusCode),
    /// The proxy closed the connection before its response was complete.
    Closed,
    NotHttp,
    TooLong,
}

impl ProxyError {
    /// Returns true if another attempt would fail in the same way: the credentials are wrong, or the proxy does not
    /// allow the host.
    pub(crate) fn is_permanent(self) -> bool {
        let transient = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS];
        match self {
            Self::Refused(status) => {
                status.is_client_error() && !transient.contains(&status)
            }
            Self::Closed | Self::NotHttp | Self::TooLong => false,
        }
    }
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(status) => {
                write!(f, "the proxy refused the tunnel with status {status}")?;
                f.write_str(match *status {
                    StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
                        "; check the user name and password in the proxy's address"
                    }
                    StatusCode::FORBIDDEN => "; it does not allow this host",
                    _ => "",
                })
            }
            Self::Closed => {
                f.write_str("the proxy closed the connection without a response")
            }
            Self::NotHttp => f.write_str("the proxy's response is not HTTP"),
            Self::TooLong => write!(
                f,
                "the head of the proxy's response is longer than {LONGEST_HEAD} bytes"
            ),
        }
    }
}

impl StdError for ProxyError {}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::{LONGEST_HEAD, Proxy, ProxyError, is_open};

    #[test]
    fn the_request_names_the_host_and_the_credentials() {
        let proxy = Proxy::parse("http://us%40er:p%3Aa%25ss@[::1]:3128").unwrap();
        assert_eq!((proxy.host.as_str(), proxy.port), ("[::1]", 3128));
        assert_eq!(
            String::from_utf8(proxy.request("api.test", 443).to_vec()).unwrap(),
            "CONNECT api.test:443 HTTP/1.1\r\nHost: api.test:443\r\n\
             Proxy-Authorization: Basic dXNAZXI6cDphJXNz\r\n\r\n"
        );
        let plain = Proxy::parse("http://proxy").unwrap();
        assert_eq!((plain.host.as_str(), plain.port), ("proxy", 80));
        assert!(!String::from_utf8_lossy(&plain.request("h", 1)).contains("Proxy-"));
    }

    #[test]
    fn a_response_is_read_as_it_arrives() {
        let whole = b"HTTP/1.0 200 OK\r\nvia: a\r\n\r\n";
        for length in 0..whole.len() {
            assert_eq!(is_open(&whole[..length]), Ok(false));
        }
        assert_eq!(is_open(whole), Ok(true));
        assert_eq!(is_open(b"HTTP/1.1 201 Made\r\n\r\n"), Ok(true));
    }

    #[test]
    fn refusals_keep_their_status() {
        let refused = |code: u16| {
            let head = format!("HTTP/1.1 {code} No\r\n\r\n");
            is_open(head.as_bytes()).unwrap_err()
        };
        for (code, permanent) in
            [(407, true), (403, true), (502, false), (429, false), (302, false)]
        {
            let error = refused(code);
            assert_eq!(error, ProxyError::Refused(StatusCode::from_u16(code).unwrap()));
            assert_eq!(error.is_permanent(), permanent, "{code}");
            assert!(error.to_string().contains(&code.to_string()), "{error}");
        }
    }

    #[test]
    fn what_is_not_http_and_what_does_not_end_are_errors() {
        assert_eq!(is_open(b"SSH-2.0-OpenSSH\r\n\r\n"), Err(ProxyError::NotHttp));
        let mut long = b"HTTP/1.1 200 OK\r\nx: ".to_vec();
        long.resize(LONGEST_HEAD, b'a');
        assert_eq!(is_open(&long), Err(ProxyError::TooLong));
    }
}
