//! Tokens as text.

use ngrok_codegen::format::{rust_file, spaced};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// Returns a file without its header.
fn file(tokens: &TokenStream) -> String {
    let text = rust_file("api.yaml", tokens);
    let (_, items) = text.split_once("\n\n").expect("a header comes first");
    items.to_owned()
}

#[test]
fn imports_are_broken_where_rustfmt_breaks_them() {
    let import = |length: usize| {
        let name = format_ident!("{}", "C".repeat(length));
        file(&quote! { use crate::runtime::{Aaaa, Bbbb, #name}; })
    };
    let fits = "C".repeat(52);
    let one_line = format!("use crate::runtime::{{Aaaa, Bbbb, {fits}}};\n");
    assert_eq!(one_line.trim_end().len(), 87);
    assert_eq!(import(52), one_line);
    let name = "C".repeat(53);
    let broken = format!("use crate::runtime::{{\n    Aaaa, Bbbb, {name},\n}};\n");
    assert_eq!(import(53), broken);
}

#[test]
fn short_imports_are_one_line() {
    let import = quote! { #[cfg(feature = "x")] pub use a::{B, C}; };
    assert_eq!(file(&import), "#[cfg(feature = \"x\")]\npub use a::{B, C};\n");
    assert_eq!(file(&quote! { use a::B; }), "use a::B;\n");
}

#[test]
fn signatures_are_spaced_as_people_write_them() {
    for (tokens, expected) in [
        (quote! { Option<Vec<String>> }, "Option<Vec<String>>"),
        (
            quote! { BTreeMap<String, Option<Box<Node>>> },
            "BTreeMap<String, Option<Box<Node>>>",
        ),
        (
            quote! { pub fn get(&self, id: impl IntoId<Thing>, body: &Body) -> Call<(), C> },
            "pub fn get(&self, id: impl IntoId<Thing>, body: &Body) -> Call<(), C>",
        ),
        (
            quote! { pub fn f<C: ApiClient>(&self, client: &C) -> std::result::Result<A, B> },
            "pub fn f<C: ApiClient>(&self, client: &C) -> std::result::Result<A, B>",
        ),
        (quote! { pub fn new() -> Self }, "pub fn new() -> Self"),
    ] {
        assert_eq!(spaced(tokens), expected);
    }
}
