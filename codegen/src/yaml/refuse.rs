//! YAML features that are not supported.
//!
//! Takes the location of an unsupported feature; returns a diagnostic with an alternative.

use crate::diagnostic::{Code, Diagnostic, FileId, Span};

pub(super) fn duplicate_key(key: &str, span: Span, first: Span) -> Diagnostic {
    let message = format!("key `{key}` is given twice");
    Diagnostic::error(Code::DuplicateKey, span, message)
        .label("given again here")
        .related(first, "first given here")
        .help("keep one of them")
}

pub(super) fn empty_file(file: FileId) -> Diagnostic {
    Diagnostic::error(Code::EmptyFile, Span::start_of(file), "this file is empty")
}

pub(super) fn several_documents(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::SeveralDocuments,
        span,
        "a second document begins here; only one is supported",
    )
    .help("remove the `---`, or move the second document to a separate file")
}

pub(super) fn no_anchors(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::Anchor,
        span,
        "anchors and aliases are not part of the format",
    )
    .help("write the value out, or move shared parts to api.yaml")
}

pub(super) fn no_tags(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Tag, span, "tags are not part of the format")
        .help("remove the tag; put strings that look like numbers in quotes")
}

pub(super) fn no_merge_keys(span: Span) -> Diagnostic {
    Diagnostic::error(Code::MergeKey, span, "merge keys are not part of the format")
        .help("write the keys out, or move shared parts to api.yaml")
}

pub(super) fn key_not_text(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::KeyNotText,
        span,
        "a key must be a string, not a list or a map",
    )
    .help("put strings that begin with `[` or `{` in quotes")
}

pub(super) fn endless_alias(span: Span) -> Diagnostic {
    Diagnostic::error(Code::Anchor, span, "an alias of its own parent")
}

pub(super) fn too_large(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadYaml, span, "the size of this file exceeds the maximum")
}
