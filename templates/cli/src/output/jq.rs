//! `--jq`: takes an expression and JSON; returns the results, strings without quotes.

use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars, data, unwrap_valr};
use jaq_json::{Val, read, write};
use serde_json::Value;

use crate::failure::Failure;

/// A compiled expression.
pub(crate) struct Filter(Compiled);

type Compiled = jaq_core::compile::Filter<jaq_core::Native<data::JustLut<Val>>>;

impl Filter {
    /// Compiles an expression.
    pub(crate) fn new(code: &str) -> Result<Self, Failure> {
        let definitions =
            jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
        let functions = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
        let arena = Arena::default();
        let loader = Loader::new(definitions);
        let modules = loader.load(&arena, File { code, path: () });
        let modules = modules.map_err(|errors| {
            let at = errors.iter().find_map(|(_, error)| place(code, error));
            invalid(code, &at.unwrap_or_else(|| "syntax error".to_owned()))
        })?;
        let filter = Compiler::default().with_funs(functions).compile(modules);
        filter.map(Self).map_err(|errors| {
            let names = errors.iter().flat_map(|(_, errors)| errors.iter());
            let names: Vec<_> = names.map(|(name, _)| format!("`{name}`")).collect();
            invalid(code, &format!("undefined: {}", names.join(", ")))
        })
    }

    /// Applies it to a JSON document.
    pub(crate) fn run(&self, json: &str) -> Result<String, Failure> {
        let input = read::parse_single(json.as_bytes())
            .map_err(|error| Failure::other(format!("--jq: {error}")))?;
        let context = Ctx::<data::JustLut<Val>>::new(&self.0.lut, Vars::new([]));
        let mut text = Vec::new();
        for result in self.0.id.run((context, input)).map(unwrap_valr) {
            let value =
                result.map_err(|error| Failure::usage(format!("--jq: {error}")))?;
            match &value {
                Val::TStr(string) => text.extend_from_slice(string),
                value => write::write(&mut text, &write::Pp::default(), 0, value)
                    .map_err(|error| Failure::output(&error))?,
            }
            text.push(b'\n');
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}

/// The results of an expression for a value: one as it is, several as a list.
#[cfg(feature = "mcp")]
pub(crate) fn select(code: &str, value: &Value) -> Result<Value, Failure> {
    let results = Filter::new(&format!("[{code}]"))?.run(&value.to_string())?;
    match serde_json::from_str(&results) {
        Ok(Value::Array(mut results)) if results.len() == 1 => Ok(results.remove(0)),
        Ok(results) => Ok(results),
        Err(error) => Err(Failure::other(format!("--jq: {error}"))),
    }
}

/// An expression that is true or false.
pub(crate) struct Condition(Filter);

impl Condition {
    /// Compiles an expression.
    pub(crate) fn new(code: &str) -> Result<Self, Failure> {
        Filter::new(code).map(Self)
    }

    /// Returns true if the last result for a value is neither false nor null.
    pub(crate) fn holds(&self, value: &Value) -> Result<bool, Failure> {
        let results = self.0.run(&value.to_string())?;
        let last = results.lines().last().unwrap_or_default();
        Ok(!matches!(last, "" | "false" | "null"))
    }
}

fn invalid(code: &str, what: &str) -> Failure {
    Failure::usage(format!("--jq {code:?}: {what}"))
}

/// Returns the message of a syntax error, with the position in the expression.
fn place(code: &str, error: &jaq_core::load::Error<&str>) -> Option<String> {
    use jaq_core::load::Error;
    let (what, at) = match error {
        Error::Io(_) => return None,
        Error::Lex(errors) => {
            errors.first().map(|(expected, at)| (expected.as_str(), *at))?
        }
        Error::Parse(errors) => {
            errors.first().map(|(expected, at)| (expected.as_str(), *at))?
        }
    };
    let offset = (at.as_ptr() as usize).saturating_sub(code.as_ptr() as usize);
    Some(format!("at character {}: expected {what}", offset.min(code.len()) + 1))
}

#[cfg(test)]
mod tests {
    use super::Filter;

    fn run(code: &str, json: &str) -> String {
        match Filter::new(code).and_then(|filter| filter.run(json)) {
            Ok(text) => text,
            Err(failure) => format!("error: {failure}"),
        }
    }

    #[test]
    fn prints_strings_without_quotes() {
        assert_eq!(
            run(".a[]", r#"{"a": ["x", 1, {"b": null}]}"#),
            "x\n1\n{\"b\":null}\n"
        );
        assert_eq!(run(".a | length", r#"{"a": ["x"]}"#), "1\n");
    }

    #[test]
    fn says_where_an_expression_is_wrong() {
        assert_eq!(
            run(".a[", "{}"),
            "error: --jq \".a[\": at character 4: expected closing bracket"
        );
        let undefined = run("foo", "{}");
        assert!(
            undefined.starts_with("error: --jq \"foo\": undefined: "),
            "{undefined}"
        );
        let failed = run(".a.b", r#"{"a": 1}"#);
        assert!(failed.starts_with("error: --jq: "), "{failed}");
    }
}
