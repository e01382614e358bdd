//! The keys of what `OpenAPI` has no word for.
//!
//! All of it stands in a map under [`KEY`], so that nothing clashes with what other tools put there. Where the files of
//! a description have a key for the same thing, it is called the same here.

/// The map that holds the others.
pub const KEY: &str = "x-spec";

/// What the values of an enum mean, by value; a key that other tools know as well.
pub const VALUES: &str = "x-enumDescriptions";

/// Of an id: the kinds of things it may belong to.
pub const ID: &str = "id";
/// Of a reference: the kinds of things it may point to.
pub const REF: &str = "ref";
/// `false`: the published document does not have it.
pub const PUBLISHED: &str = "published";
/// Of an operation: the name of its body in the published document, which wraps it.
pub const PUBLISHED_BODY: &str = "published_body";
/// Of an operation: the fields that fill its path when it is called on a resource in hand.
pub const INSTANCE: &str = "instance";
/// Of an operation: the kind of resource it works on.
pub const APPLIES_TO: &str = "applies_to";
/// Of a list: the fields that a filter may mention.
pub const FILTER: &str = "filter";
/// Of what is going or gone: what is known beside the fact.
pub const DEPRECATED: &str = "deprecated";
/// Of a tag: the file of the service, below `resources/` and without its ending.
pub const FILE: &str = "file";
/// Of a tag: what one resource is called in prose.
pub const NOUN: &str = "noun";
/// Of a tag: what several are called.
pub const NOUNS: &str = "nouns";
/// Of a tag: the name of its resource.
pub const RESOURCE: &str = "resource";
/// Of a tag: who may call it.
pub const ACCESS: &str = "access";
/// Of a tag: it is kept for old callers.
pub const LEGACY: &str = "legacy";
/// Of a tag: the types that its file describes.
pub const TYPES: &str = "types";
/// Of a schema: the name of the type, where that cannot be the key of a component.
pub const NAME: &str = "name";
/// Of a schema: what the ids of the resource begin with.
pub const PREFIX: &str = "prefix";
/// Of a schema: rules over several fields.
pub const CONSTRAINTS: &str = "constraints";
/// Of a schema: exactly one field is set, with the errors for anything else.
pub const CHOICE: &str = "exactly_one_of";
/// Of a field: the server may leave it out.
pub const OPTIONAL: &str = "optional";
/// Of a field: a word for the value that the server uses where none is given, such as `now`.
pub const DEFAULT: &str = "default";
/// Of a field: not to be shown in logs.
pub const SECRET: &str = "secret";
/// Of a field: the only operation whose answer has it.
pub const ONLY_ON: &str = "only_on";
/// Of a field: the request field that sets it.
pub const WRITTEN_AS: &str = "written_as";
/// Of a field or constraint: the numbers of the errors for a bad value.
pub const ERRORS: &str = "errors";
/// Of a field: greatest length in bytes.
pub const MAX_BYTES: &str = "max_bytes";
/// Of a number: its unit.
pub const UNIT: &str = "unit";
/// Of a field: rules that few fields have.
pub const RULES: &str = "rules";
