//! A scenario in a window or in a worker, and the requests that the API received.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use ngrok_browser::{Chromium, Site};
use ngrok_test_server::Server;
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) type Outcome = Result<(), Box<dyn Error>>;

/// Environment of a program: the files that start it, by their paths.
const PLACES: &[&str] = &["window", "worker"];

const WINDOW: &str = r#"<!doctype html><title>window</title><link rel="icon" href="data:,">
<script type="module">import start from "./ngrok-browser-scenarios.js"; start();</script>"#;
const WORKER: &str = r#"<!doctype html><title>worker</title><link rel="icon" href="data:,">
<script>new Worker("/worker.js" + location.search, { type: "module" }).onmessage = (it) => { window.outcome = it.data; };</script>"#;
const WORKER_SCRIPT: &str =
    r#"import start from "./ngrok-browser-scenarios.js"; start();"#;

/// An API that records its requests.
pub(crate) struct Api {
    pub(crate) server: Server,
    record: PathBuf,
    _folder: TempDir,
}

/// A request that the API received, and the status of its response.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) status: u64,
    pub(crate) request: Value,
    pub(crate) response: Value,
}

impl Api {
    fn start() -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let record = folder.path().join("api.har");
        let server = Server::builder().record(&record).start()?;
        Ok(Self { server, record, _folder: folder })
    }

    /// Adds policies. The list starts with the last one.
    pub(crate) fn add(&self, descriptions: impl IntoIterator<Item = String>) -> Outcome {
        for description in descriptions {
            self.server.add("/ip_policies", json!({ "description": description }))?;
        }
        Ok(())
    }

    /// Returns the requests so far, in the order of their responses.
    pub(crate) fn seen(&self) -> Result<Vec<Seen>, Box<dyn Error>> {
        let record: Value = serde_json::from_slice(&fs::read(&self.record)?)?;
        let entries = record["log"]["entries"].as_array().ok_or("no entries")?;
        Ok(entries.iter().map(|entry| Seen::new(entry, self.server.url())).collect())
    }

    /// Returns the requests that are not preflights.
    pub(crate) fn calls(&self) -> Result<Vec<Seen>, Box<dyn Error>> {
        Ok(self.seen()?.into_iter().filter(|it| it.method != "OPTIONS").collect())
    }
}

impl Seen {
    fn new(entry: &Value, base: &str) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let url = text(&entry["request"]["url"]);
        Self {
            method: text(&entry["request"]["method"]),
            path: url.strip_prefix(base).unwrap_or(&url).to_owned(),
            status: entry["response"]["status"].as_u64().unwrap_or_default(),
            request: entry["request"].clone(),
            response: entry["response"].clone(),
        }
    }
}

/// Returns the value of a header of a recorded request or response.
pub(crate) fn header<'a>(message: &'a Value, name: &str) -> Option<&'a str> {
    let mut headers = message["headers"].as_array()?.iter();
    let header = headers.find(|header| header["name"] == name)?;
    header["value"].as_str()
}

/// Runs a scenario in a window and in a worker, each against its own API at another origin. `prepare` receives the API before
/// the start, `check` the outcome.
pub(crate) fn run(
    scenario: &str,
    prepare: impl Fn(&Api) -> Outcome,
    check: impl Fn(&Value, &Api) -> Outcome,
) -> Outcome {
    for place in PLACES {
        let api = Api::start()?;
        prepare(&api)?;
        let outcome = outcome(scenario, place, api.server.url(), api.server.api_key())?;
        check(&outcome, &api).map_err(|error| format!("in a {place}: {error}"))?;
    }
    Ok(())
}

/// Returns the outcome of a scenario in one environment.
pub(crate) fn outcome(
    scenario: &str,
    place: &str,
    url: &str,
    key: &str,
) -> Result<Value, Box<dyn Error>> {
    let site = std::env::var_os("NGROK_BROWSER_SITE");
    let site = site.ok_or("run these tests with `cargo xtask ci browser`")?;
    let pages = Server::start()?;
    Site::new(site).serve(&pages, "ngrok-browser-scenarios")?;
    pages.add_file("/window", "text/html", WINDOW.as_bytes());
    pages.add_file("/worker", "text/html", WORKER.as_bytes());
    pages.add_file("/worker.js", "text/javascript", WORKER_SCRIPT.as_bytes());
    let address =
        format!("{}/{place}?scenario={scenario}&url={url}&key={key}", pages.url());
    let chromium = Chromium::find().ok_or("there is no Chromium")?;
    let mut page = chromium.open(&format!("{scenario}-{place}"), &address)?;
    page.wait_for("typeof window.outcome === 'string'")?;
    let outcome = page.evaluate("window.outcome")?;
    let outcome = outcome.as_str().unwrap_or_default();
    Ok(serde_json::from_str(outcome).unwrap_or_else(|_| outcome.into()))
}
