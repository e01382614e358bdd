//! Headless Chromium, controlled through its debugging protocol, for tests of web pages.
//!
//! The tests of this package run the client in it: `cargo xtask ci browser`.

mod chromium;
mod find;
mod page;
mod site;

pub use chromium::Chromium;
pub use page::Page;
pub use site::Site;
