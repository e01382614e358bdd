//! The few names that the description leaves to convention: fields that the server fills in by itself.

/// What an element is known by.
pub(crate) const ID: &str = "id";
/// Where it is.
pub(crate) const URI: &str = "uri";
/// When it came to be.
pub(crate) const CREATED_AT: &str = "created_at";
/// When it last changed.
pub(crate) const UPDATED_AT: &str = "updated_at";
/// What it is called by people.
pub(crate) const NAME: &str = "name";
/// What the id of a call begins with.
pub(crate) const CALL_PREFIX: &str = "op";
