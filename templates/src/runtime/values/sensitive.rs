//! Secrets: redacted wherever they are printed or serialized, unless requested explicitly.

use std::cell::Cell;
use std::fmt;
use std::hash::{Hash, Hasher};

use ngrok_client_core::Zeroizing;
use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};

use crate::runtime::codec::Plain;

/// A secret string. `Debug`, `Display` and `Serialize` write `[redacted]`, also inside of resources and bodies;
/// requests contain the secret itself. [`expose`](Self::expose) returns it, and [`WithSecrets`] serializes it.
///
/// Its memory is wiped when it is dropped. The body that it was received or sent in, and copies made elsewhere, are
/// not wiped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sensitive(Zeroizing<String>);

impl Sensitive {
    /// Creates a secret from its string.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Returns the secret itself.
    #[doc(alias = "expose_secret")]
    #[doc(alias = "reveal")]
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Returns true if there is no secret: the default, and the value of an absent field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Hash for Sensitive {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_str().hash(state);
    }
}

impl fmt::Debug for Sensitive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl fmt::Display for Sensitive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl From<String> for Sensitive {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for Sensitive {
    fn from(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }
}

impl Plain for Sensitive {}

impl<'de> Deserialize<'de> for Sensitive {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Self::from)
    }
}

impl Serialize for Sensitive {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        // The empty value is not secret, and clears a field in an update.
        let shown = self.is_empty() || are_exposed();
        to.serialize_str(if shown { &self.0 } else { REDACTED })
    }
}

/// Replacement of a secret.
pub(crate) const REDACTED: &str = "[redacted]";

/// Returns true if the value being serialized may include secrets.
pub(crate) fn are_exposed() -> bool {
    EXPOSED.get()
}

thread_local! {
    /// True while a value with secrets is serialized on this thread.
    static EXPOSED: Cell<bool> = const { Cell::new(false) };
}

/// Serializes a value including its secrets, which are otherwise written as `[redacted]`.
///
/// ```
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{Sensitive, WithSecrets};")]
///
/// let secret = Sensitive::new("hidden");
/// assert_eq!(serde_json::to_string(&secret)?, r#""[redacted]""#);
/// assert_eq!(serde_json::to_string(&WithSecrets(&secret))?, r#""hidden""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub struct WithSecrets<'a, T: ?Sized>(
    /// The value to serialize.
    pub &'a T,
);

impl<T: Serialize + ?Sized> Serialize for WithSecrets<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        /// Restores the setting, also if serializing panics.
        struct Restore(bool);

        impl Drop for Restore {
            fn drop(&mut self) {
                EXPOSED.set(self.0);
            }
        }

        let _restore = Restore(EXPOSED.replace(true));
        self.0.serialize(to)
    }
}

/// Omits the value.
impl<T: ?Sized> fmt::Debug for WithSecrets<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WithSecrets")
    }
}
