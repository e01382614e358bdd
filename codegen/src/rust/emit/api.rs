//! Facts about the API for the runtime: constants, and the table of error codes.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::format::rust_file;
use crate::model::{Api, ErrorCode, ErrorCodes, Model, Retry, Type};
use crate::names::constant_name;
use crate::rust::docs;

use super::tokens::ident;

/// Emits the file of constants.
pub(super) fn emit(model: &Model) -> String {
    let (caller, lists) = (caller(&model.api), lists(&model.api));
    let retries = retries(&model.api);
    let (bodies, codes) = (error_bodies(&model.api), error_codes(&model.error_codes));
    let secrets = secrets(model);
    let tokens = quote! {
        //! Facts about the API as a whole.

        use crate::runtime::secret_fields;

        #caller
        #retries
        #lists
        #bodies
        #codes
        #secrets
    };
    rust_file("api.yaml", &tokens)
}

fn caller(api: &Api) -> TokenStream {
    let Api { name, base_url, key_variable, url_variable, .. } = api;
    let Api { auth_header, auth_scheme, version_header, version_value, .. } = api;
    let Api { rate_limit_requests, rate_limit_window_seconds, .. } = api;
    // Without a known limit, the quota of an account is unlimited.
    let (requests, seconds) = match rate_limit_requests {
        0 => (quote! { u32::MAX }, 1),
        requests => {
            let requests = Literal::u32_unsuffixed(*requests);
            (quote! { #requests }, *rate_limit_window_seconds)
        }
    };
    let seconds = Literal::u32_unsuffixed(seconds);
    quote! {
        /// Name of the API.
        pub(crate) const API_NAME: &str = #name;
        /// Default base URL.
        pub(crate) const BASE_URL: &str = #base_url;
        /// Environment variable with the API key.
        pub(crate) const KEY_VARIABLE: &str = #key_variable;
        /// Environment variable with another base URL.
        pub(crate) const URL_VARIABLE: &str = #url_variable;
        /// Header with the API key, after the scheme.
        pub(crate) const AUTH_HEADER: &str = #auth_header;
        /// Scheme before the API key.
        pub(crate) const AUTH_SCHEME: &str = #auth_scheme;
        /// Header with the version of the API.
        pub(crate) const VERSION_HEADER: &str = #version_header;
        /// Version of the API that this crate supports.
        pub(crate) const VERSION_VALUE: &str = #version_value;
        /// Number of requests that an account may make ...
        pub(crate) const RATE_LIMIT_REQUESTS: u32 = #requests;
        /// ... in any period of this many seconds.
        pub(crate) const RATE_LIMIT_SECONDS: u64 = #seconds;
    }
}

fn retries(api: &Api) -> TokenStream {
    let numbers = |given: &[u16]| {
        given.iter().copied().map(Literal::u16_unsuffixed).collect::<Vec<_>>()
    };
    let (statuses, refused) =
        (numbers(&api.retry_statuses), numbers(&api.retry_not_processed));
    let methods = api.idempotent_methods.iter();
    let methods = methods.map(|method| format!("{method:?}").to_uppercase());
    quote! {
        /// Temporary statuses of responses.
        pub(crate) const RETRY_STATUSES: &[u16] = &[#(#statuses),*];
        /// Those with which the server reports that it did not process the request.
        pub(crate) const NOT_PROCESSED_STATUSES: &[u16] = &[#(#refused),*];
        /// Idempotent methods.
        pub(crate) const IDEMPOTENT_METHODS: &[&str] = &[#(#methods),*];
    }
}

fn lists(api: &Api) -> TokenStream {
    let Api { operation_id_header, operation_id_detail, cursor_parameter, .. } = api;
    let Api { limit_parameter, limit_default, limit_max, .. } = api;
    let Api { filter_parameter, filter_object, page_uri, page_next, .. } = api;
    let default = Literal::u32_unsuffixed(*limit_default);
    let max = Literal::u32_unsuffixed(*limit_max);
    quote! {
        /// Response header with the operation ID.
        pub(crate) const OPERATION_ID_HEADER: &str = #operation_id_header;
        /// Key of the operation ID among the details of an error.
        pub(crate) const OPERATION_ID_DETAIL: &str = #operation_id_detail;
        /// Query parameter with the start of a page.
        pub(crate) const CURSOR_PARAMETER: &str = #cursor_parameter;
        /// Query parameter with the length of a page.
        pub(crate) const LIMIT_PARAMETER: &str = #limit_parameter;
        /// Default length of a page.
        pub(crate) const LIMIT_DEFAULT: u32 = #default;
        /// Maximum length of a page.
        pub(crate) const LIMIT_MAX: u32 = #max;
        /// Query parameter with a filter expression.
        pub(crate) const FILTER_PARAMETER: &str = #filter_parameter;
        /// Name of an item in filters.
        pub(crate) const FILTER_OBJECT: &str = #filter_object;
        /// Key of the address of a page.
        pub(crate) const PAGE_URI: &str = #page_uri;
        /// Key of the address of the page after it.
        pub(crate) const PAGE_NEXT: &str = #page_next;
    }
}

fn error_bodies(api: &Api) -> TokenStream {
    let Api { error_code, error_status, error_message, error_details, .. } = api;
    quote! {
        /// Constraints on bodies, by the names of their types.
        pub(crate) const LIMITS: &str = include_str!("limits.json");
        /// Key of the code in an error body.
        pub(crate) const ERROR_CODE: &str = #error_code;
        /// Key of the HTTP status in an error body.
        pub(crate) const ERROR_STATUS: &str = #error_status;
        /// Key of the message in an error body.
        pub(crate) const ERROR_MESSAGE: &str = #error_message;
        /// Key of the details in an error body.
        pub(crate) const ERROR_DETAILS: &str = #error_details;
    }
}

fn error_codes(errors: &ErrorCodes) -> TokenStream {
    let ErrorCodes { prefix, suffix, docs_url, .. } = errors;
    quote! {
        /// Prefix of error codes before the number.
        pub(crate) const ERROR_CODE_PREFIX: &str = #prefix;
        /// Suffix of error codes after the number.
        pub(crate) const ERROR_CODE_SUFFIX: &str = #suffix;
        /// Documentation of error codes.
        pub(crate) const ERROR_DOCS: &str = #docs_url;
    }
}

fn secrets(model: &Model) -> TokenStream {
    let records = model.types.values().filter_map(|ty| match ty {
        Type::Record(record) => Some(record),
        _ => None,
    });
    let fields = records.flat_map(|record| &record.fields);
    let secret = fields.filter(|field| field.secret).map(|field| &field.wire);
    let keys: BTreeSet<_> = secret.collect();
    let keys = keys.iter();
    quote! {
        secret_fields! { #(#keys;)* }
    }
}

/// Emits the file with the table.
pub(super) fn emit_error_codes(model: &Model) -> String {
    let codes = model.error_codes.codes.iter().map(|(number, code)| {
        let constant = ident(&constant_name(&code.name));
        let number = Literal::u32_unsuffixed(*number);
        let (name, meaning) = (&code.name, &code.meaning);
        // Where documentation needs other text than the message, such as escapes, it has its own.
        let docs = docs::lines(meaning);
        let differs = docs.join(" ") != *meaning;
        let docs = docs.join("\n");
        let docs = differs.then(|| quote! { , docs: #docs });
        quote! { #constant = #number, #name, #meaning #docs; }
    });
    let retryable = numbers(model, |code| code.retry == Retry::Later);
    let after_change = numbers(model, |code| code.retry == Retry::AfterChange);
    let in_use = numbers(model, |code| code.in_use);
    let tokens = quote! {
        //! Named error codes.

        use crate::runtime::error_codes;

        error_codes! {
            retryable: #retryable;
            after_change: #after_change;
            in_use: #in_use;
            #(#codes)*
        }
    };
    rust_file("errors.yaml and errors/", &tokens)
}

/// Returns the numbers of the codes that meet a condition.
fn numbers(model: &Model, condition: impl Fn(&ErrorCode) -> bool) -> TokenStream {
    let codes = model.error_codes.codes.iter();
    let numbers = codes.filter(|(_, code)| condition(code));
    let numbers = numbers.map(|(number, _)| Literal::u32_unsuffixed(*number));
    quote! { [#(#numbers),*] }
}
