//! What is wrong with a text as YAML, in plain words.
//!
//! Enters what the parser says; leaves a diagnostic that says what a person can do. Does not know what the text is
//! about.

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::{Diagnostic, FileId, Span};

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
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            spot.error("text goes on after the closing quote").help("put all of it in quotes")
        }
        ErrorKind::UnknownQuotedScalarEscape => spot
            .error("a backslash in double quotes begins an escape, and this one is not known")
            .help("write it twice, or put the text in single quotes"),
        _ => return None,
    })
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
        ErrorKind::ExpectedBlockMappingKey => spot
            .error("this line is not indented like those it belongs to")
            .help("line its key up with the keys before it"),
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
    let above = spot.line_above();
    if above.contains(':') && !above.contains(": ") && !above.trim_end().ends_with(':') {
        return problem.help("put a space behind the `:` in the line above");
    }
    problem.help("line the key up with the others, or leave the key above without a value of its own")
}

/// Where the parser gave up.
#[derive(Debug, Clone, Copy)]
struct Spot<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
}

impl<'a> Spot<'a> {
    /// At the end of the text, the last character that shows.
    fn new(file: FileId, text: &'a str, at: usize) -> Self {
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        let last =
            || before.trim_end().char_indices().next_back().map_or(0, |(last, _)| last);
        let at = if after.trim_end().is_empty() { last() } else { at };
        Self { file, text, at }
    }

    fn error(self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error("bad-yaml", self.span(), message)
    }

    fn span(self) -> Span {
        let length = self.after().chars().next().map_or(0, char::len_utf8);
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(self.file, offset(self.at), offset(self.at + length))
    }

    fn moved_to_next(self, wanted: char) -> Self {
        Self { at: self.at + self.after().find(wanted).unwrap_or(0), ..self }
    }

    /// An error inside something that was begun with a bracket.
    fn error_inside(self, bracket: char, message: &str) -> Diagnostic {
        let problem =
            self.error(message).help("put text with `, ` or `: ` in it in quotes");
        match self.before().rfind(bracket) {
            Some(at) => problem.related(Self { at, ..self }.span(), "begun here"),
            None => problem,
        }
    }

    /// The first quote that opens a text in this line or the one above.
    fn open_quote(self) -> Option<Self> {
        let from = self.line_start() - self.line_above().len();
        let lines = &self.text[from..self.at];
        let opens = |at: &usize| lines[..*at].ends_with([' ', '[', '{', ',']);
        let quote = lines.match_indices(['"', '\'']).map(|(at, _)| at).find(opens)?;
        Some(Self { at: from + quote, ..self })
    }

    fn before(self) -> &'a str {
        &self.text[..self.at]
    }

    fn after(self) -> &'a str {
        &self.text[self.at..]
    }

    fn line_start(self) -> usize {
        self.before().rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The line as far as the spot.
    fn line_before(self) -> &'a str {
        &self.text[self.line_start()..self.at]
    }

    /// The line above, with its newline.
    fn line_above(self) -> &'a str {
        self.text[..self.line_start()]
            .split_inclusive('\n')
            .next_back()
            .unwrap_or_default()
    }
}
