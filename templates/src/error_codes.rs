//! The error codes that have a name. These belong to no real API: the tests use them.

use crate::runtime::error_codes;

error_codes! {
    KEY_INVALID = 203, "KeyInvalid", retry: false, "The API key was not valid. Create a new one.";
    RATE_LIMITED = 226, "RateLimited", retry: true, "Too many requests were sent. Wait, then send it again.";
    NOT_EMPTY = 1401, "NotEmpty", retry: false, "The folder was not empty. Remove what is in it first.";
}
