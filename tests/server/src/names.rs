//! Conventional names that the description does not define: fields that the server fills in.

/// Identifier of an element.
pub(crate) const ID: &str = "id";
/// Address of an element.
pub(crate) const URI: &str = "uri";
/// Creation time.
pub(crate) const CREATED_AT: &str = "created_at";
/// Time of the last change.
pub(crate) const UPDATED_AT: &str = "updated_at";
/// Human-readable name.
pub(crate) const NAME: &str = "name";
/// Prefix of call IDs.
pub(crate) const CALL_PREFIX: &str = "op";
