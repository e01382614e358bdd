//! Changes of services.

super::rules! { SERVICES:
    SERVICE_ADDED = "service-added", Additive, Minor,
        "is a new service",
        "Existing items are unchanged.";
    SERVICE_REMOVED = "service-removed", Breaking, Major,
        "is no longer a service",
        "Its operations are removed from the API, its module and its types from the crate.";
    SERVICE_MOVED = "service-moved", None, Major,
        "is reached by another accessor",
        "The requests stay the same, but callers have to write another path to them.";
    SERVICE_RENAMED = "service-renamed", None, Major,
        "has a struct of another name",
        "Only callers that name the struct notice, and they no longer compile.";
    SERVICE_DEPRECATED = "service-deprecated", None, Major,
        "is deprecated",
        "Its module and types move behind the feature `deprecated-resources`, which is disabled by default.";
    SERVICE_RESTORED = "service-restored", None, Minor,
        "is no longer deprecated",
        "Its module and types no longer need a feature, and using them no longer warns.";
    FETCH_ADDED = "fetch-added", None, Minor,
        "can be followed by id now",
        "IDs and references of the resource get the method `get`.";
    FETCH_REMOVED = "fetch-removed", None, Major,
        "can no longer be followed by id",
        "IDs and references of the resource lose the method `get`, which needs an operation with no argument except \
         the ID.";
}
