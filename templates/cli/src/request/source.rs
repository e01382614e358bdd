//! Values of arguments: their sources, which are the argument itself, a file or standard input, and their types.

use std::fs;
use std::io::{self, Read};

use ngrok_api_model::{Scalar, ScalarKind, Shape, TypeRef};
use serde_json::{Map, Value};

/// Returns the value of a string argument: `@FILE` and `@-` are read, `@@TEXT` is `@TEXT`.
pub(crate) fn text(argument: &str) -> Result<String, String> {
    match argument.strip_prefix('@') {
        None => Ok(argument.to_owned()),
        Some(escaped) if escaped.starts_with('@') => Ok(escaped.to_owned()),
        Some(path) => file(path)
            .map_err(|what| format!("{what}; write @@ for a value that begins with @")),
    }
}

/// Returns the content of a file, or of standard input for `-`.
pub(crate) fn file(path: &str) -> Result<String, String> {
    let read = if path == "-" {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    let name = if path == "-" { "standard input" } else { path };
    read.map_err(|error| format!("cannot read {name}: {error}"))
}

/// Parses a JSON or YAML document.
pub(crate) fn document(text: &str) -> Result<Value, String> {
    if let Ok(json) = serde_json::from_str(text) {
        return Ok(json);
    }
    serde_yaml::from_str(text).map_err(|error| {
        let message = error.to_string();
        let line = message.lines().next().unwrap_or_default();
        let line = line.trim_start_matches("error: ");
        format!("neither JSON nor YAML: {line}")
    })
}

/// Parses the value of a flag that was given once or more.
pub(super) fn parse(shape: Shape<'_>, given: &[String]) -> Result<Value, String> {
    match shape {
        Shape::Ref(TypeRef::List(element)) => list(Shape::Ref(element), given),
        Shape::Ref(TypeRef::Map(element)) => map(Shape::Ref(element), given),
        Shape::Unknown => list(Shape::Unknown, given),
        shape => match given {
            [one] => single(shape, one),
            _ => Err("is given more than once".to_owned()),
        },
    }
}

fn single(shape: Shape<'_>, given: &str) -> Result<Value, String> {
    match shape {
        Shape::Ref(TypeRef::Scalar(scalar)) => scalar_value(*scalar, given),
        Shape::Ref(TypeRef::Id { .. } | TypeRef::Enum(_)) | Shape::Unknown => {
            text(given).map(Value::String)
        }
        _ => document(&text(given)?),
    }
}

fn scalar_value(scalar: Scalar, given: &str) -> Result<Value, String> {
    let wrong = |what: &str| format!("{given:?} is not {what}");
    match scalar.kind() {
        ScalarKind::Text | ScalarKind::Time => text(given).map(Value::String),
        ScalarKind::Flag => match given {
            "true" | "1" | "t" | "T" | "TRUE" | "True" => Ok(true.into()),
            "false" | "0" | "f" | "F" | "FALSE" | "False" => Ok(false.into()),
            _ => Err(wrong("true or false")),
        },
        ScalarKind::Number => {
            let number: f64 = given.parse().map_err(|_| wrong("a number"))?;
            serde_json::Number::from_f64(number)
                .map(Value::Number)
                .ok_or_else(|| wrong("a finite number"))
        }
        ScalarKind::Integer => match (given.parse::<i64>(), given.parse::<u64>()) {
            (Ok(number), _) => Ok(number.into()),
            (_, Ok(number)) => Ok(number.into()),
            _ => Err(wrong("a whole number")),
        },
    }
}

/// Parses a list: repeated values, values separated by commas, or a JSON array.
fn list(element: Shape<'_>, given: &[String]) -> Result<Value, String> {
    let is_simple = matches!(
        element,
        Shape::Ref(TypeRef::Scalar(_) | TypeRef::Id { .. } | TypeRef::Enum(_))
            | Shape::Unknown
    );
    let mut items = Vec::new();
    for one in given {
        let given = text(one)?;
        if given.is_empty() {
            continue;
        }
        if given.starts_with('[') {
            match document(&given)? {
                Value::Array(more) => items.extend(more),
                other => items.push(other),
            }
        } else if is_simple {
            for part in split(&given)? {
                items.push(single(element, &escape(&part))?);
            }
        } else {
            items.push(document(&given)?);
        }
    }
    Ok(Value::Array(items))
}

/// Escapes a part of a list that was already read: an @ in it is not a file.
fn escape(part: &str) -> String {
    if part.starts_with('@') { format!("@{part}") } else { part.to_owned() }
}

/// Parses a map: `key=value`, repeated or separated by commas, or a JSON object.
fn map(element: Shape<'_>, given: &[String]) -> Result<Value, String> {
    let mut entries = Map::new();
    for one in given {
        let given = text(one)?;
        if given.starts_with('{') {
            match document(&given)? {
                Value::Object(more) => entries.extend(more),
                _ => return Err("is not a JSON object".to_owned()),
            }
            continue;
        }
        for part in split(&given)? {
            let (key, value) = part
                .split_once('=')
                .ok_or_else(|| format!("{part:?} is not KEY=VALUE"))?;
            let value = single(element, &escape(value))?;
            entries.insert(key.to_owned(), value);
        }
    }
    Ok(Value::Object(entries))
}

/// Splits at commas; a part in double quotes may contain commas, and `""` is a quote in it.
fn split(text: &str) -> Result<Vec<String>, String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let Some(part) = parts.last_mut() else { break };
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                part.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if part.is_empty() => quoted = true,
            ',' if !quoted => parts.push(String::new()),
            letter => part.push(letter),
        }
    }
    if quoted { Err(format!("{text:?} has no closing quote")) } else { Ok(parts) }
}
