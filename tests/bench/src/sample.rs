//! One sample: a contender warms up, runs a task, and reports its cost.

use std::io::Write;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use crate::contender::{self, Contender};
use crate::machine::{self, Whose};
use crate::subject::Subject;

/// The arguments of a sample process.
#[derive(Debug, Args)]
pub(crate) struct Request {
    subject: Subject,
    task: Task,
    /// Number of repetitions
    #[arg(long)]
    times: usize,
    /// Address of the server
    #[arg(long)]
    url: String,
    /// Core to run on
    #[arg(long)]
    core: Option<usize>,
}

/// The tasks of a sample.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Task {
    /// The whole list, item by item
    List,
    /// The whole list without warming up, for memory
    ListOnce,
    /// One resource
    Get,
}

/// The cost of a task.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Sample {
    /// Items or requests.
    pub(crate) count: f64,
    pub(crate) seconds: f64,
    pub(crate) processor_seconds: f64,
    pub(crate) peak_kib: f64,
}

/// Takes a sample in a separate process.
pub(crate) fn take(
    subject: Subject,
    task: Task,
    times: usize,
    url: &str,
    core: Option<usize>,
) -> anyhow::Result<Sample> {
    let task = task.to_possible_value().context("a task without a name")?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["sample", &subject.argument(), task.get_name()]);
    command.args(["--times", &times.to_string(), "--url", url]);
    if let Some(core) = core {
        command.args(["--core", &core.to_string()]);
    }
    let output = command.output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{}: {}", subject.label(), errors.trim());
    serde_json::from_slice(&output.stdout)
        .with_context(|| format!("{} printed an invalid sample", subject.label()))
}

/// Runs a sample in the current process and prints it.
pub(crate) fn run(request: &Request) -> anyhow::Result<()> {
    machine::pin(request.core)?;
    let mut contender = contender::new(request.subject, &request.url)?;
    let mut work = |times| match request.task {
        Task::List | Task::ListOnce => lists(contender.as_mut(), times),
        Task::Get => contender.get(times).map(|()| times),
    };
    if !matches!(request.task, Task::ListOnce) {
        work(request.times.div_ceil(5))?;
    }
    let before = machine::usage(Whose::Own)?;
    let start = Instant::now();
    let count = work(request.times)?;
    let seconds = start.elapsed().as_secs_f64();
    let after = machine::usage(Whose::Own)?;
    let busy = after.processor.saturating_sub(before.processor);
    let sample = Sample {
        count: u32::try_from(count).map(f64::from)?,
        seconds,
        processor_seconds: busy.as_secs_f64(),
        peak_kib: after.peak_kib,
    };
    writeln!(std::io::stdout(), "{}", serde_json::to_string(&sample)?)?;
    Ok(())
}

/// Reads the list the given number of times, and counts all items.
fn lists(contender: &mut dyn Contender, times: usize) -> anyhow::Result<usize> {
    (0..times).try_fold(0, |count, _| Ok(count + contender.list()?))
}
