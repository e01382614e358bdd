//! Tables: takes rows, returns lines with aligned columns. The first rows determine the widths, so that long lists can be printed as they
//! arrive.

use std::env;
use std::io::{self, IsTerminal};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Column;

/// Space between columns.
const GAP: usize = 2;

/// Minimum width of columns.
const NARROWEST: usize = 8;

/// Width of terminals that do not report one.
const USUAL: usize = 80;

/// The layout of a table.
pub(crate) struct Table {
    columns: Vec<Column>,
    widths: Vec<usize>,
    /// True if cells are truncated to fit.
    cut: bool,
}

impl Table {
    /// Creates a layout for these rows, which fits into `room` columns if given.
    pub(crate) fn new(
        columns: &[Column],
        rows: &[Vec<String>],
        room: Option<usize>,
    ) -> Self {
        let width = |index: usize| {
            let title = columns[index].name().width();
            let cells = rows.iter().map(|row| clean(&row[index]).width());
            cells.chain([title]).max().unwrap_or_default()
        };
        let widths = (0..columns.len()).map(width).collect();
        let columns = columns.to_vec();
        let mut table = Self { columns, widths, cut: room.is_some() };
        if let Some(room) = room {
            table.fit(room);
        }
        table
    }

    /// Narrows columns, the widest first, then drops the last ones until the table fits.
    fn fit(&mut self, room: usize) {
        while self.total() > room {
            let candidates = self.widths.iter().enumerate();
            let widest = candidates
                .filter(|(index, width)| {
                    !self.columns[*index].whole && **width > self.least(*index)
                })
                .max_by_key(|(_, width)| **width);
            if let Some((index, _)) = widest {
                self.widths[index] -= 1;
            } else if self.columns.len() > 1 {
                self.columns.pop();
                self.widths.pop();
            } else {
                break;
            }
        }
    }

    fn least(&self, index: usize) -> usize {
        self.columns[index].name().width().max(NARROWEST)
    }

    fn total(&self) -> usize {
        self.widths.iter().sum::<usize>() + GAP * self.widths.len().saturating_sub(1)
    }

    /// Returns the line of titles.
    pub(crate) fn header(&self) -> String {
        let titles: Vec<_> =
            self.columns.iter().map(|column| column.name().to_uppercase()).collect();
        self.line(&titles)
    }

    /// Returns the line of a row.
    pub(crate) fn line(&self, cells: &[String]) -> String {
        let mut line = String::new();
        for (index, width) in self.widths.iter().enumerate() {
            let cell = clean(cells.get(index).map_or("", String::as_str));
            let whole = self.columns[index].whole || !self.cut;
            let cell = if whole { cell } else { cut_off(&cell, *width) };
            let padding = width.saturating_sub(cell.width()) + GAP;
            line.push_str(&cell);
            line.push_str(&" ".repeat(padding));
        }
        line.truncate(line.trim_end().len());
        line
    }
}

/// Replaces line breaks and control characters.
pub(super) fn clean(text: &str) -> String {
    let visible = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars().map(visible).collect()
}

/// Truncates to `width` columns, with an ellipsis.
fn cut_off(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut used = 1;
    for letter in text.chars() {
        used += letter.width().unwrap_or_default();
        if used > width {
            break;
        }
        cut.push(letter);
    }
    cut.push('…');
    cut
}

/// Returns the width of standard output; `None` if it is not a terminal.
pub(super) fn terminal_width() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    #[cfg(unix)]
    let reported = rustix::termios::tcgetwinsize(io::stdout()).map(|it| it.ws_col).ok();
    #[cfg(not(unix))]
    let reported = terminal_size::terminal_size().map(|(width, _)| width.0);
    let set = || env::var("COLUMNS").ok()?.parse().ok();
    let width = reported.filter(|width| *width > 0).or_else(set);
    Some(width.filter(|width| *width > 0).map_or(USUAL, usize::from))
}
