//! A TCP connection in the async world: straight to the host, or through a proxy that is
//! asked for a tunnel to it.

use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderValue, Uri};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use percent_encoding::percent_decode_str;
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
        let tunnel = proxy.map(|proxy| tunnel(&proxy, tcp.clone())).transpose();
        let tunnel = tunnel.map_err(TransportError::other)?;
        Ok(Self { tcp, tunnel })
    }
}

/// The tunnel, with the credentials in the proxy's address.
fn tunnel(
    proxy: &str,
    tcp: HttpConnector,
) -> Result<Tunnel<HttpConnector>, &'static str> {
    let wrong = |_| "the proxy's address is not a URL";
    let place = proxy.strip_prefix("http://").unwrap_or(proxy);
    let Some((credentials, place)) = place.rsplit_once('@') else {
        return Ok(Tunnel::new(proxy.parse().map_err(wrong)?, tcp));
    };
    let (user, password) = credentials.split_once(':').unwrap_or((credentials, ""));
    let mut basic: Vec<u8> = percent_decode_str(user).collect();
    basic.push(b':');
    basic.extend(percent_decode_str(password));
    let basic = format!("Basic {}", BASE64_STANDARD.encode(basic));
    let basic =
        HeaderValue::try_from(basic).map_err(|_| "the proxy's credentials are wrong")?;
    let place: Uri = format!("http://{place}").parse().map_err(wrong)?;
    Ok(Tunnel::new(place, tcp).with_auth(basic))
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
