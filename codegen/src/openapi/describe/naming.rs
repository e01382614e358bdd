//! Names of new types, nouns and operations, and of the API itself; paths and their segments.

use heck::ToSnakeCase;

use crate::model::PathTemplate;
use crate::names::type_name;

/// Returns the noun for a type: `IP policy rule` for `IPPolicyRule`. Initialisms are kept.
pub(crate) fn noun(name: &str) -> String {
    let mut letters = name.chars().filter(|c| c.is_alphanumeric());
    let snake = name.to_snake_case();
    let words = snake.split('_').map(|word| {
        let own: String = letters.by_ref().take(word.chars().count()).collect();
        let initialism = own.chars().filter(|c| c.is_uppercase()).count() > 1;
        if initialism { own } else { word.to_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
}

pub(crate) fn singular(name: &str) -> String {
    /// Endings of plurals and of their singulars.
    const ENDINGS: [(&str, &str); 7] = [
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("ss", "ss"),
        ("us", "us"),
        ("s", ""),
    ];
    let singular = ENDINGS.iter().find_map(|(many, one)| {
        name.strip_suffix(many).map(|stem| format!("{stem}{one}"))
    });
    singular.unwrap_or_else(|| name.to_owned())
}

/// Returns a name for a file, a field or an operation: `ip_policies` for `IPPolicies`.
pub(crate) fn snake(name: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    let snake: String = type_name(name).to_snake_case().chars().filter(plain).collect();
    let snake = snake.trim_matches('_');
    if snake.starts_with(|c: char| c.is_ascii_lowercase()) {
        snake.to_owned()
    } else {
        format!("n{snake}")
    }
}

/// Returns a name in lower case with dashes, valid for a crate.
pub(super) fn kebab(name: &str) -> String {
    let plain =
        |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
    let words: String = name.chars().map(plain).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join("-");
    if words.starts_with(|c: char| c.is_ascii_lowercase()) {
        words
    } else {
        format!("api-{words}")
    }
}

/// Returns an address in the form of a client: with a host, over TLS, without a trailing slash.
pub(super) fn address(url: &str) -> String {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "?#\"<>\\{}".contains(c);
    let url: String = url.chars().filter(|c| !odd(*c)).collect();
    let rest =
        ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    let rest = match rest {
        Some(rest) => rest.to_owned(),
        None => format!("api.example.com/{}", url.trim_start_matches('/')),
    };
    let rest = rest.trim_matches('/');
    format!("https://{}", if rest.is_empty() { "api.example.com" } else { rest })
}

pub(crate) fn segments(path: &str) -> Vec<&str> {
    path.split('/').filter(|segment| !segment.is_empty()).collect()
}

/// Returns true if a path has a trailing slash, which is part of the address.
pub(crate) fn ends_with_slash(path: &str) -> bool {
    path.len() > 1 && path.ends_with('/')
}

/// Returns the name of a segment that is a parameter.
pub(crate) fn parameter(segment: &str) -> Option<&str> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    (!name.contains(['{', '}'])).then_some(name)
}

/// Returns the path without the names of its parameters, and without empty segments.
pub(crate) fn pattern(path: &str) -> String {
    joined(segments(&PathTemplate::new(path).pattern()))
}

/// Joins segments to a path.
pub(crate) fn joined<S: AsRef<str>>(segments: impl IntoIterator<Item = S>) -> String {
    segments
        .into_iter()
        .fold(String::new(), |path, segment| path + "/" + segment.as_ref())
}

/// Returns true if two segments are equivalent: equal, or both parameters.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    a == b || (parameter(a).is_some() && parameter(b).is_some())
}

/// Returns the common prefix of all paths.
pub(crate) fn common<'a>(paths: &[Vec<&'a str>]) -> Vec<&'a str> {
    let Some((first, rest)) = paths.split_first() else { return Vec::new() };
    let length = rest.iter().fold(first.len(), |length, path| {
        first.iter().zip(path).take(length).take_while(|(a, b)| alike(a, b)).count()
    });
    first[..length].to_vec()
}
