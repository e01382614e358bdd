//! From attributes to schemas of the protocol.

use serde_json::{Map, Value as Json, json};

use super::attribute::{Attribute, Type};
use crate::proto::{Block, NestedBlock, NestedType, Schema, SchemaAttribute};

/// Descriptions are Markdown.
const MARKDOWN: i32 = 1;

/// The nesting modes of objects.
const SINGLE: i32 = 1;
const LIST: i32 = 2;
const MAP: i32 = 4;

/// Returns the schema of a resource or data source; with `blocks`, objects that can be stated are blocks.
pub(crate) fn schema(
    attributes: &[Attribute],
    docs: &str,
    deprecated: bool,
    blocks: bool,
) -> Schema {
    let mut block = block(attributes, docs, blocks);
    block.deprecated = deprecated;
    Schema { version: 0, block: Some(block) }
}

fn block(attributes: &[Attribute], docs: &str, blocks: bool) -> Block {
    let (nested, plain): (Vec<_>, Vec<_>) =
        attributes.iter().partition(|it| blocks && is_block(it));
    Block {
        attributes: plain.into_iter().map(attribute).collect(),
        block_types: nested.into_iter().map(nested_block).collect(),
        description: docs.to_owned(),
        description_kind: MARKDOWN,
        deprecated: false,
    }
}

/// Returns whether an attribute is a block where earlier names of resources are used.
pub(crate) fn is_block(attribute: &Attribute) -> bool {
    attribute.is_stated() && matches!(attribute.ty, Type::Object(_))
}

fn nested_block(attribute: &Attribute) -> NestedBlock {
    NestedBlock {
        type_name: attribute.name.clone(),
        block: Some(block(attribute.ty.attributes(), &attribute.docs, true)),
        nesting: SINGLE,
    }
}

fn attribute(attribute: &Attribute) -> SchemaAttribute {
    let nested = nested_type(&attribute.ty);
    let r#type = match nested {
        Some(_) => Vec::new(),
        None => ty(&attribute.ty).to_string().into_bytes(),
    };
    SchemaAttribute {
        name: attribute.name.clone(),
        r#type,
        description: attribute.docs.clone(),
        required: attribute.required,
        optional: attribute.optional,
        computed: attribute.computed,
        sensitive: attribute.sensitive,
        description_kind: MARKDOWN,
        deprecated: attribute.deprecated,
        nested_type: nested,
        write_only: matches!(attribute.role, super::Role::WriteOnly(_)),
    }
}

fn nested_type(ty: &Type) -> Option<NestedType> {
    let (object, nesting) = match ty {
        Type::Object(_) => (ty, SINGLE),
        Type::List(item, _) => (&**item, LIST),
        Type::Map(item) => (&**item, MAP),
        Type::Bool | Type::Number | Type::String(_) | Type::Wrapped(_) => return None,
    };
    let Type::Object(inner) = object else { return None };
    let attributes = inner.iter().map(attribute).collect();
    Some(NestedType { attributes, nesting })
}

/// Returns a type in the JSON form of the protocol.
fn ty(of: &Type) -> Json {
    match of {
        Type::Bool => json!("bool"),
        Type::Number => json!("number"),
        Type::String(_) | Type::Wrapped(_) => json!("string"),
        Type::List(item, _) => json!(["list", ty(item)]),
        Type::Map(item) => json!(["map", ty(item)]),
        Type::Object(inner) => {
            let inner = inner.iter().map(|it| (it.name.clone(), ty(&it.ty)));
            json!(["object", inner.collect::<Map<_, _>>()])
        }
    }
}
