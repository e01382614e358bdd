//! Validation of filter expressions before sending: fields, functions, brackets and strings, with positions.

use ngrok_api_model::Api;

use crate::failure::{Failure, Problem};
use crate::prose;

/// Reports all problems of a filter of a list with these fields.
pub(super) fn check(api: &Api, fields: &[String], text: &str) -> Result<(), Failure> {
    let tokens = tokens(text).unwrap_or_else(|problem| vec![problem]);
    let filter = Filter { api, fields, tokens: &tokens };
    let invalid = tokens.iter().filter_map(|token| match token.kind {
        Kind::Invalid => Some((token.at, token.text.clone())),
        _ => None,
    });
    let found = invalid.chain(filter.brackets()).chain(filter.names());
    let flag = format!("--{}", api.filter_parameter);
    let problem = |(at, what): (usize, String)| {
        Problem::new(&flag, format!("at character {}: {what}", at + 1))
    };
    Failure::check(found.chain(filter.operators()).map(problem).collect())
}

/// A token and its position, in characters from zero.
struct Token {
    at: usize,
    kind: Kind,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A dotted name: `obj.created_at`.
    Path,
    String,
    Number,
    Symbol,
    /// The text is the problem.
    Invalid,
}

/// Symbols that are no operators.
const PUNCTUATION: [&str; 7] = ["(", ")", "[", "]", ",", ".", "-"];

/// Other symbols of the language, the longer ones first.
const OPERATORS: [&str; 13] =
    ["&&", "||", "<=", ">=", "==", "!=", "<", ">", "!", "?", ":", "+", "{"];

/// Splits a filter into tokens; fails with what is no token.
fn tokens(text: &str) -> Result<Vec<Token>, Token> {
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at).copied() {
        let rest = &letters[at..];
        let count = |part: fn(char) -> bool| {
            rest.iter().take_while(|letter| part(**letter)).count()
        };
        let (kind, length) = if letter.is_whitespace() {
            at += 1;
            continue;
        } else if matches!(letter, '"' | '\'') {
            (Kind::String, string_length(rest))
        } else if letter.is_ascii_digit() {
            (Kind::Number, Some(count(|it| it.is_ascii_alphanumeric() || it == '.')))
        } else if letter.is_alphabetic() || letter == '_' {
            (Kind::Path, Some(count(|it| it.is_alphanumeric() || "_.".contains(it))))
        } else {
            let start: String = rest.iter().take(2).collect();
            let mut symbols = OPERATORS.iter().chain(&PUNCTUATION);
            (Kind::Symbol, symbols.find(|it| start.starts_with(**it)).map(|it| it.len()))
        };
        let Some(length) = length else {
            return Err(Token { at, kind: Kind::Invalid, text: unexpected(letter) });
        };
        tokens.push(Token { at, kind, text: rest[..length].iter().collect() });
        at += length;
    }
    Ok(tokens)
}

fn unexpected(letter: char) -> String {
    match letter {
        '=' => "`=` is not an operator; compare with `==`".to_owned(),
        '&' => "`&` is not an operator; use `&&`".to_owned(),
        '|' => "`|` is not an operator; use `||`".to_owned(),
        '"' | '\'' => "the string has no closing quote".to_owned(),
        _ => format!("unexpected character `{letter}`"),
    }
}

/// Returns the length of the string at the beginning, with its quotes.
fn string_length(letters: &[char]) -> Option<usize> {
    let mut at = 1;
    loop {
        match letters.get(at)? {
            '\\' => at += 2,
            letter if *letter == letters[0] => return Some(at + 1),
            _ => at += 1,
        }
    }
}

struct Filter<'a> {
    api: &'a Api,
    fields: &'a [String],
    tokens: &'a [Token],
}

impl Filter<'_> {
    fn symbols(&self) -> impl Iterator<Item = (usize, &str)> {
        let symbols = self.tokens.iter().filter(|token| token.kind == Kind::Symbol);
        symbols.map(|token| (token.at, token.text.as_str()))
    }

    /// Returns the first bracket that does not match.
    fn brackets(&self) -> Option<(usize, String)> {
        let mut open = Vec::new();
        for (at, symbol) in self.symbols() {
            let opening = match symbol {
                "(" | "[" => {
                    open.push((at, symbol));
                    continue;
                }
                ")" => "(",
                "]" => "[",
                _ => continue,
            };
            if open.pop().is_none_or(|(_, last)| last != opening) {
                return Some((at, format!("unmatched `{symbol}`")));
            }
        }
        open.pop().map(|(at, symbol)| (at, format!("`{symbol}` is not closed")))
    }

    /// Returns the unknown names.
    fn names(&self) -> impl Iterator<Item = (usize, String)> {
        let is = |index: usize, text: &str| {
            self.tokens.get(index).is_some_and(|token| token.text == text)
        };
        let tokens = self.tokens.iter().enumerate();
        tokens.filter(|(_, token)| token.kind == Kind::Path).filter_map(
            move |(index, token)| {
                let is_method = index.checked_sub(1).is_some_and(|index| is(index, "."));
                let what = self.name(&token.text, is(index + 1, "("), is_method)?;
                Some((token.at, what))
            },
        )
    }

    /// Returns the problem of a name; `is_call` if arguments follow, `is_method` if a value precedes.
    fn name(&self, text: &str, is_call: bool, is_method: bool) -> Option<String> {
        let object = &self.api.filter_object;
        let is_now = self.api.filter_now.as_deref() == Some(text);
        if is_now || ["true", "false", "null", "in"].contains(&text) {
            return None;
        }
        let field = text.strip_prefix(object).and_then(|rest| rest.strip_prefix('.'));
        match field {
            Some(field) => self.field(field, is_call),
            None if is_call => self.function(text, is_method),
            None if self.fields.iter().any(|field| field == text) => {
                Some(format!("unknown name `{text}`; write `{object}.{text}`"))
            }
            None => {
                let first = self.fields.first().map_or("", String::as_str);
                let hint = format!("fields are written `{object}.{first}`");
                Some(format!("unknown name `{text}`; {hint}"))
            }
        }
    }

    /// Returns the problem of a field, which ends with a method if `is_call` is set.
    fn field(&self, field: &str, is_call: bool) -> Option<String> {
        let (field, method) = match field.rsplit_once('.') {
            Some((field, method)) if is_call => (field, Some(method)),
            _ => (field, None),
        };
        if self.fields.iter().any(|known| known == field) {
            return method.and_then(|method| self.function(method, true));
        }
        let hint = prose::suggestion(field, self.fields.iter().map(String::as_str));
        let known = self.fields.join(", ");
        Some(format!("`{field}` is not filterable; fields: {known}{hint}"))
    }

    fn function(&self, name: &str, is_method: bool) -> Option<String> {
        let api = self.api;
        let (kind, known) = if is_method {
            ("method", [&api.filter_methods[..], &api.filter_text_methods].concat())
        } else {
            ("function", api.filter_functions.clone())
        };
        if known.iter().any(|known| known == name) {
            return None;
        }
        let hint = prose::suggestion(name, known.iter().map(String::as_str));
        Some(format!("unknown {kind} `{name}`; known: {}{hint}", known.join(", ")))
    }

    /// Returns the operators that this API does not support.
    fn operators(&self) -> impl Iterator<Item = (usize, String)> {
        let known = &self.api.filter_operators;
        let unknown = self.symbols().filter(|(_, symbol)| {
            !known.is_empty()
                && !PUNCTUATION.contains(symbol)
                && known.iter().all(|known| known != symbol)
        });
        unknown.map(|(at, symbol)| {
            let known = known.join(" ");
            (at, format!("operator `{symbol}` is not supported; known: {known}"))
        })
    }
}
