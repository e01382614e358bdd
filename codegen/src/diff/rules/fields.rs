//! Changes of fields.
//!
//! Structs are `#[non_exhaustive]` with public fields: another field breaks nobody, another type of a field breaks
//! whoever reads or sets it. A type that is sent has `new` for what must be given and a setter for the rest.

super::rules! { FIELDS:
    RESPONSE_FIELD_ADDED = "response-field-added", Additive, Minor,
        "is new in answers",
        "Programs pass over keys they do not know, and nobody can list all fields of the struct.";
    REQUEST_FIELD_ADDED = "request-field-added", Additive, Minor,
        "is new in requests",
        "It may be left out, and has a setter.";
    REQUIRED_FIELD_ADDED = "required-field-added", Breaking, Major,
        "is new and must be given",
        "Requests that lack it are refused, and `new` takes one more argument.";
    RESPONSE_FIELD_REMOVED = "response-field-removed", Breaking, Major,
        "is gone from answers",
        "Programs that read it find nothing, and those that use the crate no longer compile.";
    REQUEST_FIELD_REMOVED = "request-field-removed", Breaking, Major,
        "is gone from requests",
        "It is refused or ignored, and its field and its setter or argument are gone.";
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
        "Ids of all of them are text, and the Rust type stands for any.";
    POINTER_NARROWED = "pointer-narrowed", Breaking, Patch,
        "may point to fewer kinds of resources",
        "Ids of the others are refused; the Rust type stands for any.";
    REQUEST_REQUIRED = "request-field-required", Breaking, Major,
        "must be given now",
        "Requests that lack it are refused, and its setter becomes an argument of `new`.";
    REQUEST_OPTIONAL = "request-field-optional", Additive, Major,
        "need not be given any more",
        "The argument of `new` becomes a setter, and the field an `Option` or `Patch`.";
    REQUEST_NULL_TAKEN = "request-null-taken", Additive, Major,
        "may be null in requests",
        "The field turns from `Option` to `Patch`; callers of the setter go on compiling, those of the field do not.";
    REQUEST_NULL_TAKEN_SAME = "request-null-taken-same-type", Additive, Patch,
        "may be null in requests, which its type cannot say",
        "More requests are taken, but the field keeps its type.";
    REQUEST_NULL_REFUSED = "request-null-refused", Breaking, Major,
        "may no longer be null in requests",
        "Null is refused; the field turns from `Patch` to `Option`, and the setter no longer takes `Null`.";
    REQUEST_NULL_REFUSED_SAME = "request-null-refused-same-type", Breaking, Patch,
        "may no longer be null in requests, which its type never said",
        "Null is refused, but the field keeps its type.";
    RESPONSE_LACKING = "response-field-lacking", Breaking, Major,
        "may be null or absent in answers",
        "Programs that count on a value do not find one, and the field becomes an `Option`.";
    RESPONSE_LACKING_SAME = "response-field-lacking-same-type", Breaking, Patch,
        "may be null or absent in answers, which its type allows",
        "Programs that count on a value do not find one; the field is an `Option` already, or a list or map that is empty then.";
    RESPONSE_PRESENT = "response-field-present", Additive, Major,
        "is always there in answers",
        "More can be counted on, but the field is no longer an `Option`.";
    RESPONSE_PRESENT_SAME = "response-field-present-same-type", Additive, Patch,
        "is always there in answers, and keeps its type",
        "More can be counted on.";
    WRAPPER_CHANGED = "field-wrapper-changed", None, Major,
        "is wrapped in another way",
        "Its JSON stays the same, but the field is public and of another type, because the struct is used in other places now.";
    LIMIT_TIGHTENED = "limit-tightened", Breaking, Patch,
        "has a tighter limit",
        "Values beyond it are refused; types do not hold limits.";
    LIMIT_LOOSENED = "limit-loosened", Additive, Patch,
        "has a looser limit",
        "More values are taken; types do not hold limits.";
    LIMIT_CHANGED = "limit-changed", Breaking, Patch,
        "has another format or rule",
        "Values that were right may be so no longer; types do not hold formats.";
    DEFAULT_CHANGED = "default-changed", Breaking, Patch,
        "has another default",
        "Requests that leave it out mean something else; the crate sends no defaults.";
    FIELD_DEPRECATED = "field-deprecated", None, Patch,
        "is deprecated",
        "Its documentation says so; the compiler does not.";
    FIELD_RESTORED = "field-restored", None, Patch,
        "is no longer deprecated",
        "Its documentation no longer says so.";
}
