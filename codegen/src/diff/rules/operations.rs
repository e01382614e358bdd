//! Changes of operations.

super::rules! { OPERATIONS:
    OPERATION_ADDED = "operation-added", Additive, Minor,
        "is a new operation",
        "Nothing that was there changes.";
    OPERATION_REMOVED = "operation-removed", Breaking, Major,
        "is no longer an operation",
        "Its requests are refused, and its method is gone.";
    OPERATION_RENAMED = "operation-renamed", None, Major,
        "has another name",
        "The request stays the same, but callers have to call another method.";
    OPERATION_MOVED = "operation-moved", None, Major,
        "belongs to another service",
        "The request stays the same, but callers find the method elsewhere.";
    OPERATION_ID_CHANGED = "operation-id-changed", None, Patch,
        "has another operation id",
        "Errors and logs show another id; nothing else does.";
    QUERY_TYPE_RENAMED = "query-type-renamed", None, Major,
        "returns a list whose query type has another name",
        "The type is named after the operation id, and callers may name it.";
    OPERATION_DEPRECATED = "operation-deprecated", None, Minor,
        "is deprecated",
        "It goes on working, and using it warns.";
    OPERATION_RESTORED = "operation-restored", None, Patch,
        "is no longer deprecated",
        "Using it no longer warns.";
    ENDPOINT_CHANGED = "endpoint-changed", Breaking, Patch,
        "has another method or path",
        "Requests to the old place are refused; the method of the crate stays, and knows the new place.";
    PATH_PARAMETER_ADDED = "path-parameter-added", Breaking, Major,
        "is a new path parameter",
        "Old paths lack it, and the method takes one more argument.";
    PATH_PARAMETER_REMOVED = "path-parameter-removed", Breaking, Major,
        "is no longer a path parameter",
        "Old paths have one part too many, and the method takes one argument less.";
    PATH_PARAMETER_CHANGED = "path-parameter-changed", Breaking, Major,
        "is a path parameter of another type",
        "What was right in the path is no longer, and the compiler refuses it as an argument.";
    PATH_PARAMETER_REFINED = "path-parameter-refined", None, Major,
        "is a path parameter of another Rust type",
        "The path stays the same, but the method takes another type of argument.";
    BODY_ADDED = "body-added", Additive, Major,
        "takes a body",
        "Nothing in the body has to be given, but the method takes one more argument.";
    REQUIRED_BODY_ADDED = "required-body-added", Breaking, Major,
        "needs a body",
        "Requests without what the body must hold are refused, and the method takes one more argument.";
    BODY_REMOVED = "body-removed", Breaking, Major,
        "no longer takes a body",
        "What callers sent has no effect any more, and the method takes one argument less.";
    BODY_CHANGED = "body-changed", Breaking, Major,
        "takes a body of another type",
        "Old bodies may be refused, and the compiler refuses the old type.";
    EMPTY_BODY_CHANGED = "empty-body-changed", Breaking, Patch,
        "differs in whether an empty body is sent",
        "The server may insist on it; callers of the crate give none either way.";
    ANSWER_ADDED = "answer-added", Additive, Major,
        "answers with a body",
        "Callers may ignore the body, but the call yields a value of another type.";
    ANSWER_REMOVED = "answer-removed", Breaking, Major,
        "no longer answers with a body",
        "Callers that read the answer find nothing, and the call yields `()`.";
    ANSWER_CHANGED = "answer-changed", Breaking, Major,
        "answers with another type",
        "Callers that read the answer do not find what they look for, and the call yields another type.";
    STATUS_CHANGED = "status-changed", Breaking, Patch,
        "answers with another status",
        "Callers that look for the exact status do not find it; the crate takes every status of success.";
    INSTANCE_ADDED = "instance-method-added", None, Minor,
        "can be called on a resource in hand",
        "The resource gets one more method.";
    INSTANCE_REMOVED = "instance-method-removed", None, Major,
        "can no longer be called on a resource in hand",
        "The resource loses the method; that of the service stays.";
    LIST_KEY_CHANGED = "list-key-changed", Breaking, Patch,
        "has its items under another key",
        "Callers that read the old key find no items; the crate reads the new one.";
    LIST_NOW_PAGED = "list-now-paged", Breaking, Major,
        "comes in pages",
        "Callers that read one answer miss the rest, and the list is of another type.";
    OWN_LIST_NOW_PAGED = "list-now-paged-same-type", Breaking, Minor,
        "comes in pages, and has a query type of its own",
        "Callers that read one answer miss the rest; in the crate the list only gets more methods.";
    LIST_NOW_WHOLE = "list-now-whole", Additive, Major,
        "comes in one piece",
        "One answer holds everything; the list loses `limit` and `before_id`.";
    LIST_NOW_FILTERED = "list-now-filtered", Additive, Major,
        "can be filtered",
        "The list is of another type, which callers that keep it in a struct have to name.";
    OWN_LIST_NOW_FILTERED = "list-now-filtered-same-type", Additive, Minor,
        "can be filtered, and has a query type of its own",
        "The type of the list stays and gets the method `filter`.";
    LIST_NOT_FILTERED = "list-no-longer-filtered", Breaking, Major,
        "can no longer be filtered",
        "Filters are refused or ignored, and the list loses the method `filter`.";
    FILTER_FIELD_ADDED = "filter-field-added", Additive, Minor,
        "can be filtered by more fields",
        "The fields that a filter can ask for get one more method.";
    FILTER_FIELD_REMOVED = "filter-field-removed", Breaking, Major,
        "can be filtered by fewer fields",
        "Filters that mention the field are refused; its method is gone.";
    QUERY_ADDED = "query-parameter-added", Additive, Minor,
        "is a new query parameter",
        "The list gets one more setter.";
    FIRST_QUERY_ADDED = "first-query-parameter-added", Additive, Major,
        "is the first query parameter",
        "The list gets a query type of its own, which callers that keep it in a struct have to name.";
    QUERY_REMOVED = "query-parameter-removed", Breaking, Major,
        "is no longer a query parameter",
        "It is refused or ignored, and the setter is gone.";
    QUERY_CHANGED = "query-parameter-changed", Breaking, Major,
        "is a query parameter of another type",
        "Old values are refused, and the compiler refuses the old type.";
    QUERY_REFINED = "query-parameter-refined", None, Major,
        "is a query parameter of another Rust type",
        "The query stays the same, but the setter takes another type.";
    QUERY_REPEATS = "query-parameter-repeats", Additive, Patch,
        "may come more than once in a query",
        "The setter could be called more than once all along.";
    QUERY_REPEATS_NOT = "query-parameter-repeats-no-more", Breaking, Patch,
        "may come only once in a query",
        "Requests that repeat it are refused; the setter stays.";
    QUERY_DEPRECATED = "query-parameter-deprecated", None, Minor,
        "is a deprecated query parameter",
        "It goes on working, and using its setter warns.";
    QUERY_RESTORED = "query-parameter-restored", None, Patch,
        "is no longer a deprecated query parameter",
        "Using its setter no longer warns.";
}
