//! Received bytes as text for people: takes any bytes, returns text of a limited length.

/// Maximum length of an excerpt.
const EXCERPT: usize = 300;

/// Returns at most `limit` bytes of a body as text; invalid UTF-8 is replaced.
#[must_use]
pub fn text(body: &[u8], limit: usize) -> String {
    let end = body.len().min(limit);
    let cut = body.get(..end).unwrap_or_default();
    let mut text = String::from_utf8_lossy(cut).into_owned();
    if end < body.len() {
        // The limit may split a character.
        text.truncate(text.trim_end_matches(char::REPLACEMENT_CHARACTER).len());
        text.push('…');
    }
    text
}

/// Returns the beginning of a string as one line.
#[must_use]
pub fn excerpt(text: &str) -> String {
    let mut line = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > EXCERPT {
            line.truncate(beginning(&line, EXCERPT).len());
            line.push('…');
            break;
        }
    }
    line
}

/// Returns at most this many bytes of a string.
pub(crate) fn beginning(text: &str, limit: usize) -> &str {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or_default()
}

/// Returns JSON with replacement characters for escaped unpaired surrogates; `None` if there are none.
pub(crate) fn without_lone_surrogates(json: &str) -> Option<String> {
    let mut repaired = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        repaired.push_str(before);
        let length = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                repaired.push_str("\\ufffd");
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            // The backslash and the escaped character, which may be another backslash.
            _ => escape.chars().take(2).map(char::len_utf8).sum(),
        };
        repaired.push_str(escape.get(..length).unwrap_or_default());
        rest = escape.get(length..).unwrap_or_default();
    }
    repaired.push_str(rest);
    (repaired != json).then_some(repaired)
}

/// Parses the UTF-16 unit of an escape such as `\ud83d` at the start.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

/// Phrases of a decoder's message that are followed by a value, rather than the name of a field.
const VALUES: [&str; 6] =
    ["boolean ", "character ", "floating point ", "integer ", "number ", "variant "];

/// Returns the message of a decoder without values, which may be secrets.
pub(crate) fn without_values(message: &str) -> String {
    let mut shown = String::new();
    let mut rest = message;
    while let Some((before, quote, after)) = split_at_quote(rest) {
        shown.push_str(before);
        let (inside, next) = quoted(after, quote);
        let value = quote == '"' || VALUES.iter().any(|word| before.ends_with(word));
        shown.push(quote);
        shown.push_str(if value { "…" } else { inside });
        shown.push(quote);
        rest = next;
    }
    shown + rest
}

/// Splits at the first quote.
fn split_at_quote(text: &str) -> Option<(&str, char, &str)> {
    let at = text.find(['"', '`'])?;
    let (before, rest) = text.split_at(at);
    let quote = rest.chars().next()?;
    Some((before, quote, &rest[quote.len_utf8()..]))
}

/// Splits at the closing quote.
fn quoted(text: &str, quote: char) -> (&str, &str) {
    let mut escaped = false;
    let end = text.char_indices().find(|(_, letter)| {
        let closes = !escaped && *letter == quote;
        escaped = !escaped && quote == '"' && *letter == '\\';
        closes
    });
    let end = end.map_or(text.len(), |(at, _)| at);
    let (inside, rest) = text.split_at(end);
    (inside, rest.get(quote.len_utf8()..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{without_lone_surrogates, without_values};

    #[test]
    fn halves_of_surrogate_pairs_are_replaced() {
        for (json, repaired) in [
            (r#""a\ud83d""#, Some(r#""a\ufffd""#)),
            (
                r#""\ude00\ud83d\ude00\ud83dx\\ud83d\"""#,
                Some(r#""\ufffd\ud83d\ude00\ufffdx\\ud83d\"""#),
            ),
            (r#""\ud83d\ud83d\ude00""#, Some(r#""\ufffd\ud83d\ude00""#)),
            (r#""\ud83d\ude00 \u00e4 é\""#, None),
            (r#""\"#, None),
        ] {
            assert_eq!(without_lone_surrogates(json).as_deref(), repaired, "{json}");
        }
    }

    #[test]
    fn values_are_left_out_and_names_are_not() {
        for (message, shown) in [
            (
                r#"invalid type: string "s3cret", expected a list at line 1"#,
                r#"invalid type: string "…", expected a list at line 1"#,
            ),
            (
                r#"invalid type: string "s3\"c`r`et\\", expected `a`"#,
                r#"invalid type: string "…", expected `a`"#,
            ),
            (
                "invalid type: integer `12345`, expected x",
                "invalid type: integer `…`, expected x",
            ),
            (
                "invalid value: floating point `1.5`, expected x",
                "invalid value: floating point `…`, expected x",
            ),
            (
                "unknown variant `s3cret`, expected `a` or `b`",
                "unknown variant `…`, expected `a` or `b`",
            ),
            ("missing field `id` at line 1", "missing field `id` at line 1"),
            (
                r#""s3cret" is not an RFC 3339 timestamp"#,
                r#""…" is not an RFC 3339 timestamp"#,
            ),
            (r#"string "s3cret"#, r#"string "…""#),
            ("expected value at line 1 column 1", "expected value at line 1 column 1"),
        ] {
            assert_eq!(without_values(message), shown);
        }
    }
}
