//! The named error codes. These are fictitious, for the tests.

use crate::runtime::error_codes;

error_codes! {
    retryable: [226];
    after_change: [1401];
    in_use: [1401];
    KEY_INVALID = 203, "KeyInvalid", "The API key was not valid. Create a new one.";
    RATE_LIMITED = 226, "RateLimited", "Too many requests were sent. Wait, then send it again.";
    NOT_EMPTY = 1401, "NotEmpty", "The directory was not empty. Remove its contents first.";
}
