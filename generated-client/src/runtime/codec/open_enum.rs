//! Open enums: an unknown value is kept, and sent back unchanged.

use std::str::FromStr;

use serde_core::de::{Deserialize, Deserializer};

use super::{Plain, text::Text};

/// An enum whose values are names on the wire, with an `Unknown` variant for all others.
pub trait OpenEnum:
    Plain + Ord + AsRef<str> + FromStr + From<String> + for<'a> From<&'a str>
{
}

/// Decodes a value, which may be unknown.
pub(crate) fn decode_enum<'de, T: OpenEnum, D: Deserializer<'de>>(
    from: D,
) -> Result<T, D::Error> {
    let Text(name) = Text::deserialize(from)?;
    Ok(T::from(&*name))
}

/// Makes an enum open: `open_enum! { Type { Variant = "name", Other = "other" } }`.
///
/// Lists every variant but `Unknown(String)`, which the enum must have.
macro_rules! open_enum {
    ($Type:ident { $($variant:ident = $name:literal),* $(,)? }) => {
        #[allow(deprecated, reason = "deprecated values are read and written like all others")]
        const _: () = {
            impl $Type {
                /// Returns the values known to this version of the crate.
                #[must_use]
                pub const fn known() -> &'static [Self] {
                    const { &[$(Self::$variant),*] }
                }

                /// Returns the name of this value in the API.
                #[must_use]
                pub fn as_str(&self) -> &str {
                    match self {
                        $(Self::$variant => $name,)*
                        Self::Unknown(name) => name,
                    }
                }

                /// Returns true if this version of the crate does not know this value.
                #[must_use]
                pub const fn is_unknown(&self) -> bool {
                    ::std::matches!(self, Self::Unknown(_))
                }
            }

            impl $crate::runtime::codec::OpenEnum for $Type {}
            impl $crate::runtime::codec::Plain for $Type {}

            /// The value of an absent field: unknown, and empty.
            impl ::std::default::Default for $Type {
                fn default() -> Self {
                    Self::Unknown(::std::string::String::new())
                }
            }

            impl ::std::convert::From<&str> for $Type {
                fn from(name: &str) -> Self {
                    match name {
                        $($name => Self::$variant,)*
                        _ => Self::Unknown(::std::borrow::ToOwned::to_owned(name)),
                    }
                }
            }

            impl ::std::str::FromStr for $Type {
                type Err = ::std::convert::Infallible;

                fn from_str(
                    name: &str,
                ) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                    ::std::result::Result::Ok(Self::from(name))
                }
            }

            impl ::std::convert::From<::std::string::String> for $Type {
                fn from(name: ::std::string::String) -> Self {
                    Self::from(name.as_str())
                }
            }

            impl ::std::convert::AsRef<str> for $Type {
                fn as_ref(&self) -> &str {
                    self.as_str()
                }
            }

            impl ::std::fmt::Display for $Type {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.pad(self.as_str())
                }
            }

            impl<'de> ::serde_core::Deserialize<'de> for $Type {
                fn deserialize<D: ::serde_core::Deserializer<'de>>(
                    from: D,
                ) -> ::std::result::Result<Self, D::Error> {
                    $crate::runtime::codec::decode_enum(from)
                }
            }

            impl ::serde_core::Serialize for $Type {
                fn serialize<S: ::serde_core::Serializer>(
                    &self,
                    to: S,
                ) -> ::std::result::Result<S::Ok, S::Error> {
                    to.serialize_str(self.as_str())
                }
            }
        };
    };
}
pub(crate) use open_enum;
