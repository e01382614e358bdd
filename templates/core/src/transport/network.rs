//! The way to the API that is not the usual one: a proxy, authorities of one's own. Text
//! goes in, checked; secrets in it do not show.

use std::fmt;

use http::Uri;

use crate::url::has_valid_port;

/// How the built-in transports reach the API.
#[derive(Clone, Default)]
#[allow(clippy::exhaustive_structs, reason = "for clients alone")]
pub struct Network {
    /// The address of a proxy, which is asked for a tunnel to the API.
    pub proxy: Option<String>,
    /// Certificates of authorities, in PEM. If there are any, TLS trusts them and nobody
    /// else.
    pub roots: Vec<Vec<u8>>,
}

impl Network {
    /// The proxy's address, checked and with its scheme. The error does not show it: it may
    /// hold a password.
    pub(crate) fn checked_proxy(&self) -> Result<Option<String>, &'static str> {
        let Some(text) = self.proxy.as_deref().map(str::trim) else { return Ok(None) };
        let place = match text.split_once("://") {
            Some((scheme, place)) if scheme.eq_ignore_ascii_case("http") => place,
            Some(_) => {
                return Err("the proxy's address does not begin with http://, and no \
                            other scheme is supported; use `no_proxy` to connect without \
                            a proxy");
            }
            None => text,
        };
        let whole = format!("http://{place}");
        let uri: Uri = whole.parse().map_err(|_| "the proxy's address is not a URL")?;
        match uri.authority() {
            Some(authority) if authority.host().is_empty() => {
                Err("the proxy's address has no host")
            }
            Some(authority) if !has_valid_port(authority) => {
                Err("the proxy's address has no valid port")
            }
            Some(_) => Ok(Some(whole)),
            None => Err("the proxy's address has no host"),
        }
    }

    /// The certificates, decoded.
    #[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
    pub(crate) fn certificates(
        &self,
    ) -> Result<Vec<rustls::pki_types::CertificateDer<'static>>, &'static str> {
        use rustls::pki_types::{CertificateDer, pem::PemObject};

        let mut all = Vec::new();
        for pem in &self.roots {
            let before = all.len();
            for certificate in CertificateDer::pem_slice_iter(pem) {
                all.push(certificate.map_err(|_| "a root certificate is not in PEM")?);
            }
            if all.len() == before {
                return Err("a root certificate is not in PEM");
            }
        }
        Ok(all)
    }
}

/// Whether there is a proxy, and how many authorities.
impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network")
            .field("proxy", &self.proxy.is_some())
            .field("roots", &self.roots.len())
            .finish()
    }
}
