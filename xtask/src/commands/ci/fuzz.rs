//! `cargo xtask ci fuzz`: a short run of every fuzz target, from inputs of before and without a sanitizer, which needs no
//! nightly toolchain.

use std::fs;

use anyhow::Context;

use crate::outcome::Outcome;
use crate::process::subcommand;
use crate::terminal::say;
use crate::workspace;

/// Seconds for each target.
const SECONDS: u32 = 5;

pub(super) fn run_check() -> anyhow::Result<Outcome> {
    for target in targets()? {
        say!("fuzzing `{target}` for {SECONDS} s");
        let mut fuzz = subcommand("fuzz", "cargo-fuzz")?;
        fuzz.args([
            "run",
            "--fuzz-dir",
            "tests/fuzz",
            "--sanitizer",
            "none",
            "--dev",
            &target,
        ]);
        fuzz.args(["--", "-print_funcs=0", "-max_len=4096"]);
        fuzz.arg(format!("-max_total_time={SECONDS}"));
        // What it prints is of interest only if it finds something.
        let output = fuzz.output().context("cannot run cargo-fuzz")?;
        if !output.status.success() {
            say!("{}", String::from_utf8_lossy(&output.stderr));
            say!(
                "`{target}` failed; an input that fails is in `tests/fuzz/artifacts/{target}`"
            );
            return Ok(Outcome::Findings);
        }
    }
    Ok(Outcome::Fine)
}

/// Returns the names of the targets.
fn targets() -> anyhow::Result<Vec<String>> {
    let folder = workspace::root().join("tests/fuzz/targets");
    let entries = fs::read_dir(&folder)
        .with_context(|| format!("cannot read `{}`", folder.display()))?;
    let mut targets = Vec::new();
    for entry in entries {
        let path = entry?.path();
        targets.extend(path.file_stem().map(|it| it.to_string_lossy().into_owned()));
    }
    targets.sort();
    Ok(targets)
}
