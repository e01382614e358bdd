//! Long strings over several lines.

use super::WIDTH;
use super::scalar::is_printable;

/// Breaks words into lines of the maximum width, minus the indentation.
pub(super) fn wrap(text: &str, indent: usize) -> Vec<String> {
    join(text.split(' '), " ", WIDTH.saturating_sub(indent))
}

/// Joins parts as long as they fit the width.
pub(super) fn join<'a>(
    parts: impl Iterator<Item = &'a str>,
    between: &str,
    width: usize,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line)
                if line.chars().count() + between.len() + part.chars().count()
                    <= width =>
            {
                line.push_str(between);
                line.push_str(part);
            }
            _ => lines.push(part.to_owned()),
        }
    }
    lines
}

/// Returns true if the string is unchanged after breaking it between words and parsing it.
pub(super) fn can_fold(text: &str) -> bool {
    text.contains(' ')
        && text.chars().all(is_printable)
        && text.split(' ').all(|word| !word.is_empty())
}

/// Returns true if the string can be printed unchanged, line by line.
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
