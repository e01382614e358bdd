//! The line that associates a file with its schema in editors.
//!
//! Takes the text of a file; returns the problem of its first line. Not required without a schema.

use super::{API, ERRORS, MORE_ERRORS, OVERRIDES, SCHEMA, below};
use crate::diagnostic::{Code, Diagnostic, FileId, SourceMap, Span};

/// Beginning of the line, for editors with the YAML language server.
const MARK: &str = "# yaml-language-server: $schema=";

/// Reports a file whose first line does not contain its schema.
pub(super) fn check(file: FileId, sources: &SourceMap) -> Option<Diagnostic> {
    let (name, text) = (sources.name(file)?, sources.text(file)?);
    let wanted = line(name);
    let (at, first) = match text.strip_prefix('\u{feff}') {
        Some(rest) => (text.len() - rest.len(), rest.lines().next()),
        None => (0, text.lines().next()),
    };
    let first = first.unwrap_or_default().trim_end();
    if first == wanted {
        return None;
    }
    let span = if first.starts_with(MARK) {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(file, offset(at), offset(at + first.len()))
    } else {
        Span::start_of(file)
    };
    let message =
        format!("the first line of {name} does not name its schema to editors");
    Some(
        Diagnostic::warning(Code::SchemaLine, span, message)
            .help(format!("write `{wanted}`")),
    )
}

/// Returns the line of a file.
fn line(name: &str) -> String {
    let part = match name {
        API => "#/$defs/Api",
        ERRORS => "#/$defs/Errors",
        name if below(MORE_ERRORS, name).is_some() => "#/$defs/MoreErrors",
        OVERRIDES => "#/$defs/Overrides",
        _ => "",
    };
    format!("{MARK}{}{SCHEMA}{part}", "../".repeat(name.matches('/').count()))
}
