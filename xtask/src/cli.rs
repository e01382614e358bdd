//! What can be typed.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::ci;
use crate::{bench_flags, mock_flags};

/// Commands for those who maintain the client.
///
/// Exit codes: 0 fine, 1 findings, 2 wrong usage.
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
    /// Prints what the API description means, as JSON.
    Model(Description),
    /// Writes the JSON Schema of the description's format, which editors use.
    Schema(Check),
    /// Prints the API description as an OpenAPI 3.1 document.
    Export(Export),
    /// Brings the API description up to a published OpenAPI document.
    Import(Import),
    /// Holds recorded traffic against the API description.
    Traffic(Traffic),
    /// Compares two API descriptions: what changed, and what that breaks.
    Diff(Diff),
    /// Tells all about a service, operation, type, field or error code.
    Explain(Explain),
    /// Proposes the next version, and writes it and its section of the CHANGELOG.
    Release(Release),
    /// Serves the API from memory, on this machine, for clients to be tried against.
    Mock(mock_flags::Flags),
    /// Measures the client beside the official one and beside loops written by hand.
    Bench(bench_flags::Flags),
    /// Generates the client and runs the quickstart against a server on this machine.
    Demo(Demo),
    /// Runs all tests, with nextest where it is installed.
    Test(Test),
    /// Runs every check that a change must pass.
    Ci(Ci),
}

/// Where the description is.
#[derive(Debug, Args)]
pub(crate) struct Description {
    /// Folder of the API description.
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
    /// Folder of the client; its `src` holds nothing but what is generated.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Writes nothing; shows what would change, and exits with 1 if anything would.
    #[arg(long)]
    pub(crate) check: bool,
    /// Goes on, and generates again whenever the description or a template changes.
    #[arg(long, conflicts_with = "check")]
    pub(crate) watch: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask lint
  cargo xtask lint --spec ../other-api
  cargo xtask lint --format json | jq -r '.[] | \"\\(.file):\\(.line): \\(.message)\"'

With --format json, standard output is an array of objects, empty if all is well:
  file, line, column  where it is; line and column count from 1, and are null where it has no place
  severity            \"error\": nothing can be generated; \"warning\": most likely a slip
  code                what kind of problem it is, such as \"unknown-key\"
  message, help       what is wrong, and what to do about it; help may be null
  related             other places: objects with file, line, column and message")]
pub(crate) struct Lint {
    #[command(flatten)]
    pub(crate) description: Description,
    /// How findings are printed.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For tools: JSON.
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask diff HEAD
  cargo xtask diff v0.1.0 HEAD --format markdown
  cargo xtask diff origin/main --fail-on breaking
  cargo xtask diff ../other-checkout/api-spec api-spec --format json

A folder, or a git revision, whose folder `api-spec` is read without a checkout; REVISION:DIR reads another.
What breaks what is in codegen/src/diff/RULES.md.")]
pub(crate) struct Diff {
    /// The description before the change: a folder or a git revision.
    #[arg(required_unless_present = "rules")]
    pub(crate) old: Option<String>,
    /// The description after it; that of the working copy where left out.
    pub(crate) new: Option<String>,
    /// How the report is printed.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ReportFormat,
    /// Exits with 1 on such changes.
    #[arg(long, value_name = "WHAT")]
    pub(crate) fail_on: Option<FailOn>,
    /// Prints the rules instead, as the page of documentation.
    #[arg(long, exclusive = true)]
    pub(crate) rules: bool,
}

/// How a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people.
    Text,
    /// For a CHANGELOG.
    Markdown,
    /// For tools.
    Json,
}

/// What makes a comparison fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// A change that breaks callers, of the API or of the crate.
    Breaking,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask explain ip_policies
  cargo xtask explain edges.https
  cargo xtask explain ip_policies.update
  cargo xtask explain IpPolicyRule.cidr
  cargo xtask explain ERR_NGROK_226")]
pub(crate) struct Explain {
    #[command(flatten)]
    pub(crate) description: Description,
    /// A service, an operation or its id, a type, a field, or an error code by number, text or name.
    pub(crate) name: String,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask release --dry-run
  cargo xtask release
  cargo xtask release --version 1.0.0
  cargo xtask release --notes 0.1.0

The version grows by as much as `diff` against the last tag asks for, and what stands under Unreleased in the CHANGELOG:
`Removed`, or an entry that begins with `**Breaking`, asks for major, `Added` and `Deprecated` for minor, all else for
patch. Before 1.0.0 each counts one place lower. A tag is `v` and a version; without one, this is the first release.

Nothing is written while the tree is dirty or generated files are stale. Committing and tagging is left to you.")]
pub(crate) struct Release {
    /// Writes nothing; shows what would change.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Another version than the one proposed, no smaller than what changed asks for.
    #[arg(long, value_name = "VERSION")]
    pub(crate) version: Option<semver::Version>,
    /// Prints the notes of a released version instead: its section of the CHANGELOG.
    #[arg(long, value_name = "VERSION", conflicts_with_all = ["dry_run", "version"])]
    pub(crate) notes: Option<semver::Version>,
    /// Folder of the workspace, where another one is meant.
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Writes nothing; exits with 1 if the file is stale.
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
    /// File to write; standard output where left out.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// How the document is written; what the ending of the file says where left out, or YAML.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<DocumentFormat>,
    /// Version of OpenAPI; 3.0 for tools that read nothing newer.
    #[arg(long, value_name = "VERSION", default_value = "3.1")]
    pub(crate) openapi: OpenApi,
}

/// A version of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OpenApi {
    /// The version whose schemas are JSON Schema.
    #[value(name = "3.1")]
    V3_1,
    /// The version that most generators read.
    #[value(name = "3.0")]
    V3_0,
}

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocumentFormat {
    /// YAML, each key on a line of its own.
    Yaml,
    /// JSON, indented.
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo xtask import openapi.yaml --dry-run
  cargo xtask import openapi.yaml
  cargo xtask import openapi.yaml --prune
  cargo xtask import other-api.json --new ../other-api

What the document gets wrong is corrected by `overrides.yaml` in the folder of the description.
Exits with 1 if something is left to a person.")]
pub(crate) struct Import {
    /// The document: OpenAPI 3.0 or 3.1, as YAML or JSON.
    #[arg(value_name = "FILE")]
    pub(crate) document: PathBuf,
    #[command(flatten)]
    pub(crate) description: Description,
    /// Writes nothing; shows what would change, and exits with 1 if anything would.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Takes out of the description what the document no longer has.
    #[arg(long)]
    pub(crate) prune: bool,
    /// Makes a new description in this folder, of an API that nobody has described yet.
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
    /// A recording in the HAR format, as browsers and proxies save it.
    #[arg(value_name = "FILE.har")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) description: Description,
    /// Address of the API in the recording; that of the description where left out.
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Adds to the description what the answers had that it does not know: fields and values of enums.
    #[arg(long)]
    pub(crate) write: bool,
    /// How findings are printed.
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
    /// Arguments for the test runner, such as the name of a test.
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
