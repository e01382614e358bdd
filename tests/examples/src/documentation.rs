//! Calls every example of the documentation, with the server and the key that the environment names.

use std::pin::Pin;
use std::process::ExitCode;

use ngrok_client::Result;
use tokio::runtime;

#[allow(
    clippy::all,
    clippy::pedantic,
    deprecated,
    missing_docs,
    unreachable_pub,
    unused_must_use,
    unused_variables,
    reason = "examples are as short as they can be, and show what is deprecated as well"
)]
mod examples {
    include!(concat!(env!("OUT_DIR"), "/documentation.rs"));
}

/// Runs an async example as `#[tokio::main(flavor = "current_thread")]` does.
fn wait(example: Pin<Box<dyn Future<Output = Result<()>>>>) -> Result<()> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("there are threads and sockets").block_on(example)
}

fn main() -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for (name, run) in examples::EXAMPLES {
        if let Err(error) = run() {
            println!("{name}: {error}");
            code = ExitCode::FAILURE;
        }
    }
    code
}
