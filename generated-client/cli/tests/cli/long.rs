//! Long listings: they need the memory of a page, and go on after an interruption.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;
use std::time::Duration;

use ngrok_test_server::Server;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};

use crate::support::{empty_server, feed, home, policies, program};

/// The most memory that a process had so far, in KiB.
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("/proc");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.expect("a number")
}

#[cfg(target_os = "linux")]
#[test]
fn a_hundred_thousand_items_need_the_memory_of_a_page() {
    const ITEMS: usize = 100_000;
    let (server, home) = (empty_server(), home());
    for index in 0..ITEMS {
        let fields = json!({ "description": format!("policy {index}") });
        server.add("/ip_policies", fields).expect("an IP policy");
    }
    let mut command = program(home.path());
    command.envs(server.environment()).args(["ip-policies", "list", "-o", "jsonl"]);
    command.arg("--no-quota").stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let lines = BufReader::new(child.stdout.take().expect("output")).lines();
    let mut peaks = Vec::new();
    let mut count = 0;
    for line in lines {
        assert!(line.expect("a line").ends_with('}'));
        count += 1;
        // The last pages are in the pipe when the process ends.
        if count == ITEMS / 100 || count == ITEMS - ITEMS / 100 {
            peaks.push(peak(child.id()));
        }
    }
    assert_eq!(child.wait().expect("the program ends").code(), Some(0));
    assert_eq!(count, ITEMS);
    println!("peak memory after 1,000 and 99,000 items: {peaks:?} KiB");
    assert!(peaks[1] - peaks[0] < 2048, "{peaks:?}");
}

/// Interrupts a listing once it has printed something, and returns what it printed and the cursor to continue with.
fn interrupted(server: &Server, format: &str) -> (String, String) {
    let home = home();
    let mut command = program(home.path());
    command.envs(server.environment()).args(["ip-policies", "list", "--page-size=2"]);
    command.args(["-o", format]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("output"));
    let mut printed = String::new();
    stdout.read_line(&mut printed).expect("a line");
    let process = Pid::from_raw(child.id().try_into().expect("an ID"));
    kill(process, Signal::SIGINT).expect("a signal");
    stdout.read_to_string(&mut printed).expect("the rest");
    let mut error = String::new();
    let mut stderr = child.stderr.take().expect("errors");
    stderr.read_to_string(&mut error).expect("UTF-8");
    assert_eq!(child.wait().expect("the program ends").code(), Some(130), "{error}");
    let cursor =
        error.split('\'').nth(1).unwrap_or_else(|| panic!("no cursor: {error}"));
    (printed, cursor.to_owned())
}

#[test]
fn an_interrupted_listing_is_resumed_where_it_ended() {
    let server = Server::builder().seed(7).latency(Duration::from_millis(100)).start();
    let server = server.expect("a port");
    let ids = policies(&server, 20);
    let newest_first: Vec<_> = ids.iter().rev().map(String::as_str).collect();
    let (first, cursor) = interrupted(&server, "name");
    assert!((1..20).contains(&first.lines().count()), "{first}");
    let home = home();
    let mut command = program(home.path());
    command.envs(server.environment()).args(["ip-policies", "list", "-o", "name"]);
    command.args(["--resume", &cursor]);
    let both = first + &feed(command, "").success();
    assert_eq!(both.lines().collect::<Vec<_>>(), newest_first);
    // What was printed of a document is a document.
    let (document, _) = interrupted(&server, "json");
    let document: Value = document.parse().expect("JSON");
    let items = document["ip_policies"].as_array().expect("a list");
    assert!((1..20).contains(&items.len()), "{document}");
}
