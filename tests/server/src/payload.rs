//! Bodies of responses: bytes sent immediately, or in pieces with pauses between them.

use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// The body of a response.
#[derive(Debug, Default)]
pub(crate) struct Payload {
    pieces: VecDeque<Piece>,
    /// Pause before the next piece, once it has begun.
    pause: Option<Pin<Box<Sleep>>>,
}

#[derive(Debug)]
struct Piece {
    pause: Duration,
    /// The bytes; `None` breaks the connection.
    data: Option<Bytes>,
}

impl Payload {
    /// Sends a few bytes at a time, with a pause before each piece.
    pub(crate) fn drip(mut bytes: Bytes, size: usize, pause: Duration) -> Self {
        let mut pieces = VecDeque::new();
        while !bytes.is_empty() {
            let data = Some(bytes.split_to(size.min(bytes.len())));
            pieces.push_back(Piece { pause, data });
        }
        Self { pieces, pause: None }
    }

    /// Sends these bytes, and breaks the connection after a pause.
    pub(crate) fn broken(bytes: Bytes, pause: Duration) -> Self {
        let sent = Piece { pause: Duration::ZERO, data: Some(bytes) };
        let pieces = [sent, Piece { pause, data: None }].into();
        Self { pieces, pause: None }
    }
}

impl From<Bytes> for Payload {
    fn from(bytes: Bytes) -> Self {
        let whole = Piece { pause: Duration::ZERO, data: Some(bytes) };
        let is_empty = whole.data.as_ref().is_none_or(Bytes::is_empty);
        let pieces = if is_empty { VecDeque::new() } else { [whole].into() };
        Self { pieces, pause: None }
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let Some(piece) = self.pieces.front() else { return Poll::Ready(None) };
        let length = piece.pause;
        if !length.is_zero() {
            let pause = self.pause.get_or_insert_with(|| Box::pin(sleep(length)));
            ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        let data = self.pieces.pop_front().and_then(|piece| piece.data);
        let broken = || io::Error::from(io::ErrorKind::ConnectionAborted);
        Poll::Ready(Some(data.map(Frame::data).ok_or_else(broken)))
    }

    fn is_end_stream(&self) -> bool {
        self.pieces.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        let length = |piece: &Piece| {
            let data = piece.data.as_ref().filter(|_| piece.pause.is_zero())?;
            u64::try_from(data.len()).ok()
        };
        let lengths = self.pieces.iter().map(length);
        lengths.sum::<Option<u64>>().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
