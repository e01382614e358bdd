//! Values of flags by their types: takes strings, returns JSON.

use ngrok_api_model::{Scalar, TypeRef};
use serde_json::{Map, Value};

use super::source;
use crate::lookup::Shape;

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
            source::text(given).map(Value::String)
        }
        _ => source::document(&source::text(given)?),
    }
}

fn scalar_value(scalar: Scalar, given: &str) -> Result<Value, String> {
    let wrong = |what: &str| format!("{given:?} is not {what}");
    match scalar {
        Scalar::String | Scalar::Timestamp => source::text(given).map(Value::String),
        Scalar::Bool => match given {
            "true" | "1" | "t" | "T" | "TRUE" | "True" => Ok(true.into()),
            "false" | "0" | "f" | "F" | "FALSE" | "False" => Ok(false.into()),
            _ => Err(wrong("true or false")),
        },
        Scalar::Float64 => {
            let number: f64 = given.parse().map_err(|_| wrong("a number"))?;
            serde_json::Number::from_f64(number)
                .map(Value::Number)
                .ok_or_else(|| wrong("a finite number"))
        }
        Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 => {
            match (given.parse::<i64>(), given.parse::<u64>()) {
                (Ok(number), _) => Ok(number.into()),
                (_, Ok(number)) => Ok(number.into()),
                _ => Err(wrong("a whole number")),
            }
        }
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
        let text = source::text(one)?;
        if text.is_empty() {
            continue;
        }
        if text.starts_with('[') {
            match source::document(&text)? {
                Value::Array(more) => items.extend(more),
                other => items.push(other),
            }
        } else if is_simple {
            for part in split(&text)? {
                items.push(single(element, &escape(&part))?);
            }
        } else {
            items.push(source::document(&text)?);
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
        let text = source::text(one)?;
        if text.starts_with('{') {
            match source::document(&text)? {
                Value::Object(more) => entries.extend(more),
                _ => return Err("is not a JSON object".to_owned()),
            }
            continue;
        }
        for part in split(&text)? {
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
