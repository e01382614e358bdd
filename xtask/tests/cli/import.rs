//! `import`: changes of a description, and messages.

use super::folder::Folder;
use super::xtask;

const SMALL: &str = "codegen/tests/openapi_import/documents/small.yaml";
const ORDERS: &str = "codegen/tests/openapi_import/documents/orders.yaml";

fn small(folder: &Folder) -> String {
    folder.copy("codegen/tests/openapi_import/small", "api")
}

#[test]
fn a_dry_run_shows_the_difference_and_writes_nothing() {
    let folder = Folder::new("import_dry_run");
    let spec = small(&folder);
    let before = folder.files("api");
    let ran = xtask(&["import", SMALL, "--spec", &spec, "--dry-run"]);
    assert_eq!((ran.code, folder.files("api") == before), (Some(1), true));
    insta::assert_snapshot!(ran.out.replace(&spec, "api"));
    assert!(ran.err.contains("for a person to decide:"), "{}", ran.err);
    assert!(
        ran.err.contains("api/resources/things.yaml:18  fields.weight"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("small.yaml:144  /components/schemas/Thing/properties/serial"),
        "{}",
        ran.err
    );
}

#[test]
fn a_second_import_writes_nothing() {
    let folder = Folder::new("import_twice");
    let spec = small(&folder);
    let ran = xtask(&["import", SMALL, "--spec", &spec]);
    assert!(
        ran.err.contains("api/resources/folder_locks.yaml written\n"),
        "{}",
        ran.err
    );
    let before = folder.files("api");
    assert!(before["imported.yaml"].0.contains("document: small.yaml\n"));
    let again = xtask(&["import", SMALL, "--spec", &spec]);
    assert!(!again.err.contains(" written\n"), "{}", again.err);
    assert_eq!(
        (again.code, again.out.as_str()),
        (Some(1), ""),
        "a person still has to decide"
    );
    assert!(folder.files("api") == before);
    assert!(before["resources/things.yaml"].0.contains("lost:"), "it is reported only");
    let pruned = xtask(&["import", SMALL, "--spec", &spec, "--prune"]);
    assert!(pruned.err.contains("  the operation `ThingsLost`\n"), "{}", pruned.err);
    assert!(!folder.read("api/resources/things.yaml").contains("lost:"));
}

#[test]
fn our_own_export_has_nothing_new() {
    let folder = Folder::new("import_own");
    let document = folder.path("openapi.json");
    xtask(&["export", "--out", &document]);
    let ran = xtask(&["import", &document, "--dry-run"]);
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (Some(0), "", "nothing to do\n")
    );
}

#[test]
fn a_new_description_is_ready_to_generate() {
    let folder = Folder::new("import_new");
    let spec = folder.path("orders");
    let ran = xtask(&["import", ORDERS, "--new", &spec]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.err.contains("cannot be expressed, and was omitted:"), "{}", ran.err);
    let out = folder.path("client");
    let generated = xtask(&["generate", "--spec", &spec, "--out", &out]);
    assert_eq!(generated.code, Some(0), "{}", generated.err);
    let again = xtask(&["import", ORDERS, "--new", &spec]);
    assert_eq!((again.code, again.out.as_str()), (Some(2), ""));
    assert!(again.err.contains("is not empty"), "{}", again.err);
}

#[test]
fn a_malformed_document_is_located() {
    let folder = Folder::new("import_bad");
    folder.write("a.yaml", "openapi: 3.0.0\na: [1\nb: 2\n");
    let ran = xtask(&["import", &folder.path("a.yaml"), "--dry-run"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("a.yaml:"), "{}", ran.err);
    let missing = xtask(&["import", &folder.path("b.yaml")]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.contains("cannot read"), "{}", missing.err);
}

#[test]
fn a_stale_override_is_reported() {
    let folder = Folder::new("import_stale");
    let spec = small(&folder);
    folder.write(
        "api/overrides.yaml",
        "document: Small API\noverrides:\n  - { at: /gone, remove: true, reason: It was there. }\n",
    );
    let ran = xtask(&["import", SMALL, "--spec", &spec]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("`/gone` does not exist in the document"), "{}", ran.err);
    assert!(ran.err.contains("overrides.yaml"), "{}", ran.err);
}
