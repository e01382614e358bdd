//! Messages of Terraform's plugin protocol 6, and of the part of go-plugin that Terraform calls.
//!
//! Only the fields that this provider reads or writes are listed; protobuf ignores the others. Names and numbers are those
//! of the protocol.

use std::collections::BTreeMap;

use prost::{Message, Oneof};

/// Responses that can report errors.
pub(crate) trait Failed: Default {
    /// Returns a response with nothing but an error.
    fn failed(diagnostic: Diagnostic) -> Self;
}

/// Defines messages, written as in the language of protobuf: `[Type]` is repeated, `{Type}` is a map with strings as keys.
/// Those with diagnostics can report errors.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident { $($fields:tt)* })*) => {
        $(message!($(#[$doc])* $name [] $($fields)*);)*
    };
}

/// Defines one message, field by field.
macro_rules! message {
    ($(#[$doc:meta])* $name:ident [$($done:tt)*]) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Message)]
        pub(crate) struct $name { $($done)* }
    };
    ($(#[$doc:meta])* $name:ident [$($done:tt)*] $field:ident: $ty:tt = $tag:literal $(, $($rest:tt)*)?) => {
        message!(@$ty $(#[$doc])* $name [$($done)*] $field $tag $($($rest)*)?);
    };
    (@string $($to:tt)*) => { message!(+ (string) (String) $($to)*); };
    (@bytes $($to:tt)*) => { message!(+ (bytes = "vec") (Vec<u8>) $($to)*); };
    (@bool $($to:tt)*) => { message!(+ (bool) (bool) $($to)*); };
    (@int32 $($to:tt)*) => { message!(+ (int32) (i32) $($to)*); };
    (@int64 $($to:tt)*) => { message!(+ (int64) (i64) $($to)*); };
    (@[Diagnostic] $(#[$doc:meta])* $name:ident $($to:tt)*) => {
        impl Failed for $name {
            fn failed(diagnostic: Diagnostic) -> Self {
                let mut response = Self::default();
                response.diagnostics.push(diagnostic);
                response
            }
        }
        message!(+ (message, repeated) (Vec<Diagnostic>) $(#[$doc])* $name $($to)*);
    };
    (@[$ty:ident] $($to:tt)*) => { message!(+ (message, repeated) (Vec<$ty>) $($to)*); };
    (@{$ty:ident} $($to:tt)*) => {
        message!(+ (btree_map = "string, message") (BTreeMap<String, $ty>) $($to)*);
    };
    (@$ty:ident $($to:tt)*) => { message!(+ (message, optional) (Option<$ty>) $($to)*); };
    (+ ($($kind:tt)*) ($ty:ty) $(#[$doc:meta])* $name:ident [$($done:tt)*] $field:ident $tag:literal $($rest:tt)*) => {
        message!($(#[$doc])* $name [
            $($done)* #[prost($($kind)*, tag = $tag)] pub(crate) $field: $ty,
        ] $($rest)*);
    };
}

#[derive(Clone, PartialEq, Eq, Oneof)]
pub(crate) enum Selector {
    #[prost(string, tag = "1")]
    AttributeName(String),
    #[prost(int64, tag = "3")]
    ElementKeyInt(i64),
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Step {
    #[prost(oneof = "Selector", tags = "1, 3")]
    pub(crate) selector: Option<Selector>,
}

messages! {
    Empty {}
    DynamicValue { msgpack: bytes = 1, json: bytes = 2 }
    RawState { json: bytes = 1 }
    AttributePath { steps: [Step] = 1 }
    /// The severity is 1 for an error, 2 for a warning.
    Diagnostic { severity: int32 = 1, summary: string = 2, detail: string = 3, attribute: AttributePath = 4 }

    Schema { version: int64 = 1, block: Block = 2 }
    Block {
        attributes: [SchemaAttribute] = 2, block_types: [NestedBlock] = 3, description: string = 4,
        description_kind: int32 = 5, deprecated: bool = 6
    }
    NestedBlock { type_name: string = 1, block: Block = 2, nesting: int32 = 3 }
    SchemaAttribute {
        name: string = 1, r#type: bytes = 2, description: string = 3, required: bool = 4, optional: bool = 5,
        computed: bool = 6, sensitive: bool = 7, description_kind: int32 = 8, deprecated: bool = 9,
        nested_type: NestedType = 10, write_only: bool = 11
    }
    NestedType { attributes: [SchemaAttribute] = 1, nesting: int32 = 3 }

    ServerCapabilities { plan_destroy: bool = 1, get_provider_schema_optional: bool = 2, move_resource_state: bool = 3 }
    ClientCapabilities { write_only_attributes_allowed: bool = 2 }
    ProviderSchema {
        provider: Schema = 1, resource_schemas: {Schema} = 2, data_source_schemas: {Schema} = 3,
        diagnostics: [Diagnostic] = 4, server_capabilities: ServerCapabilities = 6
    }

    /// The request of `ConfigureProvider`.
    Configure { terraform_version: string = 1, config: DynamicValue = 2 }
    /// The response of several calls that return nothing else.
    Diagnostics { diagnostics: [Diagnostic] = 1 }
    /// The request of `ValidateResourceConfig` and `ValidateDataResourceConfig`.
    Validate { type_name: string = 1, config: DynamicValue = 2, client_capabilities: ClientCapabilities = 3 }
    /// The request of `ReadDataSource`.
    ReadData { type_name: string = 1, config: DynamicValue = 2 }
    /// The response of `UpgradeResourceState` and `ReadDataSource`.
    State { state: DynamicValue = 1, diagnostics: [Diagnostic] = 2 }

    Upgrade { type_name: string = 1, raw_state: RawState = 3 }
    Read { type_name: string = 1, current_state: DynamicValue = 2, private: bytes = 3 }
    ReadResult { new_state: DynamicValue = 1, diagnostics: [Diagnostic] = 2, private: bytes = 3 }
    Plan { type_name: string = 1, prior_state: DynamicValue = 2, config: DynamicValue = 4, prior_private: bytes = 5 }
    Planned {
        planned_state: DynamicValue = 1, requires_replace: [AttributePath] = 2, planned_private: bytes = 3,
        diagnostics: [Diagnostic] = 4
    }
    Apply {
        type_name: string = 1, prior_state: DynamicValue = 2, planned_state: DynamicValue = 3, config: DynamicValue = 4,
        planned_private: bytes = 5
    }
    Applied { new_state: DynamicValue = 1, private: bytes = 2, diagnostics: [Diagnostic] = 3 }
    Import { type_name: string = 1, id: string = 2 }
    Imported { imported_resources: [ImportedResource] = 1, diagnostics: [Diagnostic] = 2 }
    ImportedResource { type_name: string = 1, state: DynamicValue = 2, private: bytes = 3 }
    Move { source_provider_address: string = 1, source_type_name: string = 2, source_state: RawState = 4, target_type_name: string = 5 }
    Moved { target_state: DynamicValue = 1, diagnostics: [Diagnostic] = 2, target_private: bytes = 3 }
}
