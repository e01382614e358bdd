//! Locations of the keys and values of a text, determined from its lines: enough to mutate them one by one.

use std::ops::Range;

/// A key and its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Line, counted from 0.
    pub(crate) line: usize,
    /// Path of keys, including its own.
    pub(crate) path: Vec<String>,
    /// Range of the key in the line.
    pub(crate) key: Range<usize>,
    /// Range of the value, if it is a scalar or a list in this line.
    pub(crate) value: Option<Range<usize>>,
    /// True if it has its own line.
    pub(crate) block: bool,
}

impl Entry {
    /// Returns the key as it is written.
    pub(crate) fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// Returns true if the format defines the key; others are names of the API.
    pub(crate) fn is_of_format(&self) -> bool {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        match path.as_slice() {
            [_]
            | ["fields" | "params" | "operations" | "types" | "enums" | "codes", _, _]
            | ["fields" | "params", _, "rules" | "deprecated", _]
            | ["operations", _, "query", _, _]
            | ["operations", _, "deprecated", _]
            | ["types", _, "exactly_one_of", _]
            | ["types", _, "fields", _, _]
            | ["types", _, "fields", _, "rules" | "deprecated", _] => true,
            [part, ..] => ["client", "auth", "version", "paging", "filtering", "ids"]
                .contains(part),
            [] => false,
        }
    }
}

/// Returns the entries of a text, in order.
pub(crate) fn entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut parents: Vec<(usize, String)> = Vec::new();
    let mut prose = None;
    for (number, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        if line.trim().is_empty() || prose.is_some_and(|above| indent > above) {
            continue;
        }
        prose = None;
        let Some((key, value)) = split(line, indent) else { continue };
        parents.retain(|(depth, _)| *depth < indent);
        parents.push((indent, line[key.clone()].to_owned()));
        let path: Vec<String> = parents.iter().map(|(_, key)| key.clone()).collect();
        let rest = &line[value.clone()];
        if rest.starts_with(['|', '>']) {
            prose = Some(indent);
        }
        let scalar = !rest.is_empty() && !rest.starts_with(['|', '>', '{', '#']);
        let own = scalar.then(|| value.clone()).filter(|_| closed(rest));
        entries.push(Entry {
            line: number,
            path: path.clone(),
            key,
            value: own,
            block: true,
        });
        if rest.starts_with('{') && closed(rest) {
            flow(line, number, value, &path, &mut entries);
        }
    }
    entries
}

/// Returns the key and the value of a line.
fn split(line: &str, indent: usize) -> Option<(Range<usize>, Range<usize>)> {
    let rest = &line[indent..];
    if rest.starts_with(['#', '-', '[', '{', '"']) {
        return None;
    }
    let colon = indent
        + rest
            .find(':')
            .filter(|at| matches!(rest.as_bytes().get(at + 1), None | Some(b' ')))?;
    let value = line[colon + 1..].trim_start();
    Some((indent..colon, line.len() - value.len()..line.len()))
}

/// Returns true if brackets and quotes are closed.
fn closed(text: &str) -> bool {
    let count = |sign: char| text.matches(sign).count();
    let plain = !text.starts_with(['[', '{']);
    count('"').is_multiple_of(2)
        && (plain || (count('[') == count(']') && count('{') == count('}')))
}

/// Returns the entries of a map in braces.
fn flow(
    line: &str,
    number: usize,
    inside: Range<usize>,
    path: &[String],
    entries: &mut Vec<Entry>,
) {
    let mut path = path.to_vec();
    let mut at = inside.start;
    while at < inside.end {
        match line.as_bytes()[at] {
            b'{' | b',' | b' ' => at += 1,
            b'}' => {
                path.pop();
                at += 1;
            }
            _ => {
                let Some(colon) = line[at..].find(": ").map(|length| at + length) else {
                    return;
                };
                let (key, start) = (at..colon, colon + 2);
                path.push(line[key.clone()].to_owned());
                let mut entry = Entry {
                    line: number,
                    path: path.clone(),
                    key,
                    value: None,
                    block: false,
                };
                if line[start..].starts_with('{') {
                    entries.push(entry);
                    at = start;
                    continue;
                }
                let end = end(line, start);
                entry.value = Some(start..end);
                entries.push(entry);
                path.pop();
                at = end;
            }
        }
    }
}

/// Returns the end of a value in braces.
fn end(line: &str, start: usize) -> usize {
    let rest = &line[start..];
    let length = match rest.as_bytes()[0] {
        b'"' => rest[1..].find('"').map(|length| length + 2),
        b'[' => rest.find(']').map(|length| length + 1),
        _ => rest.find([',', '}']).map(|length| rest[..length].trim_end().len()),
    };
    start + length.unwrap_or(rest.len())
}
