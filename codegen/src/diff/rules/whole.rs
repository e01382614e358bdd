//! Changes of the API as a whole, of its error codes, and changes that can affect any item.

super::rules! { WHOLE:
    CONVENTION_CHANGED = "convention-changed", Breaking, Patch,
        "has another value",
        "Every program that uses the API has to follow; the crate does, in its next version.";
    CRATE_RENAMED = "crate-renamed", None, Major,
        "has another value: the crate has another name",
        "Every dependent crate has to use the new name.";
    VARIABLE_RENAMED = "variable-renamed", None, Major,
        "has another value: the environment variable has another name",
        "Programs still compile, but no longer find their settings.";
    ERROR_ADDED = "error-code-added", None, Minor,
        "is a new error code with a name",
        "There is one more constant; the number could be compared all along.";
    ERROR_REMOVED = "error-code-removed", None, Major,
        "is no longer an error code with a name",
        "Its constant is removed; the number can still be compared.";
    ERROR_RENAMED = "error-code-renamed", None, Major,
        "is an error code of another name",
        "Its constant has another name, and `name` returns another one.";
    ERROR_RETRY_CHANGED = "error-retry-changed", None, Patch,
        "differs in whether a retry may succeed later",
        "`can_retry` and `can_retry_after_change` return other values; their types stay.";
    ERROR_IN_USE_CHANGED = "error-in-use-changed", None, Patch,
        "differs in whether it means that other resources refer to this one",
        "`is_in_use` returns another value; its type stays.";
    ERROR_FORM_CHANGED = "error-form-changed", Breaking, Patch,
        "differs: error codes are written in another way",
        "Programs that compare the text of a code fail; the crate parses the new form.";
    ORDER_CHANGED = "order-changed", None, Patch,
        "has its parts in another order",
        "Only the documentation depends on it.";
    NOTES_CHANGED = "notes-changed", None, Patch,
        "is described otherwise",
        "It concerns documentation, tests and tools; neither requests nor the crate show it.";
    DOCS_CHANGED = "docs-changed", None, Patch,
        "is documented in other words",
        "Only the documentation differs.";
}
