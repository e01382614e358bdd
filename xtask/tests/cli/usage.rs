//! Usage errors exit with 2 and name the alternatives.

use std::io::Read;
use std::process::Stdio;

use super::{command, fixture, run, xtask};

#[test]
fn unknown_words_get_suggestions() {
    let wrong: [&[&str]; 3] =
        [&["generate", "--chekc"], &["generrate"], &["lint", "--format", "xml"]];
    let report = wrong.map(|arguments| {
        let ran = xtask(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
        format!("{}:\n{}", arguments.join(" "), ran.err)
    });
    insta::assert_snapshot!(report.join("\n"));
}

#[test]
fn no_command() {
    let ran = xtask(&[]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("Usage: cargo xtask <COMMAND>"), "{}", ran.err);
}

#[test]
fn an_unknown_check() {
    let ran = xtask(&["ci", "spelling"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err.contains("invalid value 'spelling'")
            && ran.err.contains("[possible values: fmt, "),
        "{}",
        ran.err
    );
}

#[test]
fn a_missing_description() {
    for arguments in [["lint", "--spec"], ["model", "--spec"], ["generate", "--spec"]] {
        let ran = xtask(&[arguments[0], arguments[1], "no/such/folder"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert_eq!(
            ran.err,
            "error: there is no folder `no/such/folder` to read a description from\n"
        );
    }
}

#[test]
fn a_closed_pipe_is_not_a_failure() {
    for arguments in
        [&["model", "--spec", &fixture("keywords")][..], &["ci", "schema", "msrv"]]
    {
        let mut child = command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it can be run");
        drop(child.stdout.take());
        let mut err = String::new();
        child
            .stderr
            .take()
            .expect("it is piped")
            .read_to_string(&mut err)
            .expect("the output is UTF-8");
        let status = child.wait().expect("it ends");
        assert_eq!((status.code(), err.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn output_without_a_terminal_is_not_coloured() {
    for no_color in [None, Some("1"), Some("")] {
        let mut command = command(&["lint", "--spec", &fixture("deprecated-leak")]);
        command.envs(no_color.map(|value| ("NO_COLOR", value)));
        let ran = run(command);
        assert_eq!(ran.code, Some(1));
        assert!(!ran.err.contains('\u{1b}'), "NO_COLOR={no_color:?}: {}", ran.err);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn terminal_output_is_coloured_unless_no_color_is_set() {
    let shell = format!(
        "{} lint --spec {}",
        env!("CARGO_BIN_EXE_xtask"),
        fixture("deprecated-leak")
    );
    // `script` provides a terminal; without it this cannot be tested.
    let coloured = |no_color: Option<&str>| {
        let mut command = std::process::Command::new("script");
        command.args(["--quiet", "--return", "--command", &shell, "/dev/null"]);
        command.current_dir(super::root()).env_remove("NO_COLOR");
        command.envs(no_color.map(|value| ("NO_COLOR", value)));
        let output = command.stdin(Stdio::null()).output().ok()?;
        let shown = String::from_utf8_lossy(&output.stdout).into_owned();
        shown.contains("deprecated-type").then(|| shown.contains('\u{1b}'))
    };
    if let Some(usual) = coloured(None) {
        assert!(usual, "colours are on");
        assert_eq!(coloured(Some("1")), Some(false));
        assert_eq!(coloured(Some("")), Some(true), "an empty NO_COLOR has no effect");
    }
}
