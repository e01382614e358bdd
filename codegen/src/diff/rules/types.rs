//! Changes of records, enums and unions.

super::rules! { TYPES:
    TYPE_ADDED = "type-added", None, Minor,
        "is a new type",
        "Its uses have their own verdicts.";
    TYPE_REMOVED = "type-removed", None, Major,
        "is no longer a type",
        "Callers that name it no longer compile; its uses in requests have their own verdicts.";
    TYPE_RENAMED = "type-renamed", None, Major,
        "has another name",
        "Its contents are unchanged, but callers have to use another name.";
    TYPE_MOVED = "type-moved", None, Major,
        "belongs to another service",
        "Its contents are unchanged, but its path below `resources` is another one.";
    TYPE_KIND_CHANGED = "type-kind-changed", Breaking, Major,
        "is another kind of type",
        "A record, an enum and a union neither travel nor are used in the same way.";
    TYPE_NOW_SENT = "type-now-sent", None, Minor,
        "is sent in requests now",
        "It gets `new` and setters.";
    TYPE_NOT_SENT = "type-no-longer-sent", None, Major,
        "is no longer sent in requests",
        "It loses `new` and its setters.";
    PREFIX_ADDED = "resource-added", None, Minor,
        "has ids now",
        "It can be passed wherever its id is taken.";
    PREFIX_REMOVED = "resource-removed", None, Major,
        "no longer has ids",
        "It can no longer be passed for its id.";
    PREFIX_CHANGED = "id-prefix-changed", None, Patch,
        "has ids that begin with other letters",
        "An ID is an opaque string.";
    CONSTRAINT_ADDED = "constraint-added", Breaking, Patch,
        "has a new rule over several fields",
        "Requests that break the rule are refused; the type does not show it.";
    CONSTRAINT_REMOVED = "constraint-removed", Additive, Patch,
        "has a rule over several fields less",
        "More requests are taken; the type did not show the rule.";
    VALUE_ADDED = "enum-value-added", Additive, Minor,
        "is a new value",
        "Enums are open: programs keep unknown values, and a `match` needs an arm for them.";
    VALUE_REMOVED = "enum-value-removed", Breaking, Major,
        "is no longer a value",
        "Requests with it are rejected, and its variant is removed.";
    VALUE_RESPELLED = "enum-value-respelled", Breaking, Patch,
        "is written otherwise in JSON",
        "The old value is rejected; the variant keeps its name.";
    ENUM_OPENED = "enum-opened", Additive, Patch,
        "has values besides the known ones",
        "The type is open in any case.";
    ENUM_CLOSED = "enum-closed", None, Patch,
        "has no values besides the known ones",
        "The type stays open.";
    CHOICE_ADDED = "choice-added", Additive, Minor,
        "is a new choice",
        "Unions are open: programs keep unknown alternatives, and a `match` needs an arm for them.";
    CHOICE_REMOVED = "choice-removed", Breaking, Major,
        "is no longer a choice",
        "Requests with it are rejected, and its variant is removed.";
    CHOICE_RESPELLED = "choice-respelled", Breaking, Patch,
        "has another key in JSON",
        "The old key is rejected; the variant keeps its name.";
    CHOICE_CHANGED = "choice-changed", Breaking, Major,
        "contains another type",
        "Its old contents are rejected, and the variant contains another type.";
    CHOICE_FIXED = "choice-fixed", Breaking, Patch,
        "cannot be changed after creation",
        "Updates that choose another are refused; the type does not show it.";
    CHOICE_FREED = "choice-freed", Additive, Patch,
        "can be changed after creation",
        "More updates are taken; the type did not show it.";
    REQUIRED_REORDERED = "required-order-changed", None, Major,
        "has its required fields in another order",
        "The arguments of `new` change places, and two of one type would be mixed up without an error.";
    RUST_NAME_CHANGED = "rust-name-changed", None, Major,
        "has another name in Rust",
        "Requests are unchanged, but callers have to use another name.";
}
