//! `diff`: sources, formats and exit codes.

use std::process::Command;

use super::folder::Folder;
use super::{Ran, command, fixture, root, run, xtask};

/// A small API.
const LIBRARY: &str = "codegen/tests/library";

/// Creates a directory with the description of the small API without one operation.
fn shortened(test: &str) -> (Folder, String) {
    let folder = Folder::new(test);
    for (path, (text, _)) in folder.files(&root().join(LIBRARY).display().to_string()) {
        let operation = "  delete: Takes a shelf down. Fails while it holds books.\n";
        folder.write(&format!("after/{path}"), &text.replace(operation, ""));
    }
    let after = folder.path("after");
    (folder, after)
}

#[test]
fn breaking_changes_are_reported_and_fail_only_with_fail_on() {
    let (_folder, after) = shortened("diff-breaks");
    let ran = xtask(&["diff", LIBRARY, &after]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("operation-removed"), "{}", ran.out);
    assert!(ran.out.ends_with("wire: breaking, crate: major\n"), "{}", ran.out);

    let ran = xtask(&["diff", LIBRARY, &after, "--fail-on", "breaking"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    let ran = xtask(&["diff", &after, LIBRARY, "--fail-on", "breaking"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "additions break nothing");
}

#[test]
fn a_report_has_three_forms() {
    let (_folder, after) = shortened("diff-forms");
    let form = |format| xtask(&["diff", LIBRARY, &after, "--format", format]).out;
    assert!(
        form("markdown")
            .starts_with("### Breaking changes\n\n- shelves\n  - **API and crate**: ")
    );
    let json: serde_json::Value = serde_json::from_str(&form("json")).expect("JSON");
    assert_eq!(json["rust"], "major");
    assert_eq!(json["changes"][0]["rule"], "operation-removed");
}

#[test]
fn a_description_does_not_differ_from_itself() {
    let same = fixture("keywords");
    let ran = xtask(&["diff", &same, &same, "--fail-on", "breaking"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "no changes\n"));
}

#[test]
fn the_rules_are_those_of_the_page() {
    let page = std::fs::read_to_string(root().join("codegen/src/diff/RULES.md"));
    assert_eq!(xtask(&["diff", "--rules"]).out, page.expect("a page"));
}

#[test]
fn invalid_sources_are_rejected() {
    let same = fixture("keywords");
    for name in ["no-such-thing", "", ":api-spec", "Cargo.toml"] {
        let ran = xtask(&["diff", name, &same]);
        let said = format!(
            "error: `{name}` is neither a directory nor a revision in the repository"
        );
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
        assert!(ran.err.starts_with(&said), "{}", ran.err);
    }
    let wrong = fixture("unreadable-and-wrong");
    let ran = xtask(&["diff", &same, &wrong]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err.ends_with(&format!(
            "error: `{wrong}` has errors, and cannot be compared\n"
        ))
    );
    assert_eq!(xtask(&["diff"]).code, Some(2));
}

#[test]
fn a_revision_is_read_without_a_checkout() {
    if !in_git() {
        return;
    }
    let same = "HEAD:codegen/tests/fixtures/keywords";
    let ran = xtask(&["diff", same, same]);
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (Some(0), "no changes\n", "")
    );
    let ran = xtask(&["diff", "HEAD", "HEAD:api-spec/"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "no changes\n"));
    let ran = xtask(&["diff", "HEAD:no/such/folder", same]);
    let said = "error: there is no folder `no/such/folder` in `HEAD`\n";
    assert_eq!((ran.code, ran.err.as_str()), (Some(2), said));
}

/// Runs git in a directory, with an author configured.
fn git(folder: &str, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(folder)
        .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
        .args(arguments);
    let output = git.output().expect("git can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Returns the output of `diff` in a directory.
fn diff_in(folder: &str, arguments: &[&str]) -> Ran {
    let mut command = command(&[&["diff"], arguments].concat());
    command.current_dir(folder);
    run(command)
}

#[test]
fn revisions_are_those_of_the_current_repository() {
    let folder = Folder::new("diff-other-repository");
    let other = folder.copy(LIBRARY, "other/api-spec");
    let other = other.trim_end_matches("/api-spec").to_owned();
    git(&other, &["init", "--quiet"]);
    git(&other, &["add", "."]);
    git(&other, &["commit", "--quiet", "--message", "Describe it"]);
    let path = "other/api-spec/resources/shelves.yaml";
    let operation = "  delete: Takes a shelf down. Fails while it holds books.\n";
    let shorter = folder.read(path).replace(operation, "");
    folder.write(path, &shorter);
    git(&other, &["commit", "--quiet", "--all", "--message", "Shorten it"]);

    let ran = diff_in(&other, &["HEAD~1"]);
    assert!(ran.out.contains("operation-removed"), "{}{}", ran.out, ran.err);
    assert!(ran.err.starts_with("revisions are those of `"), "{}", ran.err);

    let url = format!("file://{other}");
    let shallow = folder.path("shallow");
    git(&other, &["clone", "--quiet", "--depth", "1", &url, &shallow]);
    let ran = diff_in(&shallow, &["HEAD~1"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("this clone is shallow: `git fetch --unshallow"),
        "{}",
        ran.err
    );
}

/// Returns true in a git clone: a published crate has no history.
fn in_git() -> bool {
    let mut git = Command::new("git");
    git.current_dir(root()).args([
        "cat-file",
        "-e",
        "HEAD:codegen/tests/fixtures/keywords",
    ]);
    git.output().is_ok_and(|output| output.status.success())
}
