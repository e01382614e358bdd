//! Command-line arguments, shared by `cargo xtask bench`, which validates them and prints the help, and the program that it runs.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask bench
  cargo xtask bench --only list --only get --rounds 200
  cargo xtask bench --out /tmp/figures

Turns are short and many. Ratios are taken round by round, and their median counts: what else the machine does hits both
sides. A run takes about ten minutes, most of them cold builds. Only a run of all parts writes tests/bench/results.md and
tests/bench/results.svg.
Exit codes: 0 all bars hold, 1 one does not, 2 nothing could be measured.")]
pub(crate) struct Flags {
    /// Number of rounds; each contender runs once per round
    #[arg(long, value_name = "NUMBER", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rounds: u32,
    /// Number of cold builds of each tree
    #[arg(long, value_name = "NUMBER", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) builds: u32,
    /// Measures this part only, and writes no files; can be repeated
    #[arg(long, value_name = "PART")]
    pub(crate) only: Vec<Part>,
    /// Directory for the Markdown and the chart, instead of `bench`
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// The parts of the benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// 20,000 items in pages of 100, over loopback
    List,
    /// 5,000 sequential requests for one resource, over loopback
    Get,
    /// Memory of a list of 200,000 items, and of one of 10,000
    Memory,
    /// Crates in the tree
    Crates,
    /// A cold release build of the tree
    Build,
}
