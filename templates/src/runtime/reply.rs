//! What a successful call brought back: bytes go in, values come out, and an error that
//! shows where the bytes are wrong.

use std::any::TypeId;

use http::{HeaderMap, StatusCode};
use serde_core::de::DeserializeOwned;

use crate::runtime::codec::json_path;
use crate::runtime::draft::Operation;
use crate::runtime::error::text;
use crate::runtime::{Error, Result};

/// How much of a body that cannot be decoded is kept, before the fault and after it.
const AROUND: usize = 200;

/// A whole answer with a status of success.
#[allow(unnameable_types, unreachable_pub, reason = "only a sealed trait speaks of it")]
pub struct Reply {
    pub(crate) operation: Operation,
    pub(crate) attempts: u32,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// Makes a value of a reply.
pub(crate) type Decode<T> = fn(&Reply) -> Result<T>;

impl Reply {
    /// The body as a value. A call that yields nothing does not look at it.
    pub(crate) fn decode<T: DeserializeOwned + 'static>(&self) -> Result<T> {
        let nothing = TypeId::of::<T>() == TypeId::of::<()>();
        let json = if nothing { b"null".as_slice() } else { self.json()? };
        serde_json::from_slice(json).map_err(|error| self.undecodable(error))
    }

    /// The body, which must not be empty.
    pub(crate) fn json(&self) -> Result<&[u8]> {
        if self.body.trim_ascii().is_empty() {
            return Err(self.context(Error::decode("it is empty")));
        }
        Ok(&self.body)
    }

    /// The error for a body that is not what the call yields.
    pub(crate) fn undecodable(&self, error: serde_json::Error) -> Error {
        // A syntax error counts the byte it stumbled on, which may close what the fault
        // is in.
        let column =
            error.column() - usize::from(error.is_syntax() && error.column() > 0);
        let line = error.line();
        let made = Error::decode(error.to_string())
            .at(json_path(&self.body, line, column))
            .body_text(self.around(line, column))
            .caused_by(error);
        self.context(made)
    }

    fn context(&self, error: Error) -> Error {
        error.answered(self.status, &self.headers).of(self.operation.name, self.attempts)
    }

    fn around(&self, line: usize, column: usize) -> String {
        let lines = self.body.split_inclusive(|byte| *byte == b'\n');
        let before: usize = lines.take(line.saturating_sub(1)).map(<[u8]>::len).sum();
        let fault = before.saturating_add(column).min(self.body.len());
        let start = fault.saturating_sub(AROUND);
        let part = self.body.get(start..).unwrap_or_default();
        text(part, fault - start + AROUND)
    }
}
