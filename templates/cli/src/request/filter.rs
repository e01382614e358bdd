//! Validation of filter expressions before sending: fields, functions, brackets and strings, with positions.

use ngrok_api_model::Api;

use crate::failure::{Failure, Problem};
use crate::prose;

/// Reports all problems of a filter of a list with these fields.
pub(super) fn check(api: &Api, fields: &[String], text: &str) -> Result<(), Failure> {
    let mut problems = Vec::new();
    let tokens = match tokens(text) {
        Ok(tokens) => tokens,
        Err((at, what)) => {
            problems.push(problem(api, at, &what));
            Vec::new()
        }
    };
    brackets(api, &tokens, &mut problems);
    names(api, fields, &tokens, &mut problems);
    operators(api, &tokens, &mut problems);
    if problems.is_empty() { Ok(()) } else { Err(Failure::invalid(problems)) }
}

fn problem(api: &Api, at: usize, what: &str) -> Problem {
    Problem::new(
        &format!("--{}", api.filter_parameter),
        format!("at character {}: {what}", at + 1),
    )
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
}

const SYMBOLS: [&str; 20] = [
    "&&", "||", "<=", ">=", "==", "!=", "<", ">", "!", "(", ")", "[", "]", ",", "?",
    ":", "+", "-", ".", "{",
];

fn tokens(text: &str) -> Result<Vec<Token>, (usize, String)> {
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at).copied() {
        let start = at;
        let kind = match letter {
            letter if letter.is_whitespace() => {
                at += 1;
                continue;
            }
            '"' | '\'' => {
                at = string_end(&letters, at)?;
                Kind::String
            }
            letter if letter.is_ascii_digit() => {
                let part =
                    |letter: &&char| letter.is_ascii_alphanumeric() || **letter == '.';
                at += letters[at..].iter().take_while(part).count();
                Kind::Number
            }
            letter if letter.is_alphabetic() || letter == '_' => {
                let part = |letter: &&char| {
                    letter.is_alphanumeric() || matches!(letter, '_' | '.')
                };
                at += letters[at..].iter().take_while(part).count();
                Kind::Path
            }
            letter => {
                let rest: String = letters[at..].iter().take(2).collect();
                let symbol = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol));
                let Some(symbol) = symbol else {
                    return Err((at, unexpected(letter, &rest)));
                };
                at += symbol.len();
                Kind::Symbol
            }
        };
        let text = letters[start..at].iter().collect();
        tokens.push(Token { at: start, kind, text });
    }
    Ok(tokens)
}

fn unexpected(letter: char, rest: &str) -> String {
    match rest.chars().next() {
        Some('=') => "`=` is not an operator; compare with `==`".to_owned(),
        Some('&') => "`&` is not an operator; use `&&`".to_owned(),
        Some('|') => "`|` is not an operator; use `||`".to_owned(),
        _ => format!("unexpected character `{letter}`"),
    }
}

fn string_end(letters: &[char], start: usize) -> Result<usize, (usize, String)> {
    let quote = letters[start];
    let mut at = start + 1;
    while let Some(letter) = letters.get(at) {
        match *letter {
            '\\' => at += 2,
            letter if letter == quote => return Ok(at + 1),
            _ => at += 1,
        }
    }
    Err((start, "the string has no closing quote".to_owned()))
}

fn brackets(api: &Api, tokens: &[Token], problems: &mut Vec<Problem>) {
    let mut open: Vec<&Token> = Vec::new();
    for token in tokens.iter().filter(|token| token.kind == Kind::Symbol) {
        let opening = match token.text.as_str() {
            "(" | "[" => {
                open.push(token);
                continue;
            }
            ")" => "(",
            "]" => "[",
            _ => continue,
        };
        if open.pop().is_none_or(|last| last.text != opening) {
            return problems.push(problem(
                api,
                token.at,
                &format!("unmatched `{}`", token.text),
            ));
        }
    }
    if let Some(token) = open.last() {
        problems.push(problem(
            api,
            token.at,
            &format!("`{}` is not closed", token.text),
        ));
    }
}

fn names(api: &Api, fields: &[String], tokens: &[Token], problems: &mut Vec<Problem>) {
    let object = &api.filter_object;
    let literal = ["true", "false", "null", "in"];
    let now = api.filter_now.as_deref().unwrap_or_default();
    for (index, token) in
        tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Path)
    {
        let call = tokens.get(index + 1).is_some_and(|next| next.text == "(");
        let text = token.text.as_str();
        if literal.contains(&text) || (!now.is_empty() && text == now) {
            continue;
        }
        let what = if let Some(field) =
            text.strip_prefix(object).and_then(|rest| rest.strip_prefix('.'))
        {
            member(api, fields, field, call)
        } else if call {
            function(api, text, index > 0 && tokens[index - 1].text == ".")
        } else if fields.iter().any(|field| field == text) {
            Some(format!("unknown name `{text}`; write `{object}.{text}`"))
        } else {
            Some(format!(
                "unknown name `{text}`; fields are written `{object}.{}`",
                fields.first().map_or("", String::as_str)
            ))
        };
        if let Some(what) = what {
            problems.push(problem(api, token.at, &what));
        }
    }
}

/// Returns the problem of a field, which is followed by a method if `call` is set.
fn member(api: &Api, fields: &[String], field: &str, call: bool) -> Option<String> {
    let (field, method) = match field.rsplit_once('.') {
        Some((field, method)) if call => (field, Some(method)),
        _ => (field, None),
    };
    if !fields.iter().any(|known| known == field) {
        let hint = prose::suggestion(field, fields.iter().map(String::as_str));
        let known = fields.join(", ");
        return Some(format!("`{field}` is not filterable; fields: {known}{hint}"));
    }
    method.and_then(|method| function(api, method, true))
}

fn function(api: &Api, name: &str, method: bool) -> Option<String> {
    let methods = api.filter_methods.iter().chain(&api.filter_text_methods);
    let known: Vec<_> = if method {
        methods.map(String::as_str).collect()
    } else {
        api.filter_functions.iter().map(String::as_str).collect()
    };
    if known.contains(&name) {
        return None;
    }
    let kind = if method { "method" } else { "function" };
    let hint = prose::suggestion(name, known.iter().copied());
    Some(format!("unknown {kind} `{name}`; known: {}{hint}", known.join(", ")))
}

/// Reports words that other languages use for operators, and operators that this API does not support.
fn operators(api: &Api, tokens: &[Token], problems: &mut Vec<Problem>) {
    let brackets = ["(", ")", "[", "]", ",", ".", "-"];
    for token in tokens.iter().filter(|token| token.kind == Kind::Symbol) {
        let text = token.text.as_str();
        let known = api.filter_operators.iter().any(|known| known == text);
        if !known && !brackets.contains(&text) && !api.filter_operators.is_empty() {
            let what = format!(
                "operator `{text}` is not supported; known: {}",
                api.filter_operators.join(" ")
            );
            problems.push(problem(api, token.at, &what));
        }
    }
}
