//! The model as compact JSON. Default values and what follows from the rest are omitted; each service and each type is
//! one line, so that a change of the description is a small change of the file.

use std::fmt;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

use super::Model;

/// Depth of containers with one entry per line.
const LINES_TO_DEPTH: usize = 2;

impl Model {
    /// Parses a model written by [`to_json`](Self::to_json).
    ///
    /// # Errors
    ///
    /// If the string is not JSON, or not a model of this version of the crate.
    pub fn from_json(json: &str) -> Result<Self, JsonError> {
        let mut model: Self = serde_json::from_str(json).map_err(JsonError)?;
        model.restore();
        Ok(model)
    }

    /// Returns the model as compact JSON that ends with a newline.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut model = self.clone();
        model.omit();
        let mut bytes = Vec::new();
        let mut serializer =
            serde_json::Serializer::with_formatter(&mut bytes, Lines { depth: 0 });
        // All keys are strings, and writing to memory cannot fail.
        let written = model.serialize(&mut serializer);
        debug_assert!(written.is_ok(), "{written:?}");
        String::from_utf8(bytes).unwrap_or_default() + "\n"
    }
}

/// Error for JSON that is not a model.
#[derive(Debug)]
pub struct JsonError(serde_json::Error);

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an API model: {}", self.0)
    }
}

impl std::error::Error for JsonError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// Returns true if a field can be omitted.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The status of most responses.
pub(crate) fn ok() -> u16 {
    200
}

/// Returns true if a status may be omitted.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
pub(crate) fn is_ok(status: &u16) -> bool {
    *status == ok()
}

/// Returns the default of fields that are usually true.
pub(crate) fn yes() -> bool {
    true
}

/// Returns true if a field that is usually true can be omitted.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
pub(crate) fn is_true(value: &bool) -> bool {
    *value
}

/// Breaks lines between the entries of outer containers only.
struct Lines {
    depth: usize,
}

impl Lines {
    fn begin(&mut self, writer: &mut (impl Write + ?Sized), open: u8) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(&[open])
    }

    fn end(&mut self, writer: &mut (impl Write + ?Sized), close: u8) -> io::Result<()> {
        self.depth -= 1;
        if self.depth < LINES_TO_DEPTH {
            writer.write_all(b"\n")?;
        }
        writer.write_all(&[close])
    }

    fn entry(&self, writer: &mut (impl Write + ?Sized), first: bool) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        if self.depth <= LINES_TO_DEPTH { writer.write_all(b"\n") } else { Ok(()) }
    }
}

impl Formatter for Lines {
    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b'[')
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b']')
    }

    fn begin_array_value<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.entry(writer, first)
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b'{')
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b'}')
    }

    fn begin_object_key<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.entry(writer, first)
    }

    fn begin_object_value<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
    ) -> io::Result<()> {
        CompactFormatter.begin_object_value(writer)
    }
}
