//! Documents in a string: JSON, or YAML. Of YAML, only what JSON has as well is checked: whether brackets and quotes are
//! closed.

/// Returns true if a string can be a document: an opening bracket at its start is closed at its end.
pub(super) fn is_document(text: &str) -> bool {
    let text = text.trim();
    if !text.starts_with(['{', '[']) {
        return !text.contains('\0');
    }
    let mut open = Vec::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '{' => open.push('}'),
            '[' => open.push(']'),
            '}' | ']' if open.pop() != Some(character) => return false,
            '"' if !skip_quoted(&mut characters) => return false,
            _ => {}
        }
        if open.is_empty() {
            break;
        }
    }
    open.is_empty() && characters.as_str().trim().is_empty()
}

/// Skips to the end of a quoted string; whether it has one.
fn skip_quoted(characters: &mut std::str::Chars<'_>) -> bool {
    while let Some(character) = characters.next() {
        match character {
            '"' => return true,
            '\\' => drop(characters.next()),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_document;

    #[test]
    fn brackets_and_quotes_are_closed() {
        for text in [
            "{}",
            " [1, {\"a\": \"}\"}] ",
            "on_http_request:\n  - actions: []",
            "{a: b}",
            "",
            r#"{"a": "\"}"}"#,
        ] {
            assert!(is_document(text), "{text}");
        }
        for text in ["{", "[1", "{]", "{}}", "{} x", "{\"a}", "[{]}"] {
            assert!(!is_document(text), "{text}");
        }
    }
}
