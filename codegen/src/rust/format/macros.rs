//! Macro calls in braces, which neither prettyplease nor rustfmt formats.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ItemMacro;

use super::{WIDTH, fill};

/// Formats a macro call in braces: on one line if it fits; otherwise the contents of its innermost braces fill lines,
/// and statements are on separate lines.
pub(super) fn text(call: &ItemMacro) -> String {
    let name = spaced(call.mac.path.to_token_stream());
    let body = call.mac.tokens.clone();
    if body.is_empty() {
        return format!("{name}! {{}}\n");
    }
    let one_line = format!("{name}! {{ {} }}\n", spaced(body.clone()));
    let short = one_line.len() <= WIDTH && !one_line.contains(['#', ';']);
    if short { one_line } else { format!("{name}! {{\n{}}}\n", indented(body, 4)) }
}

/// Formats the contents of braces, over several lines.
fn indented(body: TokenStream, indent: usize) -> String {
    let pad = " ".repeat(indent);
    if has_statements(&body) {
        let statements = split(body, ';').into_iter();
        return statements.map(|statement| self::statement(statement, indent)).collect();
    }
    let mut head = TokenStream::new();
    let mut list = None;
    for token in body {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                list = Some(group.stream());
            }
            other => head.extend([other]),
        }
    }
    let head = attributed(head, &pad);
    match list {
        None => format!("{head}\n"),
        Some(list) if has_statements(&list) => {
            format!("{head} {{\n{}{pad}}}\n", indented(list, indent + 4))
        }
        Some(list) => format!("{head} {{\n{}{pad}}}\n", filled(list, indent + 4)),
    }
}

/// Formats a statement, broken after commas if it is too long for a line.
fn statement(statement: TokenStream, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let whole = attributed(statement.clone(), &pad) + ";\n";
    if whole.lines().all(|line| line.len() <= WIDTH) {
        return whole;
    }
    let mut entries = split(statement, ',').into_iter();
    let first = entries.next().unwrap_or_default();
    let rest: Vec<_> = entries.map(spaced).collect();
    let mut lines = vec![attributed(first, &pad)];
    for entry in &rest {
        if let Some(line) = lines.last_mut() {
            line.push(',');
        }
        // The line ends with a comma or a semicolon.
        fill(&mut lines, entry, &format!("{pad}    "), WIDTH - 1);
    }
    lines.join("\n") + ";\n"
}

/// Formats attributes on separate lines, documentation as `///`, then the rest.
fn attributed(tokens: TokenStream, pad: &str) -> String {
    let mut text = String::new();
    let mut tokens = tokens.into_iter().peekable();
    while tokens.next_if(|token| is_punct(token, '#')).is_some() {
        let Some(TokenTree::Group(group)) = tokens.next() else { break };
        let inside: Vec<_> = group.stream().into_iter().collect();
        let docs = match inside.as_slice() {
            [TokenTree::Ident(name), _, TokenTree::Literal(line)] if name == "doc" => {
                syn::parse2::<syn::LitStr>(line.to_token_stream()).ok()
            }
            _ => None,
        };
        match docs {
            Some(line) => text.extend([pad, "///", &line.value(), "\n"]),
            None => text.extend([pad, "#[", &spaced(group.stream()), "]\n"]),
        }
    }
    text + pad + &spaced(tokens.collect())
}

/// Formats a comma-separated list: in filled lines, or, if entries have attributes, one per line.
fn filled(list: TokenStream, indent: usize) -> String {
    let pad = " ".repeat(indent);
    if list.clone().into_iter().any(|token| is_punct(&token, '#')) {
        let entries = split(list, ',').into_iter();
        return entries.map(|entry| attributed(entry, &pad) + ",\n").collect();
    }
    let mut lines = Vec::new();
    for entry in split(list, ',') {
        fill(&mut lines, &(spaced(entry) + ","), &pad, WIDTH);
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn has_statements(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| is_punct(&token, ';'))
}

/// Splits tokens at a character, except between angle brackets.
fn split(tokens: TokenStream, at: char) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    let mut depth = 0_usize;
    for token in tokens {
        if is_punct(&token, '<') {
            depth += 1;
        } else if is_punct(&token, '>') {
            depth = depth.saturating_sub(1);
        }
        if is_punct(&token, at) && depth == 0 {
            parts.push(TokenStream::new());
        } else if let Some(last) = parts.last_mut() {
            last.extend([token]);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// Formats tokens on one line, as people write them.
#[must_use]
pub fn spaced(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut glue = true;
    for token in tokens {
        let tight = matches!(&token, TokenTree::Punct(punct) if ",:;.<>".contains(punct.as_char()))
            || matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis);
        if !glue && !tight {
            text.push(' ');
        }
        // `::`, `<` and `&` are joined with the next token.
        glue = match &token {
            TokenTree::Punct(punct) => {
                let second_colon = punct.as_char() == ':' && text.ends_with(':');
                punct.spacing() == Spacing::Joint
                    || second_colon
                    || "<&".contains(punct.as_char())
            }
            _ => false,
        };
        match token {
            TokenTree::Group(group) => {
                let inside = spaced(group.stream());
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace if inside.is_empty() => ("{", "}"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.extend([open, &inside, close]);
            }
            other => text.push_str(&other.to_string()),
        }
    }
    text
}
