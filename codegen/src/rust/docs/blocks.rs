//! The blocks of a text: paragraphs, list items, code, rows of tables; and their lines.

use super::inline;

/// A block of a text.
pub(super) enum Block {
    /// Words that can be wrapped, after the marker of a list item or nothing.
    Text { lead: String, text: String },
    /// Lines that are kept unchanged.
    Verbatim(Vec<String>),
    /// An empty line.
    Gap,
}

impl Block {
    /// Returns its lines for rustdoc.
    pub(super) fn lines(self) -> Vec<String> {
        match self {
            Self::Text { lead, text } => wrap(&lead, &inline::escape(&text)),
            Self::Verbatim(lines) => lines,
            Self::Gap => vec![String::new()],
        }
    }
}

/// Splits a text into blocks, with at most one gap between two of them.
pub(super) fn split(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = text.trim().lines().map(plain).peekable();
    while let Some(line) = lines.next() {
        let start = line.trim_start();
        if let Some(fence) = Fence::opened_by(&line) {
            let inside = lines.by_ref().take_while(|line| !fence.is_closed_by(line));
            blocks.push(fence.block(inside));
        } else if start.is_empty() {
            if !matches!(blocks.last(), Some(Block::Gap)) {
                blocks.push(Block::Gap);
            }
        } else if start.starts_with('|') || is_heading(start) {
            blocks.push(Block::Verbatim(vec![inline::escape(start)]));
        } else if let Some(length) = marker(start) {
            let indent = line.len() - start.len();
            let (lead, text) = start.split_at(length);
            let lead = format!("{}{} ", " ".repeat(indent.min(8)), lead.trim());
            blocks.push(Block::Text { lead, text: text.trim().to_owned() });
        } else if let Some(Block::Text { text, .. }) = blocks.last_mut() {
            text.push(' ');
            text.push_str(start);
        } else {
            blocks.push(Block::Text { lead: String::new(), text: start.to_owned() });
        }
    }
    blocks
}

/// Removes characters that are invalid in a Rust comment: control characters, and those that change the direction of
/// text.
fn plain(line: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let characters = line.chars().filter(|c| !turns(*c));
    let text: String =
        characters.map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim_end().to_owned()
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
}

/// Returns the length of the marker of a list item.
fn marker(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let signs: &[char] = if digits > 0 { &['.', ')'] } else { &['-', '*', '+'] };
    let (signed, rest) = (&line[digits..], line.get(digits + 1..));
    (digits < 10 && signed.starts_with(signs) && rest?.starts_with(' '))
        .then_some(digits + 1)
}

/// The delimiters of code.
struct Fence {
    sign: char,
    length: usize,
    indent: usize,
}

impl Fence {
    fn opened_by(line: &str) -> Option<Self> {
        let start = line.trim_start();
        let sign = start.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
        let length = start.chars().take_while(|c| *c == sign).count();
        let info = start[length..].trim();
        if length < 3 || (sign == '`' && info.contains('`')) {
            return None;
        }
        Some(Self { sign, length, indent: line.len() - start.len() })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.length && line.chars().all(|c| c == self.sign)
    }

    fn block(&self, inside: impl Iterator<Item = String>) -> Block {
        let fence = self.sign.to_string().repeat(self.length);
        // rustdoc highlights nothing but Rust, which it would also run.
        let mut lines = vec![format!("{fence}text")];
        lines.extend(inside.map(|line| {
            let indent = line.len() - line.trim_start().len();
            line[indent.min(self.indent)..].to_owned()
        }));
        lines.push(fence);
        Block::Verbatim(lines)
    }
}

/// Width to wrap paragraphs to: leaves room for the indentation and the slashes.
pub const WIDTH: usize = 92;

/// Wraps words to lines of at most [`WIDTH`] if possible, the first after `lead`, the others indented equally.
pub(super) fn wrap(lead: &str, text: &str) -> Vec<String> {
    let indent = " ".repeat(lead.chars().count());
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            None => lines.push(format!("{lead}{}", begin(word))),
            Some(line) if fits(line, word) || begins_a_block(word) => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("{indent}{}", begin(word))),
        }
    }
    lines
}

fn fits(line: &str, word: &str) -> bool {
    line.chars().count() + word.chars().count() < WIDTH
}

/// Returns true if a line must not begin with a word, since it would become a list item, a heading or code.
fn begins_a_block(word: &str) -> bool {
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = number.len() < word.len() && matches!(number, "." | ")");
    let heading = word.len() <= 6 && word.bytes().all(|byte| byte == b'#');
    numbered
        || heading
        || matches!(word, "-" | "+" | "*")
        || word.starts_with("```")
        || word.starts_with("~~~")
}

/// Escapes a word at the beginning of a line: one of dashes or similar would underline the line above.
fn begin(word: &str) -> String {
    let rule = word.chars().all(|c| matches!(c, '-' | '=' | '_' | '*'));
    if rule { format!("\\{word}") } else { word.to_owned() }
}
