//! Unit tests of private items. They are not part of the client.

mod client;
mod values;
