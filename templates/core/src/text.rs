//! What came over the wire, as text for people: any bytes go in, text of a bounded length
//! comes out.

/// How much of a text fits into a line for people.
const EXCERPT: usize = 300;

/// At most `limit` bytes of a body as text; what is not UTF-8 is replaced.
#[must_use]
pub fn text(body: &[u8], limit: usize) -> String {
    let end = body.len().min(limit);
    let cut = body.get(..end).unwrap_or_default();
    let mut text = String::from_utf8_lossy(cut).into_owned();
    if end < body.len() {
        // The cut may have gone through a character.
        text.truncate(text.trim_end_matches(char::REPLACEMENT_CHARACTER).len());
        text.push('…');
    }
    text
}

/// The beginning of a text as one line.
#[must_use]
pub fn excerpt(text: &str) -> String {
    let mut line = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > EXCERPT {
            let fits = |&(at, _): &(usize, char)| at <= EXCERPT;
            let end =
                line.char_indices().take_while(fits).last().map_or(0, |(at, _)| at);
            line.truncate(end);
            line.push('…');
            break;
        }
    }
    line
}
