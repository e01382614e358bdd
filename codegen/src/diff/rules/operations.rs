//! Changes of operations.

super::rules! { OPERATIONS:
    OPERATION_ADDED = "operation-added", Additive, Minor,
        "is a new operation",
        "Existing items are unchanged.";
    OPERATION_REMOVED = "operation-removed", Breaking, Major,
        "is no longer an operation",
        "Its requests are rejected, and its method is removed.";
    OPERATION_RENAMED = "operation-renamed", None, Major,
        "has another name",
        "The request stays the same, but callers have to call another method.";
    OPERATION_MOVED = "operation-moved", None, Major,
        "belongs to another service",
        "The request stays the same, but its method has moved.";
    OPERATION_ID_CHANGED = "operation-id-changed", None, Patch,
        "has another operation id",
        "Errors and logs contain another ID; nothing else changes.";
    QUERY_TYPE_RENAMED = "query-type-renamed", None, Major,
        "returns a list whose query type has another name",
        "The type is named after the operation id, and callers may name it.";
    OPERATION_DEPRECATED = "operation-deprecated", None, Minor,
        "is deprecated",
        "It still works, and its use causes a warning.";
    OPERATION_RESTORED = "operation-restored", None, Patch,
        "is no longer deprecated",
        "Using it no longer warns.";
    ENDPOINT_CHANGED = "endpoint-changed", Breaking, Patch,
        "has another method or path",
        "Requests to the old path are rejected; the method of the crate is unchanged, and uses the new path.";
    PATH_PARAMETER_ADDED = "path-parameter-added", Breaking, Major,
        "is a new path parameter",
        "Old paths lack it, and the method takes one more argument.";
    PATH_PARAMETER_REMOVED = "path-parameter-removed", Breaking, Major,
        "is no longer a path parameter",
        "Old paths have one part too many, and the method takes one argument less.";
    PATH_PARAMETER_CHANGED = "path-parameter-changed", Breaking, Major,
        "is a path parameter of another type",
        "Values that were valid in the path no longer are, and the compiler rejects them as arguments.";
    PATH_PARAMETER_REFINED = "path-parameter-refined", None, Major,
        "is a path parameter of another Rust type",
        "The path stays the same, but the method takes another type of argument.";
    BODY_ADDED = "body-added", Additive, Major,
        "takes a body",
        "The body has no required fields, but the method has another argument.";
    REQUIRED_BODY_ADDED = "required-body-added", Breaking, Major,
        "needs a body",
        "Requests without the required fields of the body are rejected, and the method has another argument.";
    BODY_REMOVED = "body-removed", Breaking, Major,
        "no longer takes a body",
        "The body has no effect any more, and the method has one argument less.";
    BODY_CHANGED = "body-changed", Breaking, Major,
        "takes a body of another type",
        "Old bodies may be refused, and the compiler refuses the old type.";
    EMPTY_BODY_CHANGED = "empty-body-changed", Breaking, Patch,
        "differs in the empty body of requests",
        "The server may require it; callers of the crate pass none in either case.";
    ANSWER_ADDED = "answer-added", Additive, Major,
        "returns a body",
        "Callers may ignore the body, but the call yields a value of another type.";
    ANSWER_REMOVED = "answer-removed", Breaking, Major,
        "no longer returns a body",
        "Callers find no response body, and the call returns `()`.";
    ANSWER_CHANGED = "answer-changed", Breaking, Major,
        "returns another type",
        "Callers find another response body, and the call returns another type.";
    STATUS_CHANGED = "status-changed", Breaking, Patch,
        "returns another status",
        "Callers that compare the exact status fail; the crate accepts every success status.";
    INSTANCE_ADDED = "instance-method-added", None, Minor,
        "is a method of the resource",
        "The resource has another method.";
    INSTANCE_REMOVED = "instance-method-removed", None, Major,
        "is no longer a method of the resource",
        "The resource loses the method; that of the service stays.";
    LIST_KEY_CHANGED = "list-key-changed", Breaking, Patch,
        "has its items under another key",
        "Callers that read the old key find no items; the crate reads the new one.";
    LIST_NOW_PAGED = "list-now-paged", Breaking, Major,
        "is paginated",
        "Callers that read one response miss the other pages, and the type of the list changes.";
    OWN_LIST_NOW_PAGED = "list-now-paged-same-type", Breaking, Minor,
        "is paginated, and has its own query type",
        "Callers that read one response miss the other pages; in the crate the list only gets more methods.";
    LIST_NOW_WHOLE = "list-now-whole", Additive, Major,
        "is no longer paginated",
        "One response contains all items; the list loses `limit` and `before_id`.";
    LIST_NOW_FILTERED = "list-now-filtered", Additive, Major,
        "can be filtered",
        "The type of the list changes, which callers name if they store it in a struct.";
    OWN_LIST_NOW_FILTERED = "list-now-filtered-same-type", Additive, Minor,
        "has filters, and its own query type",
        "The type of the list is unchanged and gets the method `filter`.";
    LIST_NOT_FILTERED = "list-no-longer-filtered", Breaking, Major,
        "can no longer be filtered",
        "Filters are refused or ignored, and the list loses the method `filter`.";
    FILTER_FIELD_ADDED = "filter-field-added", Additive, Minor,
        "can be filtered by more fields",
        "The filterable fields get another method.";
    FILTER_FIELD_REMOVED = "filter-field-removed", Breaking, Major,
        "can be filtered by fewer fields",
        "Filters with the field are rejected; its method is removed.";
    QUERY_ADDED = "query-parameter-added", Additive, Minor,
        "is a new query parameter",
        "The list gets another setter.";
    FIRST_QUERY_ADDED = "first-query-parameter-added", Additive, Major,
        "is the first query parameter",
        "The list gets its own query type, which callers name if they store it in a struct.";
    QUERY_REMOVED = "query-parameter-removed", Breaking, Major,
        "is no longer a query parameter",
        "It is rejected or ignored, and the setter is removed.";
    QUERY_CHANGED = "query-parameter-changed", Breaking, Major,
        "is a query parameter of another type",
        "Old values are refused, and the compiler refuses the old type.";
    QUERY_REFINED = "query-parameter-refined", None, Major,
        "is a query parameter of another Rust type",
        "The query stays the same, but the setter takes another type.";
    QUERY_REPEATS = "query-parameter-repeats", Additive, Patch,
        "can be repeated in a query",
        "The setter could be called more than once all along.";
    QUERY_REPEATS_NOT = "query-parameter-repeats-no-more", Breaking, Patch,
        "can no longer be repeated in a query",
        "Requests that repeat it are refused; the setter stays.";
    QUERY_DEPRECATED = "query-parameter-deprecated", None, Minor,
        "is a deprecated query parameter",
        "It still works, and the use of its setter causes a warning.";
    QUERY_RESTORED = "query-parameter-restored", None, Patch,
        "is no longer a deprecated query parameter",
        "Using its setter no longer warns.";
}
