//! Named error codes.

use std::collections::BTreeSet;

use crate::model::{ErrorCode, ErrorCodes};
use crate::names::constant_name;

use super::Compared;
use super::found::{ERROR_CODES, Found, Place, Rest};
use super::rules::{
    ERROR_ADDED, ERROR_FORM_CHANGED, ERROR_IN_USE_CHANGED, ERROR_REMOVED, ERROR_RENAMED,
    ERROR_RETRY_CHANGED, NOTES_CHANGED,
};

/// Compares all of them.
pub(super) fn compare(compared: &Compared, found: &mut Found) {
    let (old, new) = (&compared.old.error_codes, &compared.new.error_codes);
    let at = Place::new(ERROR_CODES, "form");
    let form =
        |codes: &ErrorCodes| format!("{}{{number}}{}", codes.prefix, codes.suffix);
    if form(old) != form(new) {
        found.change(ERROR_FORM_CHANGED, &at, form(old), form(new));
    }
    if old.docs_url != new.docs_url {
        let at = Place::new(ERROR_CODES, "docs");
        found.change(NOTES_CHANGED, &at, &old.docs_url, &new.docs_url);
    }
    let numbers: BTreeSet<_> = old.codes.keys().chain(new.codes.keys()).collect();
    for number in numbers {
        let at = at.sibling(form(new).replace("{number}", &number.to_string()));
        match (old.codes.get(number), new.codes.get(number)) {
            (Some(old), Some(new)) => code(old, new, &at, found),
            (Some(old), None) => {
                found.loss(ERROR_REMOVED, &at, constant_name(&old.name));
            }
            (None, Some(new)) => found.gain(ERROR_ADDED, &at, constant_name(&new.name)),
            (None, None) => {}
        }
    }
}

fn code(old: &ErrorCode, new: &ErrorCode, at: &Place, found: &mut Found) {
    let mark = found.mark();
    if old.name != new.name {
        found.change(
            ERROR_RENAMED,
            at,
            constant_name(&old.name),
            constant_name(&new.name),
        );
    }
    if old.retry != new.retry {
        found.change(ERROR_RETRY_CHANGED, at, old.retry.name(), new.retry.name());
    }
    if old.in_use != new.in_use {
        let (old, new) = (old.in_use.to_string(), new.in_use.to_string());
        found.change(ERROR_IN_USE_CHANGED, at, old, new);
    }
    let docs = old.meaning != new.meaning;
    let bare = |code: &ErrorCode| ErrorCode { meaning: String::new(), ..code.clone() };
    found.rest(at, mark, Rest { order: false, notes: bare(old) != bare(new), docs });
}
