//! `--check`: prints what is stale, writes nothing, and exits with 1 if anything is.

use std::fs;

use super::folder::Folder;
use super::{Ran, fixture, xtask};

fn check(out: &str) -> Ran {
    xtask(&["generate", "--check", "--spec", &fixture("no-paging"), "--out", out])
}

/// Creates a directory with an up-to-date client.
fn client(test: &str) -> (Folder, String) {
    let folder = Folder::new(test);
    let out = folder.path("client");
    let ran = xtask(&["generate", "--spec", &fixture("no-paging"), "--out", &out]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    (folder, out)
}

#[test]
fn nothing_is_stale() {
    let (folder, out) = client("nothing_is_stale");
    let before = folder.files("client");
    let ran = check(&out);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let expected = format!(
        "{out}: 0 files to be written, {} unchanged, 0 to be removed",
        before.len()
    );
    assert_eq!(ran.out.lines().next(), Some(expected.as_str()));
    assert!(!ran.out.contains("bring it up to date"));
}

#[test]
fn stale_stray_and_missing_files() {
    let (folder, out) = client("stale_stray_and_missing");
    let api = folder.read("client/src/api.rs");
    folder.write(
        "client/src/api.rs",
        &api.replace("\"EXAMPLE_KEY\"", "\"EXAMPLE_TOKEN\""),
    );
    let mut reports = vec![reported(&folder, &out)];
    folder.write("client/src/api.rs", &api);
    folder.write("client/src/resources/stray.rs", "");
    reports.push(reported(&folder, &out));
    fs::remove_file(folder.path("client/src/resources/stray.rs")).expect("it is there");
    fs::remove_file(folder.path("client/src/clients.rs")).expect("it is there");
    reports.push(reported(&folder, &out));
    insta::assert_snapshot!(reports.join("\n\n"));
}

/// Returns the report of what is stale, after which nothing has changed.
fn reported(folder: &Folder, out: &str) -> String {
    let before = folder.files("client");
    let ran = check(out);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    assert!(folder.files("client") == before, "nothing is written or removed");
    shown(&ran, out)
}

#[test]
fn no_client_at_all() {
    let folder = Folder::new("no_client_at_all");
    let ran = check(&folder.path("client"));
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    assert!(ran.out.contains(" 0 unchanged, 0 to be removed"));
    assert!(!folder.exists("client"), "not even the directory is created");
}

/// Returns the output, without what changes from run to run.
fn shown(ran: &Ran, out: &str) -> String {
    let lines = ran.out.lines().filter(|line| !line.starts_with("read "));
    let lines = lines.map(|line| line.replace(out, "[client]"));
    let lines = lines.map(|line| match line.split_once(" unchanged") {
        Some((before, after)) if before.starts_with("[client]: ") => {
            let kept = before.rsplit_once(' ').map_or(before, |(kept, _)| kept);
            format!("{kept} [all others] unchanged{after}")
        }
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}
