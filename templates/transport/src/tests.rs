//! Addresses for tests of connecting.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

/// Returns an address that accepts connections.
pub(crate) fn listening() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// Returns an address that refuses connections.
pub(crate) fn refusing() -> SocketAddr {
    listening().1
}

/// An address that does not respond to connections: its backlog is full.
pub(crate) struct Deaf {
    pub(crate) address: SocketAddr,
    _listener: TcpListener,
    _backlog: Vec<TcpStream>,
}

impl Deaf {
    pub(crate) fn new() -> Self {
        let (listener, address) = listening();
        let patience = Duration::from_millis(200);
        let connect = || TcpStream::connect_timeout(&address, patience).ok();
        let backlog = std::iter::from_fn(connect).collect();
        Self { address, _listener: listener, _backlog: backlog }
    }
}
