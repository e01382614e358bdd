//! Records that are sent. Programs also read them, from files and from requests of their own users, where a
//! misspelled key or a missing value must not go unseen: decoding is strict, unlike that of responses.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserializer, Error, MapAccess, Visitor};

use super::record::{Found, decode_entry, decode_record};
use super::{Record, text::Text};

/// A record that is sent. An unknown key and a missing required field are errors that name the field.
pub trait Request: Record {
    /// Names of all fields on the wire.
    const FIELDS: &'static [&'static str];

    /// Names of the fields that a request must have.
    const REQUIRED: &'static [&'static str] = &[];

    /// True if responses contain it too. It is then strict only within a body.
    const SHARED: bool = false;
}

thread_local! {
    /// True while a body is parsed on this thread.
    static STRICT: Cell<bool> = const { Cell::new(false) };
}

/// Returns true while a body is parsed, in which all keys must be known.
pub(super) fn is_strict() -> bool {
    STRICT.get()
}

/// Reads a record that is sent.
pub(crate) fn decode_request<'de, T: Request, D: Deserializer<'de>>(
    from: D,
) -> Result<T, D::Error> {
    /// Restores the setting, also where decoding panics.
    struct Restore(bool);

    impl Drop for Restore {
        fn drop(&mut self) {
            STRICT.set(self.0);
        }
    }

    if T::SHARED && !is_strict() {
        return decode_record(from);
    }
    let _restore = Restore(STRICT.replace(true));
    from.deserialize_map(RequestVisitor(PhantomData))
}

struct RequestVisitor<T>(PhantomData<T>);

impl<'de, T: Request> Visitor<'de> for RequestVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<T, A::Error> {
        let mut record = T::default();
        let mut missing = T::REQUIRED.to_vec();
        while let Some(Text(key)) = entries.next_key()? {
            match decode_entry(&mut record, &key, &mut entries)? {
                Found::Value => missing.retain(|name| *name != key),
                Found::Null => {}
                Found::Unknown => {
                    return Err(A::Error::unknown_field(&key, T::FIELDS));
                }
            }
        }
        match missing.first() {
            Some(name) => Err(A::Error::missing_field(name)),
            None => Ok(record),
        }
    }
}
