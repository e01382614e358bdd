//! Command-line arguments of a server, shared by `cargo xtask mock`, which validates them and prints the help, and the program that it
//! runs.

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
  latency=200ms        delays the response
  stall                sends no response, and leaves the connection open
  reset-before         resets the connection without processing the request
  reset-after          processes the request, then resets the connection
  status=503           responds with an error; retry-after=1 adds a `Retry-After` header
  truncate             truncates the body
  garbage              replaces the body with meaningless bytes
  content-type=TEXT    replaces the content type
  next-page=URL        replaces the next page of a list; `self` is the current page
  drip=10ms            sends the body a few bytes at a time
followed by any of ,times=N ,chance=0.5 ,method=POST and ,path=/PREFIX, which select the affected requests.")]
#[expect(
    clippy::option_option,
    reason = "clap's type for an option with an optional value"
)]
pub(crate) struct Flags {
    /// Port to listen on [default: a free port]
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) port: u16,
    /// IP address to listen on, or DNS name of the server; can be repeated. Without it, loopback only
    #[arg(long, value_name = "HOST")]
    pub(crate) host: Vec<String>,
    /// API key to accept [default: a random key]
    #[arg(long, value_name = "KEY")]
    pub(crate) api_key: Option<String>,
    /// Limits requests per minute; without a number, to the limit of the API
    #[arg(long, value_name = "REQUESTS", num_args = 0..=1)]
    pub(crate) rate_limit: Option<Option<u32>>,
    /// Window of the rate limit in seconds, for tests that cannot wait a minute
    #[arg(long, value_name = "SECONDS", requires = "rate_limit", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) rate_window: Option<u64>,
    /// Delays all responses: 200ms, 2s
    #[arg(long, value_name = "TIME")]
    pub(crate) latency: Option<String>,
    /// Injects a fault; can be repeated
    #[arg(long, value_name = "FAULT")]
    pub(crate) fault: Vec<String>,
    /// Seed of everything random; the same seed gives the same behaviour
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,
    /// Assumes that all resources that a request refers to exist; lists are never empty
    #[arg(long)]
    pub(crate) imagine: bool,
    /// Writes all requests and responses to this file, as HAR
    #[arg(long, value_name = "FILE.har")]
    pub(crate) record: Option<PathBuf>,
}
