//! HTTP/1.1 over a connection: sends a request, and receives its response.
//!
//! ureq opens the connection and its TLS, but its own protocol code logs every head and every body at TRACE, with
//! the API key and all secrets. So neither is passed through it.

use std::io::{Error as IoError, ErrorKind, Write};
use std::time::Duration;

use http::header::{CONNECTION, CONTENT_LENGTH, EXPECT, HOST, TRANSFER_ENCODING};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use httparse::Status;
use ureq::unversioned::transport::time::Duration as After;
use ureq::unversioned::transport::{NextTimeout, Transport};
use ureq::{Error, Timeout};

use crate::clock::{self, Instant};

/// Maximum length of a head, and of a line with the size of a chunk.
pub(super) const LONGEST_HEAD: usize = 64 * 1024;
const LONGEST_LINE: usize = 4 * 1024;

/// Maximum number of response headers.
const HEADERS: usize = 128;

/// A connection with one exchange until a deadline.
pub(super) struct Wire<'a> {
    pub(super) transport: &'a mut dyn Transport,
    pub(super) deadline: Instant,
}

/// The head of a response.
pub(super) struct Head {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    is_current: bool,
}

/// The end of a response body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    Length(u64),
    Chunked,
    UntilClose,
}

/// Reasons why a body is incomplete.
pub(super) enum Cut {
    TooLong,
    Failed(Error),
}

impl From<Error> for Cut {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Wire<'_> {
    /// Sends a request and waits for the head of its response. Sets `asked` once a part of the body may have been
    /// sent. `patience` is the time that `Expect: 100-continue` delays the body.
    pub(super) fn exchange(
        &mut self,
        request: &Parts,
        body: &[u8],
        patience: Duration,
        asked: &mut bool,
    ) -> Result<Head, Error> {
        self.send_head(request, body.len())?;
        if !body.is_empty() {
            if has_token(&request.headers, &EXPECT, "100-continue")
                && let Some(refusal) = self.await_continue(patience)?
            {
                return Ok(refusal);
            }
            *asked = true;
            self.send(body)?;
        }
        loop {
            let head = self.next_head()?;
            if !is_interim(head.status) {
                return Ok(head);
            }
        }
    }

    /// Reads a body up to a limit, and replaces the contents of the buffer.
    pub(super) fn read_body(
        &mut self,
        framing: Framing,
        body: &mut Vec<u8>,
        limit: usize,
    ) -> Result<(), Cut> {
        match framing {
            Framing::Length(length) => self.read_exactly(length, body, limit),
            Framing::UntilClose => {
                while self.read_some(u64::MAX, body, limit)? > 0 {}
                Ok(())
            }
            Framing::Chunked => loop {
                let size = self.chunk_size()?;
                if size == 0 {
                    break Ok(self.skip_trailers()?);
                }
                self.read_exactly(size, body, limit)?;
                if !self.line(<[u8]>::is_empty)? {
                    break Err(malformed("a chunk does not match its length").into());
                }
            },
        }
    }

    /// Returns true if unexpected bytes are left over.
    pub(super) fn has_rest(&mut self) -> bool {
        !self.transport.buffers().input().is_empty()
    }

    fn send_head(&mut self, request: &Parts, length: usize) -> Result<(), Error> {
        let timeout = self.timeout()?;
        let output = self.transport.buffers().output();
        let room = output.len();
        let mut rest = &mut *output;
        if write_head(request, length, &mut rest).is_ok() {
            let amount = room - rest.len();
            let outcome = self.transport.transmit_output(amount, timeout);
            // The API key does not remain in the buffer.
            let output = self.transport.buffers().output();
            output.get_mut(..amount).unwrap_or_default().fill(0);
            return outcome;
        }
        let mut head = Vec::new();
        write_head(request, length, &mut head)?;
        self.send(&head)
    }

    fn send(&mut self, mut bytes: &[u8]) -> Result<(), Error> {
        while !bytes.is_empty() {
            let timeout = self.timeout()?;
            let output = self.transport.buffers().output();
            let amount = output.len().min(bytes.len());
            let (part, rest) = bytes.split_at(amount);
            output.get_mut(..amount).unwrap_or_default().copy_from_slice(part);
            self.transport.transmit_output(amount, timeout)?;
            bytes = rest;
        }
        Ok(())
    }

    /// Waits until the server accepts the body. Returns a response received instead.
    fn await_continue(&mut self, patience: Duration) -> Result<Option<Head>, Error> {
        let deadline = self.deadline;
        let end = clock::system().checked_add(patience);
        self.deadline = end.map_or(deadline, |end| end.min(deadline));
        let outcome = loop {
            match self.next_head() {
                Ok(head) if head.status == StatusCode::CONTINUE => break Ok(None),
                Ok(head) if is_interim(head.status) => {}
                Ok(head) => break Ok(Some(head)),
                Err(Error::Timeout(_)) => break Ok(None),
                Err(error) => break Err(error),
            }
        };
        self.deadline = deadline;
        outcome
    }

    fn next_head(&mut self) -> Result<Head, Error> {
        loop {
            let input = self.transport.buffers().input();
            if let Some((head, length)) = parse(input)? {
                self.transport.buffers().input_consume(length);
                return Ok(head);
            }
            if input.len() >= LONGEST_HEAD {
                return Err(malformed("the head of the response is too long"));
            }
            self.fill()?;
        }
    }

    fn read_exactly(
        &mut self,
        mut length: u64,
        body: &mut Vec<u8>,
        limit: usize,
    ) -> Result<(), Cut> {
        while length > 0 {
            match self.read_some(length, body, limit)? {
                0 => return Err(closed().into()),
                read => length = length.saturating_sub(read),
            }
        }
        Ok(())
    }

    /// Reads the buffered or the next bytes; none if the connection was closed.
    fn read_some(
        &mut self,
        most: u64,
        body: &mut Vec<u8>,
        limit: usize,
    ) -> Result<u64, Cut> {
        if !self.has_rest() && !self.transport.await_input(self.timeout()?)? {
            return Ok(0);
        }
        let input = self.transport.buffers().input();
        let length = usize::try_from(most).map_or(input.len(), |it| it.min(input.len()));
        let fits = length.min(limit.saturating_sub(body.len()));
        body.extend_from_slice(input.get(..fits).unwrap_or_default());
        self.transport.buffers().input_consume(length);
        if fits < length {
            return Err(Cut::TooLong);
        }
        Ok(u64::try_from(length).unwrap_or(u64::MAX))
    }

    fn chunk_size(&mut self) -> Result<u64, Error> {
        loop {
            let input = self.transport.buffers().input();
            match httparse::parse_chunk_size(input) {
                Ok(Status::Complete((length, size))) => {
                    self.transport.buffers().input_consume(length);
                    return Ok(size);
                }
                Ok(Status::Partial) if input.len() < LONGEST_LINE => self.fill()?,
                _ => return Err(malformed("a chunk has no valid size")),
            }
        }
    }

    fn skip_trailers(&mut self) -> Result<(), Error> {
        for _ in 0..HEADERS {
            if self.line(<[u8]>::is_empty)? {
                return Ok(());
            }
        }
        Err(malformed("there are too many trailers"))
    }

    /// Reads a line, and parses it with `read`.
    fn line<T>(&mut self, read: impl Fn(&[u8]) -> T) -> Result<T, Error> {
        loop {
            let input = self.transport.buffers().input();
            if let Some(end) = input.iter().position(|byte| *byte == b'\n') {
                let line = input.get(..end).unwrap_or_default();
                let line = read(line.strip_suffix(b"\r").unwrap_or(line));
                self.transport.buffers().input_consume(end + 1);
                return Ok(line);
            }
            if input.len() >= LONGEST_LINE {
                return Err(malformed("a line of the body's framing is too long"));
            }
            self.fill()?;
        }
    }

    fn fill(&mut self) -> Result<(), Error> {
        let timeout = self.timeout()?;
        if self.transport.await_input(timeout)? { Ok(()) } else { Err(closed()) }
    }

    /// Returns the time until the deadline.
    fn timeout(&self) -> Result<NextTimeout, Error> {
        let left = self.deadline.saturating_duration_since(clock::system());
        if left.is_zero() {
            return Err(Error::Timeout(Timeout::Global));
        }
        let after = After::Exact(left);
        Ok(NextTimeout { after, reason: Timeout::Global, ..NextTimeout::default() })
    }
}

impl Head {
    /// Determines the end of the body by section 6.3 of RFC 9112.
    pub(super) fn framing(&self, method: &Method) -> Result<Framing, Error> {
        let none = [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED];
        let bare = *method == Method::HEAD || self.status.is_informational();
        if bare || none.contains(&self.status) {
            return Ok(Framing::Length(0));
        }
        if self.headers.contains_key(TRANSFER_ENCODING) {
            let codings = self.headers.get_all(TRANSFER_ENCODING);
            let last = codings.iter().next_back().map(HeaderValue::as_bytes);
            let chunked =
                last.is_some_and(|it| it.to_ascii_lowercase().ends_with(b"chunked"));
            return Ok(if chunked { Framing::Chunked } else { Framing::UntilClose });
        }
        let mut lengths = self.headers.get_all(CONTENT_LENGTH).iter();
        let Some(first) = lengths.next() else { return Ok(Framing::UntilClose) };
        let digits = first.as_bytes().iter().all(u8::is_ascii_digit);
        let length =
            first.to_str().ok().filter(|_| digits).and_then(|it| it.parse().ok());
        match length {
            Some(length) if lengths.all(|other| other == first) => {
                Ok(Framing::Length(length))
            }
            _ => Err(malformed("the response has no valid content-length")),
        }
    }

    /// Returns true if the connection can be reused after this exchange.
    pub(super) fn keeps_alive(&self, request: &HeaderMap, framing: Framing) -> bool {
        let closes = |headers| has_token(headers, &CONNECTION, "close");
        let ambiguous = self.headers.contains_key(TRANSFER_ENCODING)
            && self.headers.contains_key(CONTENT_LENGTH);
        self.is_current
            && !ambiguous
            && framing != Framing::UntilClose
            && !self.status.is_informational()
            && !closes(&self.headers)
            && !closes(request)
    }
}

fn write_head(
    request: &Parts,
    length: usize,
    to: &mut impl Write,
) -> Result<(), IoError> {
    let target = request.uri.path_and_query().map_or("/", |target| target.as_str());
    write!(to, "{} {target} HTTP/1.1\r\n", request.method)?;
    if !request.headers.contains_key(HOST) {
        let authority = request.uri.authority().map_or("", |it| it.as_str());
        let host = authority.rsplit('@').next().unwrap_or_default();
        write!(to, "host: {host}\r\n")?;
    }
    for (name, value) in &request.headers {
        if *name != CONTENT_LENGTH && *name != TRANSFER_ENCODING {
            to.write_all(name.as_str().as_bytes())?;
            to.write_all(b": ")?;
            to.write_all(value.as_bytes())?;
            to.write_all(b"\r\n")?;
        }
    }
    let has_body = [Method::POST, Method::PUT, Method::PATCH].contains(&request.method);
    if length > 0 || has_body {
        write!(to, "content-length: {length}\r\n")?;
    }
    to.write_all(b"\r\n")
}

/// Parses the head at the start of the input; returns it with its length once it is complete.
fn parse(input: &[u8]) -> Result<Option<(Head, usize)>, Error> {
    let mut room = [httparse::EMPTY_HEADER; HEADERS];
    let mut response = httparse::Response::new(&mut room);
    let malformed = |_| malformed("the head of the response is malformed");
    let Status::Complete(length) = response.parse(input).map_err(malformed)? else {
        return Ok(None);
    };
    let status = StatusCode::from_u16(response.code.unwrap_or_default());
    let mut headers = HeaderMap::with_capacity(response.headers.len());
    for header in response.headers.iter() {
        let name = HeaderName::from_bytes(header.name.as_bytes());
        let value = HeaderValue::from_bytes(header.value);
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    let is_current = response.version == Some(1);
    let status = status.map_err(|_| self::malformed("the status is malformed"))?;
    Ok(Some((Head { status, headers, is_current }, length)))
}

fn is_interim(status: StatusCode) -> bool {
    status.is_informational() && status != StatusCode::SWITCHING_PROTOCOLS
}

fn has_token(headers: &HeaderMap, name: &HeaderName, token: &str) -> bool {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .any(|it| it.trim().eq_ignore_ascii_case(token))
}

fn closed() -> Error {
    let what = "the server closed the connection before its response was complete";
    Error::Io(IoError::new(ErrorKind::UnexpectedEof, what))
}

fn malformed(what: &'static str) -> Error {
    Error::Io(IoError::new(ErrorKind::InvalidData, what))
}
