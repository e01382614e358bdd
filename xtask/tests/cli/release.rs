//! `release`, in separate repositories.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::folder::Folder;
use super::{Ran, command, root, run, xtask};

const MANIFEST: &str = "\
# The workspace.
[workspace]
members = [\"generated-client\"]

[workspace.package]
version = \"0.1.0\" # of all packages
edition = \"2024\"
";

const LOCK: &str = "\
version = 4

[[package]]
name = \"library-client\"
version = \"0.1.0\"

[[package]]
name = \"other\"
version = \"0.1.0\"
source = \"registry+https://github.com/rust-lang/crates.io-index\"
";

const CHANGELOG: &str = "\
# Changelog

## [Unreleased]

### Added

- Everything.
";

const SHELVES: &str = "api-spec/resources/shelves.yaml";
const DELETE: &str = "  delete: Takes a shelf down. Fails while it holds books.\n";

/// A repository with a small API and its client.
struct Repository(Folder);

impl Repository {
    /// Commits everything, without a release.
    fn new(test: &str) -> Self {
        let repository = Self(Folder::new(&format!("release-{test}")));
        let folder = &repository.0;
        copy(&root().join("codegen/tests/library"), Path::new(&folder.path("api-spec")));
        copy(&root().join("templates"), Path::new(&folder.path("templates")));
        for (path, text) in
            [("Cargo.toml", MANIFEST), ("Cargo.lock", LOCK), ("CHANGELOG.md", CHANGELOG)]
        {
            folder.write(path, text);
        }
        repository.git(&["init", "--quiet"]);
        repository.generate();
        repository.commit();
        repository
    }

    /// Releases everything so far as version 0.1.0.
    fn released(test: &str) -> Self {
        let repository = Self::new(test);
        let ran = repository.release(&[]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        repository.commit();
        repository.git(&["tag", "v0.1.0"]);
        repository
    }

    fn release(&self, arguments: &[&str]) -> Ran {
        let root = self.0.path("");
        let mut release = command(&["release", "--root", &root]);
        alone(release.args(arguments));
        run(release)
    }

    fn generate(&self) {
        let (spec, out) = (self.0.path("api-spec"), self.0.path("generated-client"));
        let ran = xtask(&["generate", "--spec", &spec, "--out", &out]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    }

    fn git(&self, arguments: &[&str]) -> String {
        let mut git = Command::new("git");
        alone(git.args(["-c", "user.name=x", "-c", "user.email=x@example.com"]));
        let output = git.args(arguments).current_dir(self.0.path("")).output();
        let output = output.expect("git can be run");
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
        String::from_utf8(output.stdout).expect("git prints UTF-8")
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "Go on"]);
    }

    fn replace(&self, file: &str, from: &str, to: &str) {
        let text = self.0.read(file);
        assert!(text.contains(from), "{file} has no {from:?}");
        self.0.write(file, &text.replacen(from, to, 1));
    }

    /// Edits the description, generates and commits.
    fn change(&self, file: &str, from: &str, to: &str) {
        self.replace(file, from, to);
        self.generate();
        self.commit();
    }

    /// Normalizes the parts of a text that differ from run to run.
    fn plain(&self, text: &str) -> String {
        let date = |word: &str| {
            let digits = word.bytes().filter(u8::is_ascii_digit).count();
            word.len() == 10 && digits == 8 && word.matches('-').count() == 2
        };
        let text = text.replace(&self.0.path(""), "");
        let lines = text.lines().map(|line| match line.rsplit_once(' ') {
            Some((start, end)) if date(end) => format!("{start} [date]"),
            _ => line.to_owned(),
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// Isolates git from the configuration of this machine.
fn alone(command: &mut Command) {
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// Returns the error message of a failed command.
fn refused(ran: &Ran) -> &str {
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{}", ran.err);
    ran.err.strip_prefix("error: ").expect("it prints a message").trim_end()
}

#[test]
fn the_first_release_has_the_version_of_the_manifest() {
    let repository = Repository::new("first");
    let ran = repository.release(&["--dry-run"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(repository.plain(&ran.out));
    assert_eq!(repository.git(&["status", "--porcelain"]), "", "nothing is written");

    let ran = repository.release(&["--version", "1.0.0"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("next version: 1.0.0\n"), "{}", ran.out);
    assert_eq!(repository.0.read("Cargo.toml"), MANIFEST.replace("0.1.0", "1.0.0"));
}

#[test]
fn additions_raise_the_last_place() {
    let repository = Repository::released("additions");
    let room = "  room:";
    let isbn = "  lamp: { type: string, in: [response], doc: What lights it. }\n  room:";
    repository.change(SHELVES, room, isbn);
    let ran = repository.release(&[]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let changelog = repository.0.read("CHANGELOG.md");
    insta::assert_snapshot!(repository.plain(&format!("{}\n{changelog}", ran.out)));
    let changed = " M CHANGELOG.md\n M Cargo.lock\n M Cargo.toml\n";
    assert_eq!(repository.git(&["status", "--porcelain"]), changed);
    assert_eq!(repository.0.read("Cargo.toml"), MANIFEST.replace("0.1.0", "0.1.1"));
    assert_eq!(repository.0.read("Cargo.lock"), LOCK.replacen("0.1.0", "0.1.1", 1));

    repository.commit();
    repository.git(&["tag", "v0.1.1"]);
    let said = "nothing to release: the description has not changed since v0.1.1, and there are no entries under \
        Unreleased in CHANGELOG.md";
    assert_eq!(refused(&repository.release(&[])), said);
}

#[test]
fn breaking_changes_require_more_and_smaller_versions_are_rejected() {
    let repository = Repository::released("breaks");
    repository.replace(
        "CHANGELOG.md",
        "## [Unreleased]\n",
        "## [Unreleased]\n\n### Fixed\n\n- A slip.\n",
    );
    repository.change(SHELVES, DELETE, "");
    let ran = repository.release(&["--dry-run"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(repository.plain(&ran.out));

    let said = "0.1.1 is too small for the changes: at least 0.2.0 is required\n";
    assert!(refused(&repository.release(&["--version", "0.1.1"])).starts_with(said));
    let said = "0.1.0 does not come after 0.1.0, the last version";
    assert_eq!(refused(&repository.release(&["--version", "0.1.0"])), said);
    let ran = repository.release(&["--version", "0.2.0-rc.1"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(repository.0.read("CHANGELOG.md").contains("\n## [0.2.0-rc.1] - "));
}

#[test]
fn hand_written_entries_count_too() {
    let repository = Repository::released("by-hand");
    repository.replace(
        "CHANGELOG.md",
        "## [Unreleased]\n",
        "## [Unreleased]\n\n### Removed\n\n- The feature `old`.\n",
    );
    repository.commit();
    let ran = repository.release(&["--dry-run"]);
    assert_eq!(ran.code, Some(0));
    let said = "\
last version: 0.1.0 (1 commit ago)
description: patch (no changes)
CHANGELOG: major (by `Removed` under Unreleased)
next version: 0.2.0
";
    assert!(ran.out.starts_with(said), "{}", ran.out);
}

#[test]
fn unrelated_tags_and_other_branches_do_not_count() {
    let repository = Repository::released("tags");
    repository.git(&["tag", "vendored"]);
    repository.git(&["tag", "latest"]);
    repository.git(&["checkout", "--quiet", "-b", "other"]);
    repository.0.write("note", "");
    repository.commit();
    repository.git(&["tag", "v3.0.0"]);
    repository.git(&["checkout", "--quiet", "-"]);
    repository.change(SHELVES, DELETE, "");
    let ran = repository.release(&["--dry-run"]);
    assert!(
        ran.out.starts_with("last version: 0.1.0 (1 commit ago)\n"),
        "{}{}",
        ran.out,
        ran.err
    );
}

#[test]
fn a_dirty_tree_is_rejected() {
    let repository = Repository::new("dirty");
    let dirty = "the tree is dirty: commit or stash the changes\n  ";
    repository.0.write("note", "");
    assert_eq!(refused(&repository.release(&[])), format!("{dirty}?? note"));
    repository.git(&["add", "note"]);
    assert_eq!(refused(&repository.release(&["--dry-run"])), format!("{dirty}A  note"));
    repository.commit();
    repository.replace(SHELVES, DELETE, "");
    assert_eq!(refused(&repository.release(&[])), format!("{dirty} M {SHELVES}"));
    assert_eq!(repository.0.read("CHANGELOG.md"), CHANGELOG);
}

#[test]
fn stale_output_is_rejected() {
    let repository = Repository::new("stale");
    repository.replace(SHELVES, DELETE, "");
    repository.commit();
    let ran = repository.release(&[]);
    let said = refused(&ran);
    assert!(said.contains(" files of the client are stale: run `cargo xtask generate`"));

    repository.0.write("api-spec/schema.json", "{}");
    repository.commit();
    let ran = repository.release(&[]);
    assert!(refused(&ran).starts_with("the schema of the description is stale: "));
    assert_eq!(repository.0.read("CHANGELOG.md"), CHANGELOG);
}

#[test]
fn invalid_releases_are_rejected() {
    let repository = Repository::new("cannot");
    let changelogs = [
        ("# Changelog\n", "CHANGELOG.md has no heading `## [Unreleased]`"),
        (
            "## [Unreleased]\n- a\n\n## [0.1.0] - 2026-01-31\n",
            "CHANGELOG.md has a section for 0.1.0 already",
        ),
        (
            "## [Unreleased]\n",
            "nothing to release: the description has not changed, and there are no entries under Unreleased in \
             CHANGELOG.md",
        ),
    ];
    for (text, said) in changelogs {
        repository.0.write("CHANGELOG.md", text);
        repository.commit();
        assert_eq!(refused(&repository.release(&[])), said);
    }
    repository.0.write("Cargo.toml", "[workspace]\n");
    repository.commit();
    let said = "Cargo.toml has no `version` under `[workspace.package]`";
    assert_eq!(refused(&repository.release(&[])), said);

    let folder = Folder::new("release-no-repository");
    let mut release = command(&["release", "--root", &folder.path("")]);
    alone(release.env("GIT_CEILING_DIRECTORIES", std::env::temp_dir()));
    let ran = run(release);
    assert!(refused(&ran).starts_with("git failed: "), "{}", ran.err);

    let ran = repository.release(&["--version", "one"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("invalid value 'one' for '--version <VERSION>'"));
}
