//! Generates a Rust client from a description of an HTTP API.

pub mod diagnostic;
pub mod diff;
pub mod example;
pub mod explain;
pub mod file_tree;
mod load;
mod locate;
pub mod lower;
pub mod openapi;
mod parallel;
mod reconcile;
pub mod rust;
pub mod spec;
pub mod traffic;
pub mod yaml;

pub use load::{Described, Loaded, load, load_files};
pub use ngrok_api_model as model;
pub use rust::{emit, format, names};
