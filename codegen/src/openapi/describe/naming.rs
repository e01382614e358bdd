//! Names of new types, nouns and operations, and of the API itself.

use crate::names::type_name;

/// Returns the noun for a type: `IP policy rule` for `IPPolicyRule`. Initialisms are kept.
pub(crate) fn noun(name: &str) -> String {
    let words = words(name).into_iter().map(|word| {
        let initialism = word.chars().filter(|c| c.is_uppercase()).count() > 1;
        if initialism { word } else { word.to_lowercase() }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns the singular of a name.
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
    let ascii = |word: String| {
        word.to_lowercase()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
    };
    let words =
        words(&type_name(name)).into_iter().map(ascii).filter(|word| !word.is_empty());
    let snake = words.collect::<Vec<_>>().join("_");
    if snake.is_empty() || snake.starts_with(|c: char| c.is_ascii_digit()) {
        format!("n{snake}")
    } else {
        snake
    }
}

/// Splits a name into words: at each capital, but not inside of initialisms.
pub(crate) fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let next_small = chars.get(at + 1).is_some_and(|next| next.is_lowercase());
        let begins = c.is_uppercase()
            && before.is_some_and(|before| !before.is_uppercase() || next_small);
        if !c.is_alphanumeric() {
            words.push(String::new());
        } else if begins || words.is_empty() {
            words.push(c.to_string());
        } else if let Some(word) = words.last_mut() {
            word.push(*c);
        }
    }
    words.retain(|word| !word.is_empty());
    words
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
