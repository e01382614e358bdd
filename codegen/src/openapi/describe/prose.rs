//! Facts in the prose of fields: values, constraints, formats, defaults, deprecations.
//!
//! Takes the prose of a field; returns unambiguous facts, each with its sentence, and the prose without the sentences
//! that contain nothing else. Other phrases are left to the user.

mod sentence;

use sentence::Sentence;

use super::super::{Map, Tree};

/// The facts of a description.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Facts {
    /// Allowed values.
    pub(crate) values: Vec<String>,
    pub(crate) max_bytes: Option<u32>,
    pub(crate) max_len: Option<u32>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    /// True for a timestamp.
    pub(crate) timestamp: bool,
    pub(crate) format: Option<&'static str>,
    pub(crate) required: bool,
    pub(crate) optional: bool,
    pub(crate) default: Option<String>,
    /// `true`, or the details.
    pub(crate) deprecated: Option<Tree>,
    /// Remaining prose.
    pub(crate) text: String,
    /// Sentences with a fact, and the kind of fact.
    pub(crate) found: Vec<(&'static str, String)>,
}

impl Facts {
    /// Adds the facts of another description of the same field. The prose is kept.
    pub(crate) fn add(&mut self, other: Self) {
        if self.values.is_empty() {
            self.values = other.values;
        }
        self.max_bytes = self.max_bytes.or(other.max_bytes);
        self.max_len = self.max_len.or(other.max_len);
        self.min = self.min.or(other.min);
        self.max = self.max.or(other.max);
        self.timestamp |= other.timestamp;
        self.format = self.format.or(other.format);
        self.required |= other.required;
        self.optional |= other.optional;
        self.default = self.default.take().or(other.default);
        self.deprecated = self.deprecated.take().or(other.deprecated);
        self.found.extend(other.found);
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

/// Parses a description.
pub(crate) fn read(description: &str) -> Facts {
    let mut facts = Facts::default();
    let mut kept = String::new();
    for (sentence, gap) in sentence::split(description) {
        let before = facts.found.len();
        let whole = take(&Sentence::new(sentence), &mut facts);
        if !(whole && facts.found.len() > before) {
            kept.push_str(sentence);
            kept.push_str(gap);
        }
    }
    kept.trim().clone_into(&mut facts.text);
    facts
}

/// Takes the facts of a sentence; returns true if it contains nothing else.
fn take(sentence: &Sentence, facts: &mut Facts) -> bool {
    let mut whole = deprecation(sentence, facts);
    whole |= values(sentence, facts);
    whole |= limits(sentence, facts);
    whole |= default(sentence, facts);
    whole |= presence(sentence, facts);
    formats(sentence, facts);
    whole
}

fn deprecation(sentence: &Sentence, facts: &mut Facts) -> bool {
    let begins = sentence.lower.starts_with("deprecated");
    let says = ["is deprecated", "(deprecated)", "[deprecated]"];
    let within = says.iter().any(|phrase| sentence.has(phrase));
    if !(begins || within) || facts.deprecated.is_some() {
        return false;
    }
    // A name of the description; others, such as `GET /things`, remain in the text.
    let is_name = |text: &str| !text.contains(['/', ' ', '{', '(', '<']);
    let replacement = sentence.code_after("use");
    let known = Map::new()
        .with_some("use", replacement.filter(|text| is_name(text)))
        .with_some("since", sentence.date())
        .with_flag(
            "planned",
            sentence.has("will go") || sentence.has("will be removed"),
        );
    let said = if known.is_empty() { Tree::Bool(true) } else { Tree::Map(known) };
    facts.deprecated = Some(said);
    facts.found.push(("deprecated", sentence.text.to_owned()));
    begins
}

fn values(sentence: &Sentence, facts: &mut Facts) -> bool {
    const CUES: &[&str] = &[
        "one of",
        "either",
        "possible values",
        "valid values",
        "allowed values",
        "supported values",
    ];
    let Some(values) = CUES.iter().find_map(|cue| sentence.list_after(cue)) else {
        return false;
    };
    if values.len() < 2 || !facts.values.is_empty() {
        return false;
    }
    facts.values = values;
    facts.found.push(("values", sentence.text.to_owned()));
    sentence.lower.starts_with("one of `")
}

fn limits(sentence: &Sentence, facts: &mut Facts) -> bool {
    let bytes = sentence.at_most(&["bytes", "byte"]);
    let characters = sentence.at_most(&["characters", "chars", "character"]);
    if let Some(limit) = bytes {
        facts.max_bytes = Some(limit);
        facts.found.push(("length in bytes", sentence.text.to_owned()));
    }
    if let Some(limit) = characters {
        facts.max_len = Some(limit);
        facts.found.push(("length in characters", sentence.text.to_owned()));
    }
    let range = sentence.range();
    if let Some((min, max)) = range {
        (facts.min, facts.max) = (Some(min), Some(max));
        facts.found.push(("range", sentence.text.to_owned()));
    }
    let least = sentence.bound("at least");
    let most = sentence.bound("at most");
    facts.min = least.or(facts.min);
    facts.max = most.or(facts.max);
    if least.or(most).is_some() {
        facts.found.push(("range", sentence.text.to_owned()));
        return true;
    }
    sentence.lower.starts_with("up to")
        && sentence.words() == 4
        && (bytes.is_some() || characters.is_some())
        || sentence.lower.starts_with("from") && sentence.words() == 4 && range.is_some()
}

fn default(sentence: &Sentence, facts: &mut Facts) -> bool {
    const CUES: &[&str] =
        &["default:", "defaults to", "default is", "default value is", "by default"];
    let Some(value) = CUES.iter().find_map(|cue| sentence.code_after(cue)) else {
        return false;
    };
    if facts.default.is_some() {
        return false;
    }
    facts.default = Some(value);
    facts.found.push(("default", sentence.text.to_owned()));
    sentence.lower.starts_with("default:")
}

fn presence(sentence: &Sentence, facts: &mut Facts) -> bool {
    let word = sentence.lower.trim_end_matches('.');
    let begins =
        |wanted: &str| word == wanted || word.starts_with(&format!("{wanted},"));
    if begins("optional") || sentence.has("(optional)") || word.starts_with("optional ")
    {
        facts.optional = true;
        facts.found.push(("optional", sentence.text.to_owned()));
    } else if begins("required")
        || sentence.has("(required)")
        || sentence.has("this field is required")
    {
        facts.required = true;
        facts.found.push(("required", sentence.text.to_owned()));
    }
    word == "optional" || word == "required"
}

fn formats(sentence: &Sentence, facts: &mut Facts) {
    if ["rfc 3339", "rfc3339", "iso 8601", "iso8601"]
        .iter()
        .any(|name| sentence.has(name))
        && !facts.timestamp
    {
        facts.timestamp = true;
        facts.found.push(("timestamp", sentence.text.to_owned()));
    }
    let format = FORMATS.iter().find(|(phrase, _)| sentence.has(phrase));
    if let Some((_, format)) = format.filter(|_| facts.format.is_none()) {
        facts.format = Some(format);
        facts.found.push(("format", sentence.text.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_listed_in_many_ways() {
        for text in [
            "The action. One of `allow`, `deny` or `log`.",
            "must be one of `allow`, `deny`, or `log`",
            "Possible values are `allow`, `deny` and `log`, no others.",
            "Valid values: \"allow\", \"deny\", \"log\".",
            "What to do; one of: `allow`/`deny`/`log`",
        ] {
            assert_eq!(read(text).values, ["allow", "deny", "log"], "{text}");
        }
        assert_eq!(read("either `a` or `b`").values, ["a", "b"]);
        for text in ["one of the rules", "a `b` c", "either way", "one of `a`"] {
            assert!(read(text).values.is_empty(), "{text}");
        }
    }

    #[test]
    fn limits_need_a_word_that_makes_them_one() {
        assert_eq!(read("A name, max 255 bytes.").max_bytes, Some(255));
        assert_eq!(read("optional, at most 4,096 characters long").max_len, Some(4096));
        assert_eq!(read("Limited to 1024 characters").max_len, Some(1024));
        assert_eq!(read("Arbitrary text of 4096 bytes maximum").max_bytes, Some(4096));
        assert_eq!(read("It had 255 bytes once").max_bytes, None);
        let range = read("Must be between 1 and 128.");
        assert_eq!((range.min, range.max), (Some(1.0), Some(128.0)));
    }

    #[test]
    fn what_else_is_said_plainly() {
        assert!(read("timestamp when it was made, RFC 3339 format").timestamp);
        assert_eq!(read("the CIDR, in CIDR notation").format, Some("cidr"));
        assert_eq!(read("Defaults to `eu`.").default.as_deref(), Some("eu"));
        assert!(read("Optional.").optional && read("(optional) a name").optional);
        assert!(read("Required. The name.").required);
        assert_eq!(read("Deprecated.").deprecated, Some(Tree::Bool(true)));
        assert_eq!(read("This field is deprecated.").deprecated, Some(Tree::Bool(true)));
        assert_eq!(read("It was deprecated once").deprecated, None);
        let said = read("**Deprecated**: not supported since 2025-12-31; use `url`.")
            .deprecated;
        let known = Map::new().with("use", "url").with("since", "2025-12-31");
        assert_eq!(said, Some(Tree::Map(known)));
    }

    #[test]
    fn sentences_that_say_nothing_else_are_taken_out() {
        let facts = read("A name. Up to 255 bytes. Default: `x`.");
        assert_eq!(facts.text, "A name.");
        assert_eq!((facts.max_bytes, facts.default.as_deref()), (Some(255), Some("x")));
        let facts =
            read("What happens, one of `a` or `b`. And more.\n\nA `x.y. z` paragraph.");
        assert_eq!(
            facts.text,
            "What happens, one of `a` or `b`. And more.\n\nA `x.y. z` paragraph."
        );
        assert_eq!(read("A share. From 0 to 1.").max, Some(1.0));
        assert_eq!(read("A share. From 0 to 1.").text, "A share.");
    }
}
