//! A server that responds from a script: completely, truncated, too long, or not at all.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// The server's reaction to one request.
#[derive(Clone)]
pub(crate) enum Reaction {
    /// Sends these bytes and keeps the connection.
    Whole(Vec<u8>),
    /// Sends these bytes and closes the connection.
    Cut(Vec<u8>),
    /// Sends these bytes and then nothing, with the connection open.
    Stall(Vec<u8>),
    /// Sends the first bytes, and then repeats the second ones until the client disconnects.
    Endless(Vec<u8>, Vec<u8>),
    /// Sends these bytes once the test reaches the barrier too.
    Gated(Arc<Barrier>, Vec<u8>),
    /// Closes the connection without reading the request.
    Slam,
    /// Neither reads the request nor closes the connection.
    Silence,
}

/// Returns a response with a JSON body.
pub(crate) fn json(status: u16, body: &str) -> Reaction {
    with_headers(status, &[("content-type", "application/json")], body)
}

/// Returns a response with these headers besides its length.
pub(crate) fn with_headers(
    status: u16,
    headers: &[(&str, &str)],
    body: &str,
) -> Reaction {
    Reaction::Whole(format!("{}{body}", head(status, headers, body.len())).into_bytes())
}

/// Returns the head of a response with a body of this length.
pub(crate) fn head(status: u16, headers: &[(&str, &str)], length: usize) -> String {
    let mut head = format!("HTTP/1.1 {status} Reason\r\ncontent-length: {length}\r\n");
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head + "\r\n"
}

/// A request as received.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found =
            self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// The server. Its threads end with the test process.
pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    script: Mutex<VecDeque<Reaction>>,
    requests: Mutex<Vec<Request>>,
    arrivals: Mutex<Vec<Instant>>,
    connections: AtomicUsize,
    ended: AtomicUsize,
    closed_by_client: AtomicUsize,
}

impl Server {
    /// Responds to the first request with the first response, and so on; requests beyond the script get status 599.
    pub(crate) fn new(script: impl IntoIterator<Item = Reaction>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let script = Mutex::new(script.into_iter().collect());
        let state = Arc::new(State { script, ..State::default() });
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let state = Arc::clone(&shared);
                // A client that disconnects ends the connection only.
                thread::spawn(move || {
                    drop(state.serve(stream));
                    state.ended.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        Self { address, state }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the received requests.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().unwrap().clone()
    }

    /// Returns the times of the received requests, in order.
    pub(crate) fn arrivals(&self) -> Vec<Instant> {
        self.state.arrivals.lock().unwrap().clone()
    }

    /// Returns the received paths and queries.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.target).collect()
    }

    /// Returns the number of accepted connections.
    pub(crate) fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// Returns the number of open connections.
    pub(crate) fn open(&self) -> usize {
        self.connections() - self.state.ended.load(Ordering::SeqCst)
    }

    /// Returns the number of connections that the client closed while a response was pending.
    pub(crate) fn closed_by_client(&self) -> usize {
        self.state.closed_by_client.load(Ordering::SeqCst)
    }

    /// Returns the number of remaining responses.
    pub(crate) fn left(&self) -> usize {
        self.state.script.lock().unwrap().len()
    }

    /// Adds to the script.
    pub(crate) fn then(&self, reaction: Reaction) {
        self.state.script.lock().unwrap().push_back(reaction);
    }
}

impl State {
    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        loop {
            // The next response may be to close before anything is read.
            let mut byte = [0];
            if stream.peek(&mut byte)? == 0 {
                return Ok(());
            }
            let reaction = self.script.lock().unwrap().pop_front();
            match reaction {
                Some(Reaction::Slam) => return Ok(()),
                Some(Reaction::Silence) => {
                    drop(reader.read_to_end(&mut Vec::new()));
                    self.closed_by_client.fetch_add(1, Ordering::SeqCst);
                    return Ok(());
                }
                _ => {}
            }
            let request = read_request(&mut reader)?;
            self.arrivals.lock().unwrap().push(Instant::now());
            self.requests.lock().unwrap().push(request);
            match reaction.unwrap_or_else(|| json(599, "\"the script has ended\"")) {
                Reaction::Whole(bytes) => stream.write_all(&bytes)?,
                Reaction::Cut(bytes) => return stream.write_all(&bytes),
                Reaction::Gated(gate, bytes) => {
                    gate.wait();
                    stream.write_all(&bytes)?;
                }
                Reaction::Stall(bytes) => {
                    stream.write_all(&bytes)?;
                    reader.read_to_end(&mut Vec::new())?;
                }
                Reaction::Endless(head, part) => {
                    stream.write_all(&head)?;
                    loop {
                        stream.write_all(&part)?;
                    }
                }
                Reaction::Slam | Reaction::Silence => {}
            }
        }
    }
}

fn read_request(reader: &mut BufReader<TcpStream>) -> std::io::Result<Request> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let mut request = Request {
        method: words.next().unwrap_or_default(),
        target: words.next().unwrap_or_default(),
        ..Request::default()
    };
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        request.headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let length = request.header("content-length").and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    request.body = String::from_utf8(body).unwrap();
    Ok(request)
}

/// Waits until a condition is true, which it must become eventually.
pub(crate) fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..60_000 {
        if holds() {
            return;
        }
        thread::sleep(Duration::from_millis(1));
    }
    panic!("timed out: {what}");
}
