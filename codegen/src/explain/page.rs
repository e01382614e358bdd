//! The layout of what is printed: a title, and sections with a heading each.

/// Width that prose is wrapped to.
const WIDTH: usize = 96;

/// Lines of a snippet that are shown at most.
const SNIPPET: usize = 40;

/// Text that grows from top to bottom.
#[derive(Default)]
pub(super) struct Page {
    text: String,
}

impl Page {
    /// A page that begins with a line.
    pub(super) fn new(title: &str) -> Self {
        let mut page = Self::default();
        page.push("", title);
        page
    }

    /// The whole of it.
    pub(super) fn text(self) -> String {
        self.text
    }

    /// A heading, after an empty line.
    pub(super) fn section(&mut self, heading: &str) {
        self.text.push('\n');
        self.push("", heading);
    }

    /// A line of a section.
    pub(super) fn line(&mut self, line: &str) {
        self.push("    ", line);
    }

    /// Lines of code.
    pub(super) fn code(&mut self, code: &str) {
        for line in code.lines() {
            self.line(line);
        }
    }

    /// Lines of prose, as they are wrapped already.
    pub(super) fn prose(&mut self, lines: &[String]) {
        for line in lines {
            self.line(line);
        }
    }

    /// Lines of a text of which there may be too many.
    pub(super) fn snippet(&mut self, lines: &[&str]) {
        for line in lines.iter().take(SNIPPET) {
            self.line(line);
        }
        if lines.len() > SNIPPET {
            self.line(&format!("... and {} more lines", lines.len() - SNIPPET));
        }
    }

    /// Two columns; the second is prose, which is wrapped within its column.
    pub(super) fn table(&mut self, rows: &[(String, String)]) {
        let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, text) in rows {
            let mut name = name.as_str();
            for line in wrap(text, WIDTH.saturating_sub(width + 6)) {
                self.line(&format!("{name:width$}  {line}"));
                name = "";
            }
        }
    }

    fn push(&mut self, indent: &str, line: &str) {
        if !line.trim().is_empty() {
            self.text.push_str(indent);
            self.text.push_str(line.trim_end());
        }
        self.text.push('\n');
    }
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + word.chars().count() < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
