//! Rendering of reports: for a terminal, for a CHANGELOG, and for tools.

mod changelog;
mod json;
mod markdown;
mod text;

use super::report::Change;

pub use changelog::Heading;

/// Returns the change without the name of the subject: `is required (Option<String> -> String)`.
fn sentence(change: &Change, quote: &str, arrow: &str) -> String {
    // Text with its own quotes is prose.
    let quoted = |text: &str| {
        let quote = if text.contains('`') { "" } else { quote };
        format!("{quote}{text}{quote}")
    };
    let what = change.rule.what;
    match (&change.before, &change.after) {
        (Some(before), Some(after)) if before != after => {
            format!("{what} ({} {arrow} {})", quoted(before), quoted(after))
        }
        (Some(only), _) | (None, Some(only)) => format!("{what} ({})", quoted(only)),
        (None, None) => what.to_owned(),
    }
}

/// Returns a number with its noun.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
