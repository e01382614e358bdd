//! Prose of a document as prose of a description, and the facts in it: values, constraints, formats, defaults,
//! deprecations.
//!
//! Takes the prose of a field; returns unambiguous facts, each with its sentence, and the prose without the sentences
//! that contain nothing else. Other phrases are left to the user.

use std::sync::LazyLock;

use regex_lite::{Captures, Regex};

use super::super::{Map, Tree};
use crate::names::article;

/// The facts of a description.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Facts {
    /// Allowed values.
    pub(super) values: Vec<String>,
    /// Facts by their keys in the files of a description.
    pub(super) known: Map,
    pub(super) timestamp: bool,
    pub(super) required: bool,
    /// Remaining prose.
    pub(super) text: String,
    /// Sentences with a fact, and the kind of fact.
    pub(super) found: Vec<(&'static str, String)>,
}

/// What a pattern finds in a sentence.
#[derive(Clone, Copy)]
enum Fact {
    Deprecated,
    /// A detail of the deprecation in the same sentence.
    Detail(&'static str),
    /// Values in backticks or quotes.
    Values,
    /// Numbers with these keys: what they are called.
    Numbers(&'static str, &'static [&'static str]),
    Default,
    Optional,
    Required,
    Timestamp,
    Format(&'static str),
    /// The sentence contains nothing but its facts.
    Whole,
}

/// Parts of patterns, by the signs for them: a number, words before a maximum, words after it, a list of values.
const PARTS: [(&str, &str); 4] = [
    ("#", r"(-?\d[\d,]{0,8}(?:\.\d+)?)"),
    (
        "%",
        r"\b(?:max|maximum|most|to|than|limited|exceed|limit)\W{1,3}(?:[a-z]+\W+){0,2}",
    ),
    ("~", r"\W+(?:max|maximum|or|at)\b"),
    (
        "@",
        r#"(?: of)?(?: are)?(?: the following)?(?: values)?(?: include)?:? *((?:[`"][^`"]+[`"][,/ |]*(?:or |and )?){2,})"#,
    ),
];

/// All facts, each with a word that its sentences contain, and the pattern, whose groups are values.
static FACTS: LazyLock<Vec<(&str, Fact, Regex)>> = LazyLock::new(|| {
    use Fact::{
        Default, Deprecated, Detail, Format, Numbers, Optional, Required, Timestamp,
        Values, Whole,
    };
    const BYTES: Fact = Numbers("length in bytes", &["max_bytes"]);
    const CHARACTERS: Fact = Numbers("length in characters", &["max_len"]);
    const RANGE: Fact = Numbers("range", &["min", "max"]);
    let facts = [
        ("deprecated", Deprecated, r"^[\[(]*deprecated|(?:is |[\[(])deprecated"),
        ("use", Detail("use"), r#"\buse[: ]*[`"]([^`"/ {(<]+)[`"]"#),
        ("-", Detail("since"), r"(?:^|[^\d-])(\d{4}-\d\d-\d\d)(?:[^\d-]|$)"),
        ("will", Detail("planned"), r"will go|will be removed"),
        ("one of", Values, r"\bone of@"),
        ("either", Values, r"\beither@"),
        (" values", Values, r"\b(?:possible|valid|allowed|supported) values@"),
        ("byte", BYTES, r"%# bytes?\b|\b# bytes?~"),
        ("char", CHARACTERS, r"%# char(?:acter)?s?\b|\b# char(?:acter)?s?~"),
        ("between", RANGE, r"\bbetween `?#`? and `?#\b"),
        ("from", RANGE, r"\bfrom `?#`? to `?#\b"),
        ("at least", Numbers("range", &["min"]), r"^at least #\.?$"),
        ("at most", Numbers("range", &["max"]), r"^at most #\.?$"),
        (
            "default",
            Default,
            r#"\b(?:by default|defaults to|default(?: value)? is|default:)[: ]*[`"]([^`"]+)[`"]"#,
        ),
        ("optional", Optional, r"^[\[(]*optional(?:[, ]|\.*$)|\(optional\)"),
        (
            "required",
            Required,
            r"^[\[(]*required(?:,|\.*$)|\(required\)|this field is required",
        ),
        ("3339", Timestamp, "rfc ?3339"),
        ("8601", Timestamp, "iso ?8601"),
        ("cidr", Format("cidr"), "cidr notation"),
        ("pem", Format("pem"), "pem[- ]encoded|pem format"),
        ("email", Format("email"), "email address"),
        (
            "",
            Whole,
            r#"^[\[(]*deprecated|^one of `|^default:[: ]*[`"]|^(?:optional|required)\.*$"#,
        ),
        ("", Whole, r"^(?:up to|at least|at most) \S+(?: \S+)?$|^from \S+ to \S+$"),
    ];
    let compiled = |pattern: &str| {
        let whole =
            |pattern: String, (sign, part): &(&str, &str)| pattern.replace(sign, part);
        Regex::new(&PARTS.iter().fold(format!("(?i){pattern}"), whole))
            .expect("a pattern")
    };
    facts.map(|(cue, fact, pattern)| (cue, fact, compiled(pattern))).into()
});

/// Parses a description.
pub(super) fn read(description: &str) -> Facts {
    let mut facts = Facts::default();
    let mut kept = String::new();
    for (sentence, gap) in split(description) {
        if !facts.take(sentence.trim()) {
            kept.extend([sentence, gap]);
        }
    }
    kept.trim().clone_into(&mut facts.text);
    facts
}

impl Facts {
    /// Adds the facts of another description of the same field.
    pub(super) fn add(&mut self, other: Self) {
        if self.values.is_empty() {
            self.values = other.values;
        }
        if self.text.is_empty() {
            self.text = other.text;
        }
        self.known = other.known.joined(std::mem::take(&mut self.known));
        self.timestamp |= other.timestamp;
        self.required |= other.required;
        self.found.extend(other.found);
    }

    /// Takes the facts of a sentence; returns true if it contains nothing else.
    fn take(&mut self, text: &str) -> bool {
        let sentence = text.trim_start_matches("- ").replace("**", "");
        let lower = sentence.to_lowercase();
        let before = self.found.len();
        let mut details = None;
        let mut whole = false;
        for (_, fact, pattern) in FACTS.iter().filter(|(cue, ..)| lower.contains(cue)) {
            let Some(captures) = pattern.captures(&sentence) else { continue };
            let value = groups(&captures).next();
            let what = match *fact {
                Fact::Deprecated if self.known.get("deprecated").is_none() => {
                    details = Some(Map::new());
                    Some("deprecated")
                }
                Fact::Detail(key) => {
                    let value = value.map_or(Tree::Bool(true), Tree::from);
                    details = details.map(|details: Map| details.with(key, value));
                    None
                }
                Fact::Values if self.values.is_empty() => {
                    self.values = codes(value.unwrap_or_default());
                    Some("values")
                }
                Fact::Numbers(what, keys) => {
                    self.numbers(keys, &captures).then_some(what)
                }
                Fact::Default => {
                    self.first("default", value.map(typed)).then_some("default")
                }
                Fact::Optional => Some("optional"),
                Fact::Required => {
                    self.required = true;
                    Some("required")
                }
                Fact::Timestamp if !self.timestamp => {
                    self.timestamp = true;
                    Some("timestamp")
                }
                Fact::Format(format) => {
                    self.first("format", Some(format)).then_some("format")
                }
                Fact::Whole => {
                    whole = true;
                    None
                }
                Fact::Deprecated | Fact::Values | Fact::Timestamp => None,
            };
            self.found.extend(what.map(|what| (what, text.to_owned())));
        }
        let details =
            details.map(|it| if it.is_empty() { Tree::Bool(true) } else { it.into() });
        self.first("deprecated", details);
        whole && self.found.len() > before
    }

    /// Adds a fact, unless an earlier sentence has one; returns true if it is new.
    fn first(&mut self, key: &str, value: Option<impl Into<Tree>>) -> bool {
        let new = value.filter(|_| self.known.get(key).is_none());
        let is_new = new.is_some();
        self.known = std::mem::take(&mut self.known).with_some(key, new);
        is_new
    }

    /// Adds numbers in ascending order; returns true if one of them is new.
    fn numbers(&mut self, keys: &[&str], captures: &Captures) -> bool {
        let numbers = groups(captures).map(|text| text.replace(',', "").parse().ok());
        let numbers: Option<Vec<f64>> = numbers.collect();
        let numbers = numbers.filter(|it| it.is_sorted()).unwrap_or_default();
        let pairs = keys.iter().zip(numbers);
        pairs.fold(false, |new, (key, number)| self.first(key, Some(number)) || new)
    }
}

fn groups<'t>(captures: &Captures<'t>) -> impl Iterator<Item = &'t str> {
    captures.iter().skip(1).flatten().map(|group| group.as_str())
}

/// Returns the values in backticks or quotes.
fn codes(list: &str) -> Vec<String> {
    list.split(['`', '"']).skip(1).step_by(2).map(str::to_owned).collect()
}

/// Returns a value in prose, typed by its form.
fn typed(text: &str) -> Tree {
    match text {
        "true" => Tree::Bool(true),
        "false" => Tree::Bool(false),
        _ => text.parse::<i64>().map_or_else(|_| Tree::from(text), Tree::from),
    }
}

/// Splits a text into sentences, each with the white space after it. Code in backticks is not split.
fn split(text: &str) -> Vec<(&str, &str)> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut code = false;
    let mut ended = false;
    for (at, c) in text.char_indices() {
        if ended && c.is_whitespace() && at > start {
            let next = text.len() - text[at..].trim_start().len();
            sentences.push((&text[start..at], &text[at..next]));
            start = next;
        }
        code ^= c == '`';
        ended = (!code && matches!(c, '.' | '!')) || c == '\n';
    }
    if start < text.len() {
        sentences.push((&text[start..], ""));
    }
    sentences
}

/// Returns Markdown without escapes for other tools, and without the brackets of addresses: it is escaped again where
/// it is used.
pub(super) fn plain(text: &str) -> String {
    static MARKUP: LazyLock<Regex> = LazyLock::new(|| {
        let markup = r"`[^`]*(?:`|$)|\\([<>\[\]`_*])|<(http[^>\s]*)>";
        Regex::new(markup).expect("a pattern")
    });
    let plain = |found: &Captures| groups(found).next().unwrap_or(&found[0]).to_owned();
    MARKUP.replace_all(text.trim(), plain).into_owned()
}

/// Removes paragraphs that only describe a deprecation, which has its own key.
pub(super) fn without_notes(text: &str) -> String {
    let says_more = |paragraph: &&str| !read(paragraph).text.is_empty();
    text.split("\n\n").filter(says_more).collect::<Vec<_>>().join("\n\n")
}

/// Returns the text before the first empty line.
pub(super) fn first_paragraph(text: &str) -> String {
    text.split("\n\n").next().unwrap_or_default().trim().to_owned()
}

/// Returns the description of an undescribed type.
pub(super) fn placeholder(noun: &str) -> String {
    let article = if article(noun) == "an" { "An" } else { "A" };
    format!("{article} {noun}, as the published document has it.")
}

/// Returns the part of a sentence that fits a note.
pub(super) fn shortened(text: &str) -> String {
    const LENGTH: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LENGTH {
        line
    } else {
        line.chars().take(LENGTH).chain("...".chars()).collect()
    }
}
