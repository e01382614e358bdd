//! Long texts over several lines.

use super::WIDTH;
use super::scalar::is_printable;

/// Words broken into lines of the usual width, less the spaces before them.
pub(super) fn wrap(text: &str, indent: usize) -> Vec<String> {
    let width = WIDTH.saturating_sub(indent);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Whether the text is the same when it is broken between its words and read back.
pub(super) fn can_fold(text: &str) -> bool {
    text.contains(' ')
        && text.chars().all(is_printable)
        && text.split(' ').all(|word| !word.is_empty())
}

/// Whether the text can stand as it is, line for line.
pub(super) fn can_stand(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let first = body.split('\n').next().unwrap_or_default();
    text.contains('\n')
        && !first.is_empty()
        && !first.starts_with([' ', '\t'])
        && !body.ends_with(['\n', ' '])
        && body.split('\n').all(|line| {
            line.chars().all(is_printable) && !line.trim().is_empty() || line.is_empty()
        })
}
