//! TCP connections of the blocking client: directly to the host, or through a proxy's tunnel. One deadline bounds
//! all waiting.

use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::addresses::head_start;
use crate::clock::{self, Instant};
use crate::proxy::{LONGEST_HEAD, ProxyError, is_open};

/// Connects to whichever address responds first. Each one has a head start over the next.
///
/// Several addresses are tried on separate threads. Threads whose connection is no longer needed end by themselves,
/// at the deadline at the latest.
pub(super) fn first(
    mut addresses: impl ExactSizeIterator<Item = SocketAddr>,
    deadline: Instant,
) -> Result<TcpStream> {
    if addresses.len() == 1 {
        return addresses.next().map_or_else(none, |only| connect(only, deadline));
    }
    let head_start = head_start(left(deadline)?, addresses.len());
    let (sender, outcomes) = channel();
    let (mut waiting, mut failure) = (0, None);
    loop {
        if let Some(address) = addresses.next() {
            attempt(address, deadline, &sender);
            waiting += 1;
        }
        if waiting == 0 {
            return failure.map_or_else(none, Err);
        }
        let more = addresses.len() > 0;
        let left = left(deadline)?;
        match outcomes.recv_timeout(if more { head_start.min(left) } else { left }) {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => {
                waiting -= 1;
                failure.get_or_insert(error);
            }
            Err(RecvTimeoutError::Timeout) if more => {}
            Err(_) => return Err(ErrorKind::TimedOut.into()),
        }
    }
}

/// Connects on a new thread, or on this one if none can be started.
fn attempt(
    address: SocketAddr,
    deadline: Instant,
    outcomes: &Sender<Result<TcpStream>>,
) {
    let sender = outcomes.clone();
    let run = move || drop(sender.send(connect(address, deadline)));
    let thread = thread::Builder::new().name("api-connect".to_owned());
    if thread.spawn(run).is_err() {
        drop(outcomes.send(connect(address, deadline)));
    }
}

fn connect(address: SocketAddr, deadline: Instant) -> Result<TcpStream> {
    TcpStream::connect_timeout(&address, left(deadline)?)
}

fn none<T>() -> Result<T> {
    Err(Error::new(ErrorKind::NotFound, "no address found"))
}

/// Returns the time until the deadline, or an error if it has passed.
pub(super) fn left(deadline: Instant) -> Result<Duration> {
    let left = deadline.saturating_duration_since(clock::system());
    if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
}

/// Requests a tunnel from a proxy and waits until it is open.
pub(super) fn open_tunnel(
    mut stream: &TcpStream,
    mut request: &[u8],
    deadline: Instant,
) -> Result<()> {
    while !request.is_empty() {
        stream.set_write_timeout(Some(left(deadline)?))?;
        let written = unless_interrupted(stream.write(request))?;
        request = request.get(written.unwrap_or_default()..).unwrap_or_default();
    }
    let mut response = [0; LONGEST_HEAD];
    let mut length = 0;
    while !is_open(&response[..length]).map_err(Error::other)? {
        stream.set_read_timeout(Some(left(deadline)?))?;
        match unless_interrupted(stream.read(&mut response[length..]))? {
            Some(0) => return Err(Error::other(ProxyError::Closed)),
            read => length += read.unwrap_or_default(),
        }
    }
    Ok(())
}

fn unless_interrupted(outcome: Result<usize>) -> Result<Option<usize>> {
    match outcome {
        Ok(count) => Ok(Some(count)),
        Err(error) if error.kind() == ErrorKind::Interrupted => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::net::SocketAddr;
    use std::time::Duration;

    use super::first;
    use crate::clock;
    use crate::tests::{self, Deaf};

    fn run(addresses: &[SocketAddr], limit: Duration) -> std::io::Result<SocketAddr> {
        let outcome = first(addresses.iter().copied(), clock::system() + limit);
        outcome.and_then(|stream| stream.peer_addr())
    }

    #[test]
    fn a_dead_address_costs_a_head_start() {
        tests::a_dead_address_costs_a_head_start(run);
    }

    #[test]
    fn addresses_that_are_all_dead_end_at_the_deadline() {
        let deaf = Deaf::new();
        let start = clock::system();
        for addresses in [&[deaf.address][..], &[deaf.address, deaf.address]] {
            let error = run(addresses, Duration::from_millis(300)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::TimedOut);
        }
        assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    }

    #[test]
    fn an_address_that_refuses_costs_nothing_and_shows_in_the_error() {
        tests::an_address_that_refuses_costs_nothing_and_shows_in_the_error(run);
    }
}
