//! The quickstart of the client against a local server: first async, then blocking.

mod asynchronous;
mod blocking;

use std::error::Error;

use ngrok_test_server::Server;

fn main() -> Result<(), Box<dyn Error>> {
    println!("With the async client:");
    let server = Server::start()?;
    asynchronous::run(server.url(), server.api_key())?;

    println!("\nWith the blocking client:");
    let server = Server::start()?;
    blocking::run(server.url(), server.api_key())?;
    Ok(())
}
