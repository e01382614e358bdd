//! The codes the API gives its errors: a number goes in, a name and a meaning come out,
//! for the codes that have them. Which codes there are is said in `crate::error_codes`.

use std::fmt;
use std::str::FromStr;

use crate::{api, error_codes::NAMED};

/// The code of an API error, such as the one a rate limit gives.
///
/// Codes with a name are constants of this type. A code that this version of the crate
/// has no name for is kept all the same: [`number`](Self::number) and `Display` work,
/// [`name`](Self::name) is `None`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorCode(u32);

impl ErrorCode {
    /// The code with this number, named or not.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Its name, in words run together.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        self.named().map(|code| code.name)
    }

    /// What it means, and what to do about it.
    #[must_use]
    pub fn meaning(self) -> Option<&'static str> {
        self.named().map(|code| code.meaning)
    }

    /// The page that explains it.
    #[must_use]
    pub fn docs_url(self) -> String {
        api::ERROR_DOCS.replace("{number}", &self.0.to_string())
    }

    /// Whether the same call can succeed later without a change.
    #[must_use]
    pub fn can_retry(self) -> bool {
        self.named().is_some_and(|code| code.retry)
    }

    fn named(self) -> Option<&'static NamedCode> {
        let position = NAMED.binary_search_by_key(&self.0, |code| code.number).ok()?;
        NAMED.get(position)
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

impl FromStr for ErrorCode {
    type Err = ParseErrorCodeError;

    /// Reads the form that `Display` writes.
    fn from_str(text: &str) -> Result<Self, ParseErrorCodeError> {
        text.strip_prefix(api::ERROR_CODE_PREFIX)
            .and_then(|rest| rest.strip_suffix(api::ERROR_CODE_SUFFIX))
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok())
            .map(Self)
            .ok_or(ParseErrorCodeError(()))
    }
}

/// The text does not have the form of an [`ErrorCode`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseErrorCodeError(());

impl fmt::Display for ParseErrorCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an error code is written {}", ErrorCode(226))
    }
}

impl std::error::Error for ParseErrorCodeError {}

/// What is known about one code.
pub(crate) struct NamedCode {
    pub(crate) number: u32,
    pub(crate) name: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) retry: bool,
}

/// Names codes: a constant for each, documented with its meaning, and the table that is searched. Sorted by number. A
/// meaning that rustdoc would misread comes in its own words for that as well.
macro_rules! error_codes {
    (@docs $meaning:literal) => {
        $meaning
    };
    (@docs $meaning:literal, $docs:literal) => {
        $docs
    };
    ($($constant:ident = $number:literal, $name:literal, retry: $retry:literal, $meaning:literal $(, docs: $docs:literal)?;)*) => {
        impl $crate::runtime::ErrorCode {
            $(
                #[doc = $crate::runtime::error_codes!(@docs $meaning $(, $docs)?)]
                pub const $constant: Self = Self::new($number);
            )*
        }

        pub(crate) static NAMED: &[$crate::runtime::NamedCode] = &[
            $($crate::runtime::NamedCode { number: $number, name: $name, meaning: $meaning, retry: $retry },)*
        ];
    };
}
pub(crate) use error_codes;
