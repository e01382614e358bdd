//! Lists of problems, positions in texts, and suggestions for names.

use ngrok_codegen::diagnostic::{
    Code, Diagnostic, Diagnostics, FileId, SourceMap, Span, suggest,
};

#[test]
fn what_is_said_twice_of_a_place_is_said_once() {
    let say = |start, message: &str| {
        Diagnostic::error(Code::Tag, Span::new(FileId(0), start, 9), message)
    };
    let all = [say(1, "a"), say(1, "b"), say(1, "a"), say(2, "a"), say(2, "a")];
    let all: Diagnostics = all.into_iter().collect();
    let kept = [say(1, "a"), say(1, "b"), say(2, "a")];
    assert_eq!(all.without_repeats(), kept.into_iter().collect());
}

#[test]
fn sorting_follows_the_text_and_what_has_no_place_comes_last() {
    let at = |file, start| Span::new(FileId(file), start, start + 1);
    let spans = [Span::NOWHERE, at(1, 0), at(0, 5), at(0, 2)];
    let all: Diagnostics = spans
        .into_iter()
        .map(|span| Diagnostic::warning(Code::Tag, span, "x"))
        .collect();
    assert!(!all.has_errors());
    let sorted: Vec<_> = all.sorted().iter().map(Diagnostic::span).collect();
    assert_eq!(sorted, [at(0, 2), at(0, 5), at(1, 0), Span::NOWHERE]);
}

fn position(text: &str, at: u32) -> (u32, u32) {
    let mut sources = SourceMap::new();
    let file = sources.add("a.yaml", text);
    let position = sources.position(Span::new(file, at, at)).expect("a position");
    (position.line, position.column)
}

#[test]
fn lines_and_columns_begin_at_one() {
    assert_eq!(position("", 0), (1, 1));
    assert_eq!(position("ab\ncd", 1), (1, 2));
    assert_eq!(position("ab\ncd", 3), (2, 1));
    assert_eq!(position("ab\n", 3), (2, 1));
}

#[test]
fn columns_are_characters() {
    assert_eq!(position("äöü: x", 7), (1, 5));
    assert_eq!(position("äöü: x", 1), (1, 1), "within a character is at it");
}

#[test]
fn places_beyond_the_text_are_at_its_end() {
    assert_eq!(position("ab", 9), (1, 3));
    assert_eq!(SourceMap::new().position(Span::NOWHERE), None);
}

#[test]
fn finds_what_was_meant() {
    let known = ["description", "doc", "docs", "metadata", "IpPolicy"];
    let nearest = |name| suggest(name, known);
    assert_eq!(nearest("descripton"), Some("description"));
    assert_eq!(nearest("Metadata"), Some("metadata"));
    assert_eq!(nearest("dco"), Some("doc"), "a swap is one slip");
    assert_eq!(nearest("ip-policy"), Some("IpPolicy"));
}

#[test]
fn says_nothing_where_nothing_is_near() {
    assert_eq!(suggest("colour", ["doc", "type"]), None);
    assert_eq!(suggest("x", []), None);
    assert_eq!(suggest("ab", ["xyzzyab"]), None);
}
