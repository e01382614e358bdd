//! Facts in the prose of fields: values, constraints, formats, defaults, deprecations.
//!
//! Takes the prose of a field; returns unambiguous facts, each with its sentence, and the prose without the sentences
//! that contain nothing else. Other phrases are left to the user.

use super::super::{Map, Tree};

/// The facts of a description.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Facts {
    /// Allowed values.
    pub(super) values: Vec<String>,
    /// Facts by their keys in the files of a description.
    pub(super) known: Map,
    /// True for a timestamp.
    pub(super) timestamp: bool,
    pub(super) required: bool,
    /// Remaining prose.
    pub(super) text: String,
    /// Sentences with a fact, and the kind of fact.
    pub(super) found: Vec<(&'static str, String)>,
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

    /// Adds what a sentence says, unless an earlier one has said it.
    fn first(&mut self, key: &str, value: Option<impl Into<Tree>>) -> bool {
        let new = value.filter(|_| self.known.get(key).is_none());
        let is_new = new.is_some();
        self.known = std::mem::take(&mut self.known).with_some(key, new);
        is_new
    }
}

/// Unambiguous phrases for formats.
const FORMATS: &[(&str, &str)] = &[
    ("cidr notation", "cidr"),
    ("pem-encoded", "pem"),
    ("pem encoded", "pem"),
    ("pem format", "pem"),
    ("email address", "email"),
];

/// Beginnings of lists of values.
const VALUES: &[&str] = &[
    "one of",
    "either",
    "possible values",
    "valid values",
    "allowed values",
    "supported values",
];

/// Beginnings of defaults.
const DEFAULTS: &[&str] =
    &["default:", "defaults to", "default is", "default value is", "by default"];

/// Parses a description.
pub(super) fn read(description: &str) -> Facts {
    let mut facts = Facts::default();
    let mut kept = String::new();
    for (text, gap) in split(description) {
        let sentence = Sentence::new(text);
        let mut found = Vec::new();
        let whole = take(&sentence, &mut facts, &mut found);
        if !whole || found.is_empty() {
            kept.extend([text, gap]);
        }
        let found = found.into_iter().map(|what| (what, sentence.text.to_owned()));
        facts.found.extend(found);
    }
    kept.trim().clone_into(&mut facts.text);
    facts
}

/// Takes the facts of a sentence, with the kinds of facts; returns true if it contains nothing else.
fn take(sentence: &Sentence, facts: &mut Facts, found: &mut Vec<&'static str>) -> bool {
    let mut whole = false;
    if facts.first("deprecated", sentence.deprecation()) {
        found.push("deprecated");
        whole |= sentence.starts("deprecated");
    }
    let values = VALUES.iter().find_map(|cue| sentence.list_after(cue));
    if let Some(values) = values.filter(|_| facts.values.is_empty()) {
        facts.values = values;
        found.push("values");
        whole |= sentence.starts("one of `");
    }
    whole |= limits(sentence, facts, found);
    let default = DEFAULTS.iter().find_map(|cue| sentence.code_after(cue));
    if facts.first("default", default.as_deref().map(value)) {
        found.push("default");
        whole |= sentence.starts("default:");
    }
    whole |= presence(sentence, facts, found);
    let times = ["rfc 3339", "rfc3339", "iso 8601", "iso8601"];
    if !facts.timestamp && times.iter().any(|name| sentence.has(name)) {
        facts.timestamp = true;
        found.push("timestamp");
    }
    let format = FORMATS.iter().find(|(phrase, _)| sentence.has(phrase));
    if facts.first("format", format.map(|(_, format)| *format)) {
        found.push("format");
    }
    whole
}

fn limits(
    sentence: &Sentence,
    facts: &mut Facts,
    found: &mut Vec<&'static str>,
) -> bool {
    let units: [(&str, &str, &[&str]); 2] = [
        ("max_bytes", "length in bytes", &["bytes", "byte"]),
        ("max_len", "length in characters", &["characters", "chars", "character"]),
    ];
    let four_words = sentence.words("").len() == 4;
    let mut whole = false;
    for (key, what, units) in units {
        if let Some(limit) = sentence.at_most(units) {
            facts.known.set(key, limit);
            found.push(what);
            whole |= four_words && sentence.starts("up to");
        }
    }
    if let Some((min, max)) = sentence.range() {
        facts.known = std::mem::take(&mut facts.known).with("min", min).with("max", max);
        found.push("range");
        whole |= four_words && sentence.starts("from");
    }
    for (key, phrase) in [("min", "at least"), ("max", "at most")] {
        if let Some(bound) = sentence.bound(phrase) {
            facts.known.set(key, bound);
            found.push("range");
            whole = true;
        }
    }
    whole
}

fn presence(
    sentence: &Sentence,
    facts: &mut Facts,
    found: &mut Vec<&'static str>,
) -> bool {
    let word = sentence.lower.trim_end_matches('.');
    let begins =
        |wanted: &str| word == wanted || word.starts_with(&format!("{wanted},"));
    if begins("optional") || sentence.has("(optional)") || word.starts_with("optional ")
    {
        found.push("optional");
    } else if begins("required")
        || sentence.has("(required)")
        || sentence.has("this field is required")
    {
        facts.required = true;
        found.push("required");
    }
    word == "optional" || word == "required"
}

/// Returns a value in prose, typed by its form.
fn value(text: &str) -> Tree {
    match text {
        "true" => Tree::Bool(true),
        "false" => Tree::Bool(false),
        _ => text.parse::<i64>().map_or_else(|_| Tree::from(text), Tree::from),
    }
}

/// A sentence.
struct Sentence<'a> {
    /// As written.
    text: &'a str,
    /// In lower case, without emphasis.
    lower: String,
}

/// Splits a text into sentences, each with the white space after it. Code in backticks is not split.
fn split(text: &str) -> Vec<(&str, &str)> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut code = false;
    let mut ended = false;
    for (at, c) in text.char_indices() {
        if ended && c.is_whitespace() && at > start {
            let next = text[at..]
                .find(|c: char| !c.is_whitespace())
                .map_or(text.len(), |gap| at + gap);
            sentences.push((&text[start..at], &text[at..next]));
            start = next;
        }
        if c == '`' {
            code = !code;
        }
        ended = (!code && matches!(c, '.' | '!')) || c == '\n';
    }
    if start < text.len() {
        sentences.push((&text[start..], ""));
    }
    sentences
}

impl<'a> Sentence<'a> {
    fn new(text: &'a str) -> Self {
        let lower = text.trim().trim_start_matches("- ").replace("**", "");
        Self {
            text: text.trim(),
            lower: lower.trim_start_matches(['[', '(']).to_lowercase(),
        }
    }

    /// Returns true if a phrase occurs.
    fn has(&self, phrase: &str) -> bool {
        self.lower.contains(phrase) || self.text.to_lowercase().contains(phrase)
    }

    /// Returns true if it begins with a phrase.
    fn starts(&self, phrase: &str) -> bool {
        self.lower.starts_with(phrase)
    }

    /// Returns the words, without these signs around them.
    fn words(&self, signs: &str) -> Vec<&str> {
        let words = self.lower.split_whitespace();
        words.map(|word| word.trim_matches(|c| signs.contains(c))).collect()
    }

    /// Returns `true` for a deprecation, or its details.
    fn deprecation(&self) -> Option<Tree> {
        let within = ["is deprecated", "(deprecated)", "[deprecated]"];
        let within = within.iter().any(|phrase| self.has(phrase));
        // A name of the description; others, such as `GET /things`, remain in the text.
        let is_name = |text: &String| !text.contains(['/', ' ', '{', '(', '<']);
        let details = Map::new()
            .with_some("use", self.code_after("use").filter(is_name))
            .with_some("since", self.date())
            .with_flag("planned", self.has("will go") || self.has("will be removed"));
        let empty = details.is_empty();
        let said = if empty { Tree::Bool(true) } else { Tree::Map(details) };
        (within || self.starts("deprecated")).then_some(said)
    }

    /// Returns the list of two or more codes directly after a phrase.
    fn list_after(&self, phrase: &str) -> Option<Vec<String>> {
        let mut rest = self.after(phrase)?;
        for filler in [" of", " are", " the following", " values", " include", ":", " "]
        {
            rest = rest.strip_prefix(filler).unwrap_or(rest);
        }
        let mut values = Vec::new();
        while let Some((value, behind)) = code(rest.trim_start()) {
            values.push(value.to_owned());
            let behind = behind.trim_start_matches([',', '/', ' ', '|']);
            rest = ["or ", "and "]
                .iter()
                .find_map(|word| behind.strip_prefix(word))
                .unwrap_or(behind);
        }
        (values.len() > 1).then_some(values)
    }

    /// Returns the code directly after a phrase.
    fn code_after(&self, phrase: &str) -> Option<String> {
        let rest = self.after(phrase)?.trim_start_matches([':', ' ']);
        code(rest).map(|(value, _)| value.to_owned())
    }

    /// Returns a date such as `2025-12-31`.
    fn date(&self) -> Option<String> {
        let words = self.text.split(|c: char| !(c.is_ascii_digit() || c == '-'));
        let is_date = |word: &&str| {
            let parts: Vec<_> = word.split('-').map(str::len).collect();
            parts == [4, 2, 2]
        };
        words.into_iter().find(is_date).map(str::to_owned)
    }

    /// Returns the number before one of these units, if a word near it makes it a maximum.
    fn at_most(&self, units: &[&str]) -> Option<u32> {
        const BEFORE: &[&str] =
            &["max", "maximum", "most", "to", "than", "limited", "exceed", "limit"];
        let words = self.words(".;:()");
        let at = words.windows(2).position(|pair| {
            units.contains(&pair[1].trim_matches(',')) && number(pair[0]).is_some()
        })?;
        let before = words[at.saturating_sub(3)..at]
            .iter()
            .any(|word| BEFORE.contains(&word.trim_matches(',')));
        let behind = words
            .get(at + 2)
            .is_some_and(|word| matches!(*word, "max" | "maximum" | "or" | "at"));
        number(words[at]).filter(|_| before || behind)
    }

    /// Parses `between 1 and 128`, `from 1 to 128`.
    fn range(&self) -> Option<(f64, f64)> {
        let words = self.words(".,;`");
        words.windows(4).find_map(|words| match words {
            ["between", min, "and", max] | ["from", min, "to", max] => {
                Some((min.parse().ok()?, max.parse().ok()?))
                    .filter(|(min, max): &(f64, f64)| min <= max)
            }
            _ => None,
        })
    }

    /// Parses `at least 1`, `at most 5`, as a whole sentence.
    fn bound(&self, phrase: &str) -> Option<f64> {
        let rest = self.lower.strip_prefix(phrase)?.trim().trim_end_matches('.');
        rest.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// Returns the text after a phrase, as written.
    fn after(&self, phrase: &str) -> Option<&'a str> {
        // Lower case may change lengths, so the position is searched in the text itself.
        let at = self.text.char_indices().map(|(at, _)| at).find(|at| {
            let rest = &self.text[*at..];
            rest.get(..phrase.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(phrase))
        })?;
        let before = self.text[..at].chars().next_back();
        let rest = &self.text[at + phrase.len()..];
        let word = rest.starts_with(|c: char| c.is_alphanumeric())
            || before.is_some_and(char::is_alphanumeric);
        (!word).then_some(rest)
    }
}

/// Returns a code or a quoted text at the beginning, and the rest.
fn code(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '`' | '"'))?;
    let (value, rest) = text[1..].split_once(quote)?;
    (!value.is_empty() && value.len() <= 100).then_some((value, rest))
}

/// Parses a number, also with thousands separators.
fn number(word: &str) -> Option<u32> {
    word.replace(',', "").parse().ok()
}
