//! The error codes that have a name. These belong to no real API: the tests use them.

use crate::runtime::error_codes;

error_codes! {
    KEY_INVALID = 203, "KeyInvalid", retry: Never, "The API key was not valid. Create a new one.";
    RATE_LIMITED = 226, "RateLimited", retry: Later, "Too many requests were sent. Wait, then send it again.";
    NOT_EMPTY = 1401, "NotEmpty", retry: AfterChange, in_use, "The folder was not empty. Remove what is in it first.";
}
