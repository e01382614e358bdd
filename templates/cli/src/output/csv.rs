//! Lines of CSV as RFC 4180 describes them.

/// A line; fields with commas, quotes or line breaks are quoted.
pub(crate) fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<_> = cells.into_iter().map(cell).collect();
    cells.join(",")
}

fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn quotes_what_would_end_a_field() {
        assert_eq!(super::line(["a", "b,c", "d\"e", ""]), "a,\"b,c\",\"d\"\"e\",");
    }
}
