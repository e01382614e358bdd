//! A process that runs while this one does something else. Its output is printed when it is finished.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command};

use anyhow::Context;

use crate::outcome::Outcome;
use crate::process::target_directory;
use crate::terminal::{print, say};

/// A process whose output is written to a file.
pub(crate) struct Background {
    process: Child,
    log: PathBuf,
}

impl Background {
    /// Starts a command, and tells where its output is written. `name` says what it does, in the plural.
    pub(crate) fn start(mut command: Command, name: &str) -> anyhow::Result<Self> {
        let folder = target_directory()?.join("xtask");
        let log = folder.join(name.replace(' ', "-")).with_extension("log");
        let output = fs::create_dir_all(&folder).and_then(|()| File::create(&log));
        let output =
            output.with_context(|| format!("cannot write `{}`", log.display()))?;
        command.stdout(output.try_clone()?).stderr(output);
        let process =
            command.spawn().with_context(|| format!("cannot start the {name}"))?;
        say!("the {name} started; their output is written to `{}`", log.display());
        Ok(Self { process, log })
    }

    /// Waits for the process and prints its output; its failure is a finding.
    pub(crate) fn finish(mut self) -> anyhow::Result<Outcome> {
        let status = self.process.wait()?;
        print(&String::from_utf8_lossy(&fs::read(&self.log)?))?;
        Ok(if status.success() { Outcome::Fine } else { Outcome::Findings })
    }
}

/// A process that nobody waits for any more must not go on.
impl Drop for Background {
    fn drop(&mut self) {
        let _ = self.process.kill();
    }
}
