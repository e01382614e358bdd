//! Fuzz tests: any file is read or rejected, and the diagnostics can be printed.

use ngrok_codegen::diagnostic::Color;
use proptest::prelude::*;

use super::{API, THINGS, read, read_files};

/// A change of a text.
#[derive(Debug, Clone)]
enum Change {
    Delete { at: usize, length: usize },
    Insert { at: usize, text: &'static str },
    SwapLines { a: usize, b: usize },
    RenameKey { line: usize, name: String },
    Indent { line: usize, by: usize },
}

fn change() -> impl Strategy<Value = Change> {
    let scraps = [
        "\t", ":", ": ", "- ", "[", "]", "{", "}", "\"", "'", "|", "&a", "*a", "!x",
        "#", "ü", "\u{feff}", "\n", "~", "9e9",
    ];
    prop_oneof![
        (any::<usize>(), 1..40usize)
            .prop_map(|(at, length)| Change::Delete { at, length }),
        (any::<usize>(), prop::sample::select(scraps.to_vec()))
            .prop_map(|(at, text)| Change::Insert { at, text }),
        (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Change::SwapLines { a, b }),
        (any::<usize>(), "[a-z_]{0,8}")
            .prop_map(|(line, name)| Change::RenameKey { line, name }),
        (any::<usize>(), 0..6usize).prop_map(|(line, by)| Change::Indent { line, by }),
    ]
}

impl Change {
    fn apply(&self, text: &str) -> String {
        match self {
            Self::Delete { at, length } => {
                let mut bytes = text.as_bytes().to_vec();
                let start = at % (bytes.len() + 1);
                bytes.drain(start..(start + length).min(bytes.len()));
                String::from_utf8_lossy(&bytes).into_owned()
            }
            Self::Insert { at, text: scrap } => {
                let chars: Vec<_> = text.chars().collect();
                let (before, after) = chars.split_at(at % (chars.len() + 1));
                before
                    .iter()
                    .copied()
                    .chain(scrap.chars())
                    .chain(after.iter().copied())
                    .collect()
            }
            Self::SwapLines { a, b } => with_lines(text, |lines| {
                let count = lines.len();
                lines.swap(a % count, b % count);
            }),
            Self::RenameKey { line, name } => {
                with_line(text, *line, |line| match line.split_once(':') {
                    Some((_, rest)) => format!("{name}:{rest}"),
                    None => line,
                })
            }
            Self::Indent { line, by } => with_line(text, *line, |line| {
                format!("{}{}", " ".repeat(*by), line.trim_start())
            }),
        }
    }
}

fn with_lines(text: &str, change: impl FnOnce(&mut Vec<String>)) -> String {
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    if !lines.is_empty() {
        change(&mut lines);
    }
    lines.join("\n")
}

fn with_line(text: &str, line: usize, change: impl FnOnce(String) -> String) -> String {
    with_lines(text, |lines| {
        let line = line % lines.len();
        lines[line] = change(std::mem::take(&mut lines[line]));
    })
}

fn changed(text: &str, changes: &[Change]) -> String {
    changes.iter().fold(text.to_owned(), |text, change| change.apply(&text))
}

/// All diagnostics can be printed, and dropped content is an error.
fn check(loaded: &ngrok_codegen::spec::Loaded) {
    let _ = loaded.diagnostics.render(&loaded.sources, Color::Always);
    for record in loaded.diagnostics.records(&loaded.sources) {
        assert!(
            record.place.file.is_some() && record.place.line.is_some(),
            "{record:?}"
        );
    }
    let whole = loaded.spec.as_ref().is_some_and(|spec| spec.resources.len() == 1);
    assert!(
        whole || loaded.diagnostics.has_errors(),
        "content was dropped without a diagnostic"
    );
}

proptest! {
    #[test]
    fn any_change_of_a_resource_is_handled(changes in prop::collection::vec(change(), 1..6)) {
        check(&read(&changed(THINGS, &changes)));
    }

    #[test]
    fn any_change_of_the_api_is_handled(changes in prop::collection::vec(change(), 1..4)) {
        let files = [("api.yaml", &*changed(API, &changes)), ("resources/a.yaml", THINGS)];
        check(&read_files(&files));
    }

    #[test]
    fn any_text_is_handled(text in ".*", lines in prop::collection::vec("[ \\t]{0,3}[-\\[{\"'a]{0,3}: ?[\\[{}\\]|>&*!%@a0-9]{0,3}", 0..8)) {
        check(&read(&text));
        check(&read(&lines.join("\n")));
    }
}
