//! Connecting in the async world: finding the host, TCP, and TLS where a feature says whom
//! to trust, all of it within one limit.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use tokio::time::timeout;
use tower_service::Service;

use crate::TransportError;

/// Makes connections, within a limit that covers looking up the host and agreeing on TLS
/// too.
#[derive(Clone)]
pub(super) struct Connector {
    inner: Secure,
    limit: Duration,
}

impl Connector {
    /// Trusts whom the crate's features say.
    pub(super) fn new(limit: Duration) -> Result<Self, TransportError> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        Ok(Self { inner: secure(tcp)?, limit })
    }
}

impl Service<Uri> for Connector {
    type Response = <Secure as Service<Uri>>::Response;
    type Error = Box<dyn StdError + Send + Sync>;
    type Future =
        Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = timeout(self.limit, self.inner.call(uri));
        Box::pin(async move {
            let stream = connecting.await.map_err(|_| ConnectTimeout)??;
            Ok(stream)
        })
    }
}

/// No connection within the limit.
#[derive(Debug)]
pub(super) struct ConnectTimeout;

impl fmt::Display for ConnectTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no connection in time")
    }
}

impl StdError for ConnectTimeout {}

#[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
type Secure = hyper_rustls::HttpsConnector<HttpConnector>;
#[cfg(not(any(feature = "webpki-roots", feature = "native-roots")))]
type Secure = HttpConnector;

#[cfg_attr(
    not(feature = "native-roots"),
    allow(
        clippy::unnecessary_wraps,
        reason = "only the system's certificates can fail to load"
    )
)]
fn secure(tcp: HttpConnector) -> Result<Secure, TransportError> {
    #[cfg(any(feature = "webpki-roots", feature = "native-roots"))]
    let tcp = {
        let tls = hyper_rustls::HttpsConnectorBuilder::new();
        #[cfg(feature = "native-roots")]
        let tls = tls.try_with_platform_verifier().map_err(TransportError::other)?;
        #[cfg(not(feature = "native-roots"))]
        let tls = tls.with_webpki_roots();
        tls.https_or_http().enable_http1().wrap_connector(tcp)
    };
    Ok(tcp)
}
