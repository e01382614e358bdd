//! Changes of fields.
//!
//! Structs are `#[non_exhaustive]` with public fields: another field breaks no caller, another type of a field breaks
//! callers that read or set it. A type that is sent has `new` for the required fields and a setter for the others.

super::rules! { FIELDS:
    RESPONSE_FIELD_ADDED = "response-field-added", Additive, Minor,
        "is new in responses",
        "Programs ignore unknown keys, and cannot list all fields of the struct.";
    REQUEST_FIELD_ADDED = "request-field-added", Additive, Minor,
        "is new in requests",
        "It is optional, and has a setter.";
    REQUIRED_FIELD_ADDED = "required-field-added", Breaking, Major,
        "is new and must be given",
        "Requests that lack it are refused, and `new` takes one more argument.";
    RESPONSE_FIELD_REMOVED = "response-field-removed", Breaking, Major,
        "is removed from responses",
        "Programs that read it find no value, and callers of the crate no longer compile.";
    REQUEST_FIELD_REMOVED = "request-field-removed", Breaking, Major,
        "is removed from requests",
        "It is rejected or ignored, and its field and its setter or argument are removed.";
    FIELD_RESPELLED = "field-respelled", Breaking, Patch,
        "has another key in JSON",
        "The old key is ignored or missing; the field keeps its name in Rust.";
    FIELD_TYPE_CHANGED = "field-type-changed", Breaking, Major,
        "is of another type",
        "Its JSON is of another kind, and so is the field.";
    FIELD_TYPE_REFINED = "field-type-refined", None, Major,
        "is of another Rust type",
        "Its JSON is of the same kind, but the field is public and of another type.";
    POINTER_WIDENED = "pointer-widened", Additive, Patch,
        "may point to more kinds of resources",
        "IDs of all of them are strings, and the Rust type accepts any.";
    POINTER_NARROWED = "pointer-narrowed", Breaking, Patch,
        "may point to fewer kinds of resources",
        "IDs of the others are rejected; the Rust type accepts any.";
    REQUEST_REQUIRED = "request-field-required", Breaking, Major,
        "must be given now",
        "Requests that lack it are refused, and its setter becomes an argument of `new`.";
    REQUEST_OPTIONAL = "request-field-optional", Additive, Major,
        "need not be given any more",
        "The argument of `new` becomes a setter, and the field an `Option` or `Patch`.";
    REQUEST_NULL_TAKEN = "request-null-taken", Additive, Major,
        "may be null in requests",
        "The field changes from `Option` to `Patch`; callers of the setter still compile, those of the field do not.";
    REQUEST_NULL_TAKEN_SAME = "request-null-taken-same-type", Additive, Patch,
        "is nullable in requests, which its type cannot express",
        "More requests are accepted, but the field keeps its type.";
    REQUEST_NULL_REFUSED = "request-null-refused", Breaking, Major,
        "may no longer be null in requests",
        "Null is rejected; the field changes from `Patch` to `Option`, and the setter no longer accepts `Null`.";
    REQUEST_NULL_REFUSED_SAME = "request-null-refused-same-type", Breaking, Patch,
        "is no longer nullable in requests, which its type never expressed",
        "Null is rejected, but the field keeps its type.";
    RESPONSE_LACKING = "response-field-lacking", Breaking, Major,
        "can be null or absent in responses",
        "Programs that rely on a value do not find one, and the field becomes an `Option`.";
    RESPONSE_LACKING_SAME = "response-field-lacking-same-type", Breaking, Patch,
        "can be null or absent in responses, which its type allows",
        "Programs that rely on a value do not find one; the field already is an `Option`, or a list or map that is \
         empty then.";
    RESPONSE_PRESENT = "response-field-present", Additive, Major,
        "is always present in responses",
        "More can be counted on, but the field is no longer an `Option`.";
    RESPONSE_PRESENT_SAME = "response-field-present-same-type", Additive, Patch,
        "is always present in responses, and keeps its type",
        "More can be counted on.";
    WRAPPER_CHANGED = "field-wrapper-changed", None, Major,
        "is wrapped in another way",
        "Its JSON stays the same, but the field is public and of another type, because the struct is used in other places now.";
    LIMIT_TIGHTENED = "limit-tightened", Breaking, Patch,
        "has a tighter limit",
        "Values beyond it are rejected; types do not contain constraints.";
    LIMIT_LOOSENED = "limit-loosened", Additive, Patch,
        "has a looser limit",
        "More values are accepted; types do not contain constraints.";
    LIMIT_CHANGED = "limit-changed", Breaking, Patch,
        "has another format or rule",
        "Values that were valid may be invalid; types do not contain formats.";
    DEFAULT_CHANGED = "default-changed", Breaking, Patch,
        "has another default",
        "Requests without it have another meaning; the crate sends no defaults.";
    FIELD_DEPRECATED = "field-deprecated", None, Patch,
        "is deprecated",
        "It is deprecated in the documentation; the compiler does not warn.";
    FIELD_RESTORED = "field-restored", None, Patch,
        "is no longer deprecated",
        "It is no longer deprecated in the documentation.";
}
