//! The codes of all problems that the generator reports.
//!
//! Each has one name, one line that says what it means, and the step that reports it. A test finds for every code of
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
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $stage:ident;)*) => {
        /// The kind of problem of a diagnostic.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[$doc])* $variant,)*
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
    /// Anchors and aliases are not part of the format.
    Anchor = "anchor", Reading;
    /// A file or folder has a name that cannot become the name of a service.
    BadFileName = "bad-file-name", Reading;
    /// A value is not valid for its key.
    BadValue = "bad-value", Reading;
    /// A file is not YAML.
    BadYaml = "bad-yaml", Reading;
    /// A key is repeated.
    DuplicateKey = "duplicate-key", Reading;
    /// A file is empty.
    EmptyFile = "empty-file", Reading;
    /// A key is a list or a map.
    KeyNotText = "key-not-text", Reading;
    /// A JSON pointer does not begin with `/`.
    MalformedPointer = "malformed-pointer", Reading;
    /// Merge keys are not part of the format.
    MergeKey = "merge-key", Reading;
    /// A file that every description has is missing.
    MissingFile = "missing-file", Reading;
    /// The folder does not exist.
    MissingFolder = "missing-folder", Reading;
    /// A required key is missing.
    MissingKey = "missing-key", Reading;
    /// A correction has no reason.
    NoReason = "no-reason", Reading;
    /// A key has no value.
    NoValue = "no-value", Reading;
    /// A file is not UTF-8.
    NotUtf8 = "not-utf-8", Reading;
    /// A number is outside of the range of its key.
    OutOfRange = "out-of-range", Reading;
    /// An error is described twice.
    RepeatedError = "repeated-error", Reading;
    /// The line that names the schema to editors is wrong.
    SchemaLine = "schema-line", Reading;
    /// A file has more than one document.
    SeveralDocuments = "several-documents", Reading;
    /// YAML tags are not part of the format.
    Tag = "tag", Reading;
    /// A file is larger than any description.
    TooLarge = "too-large", Reading;
    /// A correction has several effects, or none.
    UnclearOverride = "unclear-override", Reading;
    /// A key is not part of the format.
    UnknownKey = "unknown-key", Reading;
    /// A value is none of those that its key may have.
    UnknownValue = "unknown-value", Reading;
    /// A file does not end in `.yaml`.
    WrongFileEnding = "wrong-file-ending", Reading;
    /// A value has another kind than its key needs.
    WrongKind = "wrong-kind", Reading;
    /// A file or folder cannot be read.
    Unreadable = "unreadable", Reading;

    /// Two services would have the same accessor.
    AccessorCollision = "accessor-collision", Certain;
    /// A body is not a type with fields.
    BodyType = "body-type", Certain;
    /// A required field has a default, which is never used.
    DefaultOfRequired = "default-of-required", Certain;
    /// Two alternatives of a union have the same type.
    DuplicateChoice = "duplicate-choice", Certain;
    /// A type is described twice.
    DuplicateType = "duplicate-type", Certain;
    /// A description is empty.
    EmptyDoc = "empty-doc", Certain;
    /// A type contains itself without a type with fields in between.
    EndlessType = "endless-type", Certain;
    /// The number of an error has another form than others.
    ErrorNumber = "error-number", Certain;
    /// Something without operations is used as a type.
    ExternalType = "external-type", Certain;
    /// A singleton has a path of items.
    ItemOfSingleton = "item-of-singleton", Certain;
    /// An address is invalid in a link or a request.
    MalformedAddress = "malformed-address", Certain;
    /// A name cannot be used where it has to be used.
    MalformedName = "malformed-name", Certain;
    /// A noun is not plain words.
    MalformedNoun = "malformed-noun", Certain;
    /// A path is invalid.
    MalformedPath = "malformed-path", Certain;
    /// A presence mark has no meaning for its body.
    MeaninglessMark = "meaningless-mark", Certain;
    /// A format lacks `{number}`.
    MissingNumber = "missing-number", Certain;
    /// Two names become the same identifier.
    NameCollision = "name-collision", Certain;
    /// A list or map contains another one.
    NestedType = "nested-type", Certain;
    /// An ID is written in another way than `id X`.
    NotAnId = "not-an-id", Certain;
    /// A response is not a type with fields.
    OutputType = "output-type", Certain;
    /// The limits of pages contradict each other.
    PageLimit = "page-limit", Certain;
    /// A parameter has a key that parameters do not have.
    ParameterKey = "parameter-key", Certain;
    /// A path parameter is neither a scalar nor an ID nor an enum.
    PathParameterType = "path-parameter-type", Certain;
    /// A query parameter is neither a scalar nor an ID nor an enum.
    QueryParameterType = "query-parameter-type", Certain;
    /// A name is used by the client itself.
    ReservedName = "reserved-name", Certain;
    /// A query parameter is one that all lists have.
    ReservedParameter = "reserved-parameter", Certain;
    /// A service has a resource that is not a type with fields.
    ResourceKind = "resource-kind", Certain;
    /// A type cannot be secret as a whole.
    SecretType = "secret-type", Certain;
    /// A status is not one of success.
    SuccessStatus = "success-status", Certain;
    /// `request` is described beside `create` or `update`.
    TooManyShapes = "too-many-shapes", Certain;
    /// A type has a name of another form.
    TypeName = "type-name", Certain;
    /// A type lacks a part, such as the element of a list.
    UnfinishedType = "unfinished-type", Certain;
    /// An alternative of a union is not a type with fields.
    UnionOfScalars = "union-of-scalars", Certain;
    /// A union has shapes.
    UnionShapes = "union-shapes", Certain;

    /// A rule over several fields has keys that its kind does not have.
    ConstraintKind = "constraint-kind", Lowering;
    /// A type of a service that is deprecated is used by one that is not.
    DeprecatedType = "deprecated-type", Lowering;
    /// A natural key has no fields.
    EmptyNaturalKey = "empty-natural-key", Lowering;
    /// A request cannot be written, because it requires a value of its own type.
    EndlessValue = "endless-value", Lowering;
    /// A kind of equality does not fit the type of its field.
    EqualityType = "equality-type", Lowering;
    /// An operation cannot be called on a value of the resource.
    ImpossibleInstance = "impossible-instance", Lowering;
    /// `in` is given where a type has one shape.
    InWithoutShapes = "in-without-shapes", Lowering;
    /// An operation lacks a method, path, response or status.
    IncompleteOperation = "incomplete-operation", Lowering;
    /// The key of a list fits no list.
    ListKey = "list-key", Lowering;
    /// Something has no description.
    MissingDoc = "missing-doc", Lowering;
    /// A list has filters, and the API has none.
    MissingFiltering = "missing-filtering", Lowering;
    /// A list has no key of its items.
    MissingItems = "missing-items", Lowering;
    /// A resource has no shape of this name.
    MissingShape = "missing-shape", Lowering;
    /// A field has no type.
    MissingType = "missing-type", Lowering;
    /// A filter field is listed that needs no mention.
    NeedlessFilterOnly = "needless-filter-only", Lowering;
    /// A keyword is excused that is not used.
    NeedlessKeyword = "needless-keyword", Lowering;
    /// A field is in no shape.
    NoPlace = "no-place", Lowering;
    /// The parent of a resource is not an ID or reference.
    ParentType = "parent-type", Lowering;
    /// An operation could be called on a value of the resource.
    PossibleInstance = "possible-instance", Lowering;
    /// The presence of a field is outside of its `in`.
    PresenceOutsideIn = "presence-outside-in", Lowering;
    /// A header is set by the client or the transport.
    ReservedHeader = "reserved-header", Lowering;
    /// The key of a list is one of those of pages.
    ReservedKey = "reserved-key", Lowering;
    /// A resource has no `id` in responses.
    ResourceId = "resource-id", Lowering;
    /// A resource is part of a request.
    ResourceInRequest = "resource-in-request", Lowering;
    /// A name is a keyword of Rust.
    RustKeyword = "rust-keyword", Lowering;
    /// A field does not exist.
    UnknownField = "unknown-field", Lowering;
    /// A filter field does not exist.
    UnknownFilterField = "unknown-filter-field", Lowering;
    /// A field of a natural key does not exist.
    UnknownKeyField = "unknown-key-field", Lowering;
    /// An operation does not exist.
    UnknownOperation = "unknown-operation", Lowering;
    /// A path parameter is not described.
    UnknownParameter = "unknown-parameter", Lowering;
    /// The path of an operation begins with neither `collection` nor `item`.
    UnknownPath = "unknown-path", Lowering;
    /// A shape does not exist.
    UnknownPlace = "unknown-place", Lowering;
    /// The replacement of a deprecated item does not exist.
    UnknownReplacement = "unknown-replacement", Lowering;
    /// A resource does not exist.
    UnknownResource = "unknown-resource", Lowering;
    /// A type does not exist.
    UnknownType = "unknown-type", Lowering;
    /// A list cannot be paged.
    UnpageableList = "unpageable-list", Lowering;
    /// A field of a natural key is not in responses.
    UnreadableKeyField = "unreadable-key-field", Lowering;
    /// No path has this parameter.
    UnusedParameter = "unused-parameter", Lowering;
    /// Nothing uses a type.
    UnusedType = "unused-type", Lowering;
}

impl Code {
    /// Returns true if lowering reports it.
    #[must_use]
    pub const fn is_of_lowering(self) -> bool {
        matches!(self.stage(), Stage::Certain | Stage::Lowering)
    }
}
