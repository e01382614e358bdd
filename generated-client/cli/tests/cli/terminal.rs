//! Behaviour on a terminal: tables that fit, colours, questions, keys without echo.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

use ngrok_test_server::Server;
use nix::sys::termios::{LocalFlags, tcgetattr};
use pty_process::Size;
use pty_process::blocking::{Command, open};

use crate::support::{PROGRAM, empty_server, home, policies, run, stable};

/// Runs the program on a terminal of this width; `input` is typed once the program asks.
fn on_terminal<S: AsRef<OsStr>>(
    server: &Server,
    home: &Path,
    columns: u16,
    arguments: &[S],
    input: &str,
) -> (Option<i32>, String) {
    on_terminal_of_size(server, home, Size::new(24, columns), arguments, input)
}

fn on_terminal_of_size<S: AsRef<OsStr>>(
    server: &Server,
    home: &Path,
    size: Size,
    arguments: &[S],
    input: &str,
) -> (Option<i32>, String) {
    let (mut pty, pts) = open().expect("a terminal");
    pty.resize(size).expect("a size");
    let command =
        Command::new(PROGRAM).env_clear().env("HOME", home).env("TERM", "xterm");
    let command = command.envs(server.environment()).args(arguments);
    let mut child = command.spawn(pts).expect("the program starts");
    let mut text = Vec::new();
    if !input.is_empty() {
        asked(&mut pty, &mut text, b"[y/N] ");
        pty.write_all(input.as_bytes()).expect("input");
    }
    // The end of the program is an error here.
    let _ = pty.read_to_end(&mut text);
    let code = child.wait().expect("the program ends").code();
    (code, String::from_utf8_lossy(&text).replace("\r\n", "\n"))
}

/// Reads until a prompt is there.
fn asked(pty: &mut impl Read, text: &mut Vec<u8>, prompt: &[u8]) {
    let mut byte = [0];
    while !text.ends_with(prompt) && pty.read_exact(&mut byte).is_ok() {
        text.push(byte[0]);
    }
}

#[test]
fn tables_fit_and_have_bold_titles() {
    let server = empty_server();
    policies(&server, 2);
    let home = home();
    let (code, wide) =
        on_terminal(&server, home.path(), 90, &["ip-policies", "list"], "");
    assert_eq!(code, Some(0));
    let (_, narrow) =
        on_terminal(&server, home.path(), 40, &["ip-policies", "list"], "");
    let shown = format!("{wide}\n{narrow}").replace('\x1b', "ESC");
    insta::assert_snapshot!(stable(&server, &shown));
    let (_, plain) = on_terminal(
        &server,
        home.path(),
        90,
        &["ip-policies", "list", "--color", "never"],
        "",
    );
    assert!(!plain.contains('\x1b'), "{plain}");
}

#[test]
fn colours_follow_no_color_and_the_option() {
    let server = empty_server();
    policies(&server, 1);
    let home = home();
    let coloured = |arguments: &[&str], no_color: &str| {
        let (mut pty, pts) = open().expect("a terminal");
        let command = Command::new(PROGRAM).env_clear().env("HOME", home.path());
        let command = command.envs(server.environment()).env("TERM", "xterm");
        let command = command.env("NO_COLOR", no_color);
        let mut child = command.args(arguments).spawn(pts).expect("the program starts");
        let mut text = Vec::new();
        // The end of the program is an error here.
        let _ = pty.read_to_end(&mut text);
        child.wait().expect("the program ends");
        text.contains(&b'\x1b')
    };
    for arguments in [&["ip-policies", "list"][..], &["ip-policies", "--help"], &["lst"]]
    {
        assert!(coloured(arguments, ""), "{arguments:?}");
        assert!(!coloured(arguments, "1"), "{arguments:?}");
    }
    assert!(coloured(&["ip-policies", "list", "--color=always"], "1"));
    let piped = run(&server, &["ip-policies", "list", "-o=table", "--color=always"]);
    assert!(piped.out.starts_with("\x1b[1mID"), "{piped:?}");
}

#[test]
fn slow_listings_show_their_progress_on_terminals_only() {
    let latency = Duration::from_millis(450);
    let server = Server::builder().seed(7).latency(latency).start().expect("a port");
    policies(&server, 10);
    let home = home();
    let list = ["ip-policies", "list", "--page-size=2", "-o", "name"];
    let (code, shown) = on_terminal(&server, home.path(), 80, &list, "");
    assert_eq!(code, Some(0));
    assert!(shown.contains("\r6 items...") && shown.contains("\r\x1b[K"), "{shown:?}");
    let ran = run(&server, &list);
    assert_eq!((ran.out.lines().count(), ran.err.as_str()), (10, ""));
}

#[test]
fn ids_are_never_cut_off() {
    let server = empty_server();
    let ids = policies(&server, 1);
    let home = home();
    let list = ["ip-policies", "list", "--color=never"];
    let (_, shown) = on_terminal(&server, home.path(), 20, &list, "");
    assert_eq!(shown, format!("ID\n{}\n", ids[0]));
}

#[test]
fn terminals_without_a_size_have_the_usual_one() {
    let server = empty_server();
    let ids = policies(&server, 1);
    let long = serde_json::json!({ "description": "long ".repeat(30) });
    server.add("/ip_policies", long).expect("an IP policy");
    let home = home();
    let list = ["ip-policies", "list", "--color=never"];
    for (rows, columns, width) in [(0, 0, 80), (24, 0, 80), (0, 60, 60)] {
        let size = Size::new(rows, columns);
        let (code, shown) = on_terminal_of_size(&server, home.path(), size, &list, "");
        assert_eq!(code, Some(0));
        assert!(shown.contains(&ids[0]) && shown.contains('…'), "{shown}");
        let longest = shown.lines().map(|line| line.chars().count()).max();
        assert_eq!(longest, Some(width), "{rows}x{columns}: {shown}");
    }
}

#[test]
fn deleting_asks_first() {
    let server = empty_server();
    let ids = policies(&server, 2);
    let home = home();
    let delete = |input: &str| {
        let arguments = ["ip-policies", "delete", &ids[0], &ids[1]];
        on_terminal(&server, home.path(), 80, &arguments, input)
    };
    let (code, refused) = delete("n\n");
    assert_eq!(code, Some(1));
    assert!(
        refused.contains("delete: 2 IP policies? [y/N]")
            && refused.contains("nothing was deleted"),
        "{refused}"
    );
    let (code, done) = delete("y\n");
    assert_eq!(code, Some(0), "{done}");
    assert!(done.contains("deleted 2 IP policies"), "{done}");
}

#[test]
fn a_key_is_typed_without_echo() {
    let server = empty_server();
    let home = home();
    let (mut pty, pts) = open().expect("a terminal");
    let command = Command::new(PROGRAM)
        .env_clear()
        .env("HOME", home.path())
        .env("NGROK_API_URL", server.url());
    let mut child =
        command.args(["auth", "login"]).spawn(pts).expect("the program starts");
    let mut text = Vec::new();
    asked(&mut pty, &mut text, b": ");
    let echoes = || {
        let modes = tcgetattr(&pty).expect("modes").local_flags;
        modes.contains(LocalFlags::ECHO)
    };
    while echoes() {
        thread::sleep(Duration::from_millis(1));
    }
    pty.write_all(format!("{}\n", server.api_key()).as_bytes()).expect("input");
    let _ = pty.read_to_end(&mut text);
    let shown = String::from_utf8_lossy(&text);
    assert_eq!(child.wait().expect("the program ends").code(), Some(0), "{shown}");
    assert!(!shown.contains(server.api_key()), "{shown}");
}

#[test]
fn applying_asks_first_and_plans_are_coloured() {
    let server = empty_server();
    let home = home();
    let file = home.path().join("infra.yaml");
    std::fs::write(&file, "ip_policies: { office: { description: office } }\n")
        .expect("a file");
    let file = file.display().to_string();
    let apply =
        |input: &str| on_terminal(&server, home.path(), 80, &["apply", &file], input);
    let (code, refused) = apply("n\n");
    assert_eq!(code, Some(1));
    assert!(
        refused.contains("apply these changes? [y/N]")
            && refused.contains("nothing was changed"),
        "{refused}"
    );
    assert!(
        refused.contains("\x1b[32m+ ip_policies.office will be created"),
        "{refused}"
    );
    let (code, done) = apply("y\n");
    assert_eq!(code, Some(0), "{done}");
    assert!(
        done.contains("[1/1] created ip_policies.office")
            && done.contains("Done: 1 created."),
        "{done}"
    );
    let (_, plain) =
        on_terminal(&server, home.path(), 80, &["plan", &file, "--color", "never"], "");
    assert!(plain.contains("No changes") && !plain.contains('\x1b'), "{plain}");
}
