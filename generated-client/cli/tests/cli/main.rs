//! The program as users run it: real processes against the test server.

mod bodies;
mod compatible;
mod credentials;
mod errors;
mod help;
mod lists;
#[cfg(unix)]
mod long;
mod mcp;
mod names;
mod quota;
#[cfg(unix)]
mod scripts;
mod state;
mod support;
#[cfg(unix)]
mod terminal;
#[cfg(unix)]
mod tools;
