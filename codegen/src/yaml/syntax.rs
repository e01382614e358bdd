//! What is wrong with a text as YAML, in plain words.
//!
//! Enters what the parser says; leaves a diagnostic that says what a person can do. Does not know what the text is
//! about.

mod spot;

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::{Diagnostic, FileId};
use spot::Spot;

/// Says what is wrong in words that help.
pub(super) fn explain(file: FileId, text: &str, error: &ScanError) -> Diagnostic {
    let spot = Spot::new(file, text, error.marker().byte_offset().unwrap_or(0));
    None.or_else(|| tab(spot, error.kind()))
        .or_else(|| quotes(spot, error.kind()))
        .or_else(|| brackets(spot, error.kind()))
        .or_else(|| lines(spot, error.kind()))
        .or_else(|| characters(spot, error.kind()))
        .unwrap_or_else(|| spot.error(error.info()))
}

fn tab(spot: Spot, kind: &ErrorKind) -> Option<Diagnostic> {
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => {
            let spot = spot.moved_to_next('\t');
            Some(spot.error("tabs cannot indent a line").help("use spaces"))
        }
        _ => None,
    }
}

fn quotes(spot: Spot, kind: &ErrorKind) -> Option<Diagnostic> {
    Some(match kind {
        ErrorKind::UnclosedQuotedScalar => spot.error("this quote is not closed"),
        ErrorKind::InvalidQuotedScalarIndent => match spot.open_quote() {
            Some(quote) => quote
                .error("this quote is not closed")
                .help("close it, or indent the lines that the text goes on in"),
            None => spot
                .error("text in quotes ends before this line, or is not closed")
                .help("close the quote, or indent the lines of the text"),
        },
        ErrorKind::InvalidTrailingSingleQuotedScalar => text_after(spot, '\''),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => text_after(spot, '"'),
        ErrorKind::UnknownQuotedScalarEscape => spot
            .error("a backslash in double quotes begins an escape, and this one is not known")
            .help("write it twice, or put the text in single quotes"),
        _ => return None,
    })
}

/// Text behind a quote, which may well be one that should have been the first of another text.
fn text_after(spot: Spot, quote: char) -> Diagnostic {
    let problem = spot
        .error("text goes on after the closing quote")
        .help("put all of it in quotes");
    match spot.opening(quote).filter(|opening| !opening.is_in_line_of(spot)) {
        Some(opening) => {
            problem.related(opening.span(), "the text begins here: is its end missing?")
        }
        None => problem,
    }
}

fn brackets(spot: Spot, kind: &ErrorKind) -> Option<Diagnostic> {
    Some(match kind {
        ErrorKind::UnclosedFlowCollection { open } => {
            spot.error(format!("this `{open}` is not closed"))
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            spot.error(format!("`{open}` is closed by `{close}`"))
        }
        ErrorKind::MisplacedFlowCollectionEnd => spot
            .error("this bracket closes nothing")
            .help("put text with brackets in quotes"),
        ErrorKind::InvalidColonPlacement | ErrorKind::ExpectedFlowSequenceSeparator => {
            spot.error_inside('[', "expected `,` or `]` before this")
        }
        ErrorKind::ExpectedFlowMappingSeparator => {
            spot.error_inside('{', "expected `,` or `}` before this")
        }
        ErrorKind::UnexpectedEofImplicitFlowMapping => {
            spot.error("expected a value before this").help("take one of the commas out")
        }
        ErrorKind::RecursionLimitExceeded => {
            spot.error("lists and maps are nested too deeply")
        }
        _ => return None,
    })
}

fn lines(spot: Spot, kind: &ErrorKind) -> Option<Diagnostic> {
    Some(match kind {
        ErrorKind::MappingValueNotAllowed => second_colon(spot),
        ErrorKind::SimpleKeyExpected => spot
            .error("expected a key with `:` after it")
            .help("write `key: value`, or indent the line if it goes on with the text above"),
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedDocumentStart => {
            spot.beside_others(
                spot.error("this line is not indented like those it belongs to")
                    .help("line its key up with the keys before it"),
            )
        }
        ErrorKind::ExpectedBlockSequenceEntry => spot
            .error("expected `- `, as before the other items of the list")
            .help("line it up with the items before it, or with the key of what the list belongs to"),
        ErrorKind::BlockSequenceEntryNotAllowed => spot
            .error("a list cannot begin in the line of its key")
            .help("begin it in the next line, or write `[a, b]`; put text that begins with `- ` in quotes"),
        ErrorKind::InvalidBlockScalarHeader => spot
            .error("nothing can follow `|` or `>` in its line")
            .help("begin the text in the next line"),
        _ => return None,
    })
}

fn characters(spot: Spot, kind: &ErrorKind) -> Option<Diagnostic> {
    Some(match kind {
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => spot
            .error(format!(
                "character U+{:04X} cannot be written as it is",
                u32::from(*character)
            )),
        ErrorKind::UnexpectedCharacter { character: '`' } => {
            spot.error("text cannot begin with a backtick").help("put it in quotes")
        }
        ErrorKind::UnexpectedCharacter { character } => spot
            .error(format!("text cannot begin with `{character}`"))
            .help("put it in quotes"),
        ErrorKind::DirectiveDisallowed => {
            spot.error("directives are not part of the format").help("take the line out")
        }
        _ => return None,
    })
}

/// A colon where there can be none: in a text, after a line without a space behind its colon, or in a line that is
/// indented too far.
fn second_colon(spot: Spot) -> Diagnostic {
    if spot.line_before().contains(": ") {
        return spot
            .error("a second `: ` in one line")
            .help("put text with `: ` in it in quotes");
    }
    let problem = spot.error("there is no place for a key here");
    let Some(above) = spot.line_that_counts_above() else { return problem };
    let text = above.line();
    if text.contains(':') && !text.contains(": ") && !text.ends_with(':') {
        let problem = problem.help("put a space behind the `:` in the line above");
        return problem.related(above.line_span(), "here");
    }
    if let Some(first) = spot.first_without_key() {
        let problem = problem
            .help("write `key: value` in each line, or indent text below its key");
        return problem.related(first.line_span(), "this line has no `:`");
    }
    problem
        .help("line the key up with the others, or leave the key above without a value of its own")
        .related(above.line_span(), "the text of this line goes on")
}
