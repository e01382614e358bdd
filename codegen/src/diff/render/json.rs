//! Reports for tools.

use serde::Serialize;

use super::super::report::{Change, Report};
use super::super::rules::{Rust, Wire};

/// A report with its verdicts.
#[derive(Serialize)]
struct Judged<'a> {
    wire: Wire,
    rust: Rust,
    breaking: bool,
    changes: &'a [Change],
}

impl Serialize for Report {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let judged = Judged {
            wire: self.wire(),
            rust: self.rust(),
            breaking: self.is_breaking(),
            changes: &self.changes,
        };
        judged.serialize(serializer)
    }
}
