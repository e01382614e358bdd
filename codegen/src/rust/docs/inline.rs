//! Words, code and links within a line.

/// Escapes plain words that rustdoc would interpret as HTML or links. Intended code and links are kept.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let taken = match next {
            '`' => code(rest, &mut escaped),
            '\\' => backslash(rest, &mut escaped),
            '[' => link(rest, &mut escaped),
            'h' | '<' => address(rest, &mut escaped),
            _ => 0,
        };
        if taken == 0 {
            if matches!(next, '<' | '>' | '[' | ']') {
                escaped.push('\\');
            }
            escaped.push(next);
        }
        rest = &rest[taken.max(next.len_utf8())..];
    }
    escaped
}

/// A text as code, whatever backticks it has itself.
pub(super) fn as_code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// Copies code between backticks; an unpaired one is an ordinary character.
fn code(text: &str, escaped: &mut String) -> usize {
    let length = text.bytes().take_while(|byte| *byte == b'`').count();
    let (fence, inside) = text.split_at(length);
    let mut at = 0;
    while let Some(found) = inside[at..].find('`') {
        let begin = at + found;
        let run = inside[begin..].bytes().take_while(|byte| *byte == b'`').count();
        if run == length {
            let whole = &text[..length + begin + run];
            escaped.push_str(whole);
            return whole.len();
        }
        at = begin + run;
    }
    escaped.push_str(&fence.replace('`', "\\`"));
    length
}

/// Copies escaped characters.
fn backslash(text: &str, escaped: &mut String) -> usize {
    match text[1..].chars().next() {
        Some(next) if next.is_ascii_punctuation() => {
            escaped.push_str(&text[..2]);
            2
        }
        _ => 0,
    }
}

/// Copies `[words](https://...)`.
fn link(text: &str, escaped: &mut String) -> usize {
    let Some((words, rest)) = text[1..].split_once("](") else { return 0 };
    let Some((target, _)) = rest.split_once(')') else { return 0 };
    let odd = |c: char| c.is_whitespace() || "<>()[]`\\\"".contains(c);
    if words.contains(['[', ']', '`']) || !is_address(target) || target.contains(odd) {
        return 0;
    }
    escaped.extend(["[", &escape(words), "](", target, ")"]);
    "[](".len() + words.len() + target.len() + ")".len()
}

/// Copies `https://...`, with or without angle brackets.
fn address(text: &str, escaped: &mut String) -> usize {
    let bracketed = text.strip_prefix('<');
    let text = bracketed.unwrap_or(text);
    if !is_address(text) {
        return 0;
    }
    let end = text.find(|c: char| c.is_whitespace() || "<>`\"\\".contains(c));
    let end = end.unwrap_or(text.len());
    if bracketed.is_some() && text[end..].starts_with('>') {
        escaped.extend(["<", &text[..end], ">"]);
        return end + 2;
    }
    let address = without_punctuation(&text[..end]);
    if bracketed.is_some() || !is_address(address) {
        return 0;
    }
    escaped.extend(["<", address, ">"]);
    address.len()
}

/// Returns an address without the punctuation of the sentence around it.
fn without_punctuation(address: &str) -> &str {
    let end = |c: char| ".,;:!?]*'".contains(c);
    let mut address = address.trim_end_matches(end);
    while address.ends_with(')')
        && address.matches(')').count() > address.matches('(').count()
    {
        address = address[..address.len() - 1].trim_end_matches(end);
    }
    address
}

fn is_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty())
}
