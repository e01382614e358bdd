//! Named error codes.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::model::{ErrorCode, ErrorCodes, Retry};
use crate::names::constant_name;
use crate::spec::{self, RetryCondition, Spanned};

use super::{Context, api, clashes, docs};

/// Lowers the codes of `errors.yaml`.
pub(super) fn lower(context: &mut Context) -> ErrorCodes {
    let errors = &context.spec.errors;
    let (prefix, suffix) = around_number(&errors.format, context);
    around_number(&errors.docs, context);
    api::PAGE_URL.check(&errors.docs, context);
    let names =
        errors.codes.values().map(|code| (constant_name(&code.name), &code.name));
    clashes::report("constant", names, context);
    let codes: BTreeMap<u32, ErrorCode> = errors
        .codes
        .iter()
        .filter_map(|(key, given)| Some((number(key, context)?, code(given, context))))
        .collect();
    ErrorCodes { prefix, suffix, docs_url: errors.docs.to_string(), codes }
}

fn code(code: &spec::ErrorCode, context: &mut Context) -> ErrorCode {
    let meaning = code.doc.split_whitespace().collect::<Vec<_>>().join(" ");
    docs::lower(&code.doc, context);
    ErrorCode {
        name: code.name.to_string(),
        topic: code.topic.to_string(),
        status: code.status.as_deref().copied(),
        retry: retry(code.retry),
        in_use: code.in_use,
        meaning,
    }
}

fn retry(said: spec::Retry) -> Retry {
    match said {
        spec::Retry::Unconditional(false) => Retry::Never,
        spec::Retry::Unconditional(true) => Retry::Later,
        spec::Retry::Conditional(RetryCondition::AfterChange) => Retry::AfterChange,
    }
}

fn number(key: &Spanned<String>, context: &mut Context) -> Option<u32> {
    let number: Option<u32> = key.parse().ok();
    // `0226` would be another key with the same number.
    let number = number.filter(|number| number.to_string() == **key);
    if number.is_none() {
        let message = format!("`{}` is not the number of an error", **key);
        let help = "write the number alone, without zeros before it";
        context.error(Code::ErrorNumber, key.span, message, help);
    }
    number
}

/// Returns the text before and after `{number}`.
fn around_number(format: &Spanned<String>, context: &mut Context) -> (String, String) {
    if let Some((before, after)) = format.split_once("{number}") {
        return (before.to_owned(), after.to_owned());
    }
    let message = "`{number}` does not occur here";
    let help = "put it in the place of the error number";
    context.error(Code::MissingNumber, format.span, message, help);
    (format.to_string(), String::new())
}
