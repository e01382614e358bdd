//! A coarse view of the public surface of a generated client: the words of its files, without comments, bodies, strings and names of
//! arguments.
//!
//! Detects added, removed and retyped items; ignores the order of items.

use std::collections::BTreeMap;
use std::path::Path;

use ngrok_codegen::emit::{Templates, emit};
use ngrok_codegen::file_tree::FileTree;
use ngrok_codegen::model::Model;
use quote::ToTokens;
use syn::{Attribute, File, FnArg, ImplItem, Item, parse_quote};

/// Words that inform or warn callers, without restricting them.
const REMARKS: &[&str] = &[
    "AfterChange",
    "Later",
    "Never",
    "deprecated",
    "doc",
    "docs",
    "false",
    "in_use",
    "note",
    "true",
];

/// The surface of a generated client.
pub(crate) struct Surface {
    texts: FileTree,
    words: BTreeMap<String, Vec<String>>,
}

impl Surface {
    pub(crate) fn of(model: &Model) -> Self {
        let texts = emitted(model);
        let words =
            rust(&texts).map(|(path, text)| (path.to_owned(), words(path, text)));
        Self { words: words.collect(), texts }
    }

    /// Returns true if another model has the same surface. Files with the same text are not compared.
    pub(crate) fn is_that_of(&self, model: &Model) -> bool {
        let others = emitted(model);
        let same = |(path, text): (&str, &str)| {
            self.texts.get(path) == Some(text)
                || self.words.get(path) == Some(&words(path, text))
        };
        rust(&others).count() == self.words.len() && rust(&others).all(same)
    }
}

fn emitted(model: &Model) -> FileTree {
    emit(model, &Templates::default()).expect("there are no templates")
}

/// Returns the files that are Rust, and not an example or data.
fn rust(tree: &FileTree) -> impl Iterator<Item = (&str, &str)> {
    tree.iter().filter(|(path, _)| {
        Path::new(path).extension().is_some_and(|extension| extension == "rs")
    })
}

/// Returns the words of a file, sorted.
fn words(path: &str, text: &str) -> Vec<String> {
    let file: File =
        syn::parse_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut words = Vec::new();
    for item in file.items {
        match item {
            // Imports are derived from uses. The types of filters are derived from lists, which have their own rules.
            Item::Macro(call) if call.mac.path.is_ident("filters") => {}
            Item::Use(_) if path != "src/types.rs" => {}
            Item::Impl(mut block) => {
                block.items.iter_mut().for_each(forget_inside);
                collect(block.into_token_stream(), &mut words);
            }
            other => collect(other.into_token_stream(), &mut words),
        }
    }
    words.sort();
    words
}

fn forget_inside(item: &mut ImplItem) {
    if let ImplItem::Fn(method) = item {
        method.block.stmts.clear();
        for argument in &mut method.sig.inputs {
            if let FnArg::Typed(argument) = argument {
                *argument.pat = parse_quote!(_);
            }
        }
        method.attrs.retain(|attribute: &Attribute| !attribute.path().is_ident("doc"));
    }
}

/// Collects the words without strings and documentation: names and types.
fn collect(tokens: proc_macro2::TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match token {
            proc_macro2::TokenTree::Ident(word) => words.push(word.to_string()),
            proc_macro2::TokenTree::Group(group) => collect(group.stream(), words),
            proc_macro2::TokenTree::Punct(_) | proc_macro2::TokenTree::Literal(_) => {}
        }
    }
    words.retain(|word| !REMARKS.contains(&word.as_str()));
}
