//! Connections of the async client: DNS lookup, TCP, and TLS where a feature selects the
//! trusted roots, all of it within one limit.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use tokio::time::timeout;
use tower_service::Service;

use super::dial::Dialer;
use crate::{Network, TransportError};

/// Makes connections, within a limit that includes DNS lookup and TLS handshake.
#[derive(Clone)]
pub(super) struct Connector {
    /// Shared, since hyper-util clones the connector for every request.
    inner: Arc<Secure>,
    limit: Duration,
}

impl Connector {
    /// Uses the trusted roots of the crate's features, unless there are custom ones.
    pub(super) fn new(
        limit: Duration,
        network: &Network,
    ) -> Result<Self, TransportError> {
        let inner = secure(Dialer::new(limit, network)?, network)?;
        Ok(Self { inner: Arc::new(inner), limit })
    }
}

impl Service<Uri> for Connector {
    type Response = <Secure as Service<Uri>>::Response;
    type Error = Box<dyn StdError + Send + Sync>;
    type Future =
        Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(
        &mut self,
        _context: &mut Context<'_>,
    ) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let mut inner = Secure::clone(&self.inner);
        let limit = self.limit;
        let connecting = async move {
            poll_fn(|context| inner.poll_ready(context)).await?;
            inner.call(uri).await
        };
        Box::pin(
            async move { timeout(limit, connecting).await.map_err(|_| ConnectTimeout)? },
        )
    }
}

/// Timeout of connecting.
#[derive(Debug)]
pub(super) struct ConnectTimeout;

impl fmt::Display for ConnectTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no connection in time")
    }
}

impl StdError for ConnectTimeout {}

#[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
type Secure = hyper_rustls::HttpsConnector<Dialer>;
#[cfg(not(any(feature = "webpki-roots", feature = "native-roots")))]
type Secure = Dialer;

#[cfg(not(any(feature = "webpki-roots", feature = "native-roots")))]
fn secure(dialer: Dialer, network: &Network) -> Result<Secure, TransportError> {
    if network.roots.is_empty() { Ok(dialer) } else { Err(TransportError::no_tls()) }
}

#[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
fn secure(dialer: Dialer, network: &Network) -> Result<Secure, TransportError> {
    let tls = hyper_rustls::HttpsConnectorBuilder::new();
    let tls = tls.with_tls_config(trust(network)?).https_or_http();
    #[cfg(feature = "http2")]
    let tls = tls.enable_all_versions();
    #[cfg(not(feature = "http2"))]
    let tls = tls.enable_http1();
    Ok(tls.wrap_connector(dialer))
}

/// Builds the TLS configuration. The provider is explicit, since a program may have several.
#[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
fn trust(network: &Network) -> Result<rustls::ClientConfig, TransportError> {
    use hyper_rustls::ConfigBuilderExt;
    use rustls::{ClientConfig, RootCertStore, crypto::ring};

    let tls = ClientConfig::builder_with_provider(ring::default_provider().into());
    let tls = tls.with_safe_default_protocol_versions();
    let tls = tls.map_err(TransportError::other)?;
    let own = network.certificates().map_err(TransportError::other)?;
    if !own.is_empty() {
        let mut roots = RootCertStore::empty();
        for root in own {
            roots.add(root).map_err(TransportError::other)?;
        }
        return Ok(tls.with_root_certificates(roots).with_no_client_auth());
    }
    #[cfg(feature = "native-roots")]
    let tls = tls.try_with_platform_verifier().map_err(TransportError::other)?;
    #[cfg(not(feature = "native-roots"))]
    let tls = tls.with_webpki_roots();
    Ok(tls.with_no_client_auth())
}
