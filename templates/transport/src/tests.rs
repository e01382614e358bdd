//! Tests of connecting that both clients pass, and addresses for tests.

use std::io::{ErrorKind, Result};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use crate::clock;

/// Connects to whichever address responds first within a limit, and returns it.
pub(crate) type First = fn(&[SocketAddr], Duration) -> Result<SocketAddr>;

pub(crate) fn a_dead_address_costs_a_head_start(first: First) {
    let (deaf, (_listener, live)) = (Deaf::new(), listening());
    let start = clock::now();
    let limit = Duration::from_secs(10);
    assert_eq!(first(&[deaf.address, live], limit).unwrap(), live);
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
}

pub(crate) fn an_address_that_refuses_costs_nothing_and_shows_in_the_error(
    first: First,
) {
    let (_listener, live) = listening();
    let limit = Duration::from_secs(10);
    assert_eq!(first(&[refusing(), live], limit).unwrap(), live);
    let error = first(&[refusing(), refusing()], limit).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    assert_eq!(first(&[], limit).unwrap_err().to_string(), "no address found");
}

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
