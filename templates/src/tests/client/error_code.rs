//! Error codes, named and not.

use crate::error_codes::{MEANINGS, NAMES, NUMBERS, RETRYABLE};
use crate::runtime::{ErrorCode, ErrorKind};

#[test]
fn a_named_code_has_its_properties() {
    let code = ErrorCode::RATE_LIMITED;
    assert_eq!(code, ErrorCode::new(226));
    assert_eq!(code.number(), 226);
    assert_eq!(code.to_string(), "ERR_EXAMPLE_226");
    assert_eq!(format!("{code:?}"), "ERR_EXAMPLE_226 (RateLimited)");
    assert_eq!(code.name(), Some("RateLimited"));
    assert_eq!(
        code.meaning(),
        Some("Too many requests were sent. Wait, then send it again.")
    );
    assert_eq!(code.docs_url(), "https://example.com/errors/err_example_226");
    assert!(code.can_retry());
    assert!(!ErrorCode::KEY_INVALID.can_retry());
    assert_eq!(ErrorCode::NOT_EMPTY.name(), Some("NotEmpty"));
}

#[test]
fn a_code_has_its_retry_class_and_usage() {
    let code = ErrorCode::NOT_EMPTY;
    assert!(code.can_retry_after_change() && code.is_in_use() && !code.can_retry());
    for other in [ErrorCode::KEY_INVALID, ErrorCode::RATE_LIMITED, ErrorCode::new(1)] {
        assert!(!other.can_retry_after_change() && !other.is_in_use());
    }
}

#[test]
fn a_code_without_a_name_is_kept() {
    let code: ErrorCode = "ERR_EXAMPLE_99999".parse().unwrap();
    assert_eq!(code.number(), 99_999);
    assert_eq!(code.name(), None);
    assert_eq!(code.meaning(), None);
    assert!(!code.can_retry());
    assert_eq!(code.to_string(), "ERR_EXAMPLE_99999");
    assert_eq!(format!("{code:?}"), "ERR_EXAMPLE_99999");
}

#[test]
fn strings_of_another_form_are_not_codes() {
    let cases = [
        "",
        "226",
        "ERR_EXAMPLE_",
        "ERR_EXAMPLE_+1",
        "ERR_EXAMPLE_1x",
        "ERR_EXAMPLE_4294967296",
        "err_example_226",
        "invalid_expression",
    ];
    for text in cases {
        let error = text.parse::<ErrorCode>().unwrap_err();
        assert_eq!(error.to_string(), "an error code is written ERR_EXAMPLE_226");
    }
}

#[test]
fn the_table_is_sorted_and_contains_each_code() {
    assert!(NUMBERS.is_sorted_by(|a, b| a < b));
    assert_eq!(NAMES.lines().count(), NUMBERS.len());
    assert_eq!(MEANINGS.lines().count(), NUMBERS.len());
    for (number, name) in NUMBERS.iter().zip(NAMES.lines()) {
        assert_eq!(ErrorCode::new(*number).name(), Some(name));
    }
    assert!(RETRYABLE.iter().all(|number| NUMBERS.contains(number)));
}

#[test]
fn codes_and_kinds_are_written_as_text() {
    let written = serde_json::to_value((ErrorCode::new(7), ErrorKind::InvalidRequest));
    assert_eq!(
        written.unwrap(),
        serde_json::json!(["ERR_EXAMPLE_7", "invalid_request"])
    );
}
