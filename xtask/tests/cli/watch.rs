//! `generate --watch`: continues after changes and errors.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use super::folder::Folder;
use super::{command, xtask};

/// Timeout that only failing tests reach.
const LONG: Duration = Duration::from_secs(120);

const PINGS: &str = "one-operation/resources/pings.yaml";
const DOC: &str = "Returns the status of the server.";

/// A command that runs until it is dropped, and the lines of its two streams, which have no common order.
struct Watching {
    child: Child,
    output: Receiver<String>,
    errors: Receiver<String>,
}

impl Watching {
    fn start(spec: &str, out: &str) -> Self {
        let mut child = command(&["generate", "--watch", "--spec", spec, "--out", out])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it can be run");
        let output = lines(child.stdout.take().expect("it is piped"));
        let errors = lines(child.stderr.take().expect("it is piped"));
        Self { child, output, errors }
    }

    /// Waits for a line of standard output that contains a string.
    fn wait_for(&self, text: &str) {
        wait_for(text, &self.output);
    }
}

/// Reads the lines of a stream on a thread.
fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    lines
}

/// Waits for a line that contains a string.
fn wait_for(text: &str, lines: &Receiver<String>) {
    let mut seen = Vec::new();
    loop {
        let line = lines.recv_timeout(LONG);
        let line = line.unwrap_or_else(|_| panic!("no {text:?} in {seen:#?}"));
        if line.contains(text) {
            return;
        }
        seen.push(line);
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn changes_are_generated_again() {
    let folder = Folder::new("watch");
    let spec = folder.copy_of("one-operation");
    let pings = folder.read(PINGS);
    let watching = Watching::start(&spec, &folder.path("client"));
    watching.wait_for("; Ctrl-C ends it");
    let generated = || folder.read("client/src/resources/pings.rs");
    assert!(generated().contains(DOC));

    folder.write(PINGS, &pings.replace(DOC, "Responds with an empty body."));
    watching.wait_for(": 2 files written");
    watching.wait_for("; Ctrl-C ends it");
    assert!(generated().contains("Responds with an empty body."));

    // An error is reported, and changes nothing.
    folder.write(PINGS, &pings.replace("operations:", "operation:"));
    wait_for("error[unknown-key]", &watching.errors);
    watching.wait_for("; Ctrl-C ends it");
    assert!(generated().contains("Responds with an empty body."));

    // New files are watched as well.
    folder.write(PINGS, &pings);
    watching.wait_for(": 2 files written");
    folder.write("one-operation/resources/more/pongs.yaml", &another(&pings));
    watching.wait_for("client: ");
    while !folder.exists("client/src/resources/more/pongs.rs") {
        watching.wait_for("client: ");
    }
    assert!(generated().contains(DOC));
}

/// Returns another resource, derived from one.
fn another(pings: &str) -> String {
    pings.replace("ping", "pong").replace("Ping", "Pong")
}

#[test]
fn unwatchable_directories_are_rejected() {
    let folder = Folder::new("watch-nothing");
    let ran = xtask(&["generate", "--watch", "--spec", &folder.path("none")]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    let said = format!("error: cannot watch `{}`: ", folder.path("none"));
    assert!(ran.err.starts_with(&said), "{}", ran.err);

    let ran = xtask(&["generate", "--watch", "--check"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("'--watch' cannot be used with '--check'"), "{}", ran.err);
}
