//! A resource that is added to the description is a command without Rust code: the engine runs on another model.
//!
//! This program is the test, and with a model in its environment the command line that it tests; hence it has no harness.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use ngrok_cli_core::Shell;
use ngrok_codegen::load;
use ngrok_test_server::Server;

/// Names the file of the model to run on.
const MODEL: &str = "ADDED_RESOURCE_MODEL";

/// Name of the test.
const NAME: &str = "an_added_resource_is_a_command";

/// The added resource.
const NOTES: &str = "\
noun: vault note
resource: VaultNote
tag: VaultNotes
path: /vault_notes
apply: { key: [text] }
doc: A note attached to a vault.

operations:
  create: Attaches a note to a vault.
  delete: Deletes a note.
  get: Returns a note.
  list: Lists the notes of all vaults, newest first.

fields:
  id: { prefix: vn }
  uri:
  created_at:
  text: { type: string, max_bytes: 20, in: [response, create!], doc: Text of the note. }
";

fn main() -> ExitCode {
    if let Some(path) = env::var_os(MODEL) {
        let model = fs::read_to_string(path).expect("the model");
        let shell = Shell {
            name: "notes",
            version: "1.0.0",
            model: model.leak(),
            wrapped_prefix: None,
            extra_flags: &[],
            agent: None,
        };
        return ngrok_cli_core::run(Box::leak(Box::new(shell)));
    }
    let arguments: Vec<String> = env::args().skip(1).collect();
    let given = |name: &str| arguments.iter().any(|argument| argument == name);
    if given("--list") {
        if !given("--ignored") {
            println!("{NAME}: test");
        }
        return ExitCode::SUCCESS;
    }
    an_added_resource_is_a_command();
    println!("test {NAME} ... ok");
    ExitCode::SUCCESS
}

fn an_added_resource_is_a_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-spec");
    let copy = folder.path().join("api-spec");
    copy_all(&spec, &copy);
    fs::write(copy.join("resources/vault_notes.yaml"), NOTES).expect("a file");
    let model = load(&copy).model.expect("a description without errors");
    let path = folder.path().join("api.json");
    fs::write(&path, model.to_json()).expect("a file");
    let server = Server::builder().model(model).start().expect("a port");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env::current_exe().expect("this program"));
        command.env_clear().env("HOME", folder.path()).env(MODEL, &path);
        let output = command.envs(server.environment()).args(arguments).output();
        let output = output.expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (_, help, _) = run(&["vault-notes", "create", "--help"]);
    assert!(help.contains("--text") && help.contains("Text of the note"), "{help}");
    let (code, _, error) = run(&["vault-notes", "create", "--text", &"long".repeat(9)]);
    assert_eq!((code, error.contains("--text")), (Some(2), true), "{error}");
    let (code, _, error) = run(&["vault-notes", "create", "--text", "remember"]);
    assert_eq!((code, error.as_str()), (Some(0), ""));
    let columns = ["vault-notes", "list", "-o", "csv", "--columns", "text"];
    assert_eq!(run(&columns).1, "text\nremember\n");
    let (code, _, error) = run(&["vault-notes", "delete", "remember"]);
    assert_eq!((code, error.as_str()), (Some(0), ""));
    assert_eq!(run(&columns).1, "text\n");
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
}
