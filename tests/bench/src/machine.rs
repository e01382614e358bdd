//! System calls for resource usage and core affinity. Measuring is not possible on systems without them.

use std::fs;
use std::process::Command;
use std::thread;
use std::time::Duration;

/// Processor time and peak memory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    pub(crate) processor: Duration,
    pub(crate) peak_kib: f64,
}

/// The processes of a usage.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Whose {
    /// This process.
    Own,
    /// All terminated child processes, and their children.
    Children,
}

#[cfg(unix)]
pub(crate) fn usage(whose: Whose) -> anyhow::Result<Usage> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeVal;

    let usage = getrusage(match whose {
        Whose::Own => UsageWho::RUSAGE_SELF,
        Whose::Children => UsageWho::RUSAGE_CHILDREN,
    })?;
    let duration = |time: TimeVal| {
        let seconds = u64::try_from(time.tv_sec()).unwrap_or_default();
        let micros = u64::try_from(time.tv_usec()).unwrap_or_default();
        Duration::from_secs(seconds) + Duration::from_micros(micros)
    };
    // Apple counts bytes where others count kibibytes.
    let unit = if cfg!(target_vendor = "apple") { 1024.0 } else { 1.0 };
    let peak = u32::try_from(usage.max_rss()).unwrap_or(u32::MAX);
    Ok(Usage {
        processor: duration(usage.user_time()) + duration(usage.system_time()),
        peak_kib: f64::from(peak) / unit,
    })
}

#[cfg(not(unix))]
pub(crate) fn usage(_whose: Whose) -> anyhow::Result<Usage> {
    anyhow::bail!("processor time and memory are measured on Unix only")
}

/// Returns the core that client and server share: the last one that this process may run on.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn core() -> anyhow::Result<Option<usize>> {
    use nix::sched::{CpuSet, sched_getaffinity};
    use nix::unistd::Pid;

    let allowed = sched_getaffinity(Pid::from_raw(0))?;
    let is_allowed = |core: &usize| allowed.is_set(*core).unwrap_or(false);
    Ok((0..CpuSet::count()).rev().find(is_allowed))
}

/// Returns no core: the system does not support affinity.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(crate) fn core() -> anyhow::Result<Option<usize>> {
    Ok(None)
}

/// Pins this process, and those it starts, to one core.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn pin(core: Option<usize>) -> anyhow::Result<()> {
    use nix::sched::{CpuSet, sched_setaffinity};
    use nix::unistd::Pid;

    let Some(core) = core else { return Ok(()) };
    let mut set = CpuSet::new();
    set.set(core)?;
    sched_setaffinity(Pid::from_raw(0), &set)?;
    Ok(())
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(crate) fn pin(_core: Option<usize>) -> anyhow::Result<()> {
    Ok(())
}

/// Describes the machine: processor, cores, system, compiler.
pub(crate) fn description() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let cores = format!("{cores} core{}", if cores == 1 { "" } else { "s" });
    let system = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let parts = [processor(), Some(cores), Some(system), compiler()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn processor() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn compiler() -> Option<String> {
    let output = Command::new("rustc").arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.split(" (").next()?.trim().to_owned())
}
