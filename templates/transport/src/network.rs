//! Network settings: a proxy, custom root certificates. Takes strings, validates them; never shows secrets in them.

use std::fmt;

use http::Uri;
use http::uri::Authority;

/// Network settings of the built-in transports.
#[derive(Clone, Default)]
#[allow(clippy::exhaustive_structs, reason = "for clients alone")]
pub struct Network {
    /// Address of a proxy, which tunnels connections to the API.
    pub proxy: Option<String>,
    /// Root certificates in PEM. If there are any, TLS trusts no others.
    pub roots: Vec<Vec<u8>>,
}

impl Network {
    /// Returns the proxy's address, validated and with its scheme. The error does not contain it: it may include a
    /// password.
    ///
    /// # Errors
    ///
    /// If it is not the address of an HTTP proxy.
    pub fn checked_proxy(&self) -> Result<Option<String>, &'static str> {
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

    /// Returns the decoded certificates.
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

/// Returns true if the authority has no port, or one from 0 to 65535: [`Uri`] accepts any number.
#[must_use]
pub fn has_valid_port(authority: &Authority) -> bool {
    let place = authority.as_str().rsplit('@').next().unwrap_or_default();
    place.len() == authority.host().len() || authority.port_u16().is_some()
}

/// Shows whether there is a proxy, and the number of root certificates.
impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network")
            .field("proxy", &self.proxy.is_some())
            .field("roots", &self.roots.len())
            .finish()
    }
}
