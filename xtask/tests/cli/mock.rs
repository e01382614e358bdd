//! `mock`: a server that prints the variables a client needs, and that stops when the command is stopped.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::folder::Folder;
use super::{command, xtask};

/// A running server.
struct Mock {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Mock {
    fn start(flags: &[&str]) -> Self {
        let mut command = command(&[&["mock"], flags].concat());
        let mut child = command
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
    let folder = Folder::new("mock_recording");
    let file = folder.path("traffic.har");
    let mut mock =
        Mock::start(&["--api-key", "my_key", "--record", &file, "--rate-limit", "2"]);
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
    let recording = folder.read("traffic.har");
    assert!(!recording.contains("my_key"), "{recording}");
    // Its recording conforms to the description.
    let held = xtask(&["traffic", &file, "--base-url", &url]);
    assert_eq!(held.code, Some(0), "{}{}", held.out, held.err);
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
    let ran = xtask(&["mock", "--rate-window", "1"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("--rate-limit"), "{}", ran.err);
}

#[test]
fn an_invalid_fault_is_reported() {
    let ran = xtask(&["mock", "--fault", "explode"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(
        ran.err.starts_with("error: unknown fault `explode`; expected "),
        "{}",
        ran.err
    );
    let ran = xtask(&["mock", "--latency", "soon"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("such as 200ms or 2s"), "{}", ran.err);
}
