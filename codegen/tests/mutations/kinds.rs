//! The mutations: each takes an entry, and returns the replacement of its line.

use super::lines::Entry;

/// A change of one line.
#[derive(Debug)]
pub(crate) struct Mutation {
    pub(crate) kind: &'static str,
    /// The line, counted from 0.
    pub(crate) line: usize,
    /// Replacement; may be several lines, or none.
    pub(crate) text: String,
    /// Words that a diagnostic on another line has to contain.
    pub(crate) words: Vec<String>,
    /// True if it is always an error.
    pub(crate) wrong: bool,
    /// The intended word, if a diagnostic should suggest it.
    pub(crate) meant: Option<String>,
}

/// Mutates an entry of a line; `None` if it does not apply.
type Kind = (&'static str, fn(&Entry, &str) -> Option<Change>);

/// The replacement, and its properties.
pub(crate) struct Change {
    text: String,
    words: Vec<String>,
    wrong: bool,
    meant: Option<String>,
}

impl Change {
    /// Creates a change that is an error; `None` without text.
    fn wrong(text: impl Into<Option<String>>, words: &[&str]) -> Option<Self> {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        Some(Self { text: text.into()?, words, wrong: true, meant: None })
    }

    /// Creates a change with a misspelt word.
    fn slip(text: impl Into<Option<String>>, word: &str, meant: &str) -> Option<Self> {
        Some(Self { meant: Some(meant.to_owned()), ..Self::wrong(text, &[word])? })
    }

    /// Creates a change that may be valid.
    fn open(text: impl Into<Option<String>>, words: &[&str]) -> Option<Self> {
        Some(Self { wrong: false, ..Self::wrong(text, words)? })
    }
}

pub(crate) const KINDS: &[Kind] = &[
    ("a key is misspelt", key_misspelt),
    ("a key belongs to another kind of object", key_foreign),
    ("a name is misspelt", name_misspelt),
    ("a key is given twice", key_twice),
    ("a key has no colon", no_colon),
    ("a type is misspelt", type_misspelt),
    ("a type is cut", type_cut),
    ("a mark is another", mark_changed),
    ("a place is misspelt", place_misspelt),
    ("a value is of the wrong kind", wrong_kind),
    ("a value is missing", no_value),
    ("a word of a few is misspelt", choice_misspelt),
    ("a reference is misspelt", reference_misspelt),
    ("a name of a type is not one", type_name_in_small_letters),
    ("an operation is misspelt", operation_misspelt),
    ("a path parameter is renamed", parameter_renamed),
    ("a filter is misspelt", filter_misspelt),
    ("a number is no number", number_spoilt),
    ("a number is too large", number_too_large),
    ("a quote is not closed", quote_open),
    ("a bracket is not closed", bracket_open),
    ("a tab indents", tab),
    ("a line is indented too far", indented),
    ("a line is indented too little", outdented),
    ("a line is removed", gone),
    ("a value is an alias", alias),
];

/// Returns all mutations of the entries of a text.
pub(crate) fn mutations(entries: &[Entry], text: &str) -> Vec<Mutation> {
    let lines: Vec<&str> = text.lines().collect();
    let all = entries.iter().flat_map(|entry| {
        let line = lines[entry.line];
        KINDS.iter().filter_map(move |(kind, change)| {
            let change = change(entry, line).filter(|change| change.text != line)?;
            let Change { text, words, wrong, meant } = change;
            Some(Mutation { kind, line: entry.line, text, words, wrong, meant })
        })
    });
    all.collect()
}

fn with_key(entry: &Entry, line: &str, key: &str) -> String {
    format!("{}{key}{}", &line[..entry.key.start], &line[entry.key.end..])
}

fn with_value(entry: &Entry, line: &str, value: &str) -> Option<String> {
    let range = entry.value.clone()?;
    Some(format!("{}{value}{}", &line[..range.start], &line[range.end..]))
}

fn value<'l>(entry: &Entry, line: &'l str) -> Option<&'l str> {
    Some(&line[entry.value.clone()?])
}

/// Returns a word with two of its letters swapped; `None` if that changes nothing.
fn slip(word: &str) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    let at = (letters.len() / 2..letters.len())
        .find(|at| *at > 0 && letters[*at] != letters[*at - 1])?;
    letters.swap(at, at - 1);
    let slipped: String = letters.into_iter().collect();
    (word.len() > 2 && slipped != word).then_some(slipped)
}

fn key_misspelt(entry: &Entry, line: &str) -> Option<Change> {
    let key = slip(entry.name()).filter(|_| entry.is_of_format())?;
    Change::slip(with_key(entry, line, &key), &key, entry.name())
}

fn key_foreign(entry: &Entry, line: &str) -> Option<Change> {
    let applies = entry.is_of_format() && entry.path.len() > 1;
    Change::wrong(with_key(entry, line, "nouns"), &["nouns"]).filter(|_| applies)
}

fn name_misspelt(entry: &Entry, line: &str) -> Option<Change> {
    let name = slip(entry.name()).filter(|_| !entry.is_of_format())?;
    Change::open(with_key(entry, line, &name), &[&name, entry.name()])
}

fn key_twice(entry: &Entry, line: &str) -> Option<Change> {
    if entry.block {
        return Change::wrong(format!("{line}\n{line}"), &[]);
    }
    let end = entry.value.as_ref()?.end;
    let own = &line[entry.key.start..end];
    Change::wrong(format!("{}, {own}{}", &line[..end], &line[end..]), &[])
}

fn no_colon(entry: &Entry, line: &str) -> Option<Change> {
    let text = format!("{}{}", &line[..entry.key.end], &line[entry.key.end + 1..]);
    Change::wrong(text, &[]).filter(|_| entry.block)
}

/// Returns the value of `type:` and similar keys.
fn ty<'l>(entry: &Entry, line: &'l str) -> Option<&'l str> {
    let keys = ["type", "request_type", "keys"];
    value(entry, line).filter(|_| entry.is_of_format() && keys.contains(&entry.name()))
}

fn type_misspelt(entry: &Entry, line: &str) -> Option<Change> {
    let ty = ty(entry, line)?;
    let word = ty.split(' ').next_back()?;
    let slipped = slip(word)?;
    let kept = ty.strip_suffix(word)?;
    Change::slip(with_value(entry, line, &format!("{kept}{slipped}")), &slipped, word)
}

fn type_cut(entry: &Entry, line: &str) -> Option<Change> {
    let (kept, word) = ty(entry, line)?.rsplit_once(' ')?;
    let text = with_value(entry, line, kept)?;
    // A plain `id` is that of the resource itself.
    if kept.ends_with("id") {
        Change::open(text, &[word, kept])
    } else {
        Change::wrong(text, &[kept])
    }
}

/// Marks after the name of a body.
const MARKS: [char; 3] = ['!', '~', '-'];

fn places<'l>(entry: &Entry, line: &'l str) -> Option<&'l str> {
    let list =
        value(entry, line).filter(|_| entry.is_of_format() && entry.name() == "in")?;
    list.strip_prefix('[')?.strip_suffix(']')
}

fn mark_changed(entry: &Entry, line: &str) -> Option<Change> {
    let places = places(entry, line)?;
    let first = places.split(',').next()?;
    let bare = first.trim_end_matches(MARKS);
    let mark = match (bare, entry.line % 3) {
        (_, 0) => '?',
        ("response", _) => '!',
        _ => '-',
    };
    let changed = format!("{bare}{mark}");
    let text =
        with_value(entry, line, &format!("[{changed}{}]", &places[first.len()..]))?;
    Change::wrong(text, &[&changed])
}

fn place_misspelt(entry: &Entry, line: &str) -> Option<Change> {
    let places = places(entry, line)?;
    let last = places.rsplit(' ').next()?;
    let slipped = slip(last)?;
    let kept = places.strip_suffix(last)?;
    Change::slip(
        with_value(entry, line, &format!("[{kept}{slipped}]")),
        &slipped,
        last.trim_end_matches(MARKS),
    )
}

const TEXTS: &[&str] = &[
    "noun",
    "nouns",
    "resource",
    "tag",
    "path",
    "item_path",
    "doc",
    "type",
    "format",
    "method",
    "body",
    "returns",
    "prefix",
    "written_as",
    "only_on",
    "items",
    "unit",
    "use",
    "access",
    "base_url",
    "header",
];
const NUMBERS: &[&str] =
    &["status", "max_bytes", "max_len", "min_items", "length", "min", "max"];
const FLAGS: &[&str] = &[
    "singleton",
    "legacy",
    "paged",
    "instance",
    "nullable",
    "required",
    "optional",
    "secret",
    "openapi",
    "fixed",
    "open",
];
const LISTS: &[&str] = &["in", "filter", "errors", "one_of", "non_empty"];

fn wrong_kind(entry: &Entry, line: &str) -> Option<Change> {
    let one = |keys: &[&str]| keys.contains(&entry.name());
    let value = match () {
        () if !entry.is_of_format() => return None,
        () if one(TEXTS) => ["[a, b]", "5", "{ a: b }"][entry.line % 3],
        () if one(NUMBERS) => ["many", "\"1\"", "[1]"][entry.line % 3],
        () if one(FLAGS) => ["maybe", "yes", "1"][entry.line % 3],
        () if one(LISTS) => ["5", "a", "{ a: b }"][entry.line % 3],
        () => return None,
    };
    Change::wrong(with_value(entry, line, value), &[])
}

fn no_value(entry: &Entry, line: &str) -> Option<Change> {
    let text = with_value(entry, line, "").filter(|_| entry.block)?;
    Change::open(text.trim_end().to_owned(), &[entry.name()])
}

fn choice_misspelt(entry: &Entry, line: &str) -> Option<Change> {
    let keys = ["format", "key_format", "method", "returns", "body"];
    let word = value(entry, line)
        .filter(|_| entry.is_of_format() && keys.contains(&entry.name()))?;
    let slipped = slip(word).filter(|_| !word.contains(' '))?;
    Change::slip(with_value(entry, line, &slipped), &slipped, word)
}

fn reference_misspelt(entry: &Entry, line: &str) -> Option<Change> {
    let keys = ["written_as", "only_on", "cleared_by", "use", "name_of", "host_of"];
    let word = value(entry, line)
        .filter(|_| entry.is_of_format() && keys.contains(&entry.name()))?;
    let slipped = slip(word)?;
    Change::slip(with_value(entry, line, &slipped), &slipped, word)
}

fn type_name_in_small_letters(entry: &Entry, line: &str) -> Option<Change> {
    let small = value(entry, line)?.to_lowercase();
    let applies = entry.path == ["resource"];
    Change::wrong(with_value(entry, line, &small), &[&small]).filter(|_| applies)
}

fn operation_misspelt(entry: &Entry, line: &str) -> Option<Change> {
    let known = ["create", "get", "list", "update", "replace", "delete"];
    let [section, name] = entry.path.as_slice() else { return None };
    // `api.yaml` defines the names, and may define any.
    let says = line.contains("method:");
    let applies = section == "operations" && known.contains(&name.as_str()) && !says;
    let slipped = slip(name).filter(|_| applies)?;
    Change::slip(with_key(entry, line, &slipped), &slipped, name)
}

fn parameter_renamed(entry: &Entry, line: &str) -> Option<Change> {
    let path = value(entry, line)
        .filter(|_| entry.is_of_format() && entry.name().ends_with("path"))?;
    let (_, rest) = path.split_once('{')?;
    let name = rest.split('}').next()?;
    let renamed = format!("{name}x");
    let path = path.replacen(&format!("{{{name}}}"), &format!("{{{renamed}}}"), 1);
    Change::wrong(with_value(entry, line, &path), &[&renamed])
}

fn filter_misspelt(entry: &Entry, line: &str) -> Option<Change> {
    let list = value(entry, line)
        .filter(|_| entry.name() == "filter" && entry.path.len() == 3)?;
    let name = list.strip_suffix(']')?.rsplit(['[', ' ']).next()?;
    let slipped = slip(name)?;
    Change::slip(with_value(entry, line, &list.replace(name, &slipped)), &slipped, name)
}

fn number_spoilt(entry: &Entry, line: &str) -> Option<Change> {
    let keys = ["errors", "one_of", "ip_versions"];
    let list = value(entry, line)
        .filter(|_| entry.is_of_format() && keys.contains(&entry.name()))?;
    let spoilt = list.replacen('[', "[x", 1);
    Change::wrong(with_value(entry, line, &spoilt), &[])
}

fn number_too_large(entry: &Entry, line: &str) -> Option<Change> {
    let keys = ["status", "max_bytes", "max_len", "min_items", "length"];
    let applies = entry.is_of_format() && keys.contains(&entry.name());
    Change::wrong(with_value(entry, line, "99999999999"), &[]).filter(|_| applies)
}

fn quote_open(entry: &Entry, line: &str) -> Option<Change> {
    let value = value(entry, line).filter(|value| !value.contains(['"', '\'']))?;
    Change::wrong(with_value(entry, line, &format!("\"{value}")), &[])
}

fn bracket_open(entry: &Entry, line: &str) -> Option<Change> {
    let opened =
        line[entry.key.end..].trim_start_matches([':', ' ']).starts_with(['[', '{']);
    let at = line.rfind([']', '}']).filter(|_| entry.block && opened)?;
    Change::wrong(format!("{}{}", &line[..at], &line[at + 1..]), &[])
}

fn tab(entry: &Entry, line: &str) -> Option<Change> {
    let applies = entry.block && entry.key.start > 0;
    Change::wrong(format!("\t{}", line.trim_start()), &[]).filter(|_| applies)
}

fn indented(entry: &Entry, line: &str) -> Option<Change> {
    Change::open(format!(" {line}"), &[entry.name()]).filter(|_| entry.block)
}

fn outdented(entry: &Entry, line: &str) -> Option<Change> {
    let less = line.strip_prefix(' ').filter(|_| entry.block)?;
    Change::open(less.to_owned(), &[entry.name()])
}

fn gone(entry: &Entry, _: &str) -> Option<Change> {
    let words: Vec<&str> = entry.path.iter().map(String::as_str).collect();
    Change::open(String::new(), &words).filter(|_| entry.block)
}

fn alias(entry: &Entry, line: &str) -> Option<Change> {
    Change::wrong(with_value(entry, line, "*there"), &[])
}
