//! Running the program, and servers to run it against.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, OnceLock};
use std::thread;

use ngrok_api_model::Model;
use ngrok_test_server::Server;
use serde_json::{Value, json};

/// The program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_ngrok-api");

/// Returns the model that the program embeds.
pub(crate) fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    let json = include_str!("../../api.json");
    MODEL.get_or_init(|| Model::from_json(json).expect("the model"))
}

/// Returns a server with nothing in it, which no other test uses.
pub(crate) fn empty_server() -> Server {
    Server::builder().seed(7).start().expect("a port")
}

/// Returns a server on which all resources exist.
pub(crate) fn imagining_server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::builder().seed(7).imagining().start().expect("a port"))
}

/// Adds that many IP policies with a description, and returns their IDs, the newest last.
pub(crate) fn policies(server: &Server, count: usize) -> Vec<String> {
    let add = |index| {
        let fields = json!({
            "description": format!("policy {index}"),
            "metadata": "",
            "created_at": "2026-01-02T03:04:05Z",
        });
        server.add("/ip_policies", fields).expect("an IP policy")
    };
    (1..=count).map(add).collect()
}

/// Returns the program, with nothing of this process's environment.
pub(crate) fn program(home: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.env_clear().env("HOME", home).env("COLUMNS", "100").current_dir(home);
    command
}

/// The result of a run of the program.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Returns the output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Returns the output of a run that must have succeeded.
    #[track_caller]
    pub(crate) fn success(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{}", self.out);
        self.out
    }

    /// Exit code, standard output and standard error, for snapshots.
    pub(crate) fn all(&self, server: &Server) -> String {
        let code = self.code.unwrap_or(-1);
        stable(server, &format!("exit code {code}\n{}---\n{}", self.out, self.err))
    }
}

/// Returns a home directory of its own.
pub(crate) fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a directory")
}

/// Runs the program against a server.
pub(crate) fn run<S: AsRef<OsStr>>(server: &Server, arguments: &[S]) -> Run {
    run_with(server, arguments, "")
}

/// Runs the program against a server, with this on its standard input.
pub(crate) fn run_with<S: AsRef<OsStr>>(
    server: &Server,
    arguments: &[S],
    input: &str,
) -> Run {
    let home = home();
    let mut command = program(home.path());
    command.envs(server.environment()).args(arguments);
    feed(command, input)
}

/// Runs a command with this on its standard input.
pub(crate) fn feed(mut command: Command, input: &str) -> Run {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input");
    let written = stdin.write_all(input.as_bytes());
    drop((stdin, written));
    Run::of(child.wait_with_output().expect("the program ends"))
}

/// Does something with each item on two threads; fails with everything that failed.
pub(crate) fn for_each<T: Sync>(
    items: &[T],
    check: impl Fn(&T) -> Result<(), String> + Sync,
) {
    let failed = Mutex::new(Vec::new());
    let half = items.len().div_ceil(2).max(1);
    thread::scope(|scope| {
        for part in items.chunks(half) {
            let (check, failed) = (&check, &failed);
            scope.spawn(move || {
                for item in part {
                    if let Err(what) = check(item) {
                        failed.lock().expect("no panic").push(what);
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().expect("no panic");
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
}

/// Returns the text without what differs from run to run: the address of the server, and the characters of IDs.
pub(crate) fn stable(server: &Server, text: &str) -> String {
    const LENGTH: usize = 27;
    let address = server.url().trim_start_matches("http://");
    let text = text.replace(address, "localhost:4040");
    let mut parts = text.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let end = part.find(|letter: char| !letter.is_ascii_alphanumeric());
        let (word, rest) = part.split_at(end.unwrap_or(part.len()));
        let word =
            if word.len() == LENGTH { "0".repeat(LENGTH) } else { word.to_owned() };
        format!("{text}_{word}{rest}")
    })
}
