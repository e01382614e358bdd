//! Every error code of the description has a constant with its documented properties.

use ngrok_client::ErrorCode;
use ngrok_codegen::model::Retry;
use ngrok_conformance::{model, types};

#[test]
fn each_code_has_its_number_name_and_properties() {
    let codes = &model().error_codes;
    let numbers: Vec<_> =
        types::error_codes().iter().map(|(number, _)| number).collect();
    assert_eq!(numbers, codes.codes.keys().collect::<Vec<_>>());
    assert!(!numbers.is_empty(), "no error codes were checked");
    for (number, constant) in types::error_codes() {
        let code = &codes.codes[number];
        let text = format!("{}{number}{}", codes.prefix, codes.suffix);
        assert_eq!(constant.number(), *number);
        assert_eq!(*constant, ErrorCode::new(*number));
        assert_eq!(constant.name(), Some(&*code.name));
        assert_eq!(constant.meaning(), Some(&*code.meaning));
        assert_eq!(constant.can_retry(), code.retry == Retry::Later);
        let after_change = code.retry == Retry::AfterChange;
        assert_eq!(constant.can_retry_after_change(), after_change);
        assert_eq!(constant.is_in_use(), code.in_use);
        assert_eq!(
            constant.docs_url(),
            codes.docs_url.replace("{number}", &number.to_string())
        );
        assert_eq!(constant.to_string(), text);
        assert_eq!(text.parse(), Ok(*constant));
        assert!(format!("{constant:?}").contains(&code.name));
    }
}

#[test]
fn other_codes_are_kept_without_a_name() {
    let between = (0..=u32::from(u16::MAX))
        .filter(|number| !model().error_codes.codes.contains_key(number));
    for number in between.chain([u32::MAX]) {
        let code = ErrorCode::new(number);
        assert_eq!((code.name(), code.meaning()), (None, None));
        assert!(
            !code.can_retry() && !code.can_retry_after_change() && !code.is_in_use()
        );
        assert_eq!(code.number(), number);
        assert_eq!(code.to_string().parse(), Ok(code));
    }
}
