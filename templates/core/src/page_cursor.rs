//! A serializable position in a list, which can be stored in a file and resumed later or by another program.

use std::fmt;
use std::str::FromStr;

use serde_core::de::{Deserialize, Deserializer, Visitor};
use serde_core::ser::{Serialize, Serializer};

/// A position in a list: save it, and pass it to `List::resume` later.
///
/// With serde, `Display` and `FromStr` it is a string such as `ThingsList /things?before_id=t_7&limit=50`: the
/// list, and the page to fetch. It contains the filter of the list, but neither the API key nor, usually, the base
/// URL: it is always resolved against the client's own base URL.
///
/// ```
/// # use ngrok_client_core as ngrok_client;
/// use ngrok_client::PageCursor;
///
/// let saved = "ThingsList /things?before_id=t_7&limit=50";
/// let cursor: PageCursor = saved.parse()?;
/// assert_eq!(cursor.to_string(), saved);
/// assert_eq!(serde_json::to_string(&cursor)?, format!("\"{saved}\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PageCursor {
    operation: String,
    address: String,
}

/// Error for a string that is not a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParsePageCursorError;

impl PageCursor {
    pub(crate) fn new(operation: &str, address: String) -> Self {
        Self { operation: operation.to_owned(), address }
    }

    /// Returns the operation of the list.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Returns the address of the page.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

impl fmt::Display for PageCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.operation, self.address)
    }
}

impl FromStr for PageCursor {
    type Err = ParsePageCursorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let graphic = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_graphic())
        };
        match text.split_once(' ') {
            Some((operation, address)) if graphic(operation) && graphic(address) => {
                Ok(Self::new(operation, address.to_owned()))
            }
            _ => Err(ParsePageCursorError),
        }
    }
}

impl fmt::Display for ParsePageCursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a cursor is the name of a list and an address, with a space between",
        )
    }
}

impl std::error::Error for ParsePageCursorError {}

impl Serialize for PageCursor {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PageCursor {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = PageCursor;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a cursor")
            }

            fn visit_str<E: serde_core::de::Error>(
                self,
                text: &str,
            ) -> Result<PageCursor, E> {
                text.parse().map_err(E::custom)
            }
        }
        from.deserialize_str(Text)
    }
}

/// Omits the query, which may contain a filter.
impl fmt::Debug for PageCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.address.split('?').next().unwrap_or_default();
        f.debug_struct("PageCursor")
            .field("operation", &self.operation)
            .field("path", &path)
            .finish_non_exhaustive()
    }
}
