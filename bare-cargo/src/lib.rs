//! Cargo, for programs that cargo runs: the commands of `xtask`, the bench, tests.

use std::process::Command;

/// The cargo that runs this program, or else the one there is, which is not told of the package this program is built from.
///
/// Build scripts that look at that, such as ring's, would run again, and all that rests on them be built again, whenever
/// cargo is called once from here and once from a shell.
#[must_use]
pub fn bare_cargo() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&*name);
        }
    }
    command
}
