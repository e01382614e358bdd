//! Desired state: files applied to an account by real processes.

mod files;
mod life;
mod safety;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use ngrok_test_server::Server;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Run, empty_server, feed, home, program, stable};

/// A server and a folder with files.
pub(crate) struct Workspace {
    pub(crate) server: Server,
    pub(crate) folder: TempDir,
}

/// A policy, and a rule that refers to it.
pub(crate) const OFFICE: &str = "\
ip_policies:
  office: { description: office }
ip_policy_rules:
  v4: { ip_policy_id: \"${ip_policies.office}\", cidr: 10.0.0.0/8, action: allow }
";

impl Workspace {
    pub(crate) fn new() -> Self {
        Self { server: empty_server(), folder: home() }
    }

    /// A workspace with one file.
    pub(crate) fn with(text: &str) -> Self {
        let workspace = Self::new();
        workspace.write("infra.yaml", text);
        workspace
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = program(self.folder.path());
        command.envs(self.server.environment()).args(arguments.split(' '));
        command
    }

    /// Runs a command, given as words.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        feed(self.command(arguments), "")
    }

    /// Applies the file, which must succeed.
    #[track_caller]
    pub(crate) fn apply(&self) -> Run {
        let run = self.run("apply infra.yaml --yes --prune");
        assert_eq!(run.code, Some(0), "{run:?}");
        run
    }

    /// A plan for the file must have no changes.
    #[track_caller]
    pub(crate) fn is_settled(&self) {
        let plan = self.run("plan infra.yaml --prune");
        assert_eq!(plan.code, Some(0), "{plan:?}");
    }

    /// All resources at a path.
    pub(crate) fn all(&self, path: &str) -> Vec<Value> {
        let page = self.run(&format!("api GET /{path}?limit=100")).json();
        page[path].as_array().expect("a list").clone()
    }

    /// The state, as text.
    pub(crate) fn state(&self) -> String {
        fs::read_to_string(self.path("ngrok-api.state.json")).expect("a state")
    }

    /// Exit code and output, without what differs from run to run.
    pub(crate) fn shown(&self, run: &Run) -> String {
        let folder = self.folder.path().display().to_string();
        stable(&self.server, &run.all(&self.server).replace(&folder, "FOLDER"))
    }
}
