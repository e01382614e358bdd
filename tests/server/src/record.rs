//! A recording of all requests and answers, in the HAR format that browsers and proxies write too. The file is whole after
//! every answer. The API key is not in it.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State as Shared};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use axum::http::{request, response};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::{Value, json};

use crate::clock;
use crate::http::collect;
use crate::state::State;

/// What a recording ends with.
const END: &str = "\n]}}\n";

/// A recording.
#[derive(Debug)]
pub(crate) struct Recorder(Mutex<Recording>);

#[derive(Debug)]
struct Recording {
    file: File,
    entries: usize,
}

impl Recorder {
    /// Begins a recording, in the place of what was in the file.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        let mut file = File::create(path)?;
        let creator = json!({ "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") });
        let start =
            format!(r#"{{"log":{{"version":"1.2","creator":{creator},"entries":["#);
        file.write_all(format!("{start}{END}").as_bytes())?;
        Ok(Self(Mutex::new(Recording { file, entries: 0 })))
    }

    fn add(&self, entry: &Value) -> io::Result<()> {
        let mut recording = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let comma = if recording.entries == 0 { "\n" } else { ",\n" };
        recording.entries += 1;
        let end = i64::try_from(END.len()).unwrap_or_default();
        recording.file.seek(SeekFrom::End(-end))?;
        recording.file.write_all(format!("{comma}{entry}{END}").as_bytes())
    }
}

/// Records a request and its answer, if there is a recording.
pub(crate) async fn record(
    Shared(state): Shared<Arc<State>>,
    request: Request,
    next: Next,
) -> Response {
    let Some(recorder) = &state.recorder else { return next.run(request).await };
    let (began, start) = (clock::now(), Instant::now());
    let (parts, body) = request.into_parts();
    let sent = collect(body).await.unwrap_or_default();
    let asked = asked(&state.url, &parts, &sent);
    let response = next.run(Request::from_parts(parts, Body::from(sent))).await;
    let (parts, body) = response.into_parts();
    let came = collect(body).await.unwrap_or_default();
    let took = start.elapsed().as_secs_f64() * 1000.0;
    let entry = json!({
        "startedDateTime": began,
        "time": took,
        "request": asked,
        "response": answered(&parts, &came),
        "cache": {},
        "timings": { "send": 0, "wait": took, "receive": 0 },
    });
    if let Err(error) = recorder.add(&entry) {
        eprintln!("The recording has a gap: {error}.");
    }
    Response::from_parts(parts, Body::from(came))
}

fn asked(url: &str, parts: &request::Parts, body: &Bytes) -> Value {
    let query = parts.uri.query().unwrap_or_default();
    let query = form_urlencoded::parse(query.as_bytes());
    let query: Vec<_> =
        query.map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let mut request = json!({
        "method": parts.method.as_str(),
        "url": format!("{url}{}", parts.uri),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(&parts.headers),
        "queryString": query,
        "headersSize": -1,
        "bodySize": body.len(),
    });
    if !body.is_empty() {
        request["postData"] = json!({
            "mimeType": content_type(&parts.headers),
            "text": String::from_utf8_lossy(body),
        });
    }
    request
}

fn answered(parts: &response::Parts, body: &Bytes) -> Value {
    json!({
        "status": parts.status.as_u16(),
        "statusText": parts.status.canonical_reason().unwrap_or_default(),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(&parts.headers),
        "content": {
            "size": body.len(),
            "mimeType": content_type(&parts.headers),
            "text": String::from_utf8_lossy(body),
        },
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": body.len(),
    })
}

fn headers(headers: &HeaderMap) -> Value {
    let header = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
        let value = if *name == AUTHORIZATION {
            "[redacted]".into()
        } else {
            String::from_utf8_lossy(value.as_bytes())
        };
        json!({ "name": name.as_str(), "value": value })
    };
    headers.iter().map(header).collect()
}

fn content_type(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
