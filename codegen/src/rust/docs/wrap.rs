//! Breaking lines.

/// Width that paragraphs are wrapped to: leaves room for the indent and the slashes.
pub(super) const WIDTH: usize = 92;

/// Words in lines of no more than [`WIDTH`] where they allow it, the first behind `lead`, the others indented as far.
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

/// Whether a line could not begin with a word without becoming an item, a heading or code.
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

/// A word at the beginning of a line: one of dashes or the like would underline what is above it.
fn begin(word: &str) -> String {
    let rule = word.chars().all(|c| matches!(c, '-' | '=' | '_' | '*'));
    if rule { format!("\\{word}") } else { word.to_owned() }
}
