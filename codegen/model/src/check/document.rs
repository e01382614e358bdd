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
