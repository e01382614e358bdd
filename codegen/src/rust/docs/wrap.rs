//! Line breaking.

/// Width to wrap paragraphs to: leaves room for the indentation and the slashes.
pub(super) const WIDTH: usize = 92;

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
