//! A TCP connection as ureq uses it: buffers, and timeouts for each read and write.

use std::io::{Error as IoError, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use ureq::Error;
use ureq::config::Config;
use ureq::unversioned::transport::time::Duration as Limit;
use ureq::unversioned::transport::{Buffers, LazyBuffers, NextTimeout, Transport};

use crate::clock::{self, Instant};

/// A connection, with the current timeouts of its socket.
#[derive(Debug)]
pub(super) struct Tcp {
    stream: TcpStream,
    buffers: LazyBuffers,
    read_timeout: Option<Duration>,
    write_timeout: Option<Duration>,
}

impl Tcp {
    pub(super) fn new(stream: TcpStream, config: &Config) -> Self {
        let buffers =
            LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size());
        // A tunnel may have left other timeouts.
        let unknown = Some(Duration::ZERO);
        Self { stream, buffers, read_timeout: unknown, write_timeout: unknown }
    }

    fn write(&mut self, amount: usize, end: Option<Instant>) -> Result<(), IoError> {
        let mut written = 0;
        while written < amount {
            let timeout = left(end)?;
            if timeout != self.write_timeout {
                self.stream.set_write_timeout(timeout)?;
                self.write_timeout = timeout;
            }
            let output = self.buffers.output().get(written..amount).unwrap_or_default();
            match self.stream.write(output) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(count) => written += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn read(&mut self, end: Option<Instant>) -> Result<usize, IoError> {
        loop {
            let timeout = left(end)?;
            if timeout != self.read_timeout {
                self.stream.set_read_timeout(timeout)?;
                self.read_timeout = timeout;
            }
            match self.stream.read(self.buffers.input_append_buf()) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                outcome => return outcome,
            }
        }
    }

    /// Returns true if the connection is idle: no data, no end and no error.
    fn is_quiet(&self) -> Result<bool, IoError> {
        self.stream.set_nonblocking(true)?;
        let peeked = self.stream.peek(&mut [0]);
        self.stream.set_nonblocking(false)?;
        Ok(peeked.is_err_and(|error| error.kind() == ErrorKind::WouldBlock))
    }
}

impl Transport for Tcp {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(
        &mut self,
        amount: usize,
        timeout: NextTimeout,
    ) -> Result<(), Error> {
        self.write(amount, end(timeout)).map_err(|error| failure(error, timeout))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let read = self.read(end(timeout)).map_err(|error| failure(error, timeout))?;
        self.buffers.input_appended(read);
        Ok(read > 0)
    }

    /// Unexpected data makes the connection unusable too.
    fn is_open(&mut self) -> bool {
        self.is_quiet().unwrap_or(false)
    }
}

fn end(timeout: NextTimeout) -> Option<Instant> {
    match timeout.after {
        Limit::Exact(after) => clock::system().checked_add(after),
        Limit::NotHappening => None,
    }
}

fn left(end: Option<Instant>) -> Result<Option<Duration>, IoError> {
    let Some(end) = end else { return Ok(None) };
    let left = end.saturating_duration_since(clock::system());
    if left.is_zero() {
        return Err(ErrorKind::TimedOut.into());
    }
    Ok(Some(left))
}

/// Converts an error; a timeout contains its limit.
fn failure(error: IoError, timeout: NextTimeout) -> Error {
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Error::Timeout(timeout.reason),
        _ => Error::Io(error),
    }
}
