//! Facts about a program: its name, its model, and the compatibility with earlier tools.

#![allow(
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    reason = "a program states all of it, in a constant"
)]

use ngrok_api_model::Model;

/// A program on top of this engine.
#[derive(Debug)]
pub struct Shell {
    /// Name of the program: `ngrok-api`.
    pub name: &'static str,
    /// Version of the program.
    pub version: &'static str,
    /// The model as JSON, as `cargo xtask generate` writes it.
    pub model: &'static str,
    /// Prefix of the flags of bodies that an earlier tool wrapped in an object: `module`.
    pub wrapped_prefix: Option<&'static str>,
    /// Flags of an earlier tool whose fields the model does not describe.
    pub extra_flags: &'static [ExtraFlag],
    /// Configuration of another program whose API key is used.
    pub agent: Option<Agent>,
}

/// A program and its decoded model.
#[derive(Clone, Copy)]
pub(crate) struct Program {
    pub(crate) shell: &'static Shell,
    pub(crate) model: &'static Model,
}

/// A flag that sends a field the model does not describe.
#[derive(Debug)]
pub struct ExtraFlag {
    /// The commands that take it: `["ip-policies create"]`.
    pub commands: &'static [&'static str],
    /// Name of the flag, without dashes.
    pub flag: &'static str,
    /// Type of its value.
    pub kind: Kind,
}

/// Type of the value of an [`ExtraFlag`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    String,
    /// A boolean.
    Bool,
    /// A list of strings.
    List,
}

/// Configuration files of another program with an API key.
#[derive(Debug)]
pub struct Agent {
    /// Name of the program in messages.
    pub name: &'static str,
    /// Paths of the file, the preferred one first; `~` and `$NAME` at the beginning are replaced.
    pub files: &'static [&'static str],
    /// Locations of the API key in the file, with dots between keys; later versions of the file first.
    pub keys: &'static [&'static str],
}
