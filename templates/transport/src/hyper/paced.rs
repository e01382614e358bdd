//! A TCP stream that lets other tasks run: after a limited number of bytes, its reader
//! yields to the runtime.
//!
//! HTTP decoders read as long as data is available. A server that sends without end, and whose bytes are costly to
//! decode, would otherwise prevent the runtime from noticing an expired timeout.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::{Connected, Connection};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// The largest number of bytes that are read in a row.
const BUDGET: usize = 32 * 1024;

/// A TCP stream whose reader yields.
pub(super) struct Paced {
    stream: TcpStream,
    /// Rest of the budget.
    left: usize,
}

impl Paced {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, left: BUDGET }
    }
}

impl AsyncRead for Paced {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.left == 0 {
            self.left = BUDGET;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        let read = buffer.filled().len() - before;
        self.left = if outcome.is_pending() { BUDGET } else { self.left };
        self.left = self.left.saturating_sub(read);
        outcome
    }
}

impl AsyncWrite for Paced {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, bytes)
    }
}

impl Connection for Paced {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}
