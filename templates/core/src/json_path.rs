//! Location of decoding errors: takes JSON text and the line and column of a `serde_json` error, returns the path
//! of the value there, such as `$.rules[3].action`. It reads the text up to that position like a scanner, so that
//! truncated or invalid JSON is supported, and it is not generic: no type is decoded a second time.

use std::fmt;

/// Returns the path of the value at a line and column, in the counting of `serde_json::Error`: the column is the
/// number of bytes of that line that were read. A position outside the text is moved to its nearest end; `$` is the
/// whole text.
#[must_use]
pub fn json_path(json: &[u8], line: usize, column: usize) -> String {
    let mut path = String::from("$");
    for step in steps(json.get(..offset(json, line, column)).unwrap_or_default()) {
        path += &step.to_string();
    }
    path
}

/// The current part of a list or object.
enum Step<'a> {
    Index(usize),
    /// The text between the quotes, including escapes; `None` before a key.
    Key(Option<&'a [u8]>),
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(index) => write!(f, "[{index}]"),
            Self::Key(None) => Ok(()),
            Self::Key(Some(key)) => {
                let key = String::from_utf8_lossy(key);
                let is_word = |c: char| c.is_alphanumeric() || c == '_';
                if !key.is_empty() && key.chars().all(is_word) {
                    write!(f, ".{key}")
                } else {
                    write!(f, "[\"{key}\"]")
                }
            }
        }
    }
}

/// Returns the number of bytes before a line and column.
pub(crate) fn offset(json: &[u8], line: usize, column: usize) -> usize {
    let Some(mut lines_before) = line.checked_sub(1) else {
        return 0;
    };
    let mut start = 0;
    while lines_before > 0 && start < json.len() {
        lines_before -= usize::from(json[start] == b'\n');
        start += 1;
    }
    start.saturating_add(column).min(json.len())
}

/// Returns the steps to the last value before the position.
fn steps(read: &[u8]) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    let mut rest = read;
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match byte {
            b'{' => steps.push(Step::Key(None)),
            b'[' => steps.push(Step::Index(0)),
            b'}' | b']' => drop(steps.pop()),
            b',' => match steps.last_mut() {
                Some(Step::Index(index)) => *index += 1,
                Some(Step::Key(key)) => *key = None,
                None => {}
            },
            b'"' => {
                let Some(end) = string_end(tail) else { break };
                if let Some(Step::Key(key @ None)) = steps.last_mut() {
                    *key = Some(&tail[..end]);
                }
                rest = &tail[end + 1..];
            }
            _ => {}
        }
    }
    steps
}

/// Returns the position of the quote that ends a string; `None` if the text is truncated before.
fn string_end(text: &[u8]) -> Option<usize> {
    let mut escaped = false;
    text.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    })
}
