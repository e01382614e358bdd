//! Explanations of YAML syntax errors, and of YAML features that are not supported.
//!
//! Takes an error of the parser, or the location of an unsupported feature; returns a diagnostic with a solution.
//! Independent of the subject.

mod spot;

use serde_yaml::granit_parser::{ErrorKind, ScanError};
use spot::Spot;

use crate::diagnostic::{Code, Diagnostic, FileId, Span};

/// Explains an error.
pub(super) fn explain(file: FileId, text: &str, error: &ScanError) -> Diagnostic {
    let spot = Spot::new(file, text, error.marker().byte_offset().unwrap_or(0));
    if let Some((message, help)) = simple(error.kind()) {
        let help = Some(help).filter(|help| !help.is_empty());
        return spot.error(message).help_if(help.map(str::to_owned));
    }
    characters(spot, error.kind())
        .or_else(|| structure(spot, error.kind()))
        .unwrap_or_else(|| spot.error(error.info()))
}

/// Returns the message and the solution for errors that do not depend on their surroundings.
fn simple(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        ErrorKind::UnclosedQuotedScalar => ("this quote is not closed", ""),
        ErrorKind::UnknownQuotedScalarEscape => (
            "unknown escape sequence after a backslash in double quotes",
            "write it twice, or put the string in single quotes",
        ),
        ErrorKind::MisplacedFlowCollectionEnd => {
            ("unmatched closing bracket", "put strings with brackets in quotes")
        }
        ErrorKind::UnexpectedEofImplicitFlowMapping => {
            ("expected a value before this", "take one of the commas out")
        }
        ErrorKind::RecursionLimitExceeded => {
            ("lists and maps are nested too deeply", "")
        }
        ErrorKind::SimpleKeyExpected => (
            "expected a key with `:` after it",
            "write `key: value`, or indent the line if it continues the string above",
        ),
        ErrorKind::ExpectedBlockSequenceEntry => (
            "expected `- `, as before the other items of the list",
            "align it with the items before it, or with the key of the list",
        ),
        ErrorKind::BlockSequenceEntryNotAllowed => (
            "a list cannot begin in the line of its key",
            "begin it in the next line, or write `[a, b]`; put strings that begin with `- ` in quotes",
        ),
        ErrorKind::InvalidBlockScalarHeader => (
            "nothing can follow `|` or `>` in its line",
            "begin the string in the next line",
        ),
        ErrorKind::UnexpectedCharacter { character: '`' } => {
            ("a string cannot begin with a backtick", "put it in quotes")
        }
        ErrorKind::DirectiveDisallowed => {
            ("directives are not part of the format", "take the line out")
        }
        _ => return None,
    })
}

/// Explains tabs, quotes and other characters.
fn characters(spot: Spot, kind: &ErrorKind) -> Option<Diagnostic> {
    Some(match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => {
            let spot = spot.moved_to_next('\t');
            spot.error("tabs cannot indent a line").help("use spaces")
        }
        ErrorKind::InvalidQuotedScalarIndent => match spot.open_quote() {
            Some(quote) => quote
                .error("this quote is not closed")
                .help("close it, or indent the lines that continue the string"),
            None => spot
                .error("a string in quotes ends before this line, or is not closed")
                .help("close the quote, or indent the lines of the string"),
        },
        ErrorKind::InvalidTrailingSingleQuotedScalar => text_after(spot, '\''),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => text_after(spot, '"'),
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => spot
            .error(format!(
                "character U+{:04X} cannot be written as it is",
                u32::from(*character)
            )),
        ErrorKind::UnexpectedCharacter { character } => spot
            .error(format!("a string cannot begin with `{character}`"))
            .help("put it in quotes"),
        _ => return None,
    })
}

/// Explains brackets and lines.
fn structure(spot: Spot, kind: &ErrorKind) -> Option<Diagnostic> {
    Some(match kind {
        ErrorKind::UnclosedFlowCollection { open } => {
            spot.error(format!("this `{open}` is not closed"))
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            spot.error(format!("`{open}` is closed by `{close}`"))
        }
        ErrorKind::InvalidColonPlacement | ErrorKind::ExpectedFlowSequenceSeparator => {
            spot.error_inside('[', "expected `,` or `]` before this")
        }
        ErrorKind::ExpectedFlowMappingSeparator => {
            spot.error_inside('{', "expected `,` or `}` before this")
        }
        ErrorKind::MappingValueNotAllowed => second_colon(spot),
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedDocumentStart => spot
            .beside_others(
                spot.error("this line is not indented like those it belongs to")
                    .help("line its key up with the keys before it"),
            ),
        _ => return None,
    })
}

/// Reports text after a quote, which may be the opening quote of another string.
fn text_after(spot: Spot, quote: char) -> Diagnostic {
    let problem = spot
        .error("the string continues after the closing quote")
        .help("put all of it in quotes");
    match spot.opening(quote).filter(|opening| !opening.is_in_line_of(spot)) {
        Some(opening) => problem
            .related(opening.span(), "the string begins here; its end may be missing"),
        None => problem,
    }
}

/// Reports a colon where there can be none: in a string, after a line without a space behind its colon, or in a line
/// with too much indentation.
fn second_colon(spot: Spot) -> Diagnostic {
    if spot.line_before().contains(": ") {
        return spot
            .error("a second `: ` in one line")
            .help("put strings with `: ` in quotes");
    }
    let problem = spot.error("there is no place for a key here");
    let Some(above) = spot.line_that_counts_above() else { return problem };
    let text = above.line();
    if text.contains(':') && !text.contains(": ") && !text.ends_with(':') {
        let problem = problem.help("add a space after the `:` in the line above");
        return problem.related(above.line_span(), "here");
    }
    if let Some(first) = spot.first_without_key() {
        let problem = problem
            .help("write `key: value` in each line, or indent strings below their key");
        return problem.related(first.line_span(), "this line has no `:`");
    }
    problem
        .help("align the key with the others, or remove the value of the key above")
        .related(above.line_span(), "the string of this line continues")
}

pub(super) fn duplicate_key(key: &str, span: Span, first: Span) -> Diagnostic {
    let message = format!("key `{key}` is given twice");
    Diagnostic::error(Code::DuplicateKey, span, message)
        .label("given again here")
        .related(first, "first given here")
        .help("keep one of them")
}

/// A feature of YAML that is not supported: the problem, and the solution.
pub(super) struct Unsupported(Code, &'static str, &'static str);

impl Unsupported {
    pub(super) fn at(self, span: Span) -> Diagnostic {
        Diagnostic::error(self.0, span, self.1).help(self.2)
    }
}

pub(super) const DOCUMENTS: Unsupported = Unsupported(
    Code::SeveralDocuments,
    "a second document begins here; only one is supported",
    "remove the `---`, or move the second document to a separate file",
);
pub(super) const ANCHORS: Unsupported = Unsupported(
    Code::Anchor,
    "anchors and aliases are not part of the format",
    "write the value out, or move shared parts to api.yaml",
);
pub(super) const TAGS: Unsupported = Unsupported(
    Code::Tag,
    "tags are not part of the format",
    "remove the tag; put strings that look like numbers in quotes",
);
pub(super) const MERGE_KEYS: Unsupported = Unsupported(
    Code::MergeKey,
    "merge keys are not part of the format",
    "write the keys out, or move shared parts to api.yaml",
);
pub(super) const COLLECTIONS_AS_KEYS: Unsupported = Unsupported(
    Code::KeyNotText,
    "a key must be a string, not a list or a map",
    "put strings that begin with `[` or `{` in quotes",
);
