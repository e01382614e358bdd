//! `cargo xtask ci features`: lints the client and the crates below it with every supported combination of features, and tests some.

use std::collections::BTreeSet;
use std::path::Path;

use crate::client_files::files_below;
use crate::outcome::Outcome;
use crate::process::{cargo, run};
use crate::terminal::say;
use crate::workspace;

/// Combinations that select code of the client.
const CLIENT: &[&str] = &[
    "",
    "async",
    "hyper",
    "blocking",
    "testing,tracing,http2",
    "async,testing,tracing",
    "async,blocking,webpki-roots",
    "hyper,blocking",
    "deprecated-resources",
    "blocking,deprecated-resources",
    "hyper,blocking,webpki-roots,deprecated-resources",
    "hyper,blocking,webpki-roots,native-roots,chrono,time,jiff,gzip,http2,testing,tracing,deprecated-resources",
];

/// Combinations that select code of the core alone, because the client passes these features on.
const CORE: &[&str] =
    &["hyper,testing,tracing", "blocking,tracing", "hyper,gzip", "blocking,gzip"];

/// Combinations that select code of the transports alone, because the core passes these features on.
const TRANSPORT: &[&str] = &[
    "hyper,webpki-roots",
    "hyper,http2",
    "hyper,webpki-roots,http2",
    "hyper,native-roots",
    "blocking,webpki-roots",
    "blocking,native-roots",
    "hyper,blocking,webpki-roots",
];

/// Combinations that select code of the test doubles alone, because the client passes these features on.
const TESTING: &[&str] = &["blocking"];

/// Features that the client and the core pass on: their own code does not mention them.
const PASSED_ON: [(&str, &[&str]); 2] = [
    ("generated-client", &["gzip", "http2", "native-roots", "tracing"]),
    ("templates/core", &["http2", "native-roots", "webpki-roots"]),
];

/// The combinations that the tests of the runtime are run with, besides all features: each client alone, and without TLS.
const TESTED: &[&str] = &["hyper", "blocking", "hyper,blocking"];

pub(super) fn run_check() -> anyhow::Result<Outcome> {
    for (folder, features) in PASSED_ON {
        let mentioned = mentioned_features(folder)?;
        if let Some(feature) = features.iter().find(|it| mentioned.contains(**it)) {
            say!(
                "the code of `{folder}` depends on `{feature}`: lint combinations with it"
            );
            return Ok(Outcome::Findings);
        }
    }
    for (package, combinations) in [
        ("ngrok-client", CLIENT),
        ("ngrok-client-core", CORE),
        ("ngrok-client-testing", TESTING),
        ("ngrok-client-transport", TRANSPORT),
    ] {
        for features in combinations {
            say!("{package} with features `{features}`");
            let lint = ["--", "-D", "warnings"];
            if with(features, "clippy", package, &lint)? == Outcome::Findings {
                return Ok(Outcome::Findings);
            }
        }
    }
    say!("tests of the core with a transport of the caller's own");
    if with("async", "test", "ngrok-client-core", &[])? == Outcome::Findings {
        return Ok(Outcome::Findings);
    }
    for features in TESTED {
        say!("tests of the runtime with features `{features}`");
        // They wait for servers most of the time.
        let tests = ["--lib", "--test", "http", "--", "--test-threads=8"];
        if with(features, "test", "ngrok-client-runtime", &tests)? == Outcome::Findings {
            return Ok(Outcome::Findings);
        }
    }
    Ok(Outcome::Fine)
}

/// Runs a command of cargo for a package with these features and no others.
fn with(
    features: &str,
    command: &str,
    package: &str,
    more: &[&str],
) -> anyhow::Result<Outcome> {
    let mut command = cargo([command, "--quiet", "--package", package]);
    run(command.args(["--no-default-features", "--features", features]).args(more))
}

/// Returns the features that conditions in the code of a crate name.
fn mentioned_features(folder: &str) -> anyhow::Result<BTreeSet<String>> {
    let mut features = BTreeSet::new();
    for (path, code) in files_below(&workspace::root().join(folder).join("src"))? {
        if Path::new(&path).extension().is_none_or(|it| it != "rs") {
            continue;
        }
        let code = String::from_utf8_lossy(&code);
        let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            let names = line.split("feature = \"").skip(1);
            features.extend(names.filter_map(|it| Some(it.split_once('"')?.0.into())));
        }
    }
    Ok(features)
}
