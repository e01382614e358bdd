//! What holds for the whole API: addresses, names of headers, parameters and keys.
//! Nothing else in the crate states them. These belong to no real API: the tests use
//! them.

use crate::runtime::secret_fields;

/// What the API is called in messages.
pub(crate) const API_NAME: &str = "example";
/// Where requests go unless the builder or the environment says otherwise.
pub(crate) const BASE_URL: &str = "https://api.example.com";
/// Environment variable with the API key.
pub(crate) const KEY_VARIABLE: &str = "EXAMPLE_API_KEY";
/// Environment variable with another base URL.
pub(crate) const URL_VARIABLE: &str = "EXAMPLE_API_URL";

/// Header that carries the API key, after the scheme.
pub(crate) const AUTH_HEADER: &str = "authorization";
/// What stands before the API key.
pub(crate) const AUTH_SCHEME: &str = "Bearer";
/// Header that says which version of the API is meant.
pub(crate) const VERSION_HEADER: &str = "example-version";
/// The version this crate speaks.
pub(crate) const VERSION_VALUE: &str = "2";
/// How many requests an account may make ...
pub(crate) const RATE_LIMIT_REQUESTS: u32 = 120;
/// ... in any stretch of that many seconds.
pub(crate) const RATE_LIMIT_SECONDS: u64 = 60;
/// Statuses of responses that may be other ones later.
pub(crate) const RETRY_STATUSES: &[u16] = &[429, 502, 503, 504];
/// Those of them with which the server says that it did not process the request.
pub(crate) const NOT_PROCESSED_STATUSES: &[u16] = &[429];
/// Methods that have the same effect when a request is sent twice.
pub(crate) const IDEMPOTENT_METHODS: &[&str] = &["GET", "PUT", "PATCH", "DELETE"];
/// Response header with the id of the operation.
pub(crate) const OPERATION_ID_HEADER: &str = "example-operation-id";
/// Key of the same id among the details of an error.
pub(crate) const OPERATION_ID_DETAIL: &str = "operation_id";

/// Query parameter that says where a page begins.
pub(crate) const CURSOR_PARAMETER: &str = "before_id";
/// Query parameter that says how long a page may be.
pub(crate) const LIMIT_PARAMETER: &str = "limit";
/// How long a page is where nothing is said.
pub(crate) const LIMIT_DEFAULT: u32 = 100;
/// How long a page is at most.
pub(crate) const LIMIT_MAX: u32 = 100;
/// Query parameter with a filter expression.
pub(crate) const FILTER_PARAMETER: &str = "filter";
/// What a filter calls an item.
pub(crate) const FILTER_OBJECT: &str = "obj";
/// Key of a page's own address.
pub(crate) const PAGE_URI: &str = "uri";
/// Key of the next page's address.
pub(crate) const PAGE_NEXT: &str = "next_page_uri";

/// What the values of bodies may be, by the names of their types.
pub(crate) const LIMITS: &str = include_str!("limits.json");

/// Key of an error's code.
pub(crate) const ERROR_CODE: &str = "error_code";
/// Key of an error's HTTP status.
pub(crate) const ERROR_STATUS: &str = "status_code";
/// Key of an error's message.
pub(crate) const ERROR_MESSAGE: &str = "msg";
/// Key of an error's details.
pub(crate) const ERROR_DETAILS: &str = "details";
/// What stands before the number of an error code.
pub(crate) const ERROR_CODE_PREFIX: &str = "ERR_EXAMPLE_";
/// What stands after it.
pub(crate) const ERROR_CODE_SUFFIX: &str = "";
/// Where an error code is explained.
pub(crate) const ERROR_DOCS: &str = "https://example.com/errors/err_example_{number}";

secret_fields! {
    "secret";
}
