//! A local server that records requests and sends prepared responses.
//!
//! It implements just enough HTTP/1.1 for one client at a time, and knows nothing of the API: requests are recorded undecoded.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Result, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use http::{HeaderName, HeaderValue};
use ngrok_client::HttpRequest;
use serde_json::Value;

/// Call ID of every response.
pub const OPERATION_ID: &str = "op_of_the_server";

/// A request as received.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Method.
    pub method: String,
    /// Path and query, including escapes.
    pub target: String,
    /// Headers with names in lower case, in the order of the request.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
}

impl From<HttpRequest> for Recorded {
    /// Converts a request; headers that are not text are omitted.
    fn from(request: HttpRequest) -> Self {
        let (head, body) = request.into_parts();
        let header = |(name, value): (&HeaderName, &HeaderValue)| {
            Some((name.to_string(), value.to_str().ok()?.to_owned()))
        };
        Self {
            method: head.method.to_string(),
            target: head
                .uri
                .path_and_query()
                .map(ToString::to_string)
                .unwrap_or_default(),
            headers: head.headers.iter().filter_map(header).collect(),
            body,
        }
    }
}

/// A recording server. It stops with the process.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    queued: VecDeque<(u16, String)>,
    recorded: Vec<Recorded>,
}

impl Server {
    /// Starts a server on a free port; its responses have this header besides those of HTTP.
    ///
    /// # Errors
    ///
    /// If no port is available.
    pub fn start(id_header: &str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let server = Self { address: listener.local_addr()?, state: Arc::default() };
        let state = Arc::clone(&server.state);
        let head =
            format!("content-type: application/json\r\n{id_header}: {OPERATION_ID}\r\n");
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (state, head) = (Arc::clone(&state), head.clone());
                // A connection error is reported by the client.
                thread::spawn(move || serve(&stream, &state, &head));
            }
        });
        Ok(server)
    }

    /// Returns the base URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Queues a response to the next request: a status and a body.
    pub fn respond(&self, status: u16, body: Option<&Value>) {
        let body = body.map(ToString::to_string).unwrap_or_default();
        lock(&self.state).queued.push_back((status, body));
    }

    /// Returns the requests received since the last call.
    #[must_use]
    pub fn take(&self) -> Vec<Recorded> {
        std::mem::take(&mut lock(&self.state).recorded)
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(stream: &TcpStream, state: &Mutex<State>, head: &str) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader)? {
        let (status, body) = {
            let mut state = lock(state);
            state.recorded.push(request);
            state.queued.pop_front().unwrap_or((501, String::new()))
        };
        // 204 has no body, and no length either.
        let length = match status {
            204 => String::new(),
            _ => format!("content-length: {}\r\n", body.len()),
        };
        let text = format!("HTTP/1.1 {status} Said\r\n{head}{length}\r\n{body}");
        (&mut &*stream).write_all(text.as_bytes())?;
    }
    Ok(())
}

/// Reads the next request; `None` at the end of the connection.
fn read(reader: &mut impl BufRead) -> Result<Option<Recorded>> {
    let Some(start) = line(reader)? else { return Ok(None) };
    let mut parts = start.split(' ').map(str::to_owned);
    let (method, target) = (parts.next(), parts.next());
    let mut headers = Vec::new();
    while let Some(line) = line(reader)?.filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.and_then(|(_, value)| value.parse().ok()).unwrap_or_default();
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let (method, target) = (method.unwrap_or_default(), target.unwrap_or_default());
    Ok(Some(Recorded { method, target, headers, body }))
}

fn line(reader: &mut impl BufRead) -> Result<Option<String>> {
    let mut line = String::new();
    let read = reader.read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
}
