//! Unit tests of what has no public face. They are not shipped with the client.

mod client;
mod values;
