//! Keys of the extension for facts without an `OpenAPI` keyword.
//!
//! All of them are in a map under [`KEY`], so that they do not collide with those of other tools. They have the names
//! of the corresponding keys of a description.

/// Map of the others.
pub const KEY: &str = "x-spec";

/// Descriptions of an enum's values, by value; a key that other tools know as well.
pub const VALUES: &str = "x-enumDescriptions";

/// Of an ID: the types of resources it can belong to.
pub const ID: &str = "id";
/// Of a reference: the types of resources it can refer to.
pub const REF: &str = "ref";
/// `false`: the published document does not contain it.
pub const PUBLISHED: &str = "published";
/// Of an operation: name of its body in the published document, which wraps it.
pub const PUBLISHED_BODY: &str = "published_body";
/// Of an operation: fields that provide the path parameters of the method on resources.
pub const INSTANCE: &str = "instance";
/// Of an operation: kind of resource that it supports.
pub const APPLIES_TO: &str = "applies_to";
/// Of a list: filterable fields.
pub const FILTER: &str = "filter";
/// Of a deprecated item: details.
pub const DEPRECATED: &str = "deprecated";
/// Of a tag: file of the service, below `resources/` and without its extension.
pub const FILE: &str = "file";
/// Of a tag: noun for one resource.
pub const NOUN: &str = "noun";
/// Of a tag: plural of the noun.
pub const NOUNS: &str = "nouns";
/// Of a tag: name of its resource.
pub const RESOURCE: &str = "resource";
/// Of a tag: required access.
pub const ACCESS: &str = "access";
/// Of a tag: kept for backward compatibility.
pub const LEGACY: &str = "legacy";
/// Of a tag: types that its file describes.
pub const TYPES: &str = "types";
/// Of a schema: name of the type, if that cannot be the key of a component.
pub const NAME: &str = "name";
/// Of a schema: prefix of the IDs of the resource.
pub const PREFIX: &str = "prefix";
/// Of a schema: rules over several fields.
pub const CONSTRAINTS: &str = "constraints";
/// Of a schema: exactly one field is set, with the errors for violations.
pub const CHOICE: &str = "exactly_one_of";
/// Of a field: optional in responses.
pub const OPTIONAL: &str = "optional";
/// Of a field: description of the server's default, such as `now`.
pub const DEFAULT: &str = "default";
/// Of a field: must not be logged.
pub const SECRET: &str = "secret";
/// Of a field: the only operation whose response contains it.
pub const ONLY_ON: &str = "only_on";
/// Of a field: the request field that sets it.
pub const WRITTEN_AS: &str = "written_as";
/// Of a field or constraint: numbers of the errors for invalid values.
pub const ERRORS: &str = "errors";
/// Of a field: maximum length in bytes.
pub const MAX_BYTES: &str = "max_bytes";
/// Of a number: its unit.
pub const UNIT: &str = "unit";
/// Of a field: rules of individual fields.
pub const RULES: &str = "rules";
