//! The generated client against the API description: every operation and every type, without a list of them.

mod agreement;
mod bodies;
mod canary;
mod decoding;
mod enums;
mod error_codes;
mod filters;
mod limits;
mod operations;
mod requests;
mod resources;
mod secrets;
mod shapes;
mod support;
mod surface;
mod unions;
