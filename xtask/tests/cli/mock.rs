//! `mock`: validates its arguments and replaces itself by the program, whose own tests are in `tests/mock`.

use super::xtask;

#[test]
fn invalid_arguments_are_rejected_before_anything_is_built() {
    let ran = xtask(&["mock", "--rate-window", "1"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("--rate-limit"), "{}", ran.err);
}

/// Cargo is replaced, because building the program as users do takes longer than all other tests of the commands.
#[cfg(unix)]
#[test]
fn the_program_is_run_with_the_arguments() {
    use std::os::unix::fs::PermissionsExt;

    use super::folder::Folder;
    use super::{command, run};

    let folder = Folder::new("mock_program");
    folder.write("cargo", "#!/bin/sh\nfor argument; do echo \"$argument\"; done\n");
    let cargo = folder.path("cargo");
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&cargo, mode).expect("it was written");
    let mut mock = command(&["mock", "--fault", "a fault", "--port", "4000"]);
    mock.env("CARGO", cargo);
    let ran = run(mock);
    let (options, passed) = ran.out.split_once("\n--\n").expect("options of cargo end");
    assert!(options.starts_with("run\n--quiet\n--package\nngrok-mock\n"), "{options}");
    assert_eq!(passed, "--fault\na fault\n--port\n4000\n");
}
