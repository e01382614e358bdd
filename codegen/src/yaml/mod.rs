//! YAML, and JSON as a subset of it: a parser, values with locations, a printer and an editor.

pub mod edit;
mod node;
mod read;
mod syntax;
pub(crate) mod text;
mod tree;

pub(crate) use node::{Key, Node, NodeKind, Pairs, Scalar, resolve};
pub(crate) use read::{Dialect, read};
pub use text::{house, to_json, to_yaml};
pub use tree::{Map, Tree};
