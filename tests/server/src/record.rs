//! A recording of all requests and responses, in the HAR format of browsers and proxies. The file is complete after every response. It
//! contains neither the API key nor the value of any secret field.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use bytes::Bytes;
use hyper::Uri;
use hyper::header::{CONTENT_TYPE, HeaderMap};
use hyper::http::request::Parts;
use serde_json::{Value, json};

use crate::clock;
use crate::http::{Whole, text};
use crate::scrub::Scrubber;
use crate::state::State;

/// The end of a recording.
const END: &str = "\n]}}\n";

/// A recording.
#[derive(Debug)]
pub(crate) struct Recorder(Mutex<Recording>);

#[derive(Debug)]
struct Recording {
    file: File,
    entries: usize,
    /// Secrets of all exchanges so far, which later exchanges may repeat.
    secrets: Vec<String>,
}

impl Recorder {
    /// Starts a recording, and replaces the contents of the file.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        let mut file = File::create(path)?;
        let creator = json!({ "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") });
        let start =
            format!(r#"{{"log":{{"version":"1.2","creator":{creator},"entries":["#);
        file.write_all(format!("{start}{END}").as_bytes())?;
        Ok(Self(Mutex::new(Recording { file, entries: 0, secrets: Vec::new() })))
    }

    /// Adds an exchange. `sent` is the body of the request, if the request was admitted.
    pub(crate) fn add(
        &self,
        state: &State,
        exchange: &Exchange,
        sent: &Bytes,
        response: &Whole,
    ) {
        let mut recording = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut secrets = std::mem::take(&mut recording.secrets);
        if secrets.is_empty() {
            secrets.push(state.api_key.clone());
        }
        let mut scrubber = Scrubber::new(&state.plan, secrets);
        scrubber.note(sent);
        scrubber.note(response.body());
        let took = exchange.start.elapsed().as_secs_f64() * 1000.0;
        let entry = json!({
            "startedDateTime": exchange.began,
            "time": took,
            "request": exchange.request(&scrubber, sent),
            "response": recorded_response(&scrubber, response),
            "cache": {},
            "timings": { "send": 0, "wait": took, "receive": 0 },
        });
        recording.secrets = scrubber.into_secrets();
        if let Err(error) = recording.write(&entry) {
            eprintln!("The recording has a gap: {error}.");
        }
    }
}

impl Recording {
    fn write(&mut self, entry: &Value) -> io::Result<()> {
        let comma = if self.entries == 0 { "\n" } else { ",\n" };
        self.entries += 1;
        let end = i64::try_from(END.len()).unwrap_or_default();
        self.file.seek(SeekFrom::End(-end))?;
        self.file.write_all(format!("{comma}{entry}{END}").as_bytes())
    }
}

/// An exchange in progress.
pub(crate) struct Exchange {
    began: String,
    start: Instant,
    method: String,
    url: String,
    uri: Uri,
    headers: HeaderMap,
}

impl Exchange {
    /// Records the head of a request to the server at this URL.
    pub(crate) fn begin(url: &str, parts: &Parts) -> Self {
        Self {
            began: clock::now(),
            start: Instant::now(),
            method: parts.method.to_string(),
            url: url.to_owned(),
            uri: parts.uri.clone(),
            headers: parts.headers.clone(),
        }
    }

    fn request(&self, scrubber: &Scrubber<'_>, body: &Bytes) -> Value {
        let query = self.uri.query().unwrap_or_default();
        let query = form_urlencoded::parse(query.as_bytes()).map(|(name, value)| {
            json!({ "name": scrubber.text(&name), "value": scrubber.text(&value) })
        });
        let query: Vec<_> = query.collect();
        let path = self.uri.path_and_query().map_or("/", |path| path.as_str());
        let mut request = json!({
            "method": self.method,
            "url": format!("{}{}", self.url, scrubber.text(path)),
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": headers(scrubber, &self.headers),
            "queryString": query,
            "headersSize": -1,
            "bodySize": body.len(),
        });
        if !body.is_empty() {
            request["postData"] = json!({
                "mimeType": content_type(&self.headers),
                "text": scrubber.body(body),
            });
        }
        request
    }
}

fn recorded_response(scrubber: &Scrubber<'_>, response: &Whole) -> Value {
    let body = response.body();
    json!({
        "status": response.status().as_u16(),
        "statusText": response.status().canonical_reason().unwrap_or_default(),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(scrubber, response.headers()),
        "content": {
            "size": body.len(),
            "mimeType": content_type(response.headers()),
            "text": scrubber.body(body),
        },
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": body.len(),
    })
}

fn headers(scrubber: &Scrubber<'_>, headers: &HeaderMap) -> Value {
    let header = |(name, value)| json!({ "name": AsRef::<str>::as_ref(name), "value": scrubber.header(name, value) });
    headers.iter().map(header).collect()
}

fn content_type(headers: &HeaderMap) -> &str {
    text(headers, &CONTENT_TYPE).unwrap_or_default()
}
