//! What YAML has and is not taken.
//!
//! Enters the place of something that is not taken; leaves a diagnostic that says what to write instead.

use crate::diagnostic::{Code, Diagnostic, FileId, Span};

pub(super) fn duplicate_key(key: &str, span: Span, first: Span) -> Diagnostic {
    let message = format!("key `{key}` is given twice");
    Diagnostic::error(Code::DuplicateKey, span, message)
        .label("given again here")
        .related(first, "first given here")
        .help("keep one of them")
}

pub(super) fn empty_file(file: FileId) -> Diagnostic {
    Diagnostic::error(Code::EmptyFile, Span::start_of(file), "this file says nothing")
}

pub(super) fn several_documents(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::SeveralDocuments,
        span,
        "a file holds one document, and a second begins here",
    )
    .help("take the `---` out, or make a file of its own of what follows")
}

pub(super) fn no_anchors(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::Anchor,
        span,
        "anchors and aliases are not part of the format",
    )
    .help("write the value out, or put what is shared into api.yaml")
}

pub(super) fn no_tags(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Tag, span, "tags are not part of the format")
        .help("take the tag out; put text that looks like a number in quotes")
}

pub(super) fn no_merge_keys(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MergeKey, span, "merge keys are not part of the format")
        .help("write the keys out, or put what is shared into api.yaml")
}

pub(super) fn key_not_text(span: Span) -> Diagnostic {
    Diagnostic::error(Code::KeyNotText, span, "a key must be text, not a list or a map")
        .help("put text that begins with `[` or `{` in quotes")
}

pub(super) fn endless_alias(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Anchor, span, "an alias of what it is part of")
}

pub(super) fn too_large(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadYaml, span, "there is more in this file than can be read")
}
