//! `--jq`: takes an expression and JSON; returns the results, strings without quotes.

use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars, data, unwrap_valr};
use jaq_json::write::{self, Pp};
use jaq_json::{Val, read};
use serde_json::Value;

use crate::failure::{Failure, OrFail};

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
        let input = read::parse_single(json.as_bytes()).or_other("--jq")?;
        let context = Ctx::<data::JustLut<Val>>::new(&self.0.lut, Vars::new([]));
        let mut text = Vec::new();
        for result in self.0.id.run((context, input)).map(unwrap_valr) {
            match result.or_usage("--jq")? {
                Val::TStr(string) => text.extend_from_slice(&string),
                value => {
                    let written = write::write(&mut text, &Pp::default(), 0, &value);
                    Failure::written(written)?;
                }
            }
            text.push(b'\n');
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// Returns true if the last result for a value is neither false nor null.
    pub(crate) fn holds(&self, value: &Value) -> Result<bool, Failure> {
        let results = self.run(&value.to_string())?;
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
        Error::Lex(errors) => errors.first().map(|(what, at)| (what.as_str(), *at))?,
        Error::Parse(errors) => errors.first().map(|(what, at)| (what.as_str(), *at))?,
    };
    let offset = (at.as_ptr() as usize).saturating_sub(code.as_ptr() as usize);
    Some(format!("at character {}: expected {what}", offset.min(code.len()) + 1))
}
