//! Contains nothing: what counts is in the manifest.
//!
//! Cargo compiles a crate again for each set of its features. The crates of this workspace and their tests ask for
//! different ones, so without this crate its commands would compile most of the registry's crates two or three times.
