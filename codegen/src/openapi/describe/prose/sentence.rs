//! Sentences, and their phrases.

/// A sentence.
pub(super) struct Sentence<'a> {
    /// As written.
    pub(super) text: &'a str,
    /// In lower case, without emphasis.
    pub(super) lower: String,
}

/// Splits a text into sentences, each with the white space after it. Code in backticks is not split.
pub(super) fn split(text: &str) -> Vec<(&str, &str)> {
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
    pub(super) fn new(text: &'a str) -> Self {
        let lower = text.trim().trim_start_matches("- ").replace("**", "");
        Self {
            text: text.trim(),
            lower: lower.trim_start_matches(['[', '(']).to_lowercase(),
        }
    }

    /// Returns true if a phrase occurs.
    pub(super) fn has(&self, phrase: &str) -> bool {
        self.lower.contains(phrase) || self.text.to_lowercase().contains(phrase)
    }

    /// Returns the number of words.
    pub(super) fn words(&self) -> usize {
        self.lower.split_whitespace().count()
    }

    /// Returns the list of two or more codes directly after a phrase.
    pub(super) fn list_after(&self, phrase: &str) -> Option<Vec<String>> {
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
    pub(super) fn code_after(&self, phrase: &str) -> Option<String> {
        let rest = self.after(phrase)?.trim_start_matches([':', ' ']);
        code(rest).map(|(value, _)| value.to_owned())
    }

    /// Returns a date such as `2025-12-31`.
    pub(super) fn date(&self) -> Option<String> {
        let words = self.text.split(|c: char| !(c.is_ascii_digit() || c == '-'));
        let is_date = |word: &&str| {
            let parts: Vec<_> = word.split('-').map(str::len).collect();
            parts == [4, 2, 2]
        };
        words.into_iter().find(is_date).map(str::to_owned)
    }

    /// Returns the number before one of these units, if a word near it makes it a maximum.
    pub(super) fn at_most(&self, units: &[&str]) -> Option<u32> {
        const BEFORE: &[&str] =
            &["max", "maximum", "most", "to", "than", "limited", "exceed", "limit"];
        let words: Vec<&str> = self
            .lower
            .split_whitespace()
            .map(|word| word.trim_matches(['.', ';', ':', '(', ')']))
            .collect();
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
    pub(super) fn range(&self) -> Option<(f64, f64)> {
        let words: Vec<&str> = self
            .lower
            .split_whitespace()
            .map(|word| word.trim_matches(['.', ',', ';', '`']))
            .collect();
        words.windows(4).find_map(|words| match words {
            ["between", min, "and", max] | ["from", min, "to", max] => {
                Some((min.parse().ok()?, max.parse().ok()?))
                    .filter(|(min, max): &(f64, f64)| min <= max)
            }
            _ => None,
        })
    }

    /// Parses `at least 1`, `at most 5`, as a whole sentence.
    pub(super) fn bound(&self, phrase: &str) -> Option<f64> {
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
