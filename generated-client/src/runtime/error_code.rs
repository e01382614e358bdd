//! Error codes of the API: numbers with names and meanings, for the codes that have them. The codes are defined in
//! `crate::error_codes`.

use std::fmt;
use std::str::FromStr;

use ngrok_client_core::retry::RetryClass;
use serde_core::ser::{Serialize, Serializer};

use crate::api;
use crate::error_codes::{AFTER_CHANGE, IN_USE, MEANINGS, NAMES, NUMBERS, RETRYABLE};

/// The code of an API error, such as that of an exceeded rate limit.
///
/// Named codes are constants of this type. A code without a name in this version of the crate is kept as well:
/// [`number`](Self::number) and `Display` work, [`name`](Self::name) is `None`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorCode(u32);

impl ErrorCode {
    /// Creates the code with this number, named or not.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Returns the number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Returns the name in camel case.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        self.line_of(NAMES)
    }

    /// Returns the cause and the solution.
    #[must_use]
    pub fn meaning(self) -> Option<&'static str> {
        self.line_of(MEANINGS)
    }

    /// Returns the address of its documentation.
    #[must_use]
    pub fn docs_url(self) -> String {
        api::ERROR_DOCS.replace("{number}", &self.0.to_string())
    }

    /// Returns true if the same call can succeed later without any change.
    #[must_use]
    pub fn can_retry(self) -> bool {
        self.retry() == RetryClass::Later
    }

    /// Returns true if the same call can succeed after something else has changed, such as the removal of a
    /// reference. An immediate retry does not help.
    #[must_use]
    pub fn can_retry_after_change(self) -> bool {
        self.retry() == RetryClass::AfterChange
    }

    /// Returns true if a deletion was rejected because other resources refer to this one.
    #[must_use]
    pub fn is_in_use(self) -> bool {
        IN_USE.contains(&self.0)
    }

    pub(crate) fn retry(self) -> RetryClass {
        if RETRYABLE.contains(&self.0) {
            RetryClass::Later
        } else if AFTER_CHANGE.contains(&self.0) {
            RetryClass::AfterChange
        } else {
            RetryClass::Never
        }
    }

    fn line_of(self, lines: &'static str) -> Option<&'static str> {
        let position = NUMBERS.binary_search(&self.0).ok()?;
        lines.lines().nth(position)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", api::ERROR_CODE_PREFIX, self.0, api::ERROR_CODE_SUFFIX)
    }
}

impl fmt::Debug for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => write!(f, "{self} ({name})"),
            None => write!(f, "{self}"),
        }
    }
}

/// Serializes as `Display` writes it.
impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl FromStr for ErrorCode {
    type Err = ParseErrorCodeError;

    /// Parses the form of `Display`.
    fn from_str(text: &str) -> Result<Self, ParseErrorCodeError> {
        text.strip_prefix(api::ERROR_CODE_PREFIX)
            .and_then(|rest| rest.strip_suffix(api::ERROR_CODE_SUFFIX))
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok())
            .map(Self)
            .ok_or(ParseErrorCodeError(()))
    }
}

/// Error for a string without the form of an [`ErrorCode`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseErrorCodeError(());

impl fmt::Display for ParseErrorCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an error code is written {}", ErrorCode(226))
    }
}

impl std::error::Error for ParseErrorCodeError {}

/// Defines a documented constant for each error code, and the tables of its methods. The codes are sorted by
/// number. Codes whose meaning rustdoc would misinterpret have `docs` as well.
///
/// Names and meanings are one string each, with a line per code: a string needs no pointers, compiles quickly, and
/// the linker drops the meanings from programs that do not use them.
macro_rules! error_codes {
    (@docs $meaning:literal) => {
        $meaning
    };
    (@docs $meaning:literal, $docs:literal) => {
        $docs
    };
    (
        retryable: [$($retryable:literal),* $(,)?];
        after_change: [$($after_change:literal),* $(,)?];
        in_use: [$($in_use:literal),* $(,)?];
        $($constant:ident = $number:literal, $name:literal, $meaning:literal $(, docs: $docs:literal)?;)*
    ) => {
        impl $crate::runtime::ErrorCode {
            $(
                #[doc = $crate::runtime::error_codes!(@docs $meaning $(, $docs)?)]
                pub const $constant: Self = Self::new($number);
            )*
        }

        pub(crate) static NUMBERS: &[u32] = &[$($number),*];
        pub(crate) static NAMES: &str = concat!($($name, "\n"),*);
        pub(crate) static MEANINGS: &str = concat!($($meaning, "\n"),*);
        pub(crate) static RETRYABLE: &[u32] = &[$($retryable),*];
        pub(crate) static AFTER_CHANGE: &[u32] = &[$($after_change),*];
        pub(crate) static IN_USE: &[u32] = &[$($in_use),*];
    };
}
pub(crate) use error_codes;
