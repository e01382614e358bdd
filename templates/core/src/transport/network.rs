//! The way to the API that is not the usual one: a proxy, authorities of one's own. Text
//! goes in, checked; secrets in it do not show.

use std::fmt;

use http::Uri;

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
    /// The proxy's address, checked. The error does not show it: it may hold a password.
    pub(crate) fn checked_proxy(&self) -> Result<Option<String>, &'static str> {
        let Some(text) = self.proxy.as_deref().map(str::trim) else { return Ok(None) };
        let whole = match text.split_once("://") {
            Some(("http", _)) => text.to_owned(),
            Some(_) => {
                return Err(
                    "the proxy's address does not begin with http://, and no other \
                            kind is spoken; a client can be told to use no proxy",
                );
            }
            None => format!("http://{text}"),
        };
        let uri: Uri = whole.parse().map_err(|_| "the proxy's address is not a URL")?;
        let host = uri.host().unwrap_or_default();
        if host.is_empty() {
            Err("the proxy's address has no host")
        } else {
            Ok(Some(whole))
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
