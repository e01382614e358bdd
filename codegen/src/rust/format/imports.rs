//! `use` lines, broken like rustfmt.

use super::WIDTH;

/// Columns that rustfmt reserves at the end of a list on one line, and of a line of a longer one.
const ONE_LINE: usize = WIDTH - 2;
const INNER_LINE: usize = WIDTH - 1;

/// Breaks an import like rustfmt: its limits are slightly tighter than those of prettyplease.
pub(super) fn broken(text: &str) -> String {
    let (attributes, lines): (Vec<&str>, Vec<&str>) =
        text.lines().partition(|line| line.starts_with('#'));
    let attributes: String = attributes.iter().flat_map(|line| [*line, "\n"]).collect();
    let joined: String =
        lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
    let Some((head, list)) = joined.split_once('{') else { return text.to_owned() };
    let names: Vec<&str> =
        list.trim_end_matches(['}', ';', ' ', ',']).split(',').map(str::trim).collect();
    let one_line = format!("{head}{{{}}};", names.join(", "));
    if width(&one_line) <= ONE_LINE {
        return format!("{attributes}{one_line}\n");
    }
    let mut lines: Vec<String> = Vec::new();
    let end = names.len();
    for (at, name) in names.into_iter().enumerate() {
        // The last line may use the whole width.
        let limit = if at + 1 == end { WIDTH } else { INNER_LINE };
        match lines.last_mut() {
            Some(line) if width(line) + width(name) + 2 <= limit => {
                line.extend([" ", name, ","]);
            }
            _ => lines.push(format!("    {name},")),
        }
    }
    format!("{attributes}{head}{{\n{}\n}};\n", lines.join("\n"))
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn a_list_is_broken_where_rustfmt_breaks_it() {
        let import =
            |name: &str| format!("use crate::runtime::{{Aaaa, Bbbb, {name}}};\n");
        let fits = import(&"C".repeat(52));
        assert_eq!(fits.trim_end().len(), 87);
        assert_eq!(broken(&fits), fits);
        let name = "C".repeat(53);
        let expected = format!("use crate::runtime::{{\n    Aaaa, Bbbb, {name},\n}};\n");
        assert_eq!(broken(&import(&name)), expected);
        assert_eq!(broken(&expected), expected);
    }

    #[test]
    fn what_is_broken_too_early_is_joined() {
        let text = "#[cfg(feature = \"x\")]\npub use a::{\n    B, C,\n};\n";
        assert_eq!(broken(text), "#[cfg(feature = \"x\")]\npub use a::{B, C};\n");
        assert_eq!(broken("use a::B;\n"), "use a::B;\n");
    }
}
