//! `use` lines, broken where rustfmt breaks them.

use super::WIDTH;

/// An import, broken where rustfmt breaks it: its limits are a little tighter than prettyplease's.
pub(super) fn broken(text: &str) -> String {
    let joined = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let (Some((head, rest)), false) = (joined.split_once('{'), text.lines().all(|line| line.len() < WIDTH - 2)) else {
        return text.to_owned();
    };
    let (list, _) = rest.split_once('}').unwrap_or((rest, ""));
    let mut lines: Vec<String> = Vec::new();
    for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.len() + name.len() + 2 < WIDTH => line.push_str(&format!(" {name},")),
            _ => lines.push(format!("    {name},")),
        }
    }
    format!("{}{{\n{}\n}};\n", head.replace("] ", "]\n"), lines.join("\n"))
}
