//! Unescaping: takes a string, returns it without escapes, with the original position of each byte.

use std::ops::Range;

/// A string, and the original position of each of its bytes.
pub(crate) struct View {
    pub(crate) text: String,
    places: Vec<Range<usize>>,
}

impl View {
    /// Returns the original string.
    pub(crate) fn whole(text: &str) -> Self {
        let mut view = Self { text: String::new(), places: Vec::new() };
        for (at, letter) in text.char_indices() {
            view.push(letter, &(at..at + letter.len_utf8()));
        }
        view
    }

    /// Returns the original and all decodings of it: JSON in JSON, JSON, percent escapes, HTML.
    pub(crate) fn all(text: &str) -> Vec<Self> {
        let mut views = vec![Self::whole(text)];
        // Messages quote values that are already quoted.
        for level in 0..3 {
            match views.get(level).and_then(|view| view.read(json)) {
                Some(view) => views.push(view),
                None => break,
            }
        }
        for level in 0..views.len().min(2) {
            let (percent, html) = (views[level].read(percent), views[level].read(html));
            views.extend(percent);
            views.extend(html);
        }
        views
    }

    /// Returns the string without white space.
    pub(crate) fn packed(&self) -> Self {
        let mut view = Self { text: String::new(), places: Vec::new() };
        for (at, letter) in self.text.char_indices() {
            if !letter.is_whitespace() {
                view.push(letter, &self.place(&(at..at + letter.len_utf8())));
            }
        }
        view
    }

    /// Returns the original range of a part.
    pub(crate) fn place(&self, part: &Range<usize>) -> Range<usize> {
        let places = self.places.get(part.clone()).unwrap_or_default();
        match (places.first(), places.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// Decodes escapes. `None` if there are none.
    fn read(&self, escape: fn(&str) -> Option<(String, usize)>) -> Option<Self> {
        let mut view = Self { text: String::new(), places: Vec::new() };
        let (mut at, mut found) = (0, false);
        while let Some(rest) = self.text.get(at..)
            && let Some(letter) = rest.chars().next()
        {
            let (letters, length) = match escape(rest) {
                Some(read) => {
                    found = true;
                    read
                }
                None => (letter.into(), letter.len_utf8()),
            };
            let place = self.place(&(at..at + length));
            for letter in letters.chars() {
                view.push(letter, &place);
            }
            at += length;
        }
        found.then_some(view)
    }

    fn push(&mut self, letter: char, place: &Range<usize>) {
        self.text.push(letter);
        self.places.extend(std::iter::repeat_n(place.clone(), letter.len_utf8()));
    }
}

/// Decodes an escape of JSON or a programming language; returns its meaning and its length.
fn json(text: &str) -> Option<(String, usize)> {
    let rest = text.strip_prefix('\\')?;
    let letter = rest.chars().next()?;
    let plain = match letter {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        '/' | '"' | '\'' | '\\' => letter,
        'x' => {
            return Some((char::from(u8::try_from(hex(rest, 1..3)?).ok()?).into(), 4));
        }
        'u' => return unicode(rest),
        _ => return None,
    };
    Some((plain.into(), 2))
}

/// Decodes the rest of `\u0026`, `\ud83d\ude00` or `\u{26}` after the backslash.
fn unicode(rest: &str) -> Option<(String, usize)> {
    if let Some(braced) = rest.strip_prefix("u{") {
        let end = braced.find('}').filter(|end| *end <= 6)?;
        let letter = char::from_u32(hex(braced, 0..end)?)?;
        return Some((letter.into(), end + 4));
    }
    let first = hex(rest, 1..5)?;
    if let Some(letter) = char::from_u32(first) {
        return Some((letter.into(), 6));
    }
    let second = rest.get(5..)?.strip_prefix("\\u").and_then(|it| hex(it, 0..4))?;
    let pair = [u16::try_from(first).ok()?, u16::try_from(second).ok()?];
    String::from_utf16(&pair).ok().map(|text| (text, 12))
}

/// Decodes a run of percent escapes.
fn percent(text: &str) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(tail) = rest.strip_prefix('%')
        && let Some(byte) = hex(tail, 0..2).and_then(|byte| u8::try_from(byte).ok())
    {
        bytes.push(byte);
        rest = tail.get(2..).unwrap_or_default();
    }
    let length = bytes.len() * 3;
    let read = String::from_utf8_lossy(&bytes).into_owned();
    (length > 0).then_some((read, length))
}

/// Decodes an entity that HTML requires.
fn html(text: &str) -> Option<(String, usize)> {
    let end = text.strip_prefix('&')?.find(';').filter(|end| *end <= 6)?;
    let name = text.get(1..=end)?;
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => hex(digits, 0..digits.len()),
                None => number.parse().ok(),
            };
            char::from_u32(code?)?
        }
    };
    Some((letter.into(), end + 2))
}

fn hex(text: &str, digits: Range<usize>) -> Option<u32> {
    let digits = text.get(digits)?;
    let all = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_hexdigit());
    all.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}
