//! Conversions of arguments: for an ID the resource itself, for a string a `&str`, for a list any iterator of its
//! elements. No conversion here can fail or lose data.

use std::collections::BTreeMap;

use super::{AnyResource, Id, Null, Patch, Ref, Resource, Sensitive};
use crate::runtime::codec::{OpenEnum, Plain};

/// Types that identify a `T`: an ID, a string, a reference, or the resource itself.
///
/// IDs of other resources are rejected at compile time: an `Id<U>` is not an `IntoId<T>`. [`AnyResource`] accepts
/// the ID of any resource.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not identify a `{T}`",
    label = "not an id of `{T}`, a reference to one, or one itself",
    note = "strings are accepted unchecked, a resource by reference; `Id::cast` converts between types of IDs"
)]
pub trait IntoId<T: ?Sized> {
    /// Returns the ID.
    fn into_id(self) -> Id<T>;
}

/// Values accepted for a `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a `{T}`",
    label = "not a `{T}`, and not convertible to one without loss"
)]
pub trait IntoValue<T> {
    /// Converts to the value.
    fn into_value(self) -> T;
}

/// Values accepted for an optional `T`: anything accepted for a `T`, or an `Option<T>`, of which `None` leaves the field
/// unset.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as an optional `{T}`",
    label = "not a `{T}` or an `Option` of one"
)]
pub trait IntoOption<T> {
    /// Converts to the value of the field.
    fn into_option(self) -> Option<T>;
}

/// Values accepted for a nullable `T`: anything accepted for a `T`, [`Null`], a [`Patch`], or an `Option<T>`, of
/// which `None` leaves the field unset.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a `{T}` that is nullable",
    label = "not a `{T}`, an `Option` of one, `Null` or a `Patch`"
)]
pub trait IntoPatch<T> {
    /// Converts to the change of the field.
    fn into_patch(self) -> Patch<T>;
}

/// Defines conversions to a type, nullable or not: `given! { [generics] From => To: |it| value; }`.
///
/// `IntoPatch` cannot be implemented for all types that implement `IntoValue`: another crate could implement it for
/// [`Null`].
macro_rules! given {
    ($([$($generics:tt)*] $From:ty => $To:ty: |$it:ident| $value:expr;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> $crate::runtime::IntoValue<$To> for $From {
            fn into_value(self) -> $To {
                let $it = self;
                $value
            }
        }

        $crate::runtime::codec::given! { @patch [$($generics)*] $From => $To: |$it| $value; }
    )* };
    (@patch [$($generics:tt)*] $From:ty => $To:ty: |$it:ident| $value:expr;) => {
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> $crate::runtime::IntoPatch<$To> for $From {
            fn into_patch(self) -> $crate::runtime::Patch<$To> {
                let $it = self;
                $crate::runtime::Patch::Value($value)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($generics)*> $crate::runtime::IntoOption<$To> for $From {
            fn into_option(self) -> ::std::option::Option<$To> {
                let $it = self;
                ::std::option::Option::Some($value)
            }
        }
    };
}
pub(crate) use given;

/// Defines conversions of options for a field.
macro_rules! optional {
    ($([$($generics:tt)*] $From:ty => $To:ty: |$it:ident| $value:expr;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> IntoOption<$To> for $From {
            fn into_option(self) -> Option<$To> {
                let $it = self;
                $value
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($generics)*> IntoPatch<$To> for $From {
            fn into_patch(self) -> Patch<$To> {
                let $it = self;
                $value.map_or(Patch::Unset, Patch::Value)
            }
        }
    )* };
}

// Not for all types that implement `IntoValue`: an `Option` is an iterator as well, and those convert to lists.
optional! {
    [T: Plain] Option<T> => T: |given| given;
    [T: Plain] &Option<T> => T: |given| given.clone();
    [T: Plain] Option<&T> => T: |given| given.cloned();
    [] Option<&str> => String: |given| given.map(str::to_owned);
    [] Option<&str> => Sensitive: |given| given.map(Sensitive::new);
    [] Option<String> => Sensitive: |given| given.map(Sensitive::new);
    [T: ?Sized] Option<Id<T>> => Id<T>: |given| given;
    [T: ?Sized] &Option<Id<T>> => Id<T>: |given| given.clone();
    [T: ?Sized] Option<&Id<T>> => Id<T>: |given| given.cloned();
    [T: ?Sized] Option<Ref<T>> => Id<T>: |given| given.map(|reference| reference.id);
    [T: ?Sized] &Option<Ref<T>> => Id<T>: |given| given.as_ref().map(|reference| reference.id.clone());
    [T: ?Sized] Option<&Ref<T>> => Id<T>: |given| given.map(|reference| reference.id.clone());
}

/// Defines the types that identify a resource.
macro_rules! names {
    ($([$($generics:tt)*] $From:ty => $T:ty: |$it:ident| $id:expr;)*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> IntoId<$T> for $From {
            fn into_id(self) -> Id<$T> {
                let $it = self;
                $id
            }
        }

        given! { @patch [$($generics)*] $From => Id<$T>: |$it| $it.into_id(); }
    )* };
}

names! {
    [T: ?Sized] &str => T: |text| Id::new(text);
    [T: ?Sized] &&str => T: |text| Id::new(*text);
    [T: ?Sized] &String => T: |text| Id::new(text);
    [T: ?Sized] String => T: |text| Id::new(text);
    [T: ?Sized] Id<T> => T: |id| id;
    [T: ?Sized] &Id<T> => T: |id| id.clone();
    [T: ?Sized] Ref<T> => T: |reference| reference.id;
    [T: ?Sized] &Ref<T> => T: |reference| reference.id.clone();
    [T: Resource] &T => T: |resource| resource.id().clone();

    [T: Resource] Id<T> => AnyResource: |id| id.cast();
    [T: Resource] &Id<T> => AnyResource: |id| id.clone().cast();
    [T: Resource] Ref<T> => AnyResource: |reference| reference.id.cast();
    [T: Resource] &Ref<T> => AnyResource: |reference| reference.id.clone().cast();
    [T: Resource] &T => AnyResource: |resource| resource.id().clone().cast();
}

impl<T: ?Sized, V: IntoId<T>> IntoValue<Id<T>> for V {
    fn into_value(self) -> Id<T> {
        self.into_id()
    }
}

given! {
    [T: Plain] T => T: |value| value;
    [T: Plain] &T => T: |value| value.clone();
    [T: Plain] T => Box<T>: |value| Box::new(value);
    [T: Plain] &T => Box<T>: |value| Box::new(value.clone());

    [] &str => String: |text| text.to_owned();
    [] &&str => String: |text| (*text).to_owned();

    [] &str => Sensitive: |text| Sensitive::new(text);
    [] &&str => Sensitive: |text| Sensitive::new(*text);
    [] &String => Sensitive: |text| Sensitive::new(text);
    [] String => Sensitive: |text| Sensitive::new(text);

    [T: OpenEnum] &str => T: |name| name.into();
    [T: OpenEnum] &&str => T: |name| (*name).into();
    [T: OpenEnum] &String => T: |name| name.as_str().into();
    [T: OpenEnum] String => T: |name| name.into();

    [T, I: IntoIterator<Item: IntoValue<T>>] I => Vec<T>: |elements| {
        elements.into_iter().map(IntoValue::into_value).collect()
    };
    [T, K: IntoValue<String>, V: IntoValue<T>, I: IntoIterator<Item = (K, V)>]
    I => BTreeMap<String, T>: |entries| {
        entries.into_iter().map(|(key, value)| (key.into_value(), value.into_value())).collect()
    };
}

impl<T> IntoPatch<T> for Null {
    fn into_patch(self) -> Patch<T> {
        Patch::Null
    }
}

impl<T> IntoPatch<T> for Patch<T> {
    fn into_patch(self) -> Self {
        self
    }
}
