//! Calls every example of the documentation, with the server and the key that the environment names.

use std::process::ExitCode;

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
