//! Directories on disk: that of this repository, and invalid ones.

use std::fs;
use std::path::{Path, PathBuf};

use ngrok_codegen::diagnostic::Color;
use ngrok_codegen::spec::{self, Loaded};

fn description() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-spec")
}

fn shown(loaded: &Loaded) -> String {
    loaded.diagnostics.render(&loaded.sources, Color::Never)
}

/// Returns a directory with a small description.
fn folder(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("load").join(name);
    let _ = fs::remove_dir_all(&dir);
    let files = [
        ("api.yaml", include_str!("diagnostics_reading/api.yaml")),
        ("errors.yaml", include_str!("diagnostics_reading/errors.yaml")),
        ("resources/things.yaml", include_str!("diagnostics_reading/things.yaml")),
        ("resources/edges/https.yaml", include_str!("diagnostics_reading/things.yaml")),
        ("README.md", "# Read me"),
    ];
    for (path, text) in files {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().expect("it is below the folder"))
            .expect("a new folder");
        fs::write(path, text).expect("a new file");
    }
    dir
}

#[test]
fn the_description_is_read_without_diagnostics() {
    let loaded = spec::load(&description());
    assert_eq!(shown(&loaded), "");
    assert!(loaded.spec.is_some());
}

#[test]
fn paths_become_accessors_in_order() {
    let loaded = spec::load(&folder("in_order"));
    assert_eq!(shown(&loaded), "");
    let spec = loaded.spec.expect("all is right");
    let accessors: Vec<_> =
        spec.resources.iter().map(|file| file.accessor.join(".")).collect();
    assert_eq!(accessors, ["edges.https", "things"]);
}

#[test]
fn a_missing_directory() {
    let loaded = spec::load(Path::new("no/such/folder"));
    insta::assert_snapshot!(shown(&loaded), @"error[missing-folder]: no/such/folder is not a folder");
}

#[test]
fn an_empty_folder() {
    let dir = folder("empty");
    fs::remove_dir_all(dir.join("resources")).expect("it is there");
    fs::remove_file(dir.join("errors.yaml")).expect("it is there");
    insta::assert_snapshot!(shown(&spec::load(&dir)), @r"
    error[missing-file]: there is no errors.yaml
    --> errors.yaml

    error[missing-file]: there are no files below resources/
    ");
}

#[test]
fn a_file_that_is_not_utf_8() {
    let dir = folder("not_utf_8");
    fs::write(dir.join("errors.yaml"), b"format: x\ndocs: \xffy\n").expect("a new file");
    fs::write(dir.join("resources/other.yaml"), b"\xc3").expect("a new file");
    insta::assert_snapshot!(shown(&spec::load(&dir)), @r"
    error[not-utf-8]: errors.yaml is not UTF-8
     --> errors.yaml:2:7
      |
    2 | docs: �y
      |       ^

    error[not-utf-8]: resources/other.yaml is not UTF-8
     --> resources/other.yaml:1:1
      |
    1 | �
      | ^
    ");
}

#[test]
#[cfg(unix)]
fn links_out_of_the_directory() {
    use std::os::unix::fs::symlink;

    let dir = folder("links");
    let resources = dir.join("resources");
    symlink("things.yaml", resources.join("within.yaml")).expect("a new link");
    symlink("/etc/hostname", resources.join("outside.yaml")).expect("a new link");
    symlink("gone.yaml", resources.join("dangling.yaml")).expect("a new link");
    symlink(".", resources.join("around")).expect("a new link");
    let loaded = spec::load(&dir);
    insta::assert_snapshot!(shown(&loaded), @r"
    error[unreadable]: resources/around is a link to a folder, which is not followed
    --> resources/around

    error[unreadable]: resources/dangling.yaml cannot be read: No such file or directory (os error 2)
    --> resources/dangling.yaml

    error[unreadable]: resources/outside.yaml cannot be read: it is a link that leads out of the folder
    --> resources/outside.yaml
    ");
    assert_eq!(loaded.spec.expect("the rest is right").resources.len(), 3);
}

#[test]
fn files_of_editors_are_ignored() {
    let dir = folder("editors");
    let names =
        [".things.yaml.swp", ".#a.yaml", ".DS_Store", "#things.yaml#", "things.yaml~"];
    for name in names {
        fs::write(dir.join("resources").join(name), [0xff]).expect("a new file");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("user@host.1", dir.join("resources/.#things.yaml"))
        .expect("a new link");
    assert_eq!(shown(&spec::load(&dir)), "");
}

#[test]
fn directories_in_the_place_of_files() {
    let dir = folder("folders");
    fs::remove_file(dir.join("api.yaml")).expect("it is there");
    fs::create_dir(dir.join("api.yaml")).expect("a new folder");
    fs::create_dir(dir.join("resources/dir.yaml")).expect("a new folder");
    fs::write(dir.join("resources/notes.txt"), "").expect("a new file");
    insta::assert_snapshot!(shown(&spec::load(&dir)), @r"
    error[wrong-file-ending]: resources/notes.txt is not part of a description
    --> resources/notes.txt
     = help: files below resources/ have names that end in `.yaml`

    error[missing-file]: there is no api.yaml
    --> api.yaml
    ");
}

#[test]
fn corrections_are_read_with_the_description() {
    let dir = folder("corrections");
    let corrections = "\
document: Things
overrides:
  - at: /paths
    remove: true
    set: 1
    reason: Both.
  - { at: paths, remove: true, reason: There is no slash. }
  - { at: /paths, remove: true, reason: ' ' }
  - { at: /paths, remove: true }
";
    fs::write(dir.join("overrides.yaml"), corrections).expect("a new file");
    insta::assert_snapshot!(shown(&spec::load(&dir)), @r"
    error[unclear-override]: a correction has one of `set`, `remove: true` and `without`
     --> overrides.yaml:3:9
      |
    3 |   - at: /paths
      |         ^^^^^^

    error[malformed-pointer]: `paths` is no JSON pointer
     --> overrides.yaml:7:11
      |
    7 |   - { at: paths, remove: true, reason: There is no slash. }
      |           ^^^^^
      |
      = help: such as `/components/schemas/Thing/required`; `~1` stands for `/` inside of a key

    error[no-reason]: a correction has a reason, and this one is empty
     --> overrides.yaml:8:41
      |
    8 |   - { at: /paths, remove: true, reason: ' ' }
      |                                         ^^^

    error[missing-key]: missing key `reason`
     --> overrides.yaml:9:7
      |
    9 |   - { at: /paths, remove: true }
      |       ^^
    ");
}

#[test]
#[cfg(unix)]
fn a_pipe_does_not_block() {
    let dir = folder("pipe");
    let pipe = dir.join("resources/pipe.yaml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("it can be run").success());
    insta::assert_snapshot!(shown(&spec::load(&dir)), @r"
    error[unreadable]: resources/pipe.yaml cannot be read: it is not a regular file
    --> resources/pipe.yaml
    ");
}
