//! Typed filters of lists: take fields and conditions on them, return a [`Condition`].
//!
//! The supported conditions depend on the type of a field, see [`Field`]. Values are escaped: none of them can
//! change the condition.
#![doc = include_str!("../overview/filter.md")]

use std::fmt;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Not};
use std::time::Duration;

use ngrok_client_core::filter::{Operand, list, quoted, timestamp};

use crate::api;
use crate::runtime::codec::OpenEnum;
use crate::runtime::{Id, IntoValue, Ref, Timestamp};

pub use ngrok_client_core::filter::Condition;

/// The filterable fields of a `T`, each a method.
pub struct Fields<T>(PhantomData<fn() -> T>);

/// A filterable field with values of type `V`.
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

/// Types of values in filters.
pub trait Comparable {
    /// Returns the value as an expression.
    fn expression(&self) -> String;
}

/// Types of ordered values in filters.
pub trait Ordered: Comparable {}

impl<T> Fields<T> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<V> Field<V> {
    #[allow(dead_code, reason = "for generated modules; some APIs have no filters")]
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
    /// Matches values equal to this.
    pub fn eq(self, value: impl IntoValue<V>) -> Condition {
        self.relation("==", &value.into_value())
    }

    /// Matches values not equal to this.
    pub fn ne(self, value: impl IntoValue<V>) -> Condition {
        self.relation("!=", &value.into_value())
    }

    /// Matches values equal to one of these.
    pub fn one_of(self, values: impl IntoIterator<Item: IntoValue<V>>) -> Condition {
        let values = values.into_iter().map(|value| value.into_value().expression());
        let values: Vec<_> = values.collect();
        Condition::relation(self.operand, "in", &list(&values))
    }
}

impl<V: Ordered> Field<V> {
    /// Matches values less than this.
    pub fn lt(self, value: impl IntoValue<V>) -> Condition {
        self.relation("<", &value.into_value())
    }

    /// Matches values less than or equal to this.
    pub fn le(self, value: impl IntoValue<V>) -> Condition {
        self.relation("<=", &value.into_value())
    }

    /// Matches values greater than this.
    pub fn gt(self, value: impl IntoValue<V>) -> Condition {
        self.relation(">", &value.into_value())
    }

    /// Matches values greater than or equal to this.
    pub fn ge(self, value: impl IntoValue<V>) -> Condition {
        self.relation(">=", &value.into_value())
    }
}

impl Field<String> {
    /// Matches strings that contain this one.
    #[inline]
    pub fn contains(self, part: impl IntoValue<String>) -> Condition {
        self.method("contains", part)
    }

    /// Matches strings that begin with this one.
    #[inline]
    pub fn starts_with(self, part: impl IntoValue<String>) -> Condition {
        self.method("startsWith", part)
    }

    /// Matches strings that end with this one.
    #[inline]
    pub fn ends_with(self, part: impl IntoValue<String>) -> Condition {
        self.method("endsWith", part)
    }

    /// Matches empty and unset values.
    #[inline]
    pub fn is_empty(self) -> Condition {
        self.eq("")
    }

    #[inline]
    fn method(self, name: &str, part: impl IntoValue<String>) -> Condition {
        Condition::method(self.operand, name, &part.into_value().expression())
    }
}

/// The time is that of this machine when the filter is created, so that all pages of a list have the same filter.
impl Field<Timestamp> {
    /// Matches times later than this.
    #[inline]
    pub fn after(self, time: impl IntoValue<Timestamp>) -> Condition {
        self.gt(time)
    }

    /// Matches times earlier than this.
    #[inline]
    pub fn before(self, time: impl IntoValue<Timestamp>) -> Condition {
        self.lt(time)
    }

    /// Matches times in the past, within this duration.
    #[inline]
    pub fn within(self, duration: Duration) -> Condition {
        self.ge(Self::ago(duration)) & self.le(Timestamp::now())
    }

    /// Matches times longer ago than this.
    #[inline]
    pub fn older_than(self, duration: Duration) -> Condition {
        self.lt(Self::ago(duration))
    }

    /// Matches times in the future, within this duration.
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
    /// Returns the ID of the referenced resource.
    #[must_use]
    pub fn id(self) -> Field<Id<T>> {
        Field::of(self.operand.id())
    }
}

impl<V: Comparable> Field<Vec<V>> {
    /// Matches lists that contain this element.
    pub fn has(self, element: impl IntoValue<V>) -> Condition {
        let element = element.into_value().expression();
        Condition::relation(element, "in", &self.operand.to_string())
    }
}

impl<V> Field<Vec<V>> {
    /// Returns the number of elements.
    #[must_use]
    pub fn size(self) -> Field<i64> {
        Field::of(self.operand.size())
    }

    /// Matches empty lists.
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
        timestamp(*self)
    }
}

impl Ordered for Timestamp {}

/// Implements values whose expression is their `Display` form.
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

/// Defines the filterable fields of a resource: `filters! { Type { id: Id<Type>, owner = "owner.id": Id<User> } }`.
///
/// A field with another name in filters has that name after `=`.
#[allow(unused_macros, reason = "for generated modules; some APIs have no filters")]
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
#[allow(
    unused_imports,
    reason = "for generated modules; some APIs have no filters"
)]
pub(crate) use filters;
