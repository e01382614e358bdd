//! Struct literals, on one line if they fit.

use super::WIDTH;

/// Joins struct literals that fit on a line: prettyplease breaks all that end in `..`.
pub(super) fn joined(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut joined = String::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let end = literal_end(&lines, at);
        let one_line = end.map(|end| {
            let fields = lines[at + 1..end]
                .iter()
                .map(|field| field.trim())
                .collect::<Vec<_>>()
                .join(" ");
            format!("{line} {} {}", fields.trim_end_matches(','), lines[end].trim())
        });
        match (one_line.filter(|line| line.len() <= WIDTH), end) {
            (Some(one_line), Some(end)) => {
                joined.push_str(&one_line);
                at = end;
            }
            _ => joined.push_str(line),
        }
        joined.push('\n');
        at += 1;
    }
    joined
}

/// Returns the line that closes a struct literal, if one begins at a line.
fn literal_end(lines: &[&str], start: usize) -> Option<usize> {
    let indent =
        lines[start].strip_suffix("Self {").filter(|indent| indent.trim().is_empty())?;
    let close = format!("{indent}}}");
    Some(start + lines[start..].iter().position(|line| *line == close)?)
}
