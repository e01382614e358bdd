//! Command-line arguments.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::ci;
use crate::{bench_flags, mock_flags};

/// Commands for maintainers of the client.
///
/// Exit codes: 0 success, 1 findings, 2 usage error.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Writes the client from the API description.
    Generate(Generate),
    /// Checks the API description and writes nothing.
    Lint(Lint),
    /// Prints the model of the API description as JSON.
    Model(Description),
    /// Writes the JSON Schema of the description's format, which editors use.
    Schema(Check),
    /// Prints the API description as an OpenAPI 3.1 document.
    Export(Export),
    /// Updates the API description from a published OpenAPI document.
    Import(Import),
    /// Checks recorded traffic against the API description.
    Traffic(Traffic),
    /// Compares two API descriptions: changes, and what they break.
    Diff(Diff),
    /// Explains a service, operation, type, field or error code.
    Explain(Explain),
    /// Proposes the next version, and writes it and its section of the CHANGELOG.
    Release(Release),
    /// Serves the API from memory on this machine, to test clients.
    Mock(mock_flags::Flags),
    /// Benchmarks the client against the official one and hand-written loops.
    Bench(bench_flags::Flags),
    /// Generates the client and runs the quickstart against a local server.
    Demo(Demo),
    /// Runs all tests, with nextest if it is installed.
    Test(Test),
    /// Runs every check that a change must pass.
    Ci(Ci),
}

/// Location of the description.
#[derive(Debug, Args)]
pub(crate) struct Description {
    /// Directory of the API description
    #[arg(long, value_name = "DIR")]
    pub(crate) spec: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask generate
  cargo xtask generate --check
  cargo xtask generate --watch
  cargo xtask generate --spec ../other-api --out ../other-client")]
pub(crate) struct Generate {
    #[command(flatten)]
    pub(crate) description: Description,
    /// Directory of the client; its `src` contains generated files only
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Writes nothing; prints the changes, and exits with 1 if there are any
    #[arg(long)]
    pub(crate) check: bool,
    /// Keeps running, and generates again whenever the description or a template changes
    #[arg(long, conflicts_with = "check")]
    pub(crate) watch: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask lint
  cargo xtask lint --spec ../other-api
  cargo xtask lint --format json | jq -r '.[] | \"\\(.file):\\(.line): \\(.message)\"'

With --format json, standard output is an array of objects, empty if there are no findings:
  file, line, column  location; line and column count from 1, and are null for a whole file
  severity            \"error\": prevents generation; \"warning\": probably a mistake
  code                kind of problem, such as \"unknown-key\"
  message, help       the problem and its solution; help may be null
  related             related locations: objects with file, line, column and message")]
pub(crate) struct Lint {
    #[command(flatten)]
    pub(crate) description: Description,
    /// Format of the findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

/// Formats of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Human-readable text
    Text,
    /// JSON
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask diff HEAD
  cargo xtask diff v0.1.0 HEAD --format markdown
  cargo xtask diff origin/main --fail-on breaking
  cargo xtask diff ../other-checkout/api-spec api-spec --format json

OLD and NEW are directories or git revisions. `api-spec` of a revision is read without a checkout; REVISION:DIR reads
another directory. The rules are in codegen/src/diff/RULES.md.")]
pub(crate) struct Diff {
    /// Description before the change: a directory or a git revision
    #[arg(required_unless_present = "rules")]
    pub(crate) old: Option<String>,
    /// Description after the change [default: the working copy]
    pub(crate) new: Option<String>,
    /// Format of the report
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ReportFormat,
    /// Exits with 1 on such changes
    #[arg(long, value_name = "WHAT")]
    pub(crate) fail_on: Option<FailOn>,
    /// Prints the rules instead, as the page of documentation
    #[arg(long, exclusive = true)]
    pub(crate) rules: bool,
}

/// Formats of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// Human-readable text
    Text,
    /// Markdown for a CHANGELOG
    Markdown,
    /// JSON
    Json,
}

/// Changes that make a comparison fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// A change that breaks callers, of the API or of the crate
    Breaking,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask explain ip_policies
  cargo xtask explain edges.https
  cargo xtask explain ip_policies.update
  cargo xtask explain IpPolicyRule.cidr
  cargo xtask explain ERR_NGROK_226
  cargo xtask explain | grep policy")]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) description: Description,
    /// A service, an operation or its ID, a type, a field, or an error code by number or name [default: lists all names]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask release --dry-run
  cargo xtask release
  cargo xtask release --version 1.0.0
  cargo xtask release --notes 0.1.0

The version is raised as required by `diff` against the last tag and by the entries under Unreleased in the CHANGELOG:
`Removed`, or an entry that begins with `**Breaking`, requires major, `Added` and `Deprecated` minor, others
patch. Before 1.0.0 each counts one place lower. A tag is `v` and a version; without one, this is the first release.

Nothing is written if the tree is dirty or generated files are stale. Does not commit or tag.")]
pub(crate) struct Release {
    /// Writes nothing; prints the changes
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Version to release instead of the proposed one; must not be smaller than required
    #[arg(long, value_name = "VERSION")]
    pub(crate) version: Option<semver::Version>,
    /// Prints the notes of a released version instead: its section of the CHANGELOG
    #[arg(long, value_name = "VERSION", conflicts_with_all = ["dry_run", "version"])]
    pub(crate) notes: Option<semver::Version>,
    /// Directory of the workspace [default: this one]
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Writes nothing; exits with 1 if the file is stale
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask export > openapi.yaml
  cargo xtask export --format json
  cargo xtask export --out openapi.json")]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) description: Description,
    /// File to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Format of the document [default: by the extension of the file, or YAML]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<DocumentFormat>,
    /// Version of OpenAPI; 3.0 for tools that do not support 3.1
    #[arg(long, value_name = "VERSION", default_value = "3.1")]
    pub(crate) openapi: OpenApi,
}

/// A version of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OpenApi {
    /// The version whose schemas are JSON Schema
    #[value(name = "3.1")]
    V3_1,
    /// The version that most generators support
    #[value(name = "3.0")]
    V3_0,
}

/// Formats of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocumentFormat {
    /// YAML in block style
    Yaml,
    /// Indented JSON
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask import openapi.yaml --dry-run
  cargo xtask import openapi.yaml
  cargo xtask import openapi.yaml --prune
  cargo xtask import other-api.json --new ../other-api

Errors of the document are corrected by `overrides.yaml` in the directory of the description.
Exits with 1 if manual edits are needed.")]
pub(crate) struct Import {
    /// The document: OpenAPI 3.0 or 3.1, as YAML or JSON
    #[arg(value_name = "FILE")]
    pub(crate) document: PathBuf,
    #[command(flatten)]
    pub(crate) description: Description,
    /// Writes nothing; prints the changes, and exits with 1 if there are any
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Removes from the description what the document no longer contains
    #[arg(long)]
    pub(crate) prune: bool,
    /// Creates a new description in this directory, for an API without one
    #[arg(long, value_name = "DIR", conflicts_with_all = ["spec", "prune"])]
    pub(crate) new: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask traffic recording.har
  cargo xtask traffic recording.har --format json
  cargo xtask traffic recording.har --base-url http://127.0.0.1:8080
  cargo xtask traffic recording.har --write")]
pub(crate) struct Traffic {
    /// A recording in the HAR format, as browsers and proxies save it
    #[arg(value_name = "FILE.har")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) description: Description,
    /// Base URL of the API in the recording [default: that of the description]
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Adds unknown fields and enum values of responses to the description
    #[arg(long)]
    pub(crate) write: bool,
    /// Format of the findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask demo
  cargo xtask demo --browser")]
pub(crate) struct Demo {
    /// Serves a web page that uses the client, until it is interrupted.
    #[arg(long)]
    pub(crate) browser: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Test {
    /// Arguments for the test runner, such as the name of a test
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) rest: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask ci
  cargo xtask ci fmt clippy")]
pub(crate) struct Ci {
    /// Runs only these checks; without any, all but `fuzz`.
    #[arg(value_name = "CHECK", value_parser = PossibleValuesParser::new(ci::names()))]
    pub(crate) only: Vec<String>,
}
