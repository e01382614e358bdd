//! The codes of all problems that the generator reports.
//!
//! One table: a row has the name, the step that reports the code, and what it means. A test finds for every code of
//! lowering a description that is reported with it.

/// The part of the generator that reports a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading the files.
    Reading,
    /// Lowering: a problem that does not depend on the rest of the description.
    Certain,
    /// Lowering: a problem that may only follow from another file that could not be read.
    Lowering,
}

macro_rules! codes {
    ($($variant:ident = $name:literal, $stage:ident, $meaning:literal;)*) => {
        /// The kind of problem of a diagnostic.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// All codes, ordered by name within each stage.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Returns the name that is shown: `unknown-key`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Returns the part of the generator that reports it.
            #[must_use]
            pub const fn stage(self) -> Stage {
                match self {
                    $(Self::$variant => Stage::$stage,)*
                }
            }
        }
    };
}

codes! {
    Anchor = "anchor", Reading, "Anchors and aliases are not part of the format.";
    BadFileName = "bad-file-name", Reading, "A file or folder has a name that cannot become the name of a service.";
    BadValue = "bad-value", Reading, "A value is not valid for its key.";
    BadYaml = "bad-yaml", Reading, "A file is not YAML.";
    DuplicateKey = "duplicate-key", Reading, "A key is repeated.";
    EmptyFile = "empty-file", Reading, "A file is empty.";
    KeyNotText = "key-not-text", Reading, "A key is a list or a map.";
    MalformedPointer = "malformed-pointer", Reading, "A JSON pointer does not begin with `/`.";
    MergeKey = "merge-key", Reading, "Merge keys are not part of the format.";
    MissingFile = "missing-file", Reading, "A file that every description has is missing.";
    MissingFolder = "missing-folder", Reading, "The folder does not exist.";
    MissingKey = "missing-key", Reading, "A required key is missing.";
    NoReason = "no-reason", Reading, "A correction has no reason.";
    NoValue = "no-value", Reading, "A key has no value.";
    NotUtf8 = "not-utf-8", Reading, "A file is not UTF-8.";
    OutOfRange = "out-of-range", Reading, "A number is outside of the range of its key.";
    RepeatedError = "repeated-error", Reading, "An error is described twice.";
    SchemaLine = "schema-line", Reading, "The line that names the schema to editors is wrong.";
    SeveralDocuments = "several-documents", Reading, "A file has more than one document.";
    Tag = "tag", Reading, "YAML tags are not part of the format.";
    TooLarge = "too-large", Reading, "A file is larger than any description.";
    UnclearOverride = "unclear-override", Reading, "A correction has several effects, or none.";
    UnknownKey = "unknown-key", Reading, "A key is not part of the format.";
    UnknownValue = "unknown-value", Reading, "A value is none of those that its key may have.";
    WrongFileEnding = "wrong-file-ending", Reading, "A file does not end in `.yaml`.";
    WrongKind = "wrong-kind", Reading, "A value has another kind than its key needs.";
    Unreadable = "unreadable", Reading, "A file or folder cannot be read.";

    AccessorCollision = "accessor-collision", Certain, "Two services would have the same accessor.";
    BodyType = "body-type", Certain, "A body is not a type with fields.";
    DefaultOfRequired = "default-of-required", Certain, "A required field has a default, which is never used.";
    DuplicateChoice = "duplicate-choice", Certain, "Two alternatives of a union have the same type.";
    DuplicateType = "duplicate-type", Certain, "A type is described twice.";
    EmptyDoc = "empty-doc", Certain, "A description is empty.";
    EndlessType = "endless-type", Certain, "A type contains itself without a type with fields in between.";
    ErrorNumber = "error-number", Certain, "The number of an error has another form than others.";
    ExternalType = "external-type", Certain, "Something without operations is used as a type.";
    ItemOfSingleton = "item-of-singleton", Certain, "A singleton has a path of items.";
    MalformedAddress = "malformed-address", Certain, "An address is invalid in a link or a request.";
    MalformedName = "malformed-name", Certain, "A name cannot be used where it has to be used.";
    MalformedNoun = "malformed-noun", Certain, "A noun is not plain words.";
    MalformedPath = "malformed-path", Certain, "A path is invalid.";
    MeaninglessMark = "meaningless-mark", Certain, "A presence mark has no meaning for its body.";
    MissingNumber = "missing-number", Certain, "A format lacks `{number}`.";
    NameCollision = "name-collision", Certain, "Two names become the same identifier.";
    NestedType = "nested-type", Certain, "A list or map contains another one.";
    NotAnId = "not-an-id", Certain, "An ID is written in another way than `id X`.";
    OutputType = "output-type", Certain, "A response is not a type with fields.";
    PageLimit = "page-limit", Certain, "The limits of pages contradict each other.";
    ParameterKey = "parameter-key", Certain, "A parameter has a key that parameters do not have.";
    PathParameterType = "path-parameter-type", Certain, "A path parameter is neither a scalar nor an ID nor an enum.";
    QueryParameterType = "query-parameter-type", Certain, "A query parameter is neither a scalar nor an ID nor an enum.";
    ReservedName = "reserved-name", Certain, "A name is used by the client itself.";
    ReservedParameter = "reserved-parameter", Certain, "A query parameter is one that all lists have.";
    ResourceKind = "resource-kind", Certain, "A service has a resource that is not a type with fields.";
    SecretType = "secret-type", Certain, "A type cannot be secret as a whole.";
    SuccessStatus = "success-status", Certain, "A status is not one of success.";
    TooManyShapes = "too-many-shapes", Certain, "`request` is described beside `create` or `update`.";
    TypeName = "type-name", Certain, "A type has a name of another form.";
    UnfinishedType = "unfinished-type", Certain, "A type lacks a part, such as the element of a list.";
    UnionOfScalars = "union-of-scalars", Certain, "An alternative of a union is not a type with fields.";
    UnionShapes = "union-shapes", Certain, "A union has shapes.";

    ConstraintKind = "constraint-kind", Lowering, "A rule over several fields has keys that its kind does not have.";
    DeprecatedType = "deprecated-type", Lowering, "A type of a service that is deprecated is used by one that is not.";
    EmptyNaturalKey = "empty-natural-key", Lowering, "A natural key has no fields.";
    EndlessValue = "endless-value", Lowering, "A request cannot be written, because it requires a value of its own type.";
    EqualityType = "equality-type", Lowering, "A kind of equality does not fit the type of its field.";
    ImpossibleInstance = "impossible-instance", Lowering, "An operation cannot be called on a value of the resource.";
    InWithoutShapes = "in-without-shapes", Lowering, "`in` is given where a type has one shape.";
    IncompleteOperation = "incomplete-operation", Lowering, "An operation lacks a method, path, response or status.";
    ListKey = "list-key", Lowering, "The key of a list fits no list.";
    MissingDoc = "missing-doc", Lowering, "Something has no description.";
    MissingFiltering = "missing-filtering", Lowering, "A list has filters, and the API has none.";
    MissingItems = "missing-items", Lowering, "A list has no key of its items.";
    MissingShape = "missing-shape", Lowering, "A resource has no shape of this name.";
    MissingType = "missing-type", Lowering, "A field has no type.";
    NeedlessFilterOnly = "needless-filter-only", Lowering, "A filter field is listed that needs no mention.";
    NeedlessKeyword = "needless-keyword", Lowering, "A keyword is excused that is not used.";
    NoPlace = "no-place", Lowering, "A field is in no shape.";
    ParentType = "parent-type", Lowering, "The parent of a resource is not an ID or reference.";
    PossibleInstance = "possible-instance", Lowering, "An operation could be called on a value of the resource.";
    PresenceOutsideIn = "presence-outside-in", Lowering, "The presence of a field is outside of its `in`.";
    ReservedHeader = "reserved-header", Lowering, "A header is set by the client or the transport.";
    ReservedKey = "reserved-key", Lowering, "The key of a list is one of those of pages.";
    ResourceId = "resource-id", Lowering, "A resource has no `id` in responses.";
    ResourceInRequest = "resource-in-request", Lowering, "A resource is part of a request.";
    RustKeyword = "rust-keyword", Lowering, "A name is a keyword of Rust.";
    UnknownField = "unknown-field", Lowering, "A field does not exist.";
    UnknownFilterField = "unknown-filter-field", Lowering, "A filter field does not exist.";
    UnknownKeyField = "unknown-key-field", Lowering, "A field of a natural key does not exist.";
    UnknownOperation = "unknown-operation", Lowering, "An operation does not exist.";
    UnknownParameter = "unknown-parameter", Lowering, "A path parameter is not described.";
    UnknownPath = "unknown-path", Lowering, "The path of an operation begins with neither `collection` nor `item`.";
    UnknownPlace = "unknown-place", Lowering, "A shape does not exist.";
    UnknownReplacement = "unknown-replacement", Lowering, "The replacement of a deprecated item does not exist.";
    UnknownResource = "unknown-resource", Lowering, "A resource does not exist.";
    UnknownType = "unknown-type", Lowering, "A type does not exist.";
    UnpageableList = "unpageable-list", Lowering, "A list cannot be paged.";
    UnreadableKeyField = "unreadable-key-field", Lowering, "A field of a natural key is not in responses.";
    UnusedParameter = "unused-parameter", Lowering, "No path has this parameter.";
    UnusedType = "unused-type", Lowering, "Nothing uses a type.";
}
