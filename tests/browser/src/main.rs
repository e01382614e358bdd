//! `ngrok-browser DIRECTORY`: serves the example for browsers and a fake API server for it, at separate local addresses.

use std::thread;

use anyhow::Context;
use ngrok_browser::Site;
use ngrok_test_server::Server;
use serde_json::json;

/// Initial number of policies: more than fit on two pages.
const POLICIES: u32 = 23;

const PLACES: &[&str] = &["office", "warehouse", "staging", "lab", "backup site"];

fn main() -> anyhow::Result<()> {
    let directory =
        std::env::args_os().nth(1).context("usage: ngrok-browser DIRECTORY")?;
    let api = Server::start().context("cannot start the fake API server")?;
    for (number, place) in (1..=POLICIES).zip(PLACES.iter().cycle()) {
        api.add("/ip_policies", json!({ "description": format!("{place} {number}") }))?;
    }
    let pages = Server::start().context("cannot start the server of the page")?;
    Site::new(directory).serve_example(&pages, api.url(), api.api_key())?;
    println!("Open {}/ in a browser.", pages.url());
    println!("The page calls the fake API server at {}.", api.url());
    println!("Press Ctrl+C to stop both.");
    loop {
        thread::park();
    }
}
