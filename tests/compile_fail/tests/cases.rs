//! Programs that would lose a value, name another resource or use a filter that the API does not have. The output of the
//! compiler is beside each; `TRYBUILD=overwrite` updates it.

use std::env;
use std::process::Command;

/// The flags of trybuild for the cases. It compiles dependencies without the last one before: with the same flags for
/// both, they are compiled once.
const FLAGS: [&str; 6] =
    ["--cfg", "trybuild", "--verbose", "-A", "dead_code", "--diagnostic-width=140"];

#[test]
fn cases_do_not_compile() {
    let test = env::current_exe().expect("a path");
    let mut cases = Command::new(test);
    cases.args(["cases", "--exact", "--ignored", "--nocapture"]);
    let output = cases.env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\x1f")).output();
    let output = output.expect("this program can be run");
    let shown = String::from_utf8_lossy(&output.stdout);
    println!("{shown}{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && shown.contains("1 passed"));
}

#[test]
#[ignore = "run by the test above, which sets the flags of the compiler"]
fn cases() {
    trybuild::TestCases::new().compile_fail("tests/cases/*.rs");
}
