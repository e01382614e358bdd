//! Scalars: the core schema of YAML 1.2, without what JSON cannot represent.
//!
//! Takes a plain scalar; returns null, a boolean, a number or a string.

use serde_json::Number;

/// Returns the value of a plain scalar.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scalar {
    Null,
    Flag(bool),
    Number(Number),
    Text,
}

pub(crate) fn resolve(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "true" | "True" | "TRUE" => Scalar::Flag(true),
        "false" | "False" | "FALSE" => Scalar::Flag(false),
        _ => number(text).map_or(Scalar::Text, Scalar::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    let radix = |prefix, radix| {
        let digits =
            text.strip_prefix(prefix).filter(|digits| !digits.starts_with('+'))?;
        u64::from_str_radix(digits, radix).ok()
    };
    if let Some(number) = radix("0x", 16).or_else(|| radix("0o", 8)) {
        return Some(number.into());
    }
    if let Ok(number) = text.parse::<i64>() {
        return Some(number.into());
    }
    if let Ok(number) = text.parse::<u64>() {
        return Some(number.into());
    }
    let looks_right = text.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    text.parse().ok().filter(|_| looks_right).and_then(Number::from_f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_core_schema() {
        assert_eq!(resolve("~"), Scalar::Null);
        assert_eq!(resolve("True"), Scalar::Flag(true));
        assert_eq!(resolve("-12"), Scalar::Number((-12).into()));
        assert_eq!(resolve("0x1F"), Scalar::Number(31.into()));
        assert_eq!(resolve("0o17"), Scalar::Number(15.into()));
        assert_eq!(resolve("18446744073709551615"), Scalar::Number(u64::MAX.into()));
        assert_eq!(resolve("1.5e3"), Scalar::Number(Number::from_f64(1500.0).unwrap()));
    }

    #[test]
    fn takes_the_rest_as_text() {
        let texts = [
            "yes", "no", "on", "1_000", "1.2.3", "-", "+", "e", "0x", "0x+1", ".inf",
            "nan", "1e999",
        ];
        for text in texts {
            assert_eq!(resolve(text), Scalar::Text, "{text}");
        }
    }
}
