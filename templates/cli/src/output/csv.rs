//! Lines of CSV as RFC 4180 describes them.

use serde_json::Value;

use super::Column;

/// The line of titles.
pub(super) fn header(columns: &[Column]) -> String {
    line(columns.iter().map(Column::name))
}

/// The line of an item.
pub(super) fn row(columns: &[Column], item: &Value) -> String {
    line(columns.iter().map(|column| column.cell(item)))
}

/// Returns a line; fields with commas, quotes or line breaks are quoted.
fn line(cells: impl Iterator<Item = String>) -> String {
    cells.map(|text| cell(&text)).collect::<Vec<_>>().join(",")
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
        let cells = ["a", "b,c", "d\"e", ""].map(str::to_owned);
        assert_eq!(super::line(cells.into_iter()), "a,\"b,c\",\"d\"\"e\",");
    }
}
