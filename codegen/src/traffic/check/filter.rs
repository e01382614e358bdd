//! Fields in filter expressions.

/// Returns the fields of `object` in an expression: of `obj.a == "obj.b" && obj.c.d > 1`, these are `a` and `c.d`.
pub(super) fn fields<'t>(text: &'t str, object: &str) -> Vec<&'t str> {
    let mut fields = Vec::new();
    for piece in outside_quotes(text) {
        for (at, _) in piece.match_indices(object) {
            let before = piece[..at].chars().next_back();
            let starts = before.is_none_or(|c| !is_of_word(c) && c != '.');
            let Some(rest) = piece[at + object.len()..].strip_prefix('.') else {
                continue;
            };
            let end = rest.find(|c| !is_of_word(c) && c != '.').unwrap_or(rest.len());
            let field = rest[..end].trim_end_matches('.');
            if starts && field.starts_with(is_of_word) {
                fields.push(field);
            }
        }
    }
    fields
}

/// Returns true if a field is a known one, or inside of one, or a function of one.
pub(super) fn is_known(field: &str, known: &[String]) -> bool {
    known.iter().any(|known| {
        let rest = field.strip_prefix(known.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// Returns the parts of an expression that are not in quotes.
fn outside_quotes(text: &str) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some(start) = rest.find(['"', '\'']) {
        pieces.push(&rest[..start]);
        let quote = &rest[start..=start];
        let inside = &rest[start + 1..];
        match closing(inside, quote) {
            Some(end) => rest = &inside[end + 1..],
            None => return pieces,
        }
    }
    pieces.push(rest);
    pieces
}

fn closing(text: &str, quote: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if !escaped && quote.starts_with(c) {
            return Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_outside_of_text() {
        let found = |text| fields(text, "obj");
        assert_eq!(found(r#"obj.a == "obj.b" && obj.c.d > 1"#), ["a", "c.d"]);
        assert_eq!(found(r"size(obj.a)==0||'it\'s obj.x'==obj.b"), ["a", "b"]);
        assert_eq!(found("myobj.a || x.obj.b || obj. || obj"), [""; 0]);
        assert_eq!(found("obj.ä == \"obj.b"), ["ä"]);
        assert_eq!(found("obj.a.startsWith(\"x\")"), ["a.startsWith"]);
        assert_eq!(found(""), [""; 0]);
    }

    #[test]
    fn what_is_inside_of_known_fields_is_known() {
        let known = ["a".to_owned(), "owner.id".to_owned()];
        for field in ["a", "a.b", "a.startsWith", "owner.id"] {
            assert!(is_known(field, &known), "{field}");
        }
        for field in ["ab", "owner", "owner.uri", ""] {
            assert!(!is_known(field, &known), "{field}");
        }
    }
}
