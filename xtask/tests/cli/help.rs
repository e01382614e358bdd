//! The help of each command.

use super::xtask;

/// Defines one test for each command: its name, and the arguments that print its help.
macro_rules! helps {
    ($($name:ident: [$($argument:literal),*];)*) => {
        $(#[test]
        fn $name() {
            let ran = xtask(&[$($argument),*]);
            assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
            insta::assert_snapshot!(ran.out);
        })*

        const LISTED: &[&[&str]] = &[$(&[$($argument),*]),*];
    };
}

helps! {
    all: ["--help"];
    ci: ["ci", "--help"];
    export: ["export", "--help"];
    diff: ["diff", "--help"];
    explain: ["explain", "--help"];
    generate: ["generate", "--help"];
    import: ["import", "--help"];
    lint: ["lint", "--help"];
    mock: ["mock", "--help"];
    release: ["release", "--help"];
    traffic: ["traffic", "--help"];
}

/// Commands with few options, in one snapshot.
const SHORT: [&str; 4] = ["demo", "model", "schema", "test"];

#[test]
fn short() {
    let help = SHORT.map(|name| {
        let ran = xtask(&[name, "--help"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        ran.out
    });
    insta::assert_snapshot!(help.join("\n"));
}

#[test]
fn each_command_has_help() {
    let all = xtask(&["--help"]).out;
    let (_, commands) = all.split_once("Commands:\n").expect("it lists commands");
    let (commands, _) = commands.split_once("\n\n").expect("options follow");
    for line in commands.lines() {
        let name = line.split_whitespace().next().expect("a command has a name");
        let ran = xtask(&[name, "--help"]);
        let usage = format!("Usage: cargo xtask {name}");
        assert!(name == "help" || ran.out.contains(&usage), "{name}: {}", ran.out);
        assert!(line.split_whitespace().count() > 2, "{name} has no description");
    }
    let listed = LISTED.iter().filter(|arguments| arguments.len() > 1);
    for name in listed.map(|arguments| arguments[0]).chain(SHORT) {
        assert!(commands.contains(name), "{name} is missing");
    }
}
