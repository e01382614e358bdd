//! What has an id.

use super::Id;

/// Something of the API that has an id: it can be fetched, and passed wherever its id is taken.
pub trait Resource {
    /// What its ids begin with, before the `_`.
    const PREFIX: &'static str;

    /// Its id.
    fn id(&self) -> &Id<Self>;
}

/// A resource of one of several kinds: the target of ids and references that are not bound to one.
///
/// There is no value of this type. It is no [`Resource`] itself, since nobody can tell what to fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnyResource {}
