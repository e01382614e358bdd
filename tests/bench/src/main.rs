//! Measures the client beside the official one and beside hand-written loops with the same libraries. All comparisons are within one run:
//! contenders alternate, round after round, and the median of the rounds is reported.
//!
//! This program starts itself again for each sample, so that the contenders share neither memory nor warm allocator caches, and for the
//! server, so that its work is not attributed to them.

mod bars;
mod cold_build;
mod contender;
mod crates;
mod flags;
mod loopback;
mod machine;
mod measure;
mod package;
mod pages;
mod report;
mod sample;
mod server;
mod subject;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use flags::{Flags, Part};
use measure::Measure;

#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask bench",
    bin_name = "cargo xtask bench",
    max_term_width = 100
)]
struct Cli {
    #[command(subcommand)]
    role: Option<Role>,
    #[command(flatten)]
    flags: Flags,
}

/// The role of a child process.
#[derive(Debug, Subcommand)]
enum Role {
    /// The server.
    #[command(hide = true)]
    Serve(server::Serve),
    /// One sample of one contender.
    #[command(hide = true)]
    Sample(sample::Request),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.role {
        Some(Role::Serve(serve)) => server::run(&serve).map(|()| true),
        Some(Role::Sample(request)) => sample::run(&request).map(|()| true),
        None => run(&cli.flags),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// All parts, in the order of measurement.
const PARTS: &[Part] = &[Part::Crates, Part::Memory, Part::List, Part::Get, Part::Build];

/// Measures, prints, and writes the report. Returns true if all bars are met.
fn run(flags: &Flags) -> anyhow::Result<bool> {
    let mut measures: Vec<Measure> = Vec::new();
    let is_wanted = |part: &&Part| flags.only.is_empty() || flags.only.contains(part);
    for part in PARTS.iter().filter(is_wanted) {
        measures.extend(match part {
            Part::List => loopback::lists(flags.rounds)?,
            Part::Get => loopback::gets(flags.rounds)?,
            Part::Memory => loopback::memory(flags.rounds)?,
            Part::Crates => crates::count()?,
            Part::Build => cold_build::measure(flags.builds)?,
        });
    }
    let verdicts = bars::compare(&measures);
    print!("{}", report::text(&measures, &verdicts));
    if flags.only.is_empty() {
        let folder =
            flags.out.clone().unwrap_or_else(|| workspace::root().join("tests/bench"));
        report::write(&folder, &measures, &verdicts)?;
    }
    Ok(verdicts.iter().all(bars::Verdict::holds))
}
