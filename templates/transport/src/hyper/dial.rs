//! TCP connections of the async client: directly to the host, or through a proxy's tunnel.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tower_service::Service;

use super::paced::Paced;
use crate::addresses::{head_start, in_order};
use crate::proxy::{LONGEST_HEAD, Proxy, ProxyError, is_open};
use crate::{Network, TransportError};

type BoxError = Box<dyn StdError + Send + Sync>;

/// Opens connections. Plain http connects directly, never through a proxy.
#[derive(Clone)]
pub(super) struct Dialer {
    proxy: Option<Arc<Proxy>>,
    /// Timeout for all addresses of a host.
    limit: Duration,
}

impl Dialer {
    pub(super) fn new(
        limit: Duration,
        network: &Network,
    ) -> Result<Self, TransportError> {
        Ok(Self { proxy: Proxy::of(network)?.map(Arc::new), limit })
    }

    async fn dial(self, uri: Uri) -> Result<TokioIo<Paced>, BoxError> {
        let secure = uri.scheme_str() == Some("https");
        let host = uri.host().ok_or("the address has no host")?;
        let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let stream = match self.proxy {
            Some(proxy) if secure => {
                let stream = connect(&proxy.host, proxy.port, self.limit).await?;
                open_tunnel(&stream, &proxy.request(host, port)).await?;
                stream
            }
            _ => connect(host, port, self.limit).await?,
        };
        stream.set_nodelay(true)?;
        Ok(TokioIo::new(Paced::new(stream)))
    }
}

impl Service<Uri> for Dialer {
    type Response = TokioIo<Paced>;
    type Error = BoxError;
    type Future =
        Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(
        &mut self,
        _context: &mut Context<'_>,
    ) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        Box::pin(self.clone().dial(uri))
    }
}

async fn connect(host: &str, port: u16, limit: Duration) -> io::Result<TcpStream> {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    first(in_order(lookup_host((host, port)).await?), limit).await
}

/// Connects to whichever address responds first. Each one has a head start over the next.
async fn first(
    mut addresses: impl ExactSizeIterator<Item = SocketAddr>,
    limit: Duration,
) -> io::Result<TcpStream> {
    let head_start = head_start(limit, addresses.len());
    let mut attempts = Vec::new();
    let mut failure = None;
    loop {
        if let Some(address) = addresses.next() {
            attempts.push(Box::pin(TcpStream::connect(address)));
        }
        let ended = if addresses.len() == 0 {
            any(&mut attempts).await
        } else {
            match timeout(head_start, any(&mut attempts)).await {
                Ok(ended) => ended,
                Err(_) => continue,
            }
        };
        match ended {
            Some(Ok(stream)) => return Ok(stream),
            Some(Err(error)) => drop(failure.get_or_insert(error)),
            None => {
                let none =
                    || io::Error::new(io::ErrorKind::NotFound, "no address found");
                return Err(failure.unwrap_or_else(none));
            }
        }
    }
}

/// Waits until one of the futures ends, removes it and returns its result; `None` if there are none.
async fn any<T>(futures: &mut Vec<Pin<Box<impl Future<Output = T>>>>) -> Option<T> {
    poll_fn(|context| {
        for index in 0..futures.len() {
            if let Poll::Ready(output) = futures[index].as_mut().poll(context) {
                drop(futures.remove(index));
                return Poll::Ready(Some(output));
            }
        }
        if futures.is_empty() { Poll::Ready(None) } else { Poll::Pending }
    })
    .await
}

/// Requests a tunnel from a proxy and waits until it is open.
async fn open_tunnel(stream: &TcpStream, mut request: &[u8]) -> Result<(), BoxError> {
    while !request.is_empty() {
        stream.writable().await?;
        let written = unless_blocked(stream.try_write(request))?;
        request = request.get(written.unwrap_or_default()..).unwrap_or_default();
    }
    let mut response = [0; LONGEST_HEAD];
    let mut length = 0;
    while !is_open(&response[..length])? {
        stream.readable().await?;
        match unless_blocked(stream.try_read(&mut response[length..]))? {
            Some(0) => return Err(ProxyError::Closed.into()),
            read => length += read.unwrap_or_default(),
        }
    }
    Ok(())
}

fn unless_blocked(outcome: io::Result<usize>) -> io::Result<Option<usize>> {
    match outcome {
        Ok(count) => Ok(Some(count)),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::time::Duration;

    use super::first;
    use crate::tests;

    fn run(addresses: &[SocketAddr], limit: Duration) -> std::io::Result<SocketAddr> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let addresses = addresses.iter().copied();
        runtime.block_on(first(addresses, limit)).and_then(|stream| stream.peer_addr())
    }

    #[test]
    fn a_dead_address_costs_a_head_start() {
        tests::a_dead_address_costs_a_head_start(run);
    }

    #[test]
    fn an_address_that_refuses_costs_nothing_and_shows_in_the_error() {
        tests::an_address_that_refuses_costs_nothing_and_shows_in_the_error(run);
    }
}
