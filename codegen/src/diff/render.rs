//! A report as text: for a terminal, for a CHANGELOG, and for tools.

mod changelog;
mod json;
mod markdown;
mod text;

use super::report::Change;

pub use changelog::Heading;

/// What happened, less the name of the thing: `must be given now (Option<String> -> String)`.
fn sentence(change: &Change, quote: &str, arrow: &str) -> String {
    // What has quotes of its own is prose.
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

/// A number and what it counts.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
