//! API keys: where they come from, how they are kept, and that they are never shown.

use std::fs;
use std::path::Path;
use std::process::Command;

use ngrok_test_server::Server;

use crate::support::{Run, empty_server, feed, home, program, run};

/// Returns the program with the address of a server and without a key.
fn without_key(server: &Server, home: &Path, arguments: &[&str]) -> Command {
    let mut command = program(home);
    command.env("NGROK_API_URL", server.url()).args(arguments);
    command
}

fn key_is_secret(server: &Server, ran: &Run) {
    let key = server.api_key();
    assert!(!ran.out.contains(key) && !ran.err.contains(key), "{ran:?}");
}

#[test]
fn login_status_logout() {
    let server = empty_server();
    let home = home();
    let run = |arguments: &[&str], input: &str| {
        feed(without_key(&server, home.path(), arguments), input)
    };
    let login = run(&["auth", "login"], &format!("{}\n", server.api_key()));
    assert_eq!(login.code, Some(0), "{login:?}");
    key_is_secret(&server, &login);
    let status = run(&["auth", "status", "--jq", "[.source, .accepted]"], "");
    assert_eq!(status.out, "[\"profile default\",true]\n", "{status:?}");
    assert_eq!(run(&["ip-policies", "list", "-o", "name"], "").code, Some(0));
    let wrong = run(&["auth", "login", "--profile", "other"], "wrong\n");
    assert_eq!(wrong.code, Some(3), "{wrong:?}");
    let unknown = run(&["ip-policies", "list", "--profile", "defualt"], "");
    assert_eq!(
        unknown.err,
        "error: there is no profile `defualt`; did you mean `default`? Or set NGROK_API_KEY or run `ngrok-api auth login`\n"
    );
    let unknown = run(&["auth", "logout", "--profile", "defualt"], "");
    assert_eq!(
        (unknown.code, &*unknown.err),
        (Some(4), "error: there is no profile `defualt`; did you mean `default`?\n")
    );
    assert_eq!(run(&["auth", "logout"], "").code, Some(0));
    assert_eq!(run(&["ip-policies", "list"], "").code, Some(3));
}

#[cfg(unix)]
#[test]
fn files_with_keys_are_private() {
    use std::os::unix::fs::PermissionsExt;

    let server = empty_server();
    let home = home();
    let run = |arguments: &[&str], input: &str| {
        feed(without_key(&server, home.path(), arguments), input)
    };
    run(&["auth", "login"], server.api_key());
    let file = home.path().join(".config/ngrok-api/profiles.json");
    let mode = fs::metadata(&file).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("permissions");
    let warned = run(&["ip-policies", "list", "-o", "name"], "");
    assert!(
        warned.err.starts_with("warning: ") && warned.err.contains("chmod 600"),
        "{warned:?}"
    );
}

#[test]
fn the_configuration_of_the_agent() {
    let server = empty_server();
    let home = home();
    let folder = home.path().join(".config/ngrok");
    fs::create_dir_all(&folder).expect("a folder");
    let list = |arguments: &[&str]| {
        feed(
            without_key(
                &server,
                home.path(),
                &[&["ip-policies", "list", "-o", "name"], arguments].concat(),
            ),
            "",
        )
    };
    let versions = [
        format!("version: \"2\"\nauthtoken: x\napi_key: {}\n", server.api_key()),
        format!("version: 3\nagent:\n  authtoken: x\n  api_key: {}\n", server.api_key()),
    ];
    for config in versions {
        fs::write(folder.join("ngrok.yml"), config).expect("a file");
        let ran = list(&[]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    fs::write(home.path().join("wrong.yml"), "api_key: wrong\n").expect("a file");
    assert_eq!(list(&["--config", "wrong.yml"]).code, Some(3));
    assert_eq!(list(&["--config", "wrong.yml,.config/ngrok/ngrok.yml"]).code, Some(0));
    fs::write(home.path().join("wrong.yml"), "api_key: [\n").expect("a file");
    let damaged = list(&["--config", "wrong.yml"]);
    assert_eq!(
        (damaged.code, &*damaged.err),
        (Some(2), "error: wrong.yml is not YAML\n")
    );
}

#[test]
fn what_cannot_be_recorded_is_not_sent() {
    let server = empty_server();
    let create = ["ip-policies", "create", "--record", "none/a.har"];
    let ran = run(&server, &create);
    assert_eq!((ran.code, &*ran.out), (Some(2), ""));
    assert!(ran.err.starts_with("error: --record none/a.har: "), "{ran:?}");
    let list = ["ip-policies", "list", "-o", "name"];
    assert_eq!(run(&server, &list).success(), "");
}

#[test]
fn recordings_and_logs_have_no_key() {
    let server = empty_server();
    let home = home();
    let mut command = program(home.path());
    command.envs(server.environment()).args([
        "api-keys",
        "create",
        "--description",
        "ci",
    ]);
    command.args([
        "--record",
        "a.har",
        "--log",
        "a.log",
        "--log-level",
        "debug",
        "--log-format",
        "json",
    ]);
    let ran = feed(command, "");
    let token = ran.json()["token"].as_str().expect("a token").to_owned();
    for file in ["a.har", "a.log"] {
        let text = fs::read_to_string(home.path().join(file)).expect("a file");
        assert!(text.contains("/api_keys"), "{text}");
        assert!(!text.contains(server.api_key()) && !text.contains(&token), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn a_wrong_base_url_is_reported_with_its_source() {
    use std::os::unix::fs::PermissionsExt;

    let server = empty_server();
    let home = home();
    let wrong = "http://api.example.com";
    let list = |arguments: &[&str], variable: &str| {
        let mut command = program(home.path());
        command.env("NGROK_API_URL", variable).args(["ip-policies", "list"]);
        command.args(arguments);
        feed(command, "").err
    };
    let problem = "the base URL is plain http, which is only allowed for loopback addresses; use https\n";
    assert_eq!(
        list(&["--api-key=k", "--api-url", wrong], "").lines().last(),
        Some(format!("error: --api-url: {problem}").trim_end())
    );
    let profiles = format!(
        r#"{{"profiles": {{"old": {{"api_key": "k", "api_url": "{wrong}"}}}}}}"#
    );
    fs::create_dir_all(home.path().join(".config/ngrok-api")).expect("a folder");
    let file = home.path().join(".config/ngrok-api/profiles.json");
    fs::write(&file, profiles).expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("permissions");
    assert_eq!(
        list(&["--profile=old"], server.url()),
        format!("error: profile old: {problem}")
    );
    assert_eq!(
        list(&["--dry-run"], wrong),
        format!("error: environment variable NGROK_API_URL: {problem}")
    );
}
