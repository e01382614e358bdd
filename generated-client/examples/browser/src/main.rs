//! A web page that lists, filters, creates and deletes IP policies.
//!
//! ```text
//! cargo xtask demo --browser
//! ```
//!
//! `app` calls the API, `view` is all that knows the page.
#![cfg_attr(
    not(target_family = "wasm"),
    doc = "Nothing of it is compiled for other targets than wasm32-unknown-unknown."
)]

#[cfg(target_family = "wasm")]
mod app;
#[cfg(target_family = "wasm")]
mod view;

#[cfg(target_family = "wasm")]
fn main() {
    wasm_bindgen_futures::spawn_local(app::run());
}

#[cfg(not(target_family = "wasm"))]
fn main() {
    println!("This program runs in browsers: `cargo xtask demo --browser`.");
}
