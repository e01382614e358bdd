//! What can be typed. Both `cargo xtask bench`, which checks it and shows the help, and the program that it runs have this
//! file.

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
    /// How often each contender has its turn.
    #[arg(long, value_name = "NUMBER", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rounds: u32,
    /// How often each tree is built from nothing.
    #[arg(long, value_name = "NUMBER", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) builds: u32,
    /// Measures this part, and writes no files; may be given several times.
    #[arg(long, value_name = "PART")]
    pub(crate) only: Vec<Part>,
    /// Folder for the Markdown and the picture, instead of `bench`.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// 20,000 items in pages of 100, over loopback.
    List,
    /// 5,000 requests for one resource, one after the other, over loopback.
    Get,
    /// How much memory a list of 200,000 items takes, and one of 10,000.
    Memory,
    /// Crates in the tree.
    Crates,
    /// A cold release build of the tree.
    Build,
}
