//! Facts about the API as a whole: addresses, names of headers, parameters and keys. Nothing else in the crate
//! states them. These are fictitious, for the tests.

use crate::runtime::secret_fields;

/// Name of the API in messages.
pub(crate) const API_NAME: &str = "example";
/// Default base URL.
pub(crate) const BASE_URL: &str = "https://api.example.com";
/// Environment variable with the API key.
pub(crate) const KEY_VARIABLE: &str = "EXAMPLE_API_KEY";
/// Environment variable with another base URL.
pub(crate) const URL_VARIABLE: &str = "EXAMPLE_API_URL";

/// Header with the API key, after the scheme.
pub(crate) const AUTH_HEADER: &str = "authorization";
/// Scheme before the API key.
pub(crate) const AUTH_SCHEME: &str = "Bearer";
/// Header with the version of the API.
pub(crate) const VERSION_HEADER: &str = "example-version";
/// Version of the API that this crate supports.
pub(crate) const VERSION_VALUE: &str = "2";
/// Number of requests that an account may make ...
pub(crate) const RATE_LIMIT_REQUESTS: u32 = 120;
/// ... in any period of this many seconds.
pub(crate) const RATE_LIMIT_SECONDS: u64 = 60;
/// Temporary statuses of responses.
pub(crate) const RETRY_STATUSES: &[u16] = &[429, 502, 503, 504];
/// Those with which the server reports that it did not process the request.
pub(crate) const NOT_PROCESSED_STATUSES: &[u16] = &[429];
/// Idempotent methods.
pub(crate) const IDEMPOTENT_METHODS: &[&str] = &["GET", "PUT", "PATCH", "DELETE"];
/// Response header with the operation ID.
pub(crate) const OPERATION_ID_HEADER: &str = "example-operation-id";
/// Key of the operation ID among the details of an error.
pub(crate) const OPERATION_ID_DETAIL: &str = "operation_id";

/// Query parameter with the start of a page.
pub(crate) const CURSOR_PARAMETER: &str = "before_id";
/// Query parameter with the length of a page.
pub(crate) const LIMIT_PARAMETER: &str = "limit";
/// Default length of a page.
pub(crate) const LIMIT_DEFAULT: u32 = 100;
/// Maximum length of a page.
pub(crate) const LIMIT_MAX: u32 = 100;
/// Query parameter with a filter expression.
pub(crate) const FILTER_PARAMETER: &str = "filter";
/// Name of an item in filters.
pub(crate) const FILTER_OBJECT: &str = "obj";
/// Key of a page's own address.
pub(crate) const PAGE_URI: &str = "uri";
/// Key of the next page's address.
pub(crate) const PAGE_NEXT: &str = "next_page_uri";

/// Constraints on bodies, by the names of their types.
pub(crate) const LIMITS: &str = include_str!("limits.json");

/// Key of an error's code.
pub(crate) const ERROR_CODE: &str = "error_code";
/// Key of an error's HTTP status.
pub(crate) const ERROR_STATUS: &str = "status_code";
/// Key of an error's message.
pub(crate) const ERROR_MESSAGE: &str = "msg";
/// Key of an error's details.
pub(crate) const ERROR_DETAILS: &str = "details";
/// Prefix of error codes before the number.
pub(crate) const ERROR_CODE_PREFIX: &str = "ERR_EXAMPLE_";
/// Suffix of error codes after the number.
pub(crate) const ERROR_CODE_SUFFIX: &str = "";
/// Documentation of error codes.
pub(crate) const ERROR_DOCS: &str = "https://example.com/errors/err_example_{number}";

secret_fields! {
    "secret";
}
