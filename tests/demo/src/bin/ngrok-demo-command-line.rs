//! A session with the command line, against a server on this machine. `cargo xtask demo` runs it.

use std::error::Error;
use std::process::Command;

use ngrok_test_server::Server;

/// The typed commands.
const COMMANDS: [&[&str]; 7] = [
    &["ip-policies", "create", "--description", "office", "-o", "name"],
    &[
        "ip-policy-rules",
        "create",
        "--ip-policy-id",
        "office",
        "--cidr",
        "10.0.0.0",
        "--action",
        "alow",
    ],
    &[
        "ip-policy-rules",
        "create",
        "--ip-policy-id",
        "office",
        "--cidr",
        "10.0.0.0/8",
        "--action",
        "allow",
        "-o",
        "name",
    ],
    &["ip-policy-rules", "list", "-o", "table", "--columns", "id,cidr,action"],
    &["ip-policies", "list", "--filter", "obj.descripton == 'office'"],
    &["ip-policies", "delete", "office", "--dry-run=curl"],
    &["explain", "IpPolicyRule.action"],
];

fn main() -> Result<(), Box<dyn Error>> {
    let server = Server::start()?;
    let program = std::env::current_exe()?.with_file_name("ngrok-api");
    for arguments in COMMANDS {
        let quoted = arguments.iter().map(|word| {
            if word.contains(' ') { format!("\"{word}\"") } else { (*word).to_owned() }
        });
        println!("$ ngrok-api {}", quoted.collect::<Vec<_>>().join(" "));
        let mut command = Command::new(&program);
        command.args(arguments).arg("--no-quota").envs(server.environment()).status()?;
    }
    Ok(())
}
