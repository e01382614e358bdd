//! Tokens of filters: words, signs and literals.

use std::str::Chars;

use super::value::Value;

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
    tokens: Vec<Token>,
    next: usize,
}

impl Tokens {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut tokens = Vec::new();
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let (token, after) = token(rest, first)?;
            tokens.push(token);
            rest = after.trim_start();
        }
        Ok(Self { tokens, next: 0 })
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    pub(super) fn skip(&mut self) {
        self.next += 1;
    }

    /// Skips a sign or a word, if it is next.
    pub(super) fn take(&mut self, wanted: &str) -> bool {
        let is_next = match self.peek() {
            Some(Token::Sign(sign)) => *sign == wanted,
            Some(Token::Word(word)) => word == wanted,
            Some(Token::Literal(_)) | None => false,
        };
        self.next += usize::from(is_next);
        is_next
    }

    pub(super) fn expect(&mut self, wanted: &str) -> Result<(), String> {
        if self.take(wanted) {
            return Ok(());
        }
        Err(format!("`{wanted}` is missing, and {}", self.unexpected()))
    }

    pub(super) fn name(&mut self) -> Result<String, String> {
        match self.peek() {
            Some(Token::Word(word)) if !RESERVED.contains(&word.as_str()) => {
                let word = word.clone();
                self.skip();
                Ok(word)
            }
            _ => Err(self.unexpected()),
        }
    }

    /// Describes the next token, for a message that expected another one.
    pub(super) fn unexpected(&self) -> String {
        match self.peek() {
            None => "it ends too early".to_owned(),
            Some(Token::Literal(Value::Text(text))) => {
                format!("unexpected string {text:?}")
            }
            Some(Token::Literal(value)) => format!("{value:?} is unexpected"),
            Some(Token::Word(word)) => format!("`{word}` is unexpected"),
            Some(Token::Sign(sign)) => format!("`{sign}` is unexpected"),
        }
    }
}

/// Returns the first token of a string, and the rest.
fn token(text: &str, first: char) -> Result<(Token, &str), String> {
    let raw = text.strip_prefix(['r', 'R']).filter(|rest| rest.starts_with(['"', '\'']));
    if raw.is_some() || matches!(first, '"' | '\'') {
        let (value, after) = quoted(raw.unwrap_or(text), raw.is_some())?;
        return Ok((Token::Literal(Value::Text(value)), after));
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
            "true" => Token::Literal(Value::Bool(true)),
            "false" => Token::Literal(Value::Bool(false)),
            "null" => Token::Literal(Value::Null),
            word => Token::Word(word.to_owned()),
        };
        return Ok((token, after));
    }
    let sign = SIGNS.iter().find_map(|sign| Some((sign, text.strip_prefix(sign)?)));
    let (sign, after) = sign.ok_or_else(|| format!("{first:?} is unexpected"))?;
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
        Some(_) => i64::from_str_radix(whole, 16).ok().map(Value::Whole),
        None if whole.contains(['.', 'e', 'E']) && whole == written => {
            whole.parse().ok().filter(|_| !whole.ends_with('.')).map(Value::Real)
        }
        None => whole.parse().ok().map(Value::Whole),
    };
    let value = value.ok_or_else(|| format!("{written:?} is not a number"))?;
    Ok((Token::Literal(value), after))
}

/// Returns the string between quotes, and the rest.
fn quoted(text: &str, raw: bool) -> Result<(String, &str), String> {
    let mut rest = text.chars();
    let quote = rest.next();
    let mut value = String::new();
    loop {
        match rest.next() {
            None | Some('\n' | '\r') => return Err("a quote is not closed".to_owned()),
            end if end == quote => return Ok((value, rest.as_str())),
            Some('\\') if !raw => value.push(escaped(&mut rest)?),
            Some(other) => value.push(other),
        }
    }
}

/// Returns the character that an escape sequence stands for.
fn escaped(rest: &mut Chars<'_>) -> Result<char, String> {
    let escape = rest.next().ok_or("a quote is not closed")?;
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
