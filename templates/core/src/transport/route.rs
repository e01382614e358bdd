//! A TCP connection in the async world: straight to the host, or through a proxy that is
//! asked for a tunnel to it.

use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::proxy::matcher::Matcher;
use tower_service::Service;

use super::Network;
use crate::TransportError;

/// The way to a host. Plain http goes straight: it is for this machine alone.
#[derive(Clone)]
pub(super) struct Route {
    tcp: HttpConnector,
    tunnel: Option<Tunnel<HttpConnector>>,
}

impl Route {
    pub(super) fn new(network: &Network) -> Result<Self, TransportError> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let proxy = network.checked_proxy().map_err(TransportError::other)?;
        let tunnel = proxy.and_then(|proxy| tunnel(proxy, tcp.clone()));
        Ok(Self { tcp, tunnel })
    }
}

/// The tunnel, with the credentials in the proxy's address.
fn tunnel(proxy: String, tcp: HttpConnector) -> Option<Tunnel<HttpConnector>> {
    let proxies = Matcher::builder().https(proxy).build();
    let proxy = proxies.intercept(&Uri::from_static("https://any"))?;
    let tunnel = Tunnel::new(proxy.uri().clone(), tcp);
    Some(match proxy.basic_auth() {
        Some(credentials) => tunnel.with_auth(credentials.clone()),
        None => tunnel,
    })
}

impl Service<Uri> for Route {
    type Response = <HttpConnector as Service<Uri>>::Response;
    type Error = Box<dyn StdError + Send + Sync>;
    type Future =
        Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<(), Self::Error>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        match &mut self.tunnel {
            Some(tunnel) if uri.scheme_str() == Some("https") => {
                let connecting = tunnel.call(uri);
                Box::pin(async move { Ok(connecting.await?) })
            }
            _ => {
                let connecting = self.tcp.call(uri);
                Box::pin(async move { Ok(connecting.await?) })
            }
        }
    }
}
