//! A server that answers requests from a script, the way the script says: whole, cut off,
//! too long, or not at all.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What the server does with one request.
#[derive(Clone)]
pub(crate) enum Answer {
    /// Sends these bytes and keeps the connection.
    Whole(Vec<u8>),
    /// Sends these bytes and closes the connection.
    Cut(Vec<u8>),
    /// Sends these bytes and then nothing, with the connection open.
    Stall(Vec<u8>),
    /// Sends these bytes, and the second ones again and again while anybody takes them.
    Endless(Vec<u8>, Vec<u8>),
    /// Sends these bytes once the test is at the barrier too.
    Gated(Arc<Barrier>, Vec<u8>),
    /// Closes the connection without reading the request.
    Slam,
    /// Neither reads the request nor closes the connection.
    Silence,
}

/// An answer with a JSON body.
pub(crate) fn json(status: u16, body: &str) -> Answer {
    with_headers(status, &[("content-type", "application/json")], body)
}

/// An answer with these headers besides its length.
pub(crate) fn with_headers(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    Answer::Whole(format!("{}{body}", head(status, headers, body.len())).into_bytes())
}

/// The start of an answer whose body is to have this length.
pub(crate) fn head(status: u16, headers: &[(&str, &str)], length: usize) -> String {
    let mut head = format!("HTTP/1.1 {status} Reason\r\ncontent-length: {length}\r\n");
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head + "\r\n"
}

/// A request as it came.
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
    script: Mutex<VecDeque<Answer>>,
    requests: Mutex<Vec<Request>>,
    arrivals: Mutex<Vec<Instant>>,
    connections: AtomicUsize,
    ended: AtomicUsize,
    hung_up: AtomicUsize,
}

impl Server {
    /// Answers the first request with the first answer, and so on; requests beyond the
    /// script get status 599.
    pub(crate) fn new(script: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let script = Mutex::new(script.into_iter().collect());
        let state = Arc::new(State { script, ..State::default() });
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let state = Arc::clone(&shared);
                // A client that goes away ends the connection, and that is all.
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

    /// The requests that came.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().unwrap().clone()
    }

    /// When requests came, in their order.
    pub(crate) fn arrivals(&self) -> Vec<Instant> {
        self.state.arrivals.lock().unwrap().clone()
    }

    /// The paths and queries that came.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.target).collect()
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// How many connections are open.
    pub(crate) fn open(&self) -> usize {
        self.connections() - self.state.ended.load(Ordering::SeqCst)
    }

    /// How many connections the client has closed while it was owed an answer.
    pub(crate) fn hung_up(&self) -> usize {
        self.state.hung_up.load(Ordering::SeqCst)
    }

    /// How many answers are left.
    pub(crate) fn left(&self) -> usize {
        self.state.script.lock().unwrap().len()
    }

    /// Adds to the script.
    pub(crate) fn then(&self, answer: Answer) {
        self.state.script.lock().unwrap().push_back(answer);
    }
}

impl State {
    fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        loop {
            // The next answer may be to close before anything is read.
            let mut byte = [0];
            if stream.peek(&mut byte)? == 0 {
                return Ok(());
            }
            let answer = self.script.lock().unwrap().pop_front();
            match answer {
                Some(Answer::Slam) => return Ok(()),
                Some(Answer::Silence) => {
                    drop(reader.read_to_end(&mut Vec::new()));
                    self.hung_up.fetch_add(1, Ordering::SeqCst);
                    return Ok(());
                }
                _ => {}
            }
            let request = read_request(&mut reader)?;
            self.arrivals.lock().unwrap().push(Instant::now());
            self.requests.lock().unwrap().push(request);
            match answer.unwrap_or_else(|| json(599, "\"the script has ended\"")) {
                Answer::Whole(bytes) => stream.write_all(&bytes)?,
                Answer::Cut(bytes) => return stream.write_all(&bytes),
                Answer::Gated(gate, bytes) => {
                    gate.wait();
                    stream.write_all(&bytes)?;
                }
                Answer::Stall(bytes) => {
                    stream.write_all(&bytes)?;
                    reader.read_to_end(&mut Vec::new())?;
                }
                Answer::Endless(head, part) => {
                    stream.write_all(&head)?;
                    loop {
                        stream.write_all(&part)?;
                    }
                }
                Answer::Slam | Answer::Silence => {}
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

/// Waits until something holds, which it must sooner or later.
pub(crate) fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..60_000 {
        if holds() {
            return;
        }
        thread::sleep(Duration::from_millis(1));
    }
    panic!("in vain: {what}");
}
