//! A place in a list, as text: what can be kept in a file, and taken up again later or by
//! another program.

use std::fmt;
use std::str::FromStr;

use serde_core::de::{Deserialize, Deserializer, Visitor};
use serde_core::ser::{Serialize, Serializer};

/// Where a walk through a list goes on: save it, and hand it to `List::resume` later.
///
/// With serde, `Display` and `FromStr` it is a string such as
/// `ThingsList /things?before_id=t_7&limit=50`: the list, and the page to fetch. It holds
/// the filter of the list, and neither the API key nor, as a rule, where the API is:
/// whatever it says, it is followed to the client's own base URL and nowhere else.
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

/// A text that is no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParsePageCursorError;

impl PageCursor {
    pub(crate) fn new(operation: &str, address: String) -> Self {
        Self { operation: operation.to_owned(), address }
    }

    /// The operation whose list it is a place of.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// The address of the page.
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

/// Without the query, which may hold a filter.
impl fmt::Debug for PageCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.address.split('?').next().unwrap_or_default();
        f.debug_struct("PageCursor")
            .field("operation", &self.operation)
            .field("path", &path)
            .finish_non_exhaustive()
    }
}
