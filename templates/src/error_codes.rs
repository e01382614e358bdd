//! The error codes that have a name. These belong to no real API: the tests use them.

use crate::runtime::error_codes;

error_codes! {
    retryable: [226];
    after_change: [1401];
    in_use: [1401];
    KEY_INVALID = 203, "KeyInvalid", "The API key was not valid. Create a new one.";
    RATE_LIMITED = 226, "RateLimited", "Too many requests were sent. Wait, then send it again.";
    NOT_EMPTY = 1401, "NotEmpty", "The folder was not empty. Remove what is in it first.";
}
