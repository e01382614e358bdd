//! Types with an ID.

use super::Id;

/// A resource of the API, which has an ID: it can be fetched, and passed wherever its ID is accepted.
pub trait Resource {
    /// Prefix of its IDs, before the `_`.
    const PREFIX: &'static str;

    /// Returns its ID.
    fn id(&self) -> &Id<Self>;
}

/// A resource of one of several types: the target of IDs and references that are not bound to one.
///
/// There is no value of this type. It is not a [`Resource`] itself, since its service is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnyResource {}
