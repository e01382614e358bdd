//! The program: a server that prints the variables a client needs, and that stops when the program is stopped.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use ngrok_codegen::traffic::{self, BaseUrl, Har};
use ngrok_codegen::{Described, load};
use tempfile::tempdir;

/// A running server.
struct Mock {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Mock {
    fn start(flags: &[&str]) -> Self {
        let mut child = command(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it can be run");
        let out = BufReader::new(child.stdout.take().expect("it is piped"));
        Self { child, out }
    }

    /// Returns the value of the variable on the next line.
    fn variable(&mut self, name: &str) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).expect("the output is UTF-8");
        let value = line.trim_end().strip_prefix(&format!("export {name}="));
        value.unwrap_or_else(|| panic!("{line:?}")).to_owned()
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it stops");
    }
}

fn command(flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ngrok-mock"));
    command.args(flags);
    command
}

/// Returns the error of arguments that are rejected.
fn rejection(flags: &[&str]) -> String {
    let output = command(flags).output().expect("it can be run");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]));
    String::from_utf8(output.stderr).expect("it prints UTF-8")
}

/// Returns the report on a recording, checked against the description.
fn checked(recording: &str, url: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api-spec");
    let loaded = load(&folder);
    let spec = loaded.description.as_ref().expect("it is readable");
    let model = loaded.model.as_ref().expect("it has no errors");
    let described = Described { spec, sources: &loaded.sources, model };
    let har = Har::read(recording.as_bytes()).expect("it is a recording");
    let base = BaseUrl::parse(url).expect("it is an address");
    traffic::check(&har, described, &base).text()
}

/// Returns the status line of the response to a request.
fn ask(url: &str, key: &str, path: &str) -> String {
    let host = url.strip_prefix("http://").expect("it is on this machine");
    let mut stream = TcpStream::connect(host).expect("it listens");
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {key}\r\n\
         ngrok-version: 2\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("a response");
    response.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_server_runs_until_it_is_stopped() {
    let folder = tempdir().expect("a new folder");
    let file = folder.path().join("traffic.har");
    let shown = file.display().to_string();
    let mut mock =
        Mock::start(&["--api-key", "my_key", "--record", &shown, "--rate-limit", "2"]);
    let key = mock.variable("NGROK_API_KEY");
    let url = mock.variable("NGROK_API_URL");
    assert_eq!(key, "my_key");
    assert_eq!(ask(&url, &key, "/ip_policies"), "HTTP/1.1 200 OK");
    assert_eq!(ask(&url, &key, "/vaults/vault_1"), "HTTP/1.1 404 Not Found");
    assert_eq!(ask(&url, &key, "/vaults"), "HTTP/1.1 429 Too Many Requests");
    assert_eq!(ask(&url, "other", "/vaults"), "HTTP/1.1 401 Unauthorized");
    drop(mock);
    let host = url.strip_prefix("http://").expect("it was on this machine");
    assert!(TcpStream::connect(host).is_err(), "it has stopped");
    let recording = fs::read_to_string(file).expect("it was written");
    assert!(!recording.contains("my_key"), "{recording}");
    let report = checked(&recording, &url);
    assert!(report.ends_with("no findings\n"), "{report}");
}

#[test]
fn the_window_of_the_rate_limit_can_be_set() {
    let mut mock = Mock::start(&["--rate-limit", "1", "--rate-window", "1"]);
    let (key, url) = (mock.variable("NGROK_API_KEY"), mock.variable("NGROK_API_URL"));
    let begin = Instant::now();
    assert_eq!(ask(&url, &key, "/vaults"), "HTTP/1.1 200 OK");
    while ask(&url, &key, "/vaults") != "HTTP/1.1 200 OK" {
        assert!(
            begin.elapsed() < Duration::from_secs(50),
            "the window is a minute long"
        );
        sleep(Duration::from_millis(100));
    }
    let error = rejection(&["--rate-window", "1"]);
    assert!(error.contains("--rate-limit"), "{error}");
}

#[test]
fn an_invalid_fault_is_reported() {
    let error = rejection(&["--fault", "explode"]);
    assert!(error.starts_with("error: unknown fault `explode`; expected "), "{error}");
    let error = rejection(&["--latency", "soon"]);
    assert!(error.contains("such as 200ms or 2s"), "{error}");
}
