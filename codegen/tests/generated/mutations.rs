//! Mutation tests of the description: it is rejected with a location, or the output is valid Rust.

use std::path::Path;
use std::sync::LazyLock;

use ngrok_codegen::diagnostic::{Color, Span};
use ngrok_codegen::{Loaded, load_files};
use proptest::prelude::*;
use proptest::sample::Index;

use super::{texts, tree};

/// A small description with everything that one can contain: most changes are of something that has its own code.
static TEXTS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/library"))
});

/// Words with a meaning somewhere.
const WORDS: &[&str] = &[
    "type",
    "self",
    "Self",
    "id",
    "uri",
    "string",
    "list of string",
    "map of int64",
    "id IpPolicy",
    "ref Vault",
    "IpPolicy",
    "EventTarget",
    "PolicyAction",
    "response",
    "create!",
    "update~",
    "request",
    "resource",
    "list",
    "nothing",
    "empty",
    "item",
    "collection/x",
    "/x/{id}",
    "{number}",
    "true",
    "false",
    "[]",
    "{}",
    "~",
    "0",
    "-1",
    "1e9",
    "\"\"",
    "\"\\\"\\\\\\n\"",
    "½",
    "ä",
    "a-b",
    "Call",
    "unknown",
    "<b>",
    "[x]",
    "`",
    "```",
    "https://",
];

/// A change of one line of a file.
#[derive(Debug, Clone)]
enum Change {
    Delete,
    Double,
    Swap(Index),
    ReplaceWord { word: Index, by: &'static str },
    RenameKey(&'static str),
    Cut(Index),
}

fn change() -> impl Strategy<Value = (Index, Index, Change)> {
    let word = || prop::sample::select(WORDS);
    let kind = prop_oneof![
        1 => Just(Change::Delete),
        1 => Just(Change::Double),
        1 => any::<Index>().prop_map(Change::Swap),
        6 => (any::<Index>(), word()).prop_map(|(word, by)| Change::ReplaceWord { word, by }),
        2 => word().prop_map(Change::RenameKey),
        1 => any::<Index>().prop_map(Change::Cut),
    ];
    (any::<Index>(), any::<Index>(), kind)
}

impl Change {
    fn apply(&self, line: Index, text: &mut String) {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        if lines.is_empty() {
            return;
        }
        let at = line.index(lines.len());
        match self {
            Self::Delete => drop(lines.remove(at)),
            Self::Double => lines.insert(at, lines[at].clone()),
            Self::Swap(other) => {
                let other = other.index(lines.len());
                lines.swap(at, other);
            }
            Self::ReplaceWord { word, by } => {
                lines[at] = with_word(&lines[at], *word, by);
            }
            Self::RenameKey(name) => {
                let indent = lines[at].len() - lines[at].trim_start().len();
                let rest = lines[at].split_once(':').map_or("", |(_, rest)| rest);
                lines[at] = format!("{}{name}:{rest}", " ".repeat(indent));
            }
            Self::Cut(at_character) => {
                let characters: Vec<char> = lines[at].chars().collect();
                lines[at] = characters[..at_character.index(characters.len() + 1)]
                    .iter()
                    .collect();
            }
        }
        *text = lines.join("\n") + "\n";
    }
}

/// Returns a line with one of its words replaced.
fn with_word(line: &str, word: Index, by: &str) -> String {
    let inside = |c: char| c.is_alphanumeric() || "_-!~/{}.".contains(c);
    let starts = line.char_indices().zip(std::iter::once(' ').chain(line.chars()));
    let starts: Vec<usize> = starts
        .filter(|((_, c), before)| inside(*c) && !inside(*before))
        .map(|((at, _), _)| at)
        .collect();
    if starts.is_empty() {
        return line.to_owned();
    }
    let start = *word.get(&starts);
    let end =
        line[start..].find(|c| !inside(c)).map_or(line.len(), |length| start + length);
    format!("{}{by}{}", &line[..start], &line[end..])
}

fn check(loaded: &Loaded) {
    if let Some(model) = &loaded.model {
        super::model::check(model);
        for (path, text) in tree(model)
            .iter()
            .filter(|(path, _)| !path.ends_with("md") && !path.ends_with("json"))
        {
            let parsed = syn::parse_file(text);
            assert!(parsed.is_ok(), "{path} is not Rust: {:?}\n{text}", parsed.err());
        }
    } else {
        let problems = &loaded.diagnostics;
        let errors = problems.iter().any(|problem| problem.span() != Span::NOWHERE);
        assert!(
            errors && problems.has_errors(),
            "refused without a place: {problems:?}"
        );
        let _ = problems.render(&loaded.sources, Color::Always);
    }
}

/// Few cases, since each generates a whole client; `PROPTEST_CASES` sets more.
fn config() -> ProptestConfig {
    let usual =
        ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        usual
    } else {
        ProptestConfig { cases: 256, ..usual }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_changed_description_is_rejected_or_generates_rust(changes in prop::collection::vec(change(), 1..6)) {
        let mut files = TEXTS.clone();
        for (file, line, change) in &changes {
            change.apply(*line, &mut files[file.index(TEXTS.len())].1);
        }
        check(&load_files(files));
    }
}
