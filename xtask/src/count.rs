//! Counts with their nouns, in singular or plural.

/// Returns `1 file`, `2 files`; for nouns whose plural ends with `s`.
pub(crate) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn one_thing_has_no_plural() {
        let counts = [0, 1, 2].map(|number| count(number, "file"));
        assert_eq!(counts, ["0 files", "1 file", "2 files"]);
    }
}
