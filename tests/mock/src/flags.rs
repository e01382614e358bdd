//! What a server can be told on the command line. Both `cargo xtask mock`, which checks it and shows the help, and the
//! program that it runs have this file.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask mock
  cargo xtask mock --port 4000 --api-key secret --rate-limit
  cargo xtask mock --host mock --port 4000
  cargo xtask mock --latency 200ms --record traffic.har
  cargo xtask mock --fault status=503,chance=0.1 --fault truncate,times=1 --seed 7
  cargo xtask mock --fault reset-after,method=POST,path=/ip_policies

A fault is one of
  latency=200ms        the answer comes late
  stall                no answer comes
  reset-before         the connection is reset, and nothing was done
  reset-after          it was done, then the connection is reset
  status=503           an error instead of an answer; with retry-after=1, one that says when to come again
  truncate             the body ends in the middle
  garbage              the body has no meaning
  content-type=TEXT    the answer says that it is something else
  next-page=URL        a list says that it goes on there; `self` is the page itself
  drip=10ms            the body comes a few bytes at a time
and, after commas, any of times=N, chance=0.5, method=POST and path=/PREFIX, which say to what requests it happens.")]
#[expect(
    clippy::option_option,
    reason = "how clap has a flag whose value may be left out"
)]
pub(crate) struct Flags {
    /// Port to listen on; a free one where left out.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) port: u16,
    /// IP address to listen on, or DNS name to be reached by; can be repeated. Without it, loopback only
    #[arg(long, value_name = "HOST")]
    pub(crate) host: Vec<String>,
    /// API key to let in; made up where left out.
    #[arg(long, value_name = "KEY")]
    pub(crate) api_key: Option<String>,
    /// Limits requests, to so many a minute; without a number, to as many as the API takes.
    #[arg(long, value_name = "REQUESTS", num_args = 0..=1)]
    pub(crate) rate_limit: Option<Option<u32>>,
    /// Counts requests over so many seconds instead, for who cannot wait as long.
    #[arg(long, value_name = "SECONDS", requires = "rate_limit", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) rate_window: Option<u64>,
    /// Answers everything so late: 200ms, 2s.
    #[arg(long, value_name = "TIME")]
    pub(crate) latency: Option<String>,
    /// Something goes wrong; may be given several times.
    #[arg(long, value_name = "FAULT")]
    pub(crate) fault: Vec<String>,
    /// Number that all chance comes from, so that what happened can happen again.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,
    /// Acts as if whatever a request leads or refers to were there; a list that would be empty shows an item.
    #[arg(long)]
    pub(crate) imagine: bool,
    /// Writes all requests and answers to this file, as HAR.
    #[arg(long, value_name = "FILE.har")]
    pub(crate) record: Option<PathBuf>,
}
