//! Tokens of filters: words, signs and literals, each with its position in bytes.

use std::str::Chars;

use serde_json::{Number, Value};

use super::SyntaxError;

/// A token of a filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Literal(Value),
    Word(String),
    Sign(&'static str),
}

/// Signs; the longer one of a common prefix comes first.
const SIGNS: [&str; 24] = [
    "&&", "||", "<=", ">=", "==", "!=", "<", ">", "!", "+", "-", "*", "/", "%", "?",
    ":", ".", ",", "(", ")", "[", "]", "{", "}",
];

/// Reserved words.
const RESERVED: [&str; 18] = [
    "in",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// The tokens of a string, from a position on.
#[derive(Debug)]
pub(super) struct Tokens {
    all: Vec<(usize, Token)>,
    next: usize,
    /// What follows the last token: the end, or something that is no token.
    end: SyntaxError,
    is_complete: bool,
}

impl Tokens {
    pub(super) fn read(text: &str) -> Self {
        let mut tokens = Vec::new();
        let mut rest = text.trim_start();
        let mut invalid = None;
        while let Some(first) = rest.chars().next() {
            let at = text.len() - rest.len();
            match token(rest, first) {
                Ok((token, after)) => {
                    tokens.push((at, token));
                    rest = after.trim_start();
                }
                Err(message) => {
                    invalid = Some(SyntaxError { at, message });
                    break;
                }
            }
        }
        let is_complete = invalid.is_none();
        let end = invalid.unwrap_or_else(|| {
            let message = "the filter ends too early".to_owned();
            SyntaxError { at: text.trim_end().len(), message }
        });
        Self { all: tokens, next: 0, end, is_complete }
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.all.get(self.next).map(|(_, token)| token)
    }

    /// Returns the position of the next token.
    pub(super) fn at(&self) -> usize {
        self.all.get(self.next).map_or(self.end.at, |(at, _)| *at)
    }

    pub(super) fn skip(&mut self) {
        self.next += 1;
    }

    /// Skips a sign or a word, if it is next, and returns its position.
    pub(super) fn take(&mut self, wanted: &str) -> Option<usize> {
        let is_next = match self.peek()? {
            Token::Sign(sign) => *sign == wanted,
            Token::Word(word) => word == wanted,
            Token::Literal(_) => false,
        };
        let at = self.at();
        self.next += usize::from(is_next);
        is_next.then_some(at)
    }

    pub(super) fn expect(&mut self, wanted: &str) -> Result<(), SyntaxError> {
        if self.take(wanted).is_some() {
            return Ok(());
        }
        let mut error = self.unexpected();
        if self.peek().is_some() {
            error.message = format!("`{wanted}` is missing, and {}", error.message);
        }
        Err(error)
    }

    /// Skips the end of what a bracket opened at a position.
    pub(super) fn close(
        &mut self,
        open: (&str, usize),
        end: &str,
    ) -> Result<(), SyntaxError> {
        if self.peek().is_none() && self.is_complete {
            let message = format!("`{}` is not closed", open.0);
            return Err(SyntaxError { at: open.1, message });
        }
        self.expect(end)
    }

    pub(super) fn name(&mut self) -> Result<String, SyntaxError> {
        match self.peek() {
            Some(Token::Word(word)) if !RESERVED.contains(&word.as_str()) => {
                let word = word.clone();
                self.skip();
                Ok(word)
            }
            _ => Err(self.unexpected()),
        }
    }

    /// Fails unless all tokens were taken.
    pub(super) fn finish(&self) -> Result<(), SyntaxError> {
        let is_end = self.peek().is_none() && self.is_complete;
        if is_end { Ok(()) } else { Err(self.unexpected()) }
    }

    /// Describes the next token, for a message that expected another one.
    pub(super) fn unexpected(&self) -> SyntaxError {
        let what = match self.peek() {
            None => return self.end.clone(),
            Some(Token::Literal(value)) => value.to_string(),
            Some(Token::Word(word)) => word.clone(),
            Some(Token::Sign(sign)) => (*sign).to_owned(),
        };
        SyntaxError { at: self.at(), message: format!("`{what}` is unexpected") }
    }
}

/// Returns the first token of a string, and the rest.
fn token(text: &str, first: char) -> Result<(Token, &str), String> {
    let raw = text.strip_prefix(['r', 'R']).filter(|rest| rest.starts_with(['"', '\'']));
    if raw.is_some() || matches!(first, '"' | '\'') {
        let (value, after) = quoted(raw.unwrap_or(text), raw.is_some())?;
        return Ok((Token::Literal(value.into()), after));
    }
    let is_fraction =
        first == '.' && text[1..].starts_with(|c: char| c.is_ascii_digit());
    if first.is_ascii_digit() || is_fraction {
        return number(text);
    }
    if first.is_ascii_alphabetic() || first == '_' {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let (word, after) =
            text.split_at(text.find(|c| !is_word(c)).unwrap_or(text.len()));
        let token = match word {
            "true" => Token::Literal(true.into()),
            "false" => Token::Literal(false.into()),
            "null" => Token::Literal(Value::Null),
            word => Token::Word(word.to_owned()),
        };
        return Ok((token, after));
    }
    let sign = SIGNS.iter().find_map(|sign| Some((sign, text.strip_prefix(sign)?)));
    let (sign, after) = sign.ok_or_else(|| match first {
        '=' => "`=` is not an operator; compare with `==`".to_owned(),
        '&' | '|' => format!("`{first}` is not an operator; use `{first}{first}`"),
        _ => format!("unexpected character `{first}`"),
    })?;
    Ok((Token::Sign(sign), after))
}

fn number(text: &str) -> Result<(Token, &str), String> {
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let digits = hex.unwrap_or(text);
    let mut before = ' ';
    let is_part = |c: char| {
        let is_sign =
            matches!(c, '+' | '-') && matches!(before, 'e' | 'E') && hex.is_none();
        let is_point = c == '.' && hex.is_none();
        before = c;
        is_sign || is_point || c.is_ascii_alphanumeric()
    };
    let mut is_part = is_part;
    let (written, after) =
        digits.split_at(digits.find(|c| !is_part(c)).unwrap_or(digits.len()));
    let whole = written.strip_suffix(['u', 'U']).unwrap_or(written);
    let value = match hex {
        Some(_) => i64::from_str_radix(whole, 16).ok().map(Number::from),
        None if whole.contains(['.', 'e', 'E']) && whole == written => {
            let real = whole.parse().ok().filter(|_| !whole.ends_with('.'));
            real.and_then(Number::from_f64)
        }
        None => whole.parse::<i64>().ok().map(Number::from),
    };
    let value = value.ok_or_else(|| format!("{written:?} is not a number"))?;
    Ok((Token::Literal(Value::Number(value)), after))
}

/// The error of a string without an end.
const UNCLOSED: &str = "the string has no closing quote";

/// Returns the string between quotes, and the rest.
fn quoted(text: &str, raw: bool) -> Result<(String, &str), String> {
    let mut rest = text.chars();
    let quote = rest.next();
    let mut value = String::new();
    loop {
        match rest.next() {
            None | Some('\n' | '\r') => return Err(UNCLOSED.to_owned()),
            end if end == quote => return Ok((value, rest.as_str())),
            Some('\\') if !raw => value.push(escaped(&mut rest)?),
            Some(other) => value.push(other),
        }
    }
}

/// Returns the character that an escape sequence stands for.
fn escaped(rest: &mut Chars<'_>) -> Result<char, String> {
    let escape = rest.next().ok_or(UNCLOSED)?;
    let (digits, radix) = match escape {
        'a' => return Ok('\u{7}'),
        'b' => return Ok('\u{8}'),
        'f' => return Ok('\u{c}'),
        'n' => return Ok('\n'),
        'r' => return Ok('\r'),
        't' => return Ok('\t'),
        'v' => return Ok('\u{b}'),
        '\\' | '"' | '\'' | '`' | '?' => return Ok(escape),
        'x' | 'X' => (2, 16),
        'u' => (4, 16),
        'U' => (8, 16),
        '0'..='3' => (2, 8),
        other => return Err(format!("`\\{other}` is not an escape sequence")),
    };
    let mut code = if radix == 8 { escape.to_digit(8).unwrap_or_default() } else { 0 };
    for _ in 0..digits {
        let digit = rest.next().and_then(|digit| digit.to_digit(radix));
        let digit =
            digit.ok_or_else(|| format!("`\\{escape}` has {digits} digits after it"))?;
        code = code.wrapping_mul(radix).wrapping_add(digit);
    }
    char::from_u32(code).ok_or_else(|| format!("`\\{escape}` names no character"))
}
