//! Secrets: redacted wherever they are printed or serialized, unless that is asked for.

use std::cell::Cell;
use std::fmt;
use std::hash::{Hash, Hasher};

use ngrok_client_core::Zeroizing;
use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};

use crate::runtime::codec::Plain;

/// A secret string. `Debug`, `Display` and `Serialize` write `[redacted]`, also inside of resources and bodies; requests
/// carry the secret itself. [`expose`](Self::expose) returns it, and [`WithSecrets`] serializes it.
///
/// Its memory is wiped when it is dropped. That does not reach the body that it came in or
/// was sent in, nor copies that others make.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Sensitive(Zeroizing<String>);

impl Sensitive {
    /// A secret from its text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The secret itself. Take care where it goes.
    #[doc(alias = "expose_secret")]
    #[doc(alias = "reveal")]
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is no secret: the default, and what a field holds that the server left out.
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
        // The empty value is no secret, and what an update clears a field with.
        let shown = self.is_empty() || are_exposed();
        to.serialize_str(if shown { &self.0 } else { REDACTED })
    }
}

/// What is written in place of a secret.
pub(crate) const REDACTED: &str = "[redacted]";

/// Whether what is being serialized may hold secrets.
pub(crate) fn are_exposed() -> bool {
    EXPOSED.get()
}

thread_local! {
    /// Whether what is serialized on this thread at the moment may hold secrets.
    static EXPOSED: Cell<bool> = const { Cell::new(false) };
}

/// Serializes a value with the secrets in it, which would otherwise be written as `[redacted]`. Take care where the output
/// goes.
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
        /// Restores the setting, also where serializing panics.
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

/// Without the value.
impl<T: ?Sized> fmt::Debug for WithSecrets<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WithSecrets")
    }
}
