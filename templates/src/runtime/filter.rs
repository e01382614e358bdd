//! Typed filters of lists: fields and what is asked of them go in, a [`Condition`] comes
//! out.
//!
//! What a field can be asked depends on its type, see [`Field`]. Values are escaped: none
//! of them can change what is asked.
#![doc = include_str!("../overview/filter.md")]

use std::fmt;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Not};
use std::time::Duration;

use ngrok_client_core::filter::{Operand, list, moment, quoted};

use crate::api;
use crate::runtime::codec::OpenEnum;
use crate::runtime::{Id, IntoValue, Ref, Timestamp};

pub use ngrok_client_core::filter::Condition;

/// The fields of a `T` that lists are filtered by, each a method.
pub struct Fields<T>(PhantomData<fn() -> T>);

/// A field that lists are filtered by, whose values are of type `V`.
///
/// | of type | can be asked |
/// |---|---|
/// | any but lists and references | [`eq`](Self::eq), [`ne`](Self::ne), [`one_of`](Self::one_of) |
/// | text | [`contains`](Self::contains), [`starts_with`](Self::starts_with), [`ends_with`](Self::ends_with), `is_empty` |
/// | times and numbers | [`lt`](Self::lt), [`le`](Self::le), [`gt`](Self::gt), [`ge`](Self::ge) |
/// | times | [`after`](Self::after), [`before`](Self::before), [`within`](Self::within), [`older_than`](Self::older_than), [`within_next`](Self::within_next) |
/// | `bool` | it is a condition itself |
/// | references | [`id`](Self::id) |
/// | lists | [`has`](Self::has), [`size`](Self::size), `is_empty` |
pub struct Field<V> {
    operand: Operand,
    values: PhantomData<fn() -> V>,
}

/// What can be written in a filter.
pub trait Comparable {
    /// The value as an expression.
    fn expression(&self) -> String;
}

/// What comes before or after others of its kind.
pub trait Ordered: Comparable {}

impl<T> Fields<T> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<V> Field<V> {
    #[allow(dead_code, reason = "for generated modules; some APIs filter nothing")]
    pub(crate) fn at(name: &'static str) -> Self {
        Self::of(Operand::new(api::FILTER_OBJECT, name))
    }

    fn of(operand: Operand) -> Self {
        Self { operand, values: PhantomData }
    }

    fn relation(self, operator: &str, value: &impl Comparable) -> Condition {
        Condition::relation(self.operand, operator, &value.expression())
    }
}

impl<V: Comparable> Field<V> {
    /// It is this.
    pub fn eq(self, value: impl IntoValue<V>) -> Condition {
        self.relation("==", &value.into_value())
    }

    /// It is not this.
    pub fn ne(self, value: impl IntoValue<V>) -> Condition {
        self.relation("!=", &value.into_value())
    }

    /// It is one of these.
    pub fn one_of(self, values: impl IntoIterator<Item: IntoValue<V>>) -> Condition {
        let values = values.into_iter().map(|value| value.into_value().expression());
        let values: Vec<_> = values.collect();
        Condition::relation(self.operand, "in", &list(&values))
    }
}

impl<V: Ordered> Field<V> {
    /// It is less than this.
    pub fn lt(self, value: impl IntoValue<V>) -> Condition {
        self.relation("<", &value.into_value())
    }

    /// It is no more than this.
    pub fn le(self, value: impl IntoValue<V>) -> Condition {
        self.relation("<=", &value.into_value())
    }

    /// It is more than this.
    pub fn gt(self, value: impl IntoValue<V>) -> Condition {
        self.relation(">", &value.into_value())
    }

    /// It is no less than this.
    pub fn ge(self, value: impl IntoValue<V>) -> Condition {
        self.relation(">=", &value.into_value())
    }
}

impl Field<String> {
    /// This is somewhere in it.
    #[inline]
    pub fn contains(self, part: impl IntoValue<String>) -> Condition {
        self.method("contains", part)
    }

    /// It begins with this.
    #[inline]
    pub fn starts_with(self, part: impl IntoValue<String>) -> Condition {
        self.method("startsWith", part)
    }

    /// It ends with this.
    #[inline]
    pub fn ends_with(self, part: impl IntoValue<String>) -> Condition {
        self.method("endsWith", part)
    }

    /// It is empty, as is what was never set.
    #[inline]
    pub fn is_empty(self) -> Condition {
        self.eq("")
    }

    #[inline]
    fn method(self, name: &str, part: impl IntoValue<String>) -> Condition {
        Condition::method(self.operand, name, &part.into_value().expression())
    }
}

/// The clock is that of this machine, and is read when the filter is made, so that all
/// pages of a list have the same filter.
impl Field<Timestamp> {
    /// It is later than this.
    #[inline]
    pub fn after(self, time: impl IntoValue<Timestamp>) -> Condition {
        self.gt(time)
    }

    /// It is earlier than this.
    #[inline]
    pub fn before(self, time: impl IntoValue<Timestamp>) -> Condition {
        self.lt(time)
    }

    /// It is in the past, no longer ago than this.
    #[inline]
    pub fn within(self, duration: Duration) -> Condition {
        self.ge(Self::ago(duration)) & self.le(Timestamp::now())
    }

    /// It is longer ago than this.
    #[inline]
    pub fn older_than(self, duration: Duration) -> Condition {
        self.lt(Self::ago(duration))
    }

    /// It is still to come, no later than this from now.
    #[inline]
    pub fn within_next(self, duration: Duration) -> Condition {
        let now = Timestamp::now();
        let until = now.checked_add(duration).unwrap_or(Timestamp::MAX);
        self.gt(now) & self.le(until)
    }

    #[inline]
    fn ago(duration: Duration) -> Timestamp {
        Timestamp::now().checked_sub(duration).unwrap_or(Timestamp::ZERO)
    }
}

impl<T> Field<Ref<T>> {
    /// The id of what it points to.
    #[must_use]
    pub fn id(self) -> Field<Id<T>> {
        Field::of(self.operand.id())
    }
}

impl<V: Comparable> Field<Vec<V>> {
    /// This is one of its elements.
    pub fn has(self, element: impl IntoValue<V>) -> Condition {
        let element = element.into_value().expression();
        Condition::relation(element, "in", &self.operand.to_string())
    }
}

impl<V> Field<Vec<V>> {
    /// How many elements it has.
    #[must_use]
    pub fn size(self) -> Field<i64> {
        Field::of(self.operand.size())
    }

    /// It has no elements.
    pub fn is_empty(self) -> Condition {
        self.size().eq(0)
    }
}

impl From<Field<bool>> for Condition {
    #[inline]
    fn from(field: Field<bool>) -> Self {
        field.eq(true)
    }
}

impl<R: Into<Condition>> BitAnd<R> for Field<bool> {
    type Output = Condition;

    fn bitand(self, other: R) -> Condition {
        Condition::from(self) & other
    }
}

impl<R: Into<Condition>> BitOr<R> for Field<bool> {
    type Output = Condition;

    fn bitor(self, other: R) -> Condition {
        Condition::from(self) | other
    }
}

impl Not for Field<bool> {
    type Output = Condition;

    #[inline]
    fn not(self) -> Condition {
        self.eq(false)
    }
}

impl<T> Copy for Fields<T> {}

impl<T> Clone for Fields<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> fmt::Debug for Fields<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fields")
    }
}

impl<V> Copy for Field<V> {}

impl<V> Clone for Field<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> fmt::Debug for Field<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({})", self.operand)
    }
}

impl Comparable for String {
    #[inline]
    fn expression(&self) -> String {
        quoted(self)
    }
}

impl<T: ?Sized> Comparable for Id<T> {
    fn expression(&self) -> String {
        quoted(self.as_str())
    }
}

impl<E: OpenEnum> Comparable for E {
    fn expression(&self) -> String {
        quoted(self.as_ref())
    }
}

impl Comparable for Timestamp {
    #[inline]
    fn expression(&self) -> String {
        moment(*self)
    }
}

impl Ordered for Timestamp {}

/// Values that are written in filters as they print.
macro_rules! plain {
    ($($Type:ident)*) => { $(
        impl Comparable for $Type {
            #[inline]
            fn expression(&self) -> String {
                self.to_string()
            }
        }
    )* };
}
plain! { bool i32 i64 u32 u64 }

impl Ordered for i32 {}
impl Ordered for i64 {}
impl Ordered for u32 {}
impl Ordered for u64 {}

/// States what lists of a resource are filtered by: `filters! { Type { id: Id<Type>, owner = "owner.id": Id<User> } }`.
///
/// A field that a filter calls otherwise has that name after `=`.
#[allow(unused_macros, reason = "for generated modules; some APIs filter nothing")]
macro_rules! filters {
    ($Type:ident { $($field:ident $(= $name:literal)?: $Value:ty),* $(,)? }) => {
        impl $crate::runtime::filter::Fields<$Type> { $(
            #[doc = ::std::concat!("Filters by `", $crate::runtime::codec::wire_name!($field $($name)?), "`.")]
            #[inline]
            #[must_use]
            pub fn $field(self) -> $crate::runtime::filter::Field<$Value> {
                $crate::runtime::filter::Field::at(
                    $crate::runtime::codec::wire_name!($field $($name)?),
                )
            }
        )* }
    };
}
#[allow(unused_imports, reason = "for generated modules; some APIs filter nothing")]
pub(crate) use filters;
