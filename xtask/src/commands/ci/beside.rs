//! A check in a process of its own, while another one runs. Its output is printed when it is finished.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use anyhow::Context;

use crate::process::target_directory;
use crate::terminal::{print, say};

/// A running check.
pub(super) struct Beside {
    name: &'static str,
    process: Child,
    log: PathBuf,
}

impl Beside {
    /// Starts a check of a program, this one.
    pub(super) fn start(program: &Path, name: &'static str) -> anyhow::Result<Self> {
        let folder = target_directory()?.join("ci");
        let log = folder.join(name).with_extension("log");
        let output = fs::create_dir_all(&folder).and_then(|()| File::create(&log));
        let output =
            output.with_context(|| format!("cannot write `{}`", log.display()))?;
        let mut check = Command::new(program);
        check.args(["ci", name]).stdout(output.try_clone()?).stderr(output);
        let process = check.spawn().with_context(|| format!("cannot start `{name}`"))?;
        say!("\n== {name}: started, writes `{}`", log.display());
        Ok(Self { name, process, log })
    }

    /// Waits for the check and prints its output. Returns its name if it failed.
    pub(super) fn finish(mut self) -> anyhow::Result<Option<&'static str>> {
        let status = self.process.wait()?;
        print(&String::from_utf8_lossy(&fs::read(&self.log)?))?;
        Ok((!status.success()).then_some(self.name))
    }
}

/// A check that nobody waits for any more must not go on.
impl Drop for Beside {
    fn drop(&mut self) {
        let _ = self.process.kill();
    }
}
