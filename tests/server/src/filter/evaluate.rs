//! Evaluates expressions, given the values of names.

use std::cmp::Ordering;

use ngrok_api_model::filter::{Call, Expression};
use ngrok_client_core::Timestamp;

use super::time;
use super::value::Value;

/// A value, or the reason why there is none.
type Evaluated = Result<Value, String>;

/// Evaluates an expression. `name` looks up the values of names.
pub(super) fn evaluate(
    expression: &Expression,
    name: &dyn Fn(&str) -> Option<Value>,
) -> Evaluated {
    match expression {
        Expression::Literal(value) => Ok(value.into()),
        Expression::Name(it) => name(it).ok_or_else(|| format!("unknown name `{it}`")),
        Expression::Field(inner, key) => match evaluate(inner, name)? {
            Value::Map(mut entries) => {
                entries.remove(key).ok_or_else(|| format!("unknown field `{key}`"))
            }
            other => Err(format!("{} has no field `{key}`", other.kind())),
        },
        Expression::List(elements) => {
            let elements = elements.iter().map(|element| evaluate(element, name));
            elements.collect::<Result<_, _>>().map(Value::List)
        }
        Expression::Call { kind: Call::Operator, name: operator, operands }
            if ["&&", "||"].contains(&operator.as_str()) =>
        {
            let operands = operands.iter().map(|operand| evaluate(operand, name));
            logical(operands, operator == "||")
        }
        Expression::Call { kind, name: called, operands } => {
            let operands = operands.iter().map(|operand| evaluate(operand, name));
            let operands = operands.collect::<Result<Vec<_>, _>>()?;
            call(*kind, called, &operands).ok_or_else(|| {
                let kinds: Vec<_> = operands.iter().map(Value::kind).collect();
                format!("`{called}` is not for {}", kinds.join(" and "))
            })?
        }
    }
}

/// One decisive operand determines the result, even if the other one has no value.
fn logical(operands: impl Iterator<Item = Evaluated>, decisive: bool) -> Evaluated {
    let mut problem = None;
    for operand in operands {
        match operand {
            Ok(Value::Bool(value)) if value == decisive => {
                return Ok(Value::Bool(value));
            }
            Ok(Value::Bool(_)) => {}
            Ok(other) => {
                problem.get_or_insert(format!(
                    "{} is neither true nor false",
                    other.kind()
                ));
            }
            Err(why) => drop(problem.get_or_insert(why)),
        }
    }
    problem.map_or(Ok(Value::Bool(!decisive)), Err)
}

/// Calls a function; `None` if it does not support these operands.
fn call(kind: Call, name: &str, operands: &[Value]) -> Option<Evaluated> {
    let value = match (kind, name, operands) {
        (Call::Operator, "!", [Value::Bool(value)]) => Value::Bool(!value),
        (Call::Operator, "==", [one, other]) => Value::Bool(one.is(other)),
        (Call::Operator, "!=", [one, other]) => Value::Bool(!one.is(other)),
        (Call::Operator, "in", [one, Value::List(elements)]) => {
            Value::Bool(elements.iter().any(|element| element.is(one)))
        }
        (Call::Operator, "in", [Value::Text(key), Value::Map(entries)]) => {
            Value::Bool(entries.contains_key(key))
        }
        (Call::Operator, _, [one, other]) => {
            let order = one.order(other)?;
            Value::Bool(match name {
                "<" => order == Ordering::Less,
                "<=" => order != Ordering::Greater,
                ">" => order == Ordering::Greater,
                ">=" => order != Ordering::Less,
                _ => return None,
            })
        }
        (Call::Function | Call::Method, "size", [value]) => {
            Value::Whole(i64::try_from(value.size()?).unwrap_or(i64::MAX))
        }
        (Call::Function, "timestamp", [Value::Time(time)]) => Value::Time(*time),
        (Call::Function, "timestamp", [Value::Text(text)]) => {
            let time = Timestamp::parse(text);
            return Some(
                time.map(Value::Time)
                    .map_err(|_| format!("{text:?} is not a timestamp")),
            );
        }
        (Call::Method, "add", [Value::Time(time), Value::Text(length)]) => {
            return Some(time::moved(*time, length, Timestamp::checked_add));
        }
        (Call::Method, "subtract", [Value::Time(time), Value::Text(length)]) => {
            return Some(time::moved(*time, length, Timestamp::checked_sub));
        }
        (Call::Method, name, [Value::Text(text), Value::Text(part)]) => {
            Value::Bool(match name {
                "contains" => text.contains(part.as_str()),
                "startsWith" => text.starts_with(part.as_str()),
                "endsWith" => text.ends_with(part.as_str()),
                _ => return None,
            })
        }
        _ => return None,
    };
    Some(Ok(value))
}
