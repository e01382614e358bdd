//! Rust identifiers and expected field types. The types are computed independently of the generator, so that a field of another type does
//! not compile.

use ngrok_codegen::model::{Field, Scalar, TypeRef, Wrapper};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// Returns the identifier for a name of the model.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Returns the type of a field in the client.
pub(crate) fn field_type(field: &Field) -> TokenStream {
    let bare = bare_type(&field.ty, field.secret);
    match field.wrapper {
        Wrapper::Plain => bare,
        Wrapper::Option => quote! { Option<#bare> },
        Wrapper::Patch => quote! { Patch<#bare> },
        Wrapper::Boxed => quote! { Option<Box<#bare>> },
    }
}

/// Returns the type of a value, without its wrapper.
pub(crate) fn bare_type(ty: &TypeRef, secret: bool) -> TokenStream {
    match ty {
        TypeRef::Scalar(Scalar::String) if secret => quote! { Sensitive },
        TypeRef::Scalar(scalar) => scalar_type(*scalar),
        TypeRef::Id { target, .. } => {
            let target = target_type(target.as_deref());
            quote! { Id<#target> }
        }
        TypeRef::Ref { target, .. } => {
            let target = target_type(target.as_deref());
            quote! { Ref<#target> }
        }
        TypeRef::List(item) => {
            let item = bare_type(item, secret);
            quote! { Vec<#item> }
        }
        TypeRef::Map(value) => {
            let value = bare_type(value, secret);
            quote! { BTreeMap<String, #value> }
        }
        TypeRef::Record(name) | TypeRef::Enum(name) => {
            let name = ident(name);
            quote! { #name }
        }
    }
}

fn scalar_type(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::String => quote! { String },
        Scalar::Bool => quote! { bool },
        Scalar::Int32 => quote! { i32 },
        Scalar::Int64 => quote! { i64 },
        Scalar::Uint32 => quote! { u32 },
        Scalar::Uint64 => quote! { u64 },
        Scalar::Float64 => quote! { f64 },
        Scalar::Timestamp => quote! { Timestamp },
    }
}

fn target_type(target: Option<&str>) -> Ident {
    ident(target.unwrap_or("AnyResource"))
}
