//! HTTP archives (HAR 1.2): reading and writing of recordings. Fields that only some tools write are optional.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use ngrok_client_core::{HttpRequest, HttpResponse, Timestamp, excerpt};
use serde_json::{Value, json};

use crate::archive::{Archive, Entry, Message};
use crate::exchange::Recorded;
use crate::{Fault, Recording};

/// Error for text that is not a replayable HTTP archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotHar(String);

impl fmt::Display for NotHar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this is no recording: {}", self.0)
    }
}

impl std::error::Error for NotHar {}

pub(super) fn write(recording: &Recording) -> String {
    let entries: Vec<_> = recording.entries.iter().map(entry).collect();
    let creator = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
    });
    let har =
        json!({ "log": { "version": "1.2", "creator": creator, "entries": entries } });
    format!("{har:#}\n")
}

fn entry(recorded: &Recorded) -> Value {
    let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    let took = millis(recorded.took);
    json!({
        "startedDateTime": date(recorded.started),
        "time": took,
        "request": request(&recorded.request),
        "response": response(&recorded.outcome),
        "cache": {},
        "timings": { "send": 0, "wait": took, "receive": 0 },
    })
}

fn date(millis: i64) -> String {
    let nanos = u32::try_from(millis.rem_euclid(1000)).unwrap_or_default() * 1_000_000;
    let date = Timestamp::from_unix(millis.div_euclid(1000), nanos);
    date.unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

fn millis(date: Timestamp) -> i64 {
    date.unix_seconds() * 1000 + i64::from(date.subsec_nanos() / 1_000_000)
}

fn request(request: &HttpRequest) -> Value {
    let body = request.body();
    let mut json = json!({
        "method": request.method().as_str(),
        "url": request.uri().to_string(),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(request.headers()),
        "queryString": query(request.uri().query().unwrap_or_default()),
        "headersSize": -1,
        "bodySize": body.len(),
    });
    if !body.is_empty() {
        json["postData"] = content(request.headers(), body);
    }
    json
}

fn response(outcome: &Result<HttpResponse, Fault>) -> Value {
    let none = HttpResponse::default();
    let response = outcome.as_ref().unwrap_or(&none);
    let (status, text) = match outcome {
        Ok(response) => (response.status().as_u16(), response.status()),
        Err(_) => (0, StatusCode::default()),
    };
    let mut content = content(response.headers(), response.body());
    content["size"] = json!(response.body().len());
    let mut json = json!({
        "status": status,
        "statusText": if status == 0 { "" } else { text.canonical_reason().unwrap_or("") },
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(response.headers()),
        "content": content,
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": response.body().len(),
    });
    if let Err(fault) = outcome {
        json["_error"] = json!(fault_name(*fault));
    }
    json
}

fn headers(headers: &HeaderMap) -> Vec<Value> {
    let text =
        |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let pairs = headers.iter();
    pairs
        .map(|(name, value)| json!({ "name": name.as_str(), "value": text(value) }))
        .collect()
}

/// Splits a query into names and values, still escaped.
fn query(query: &str) -> Vec<Value> {
    let mut pairs = Vec::new();
    for pair in query.split('&') {
        if !pair.is_empty() {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            pairs.push(json!({ "name": name, "value": value }));
        }
    }
    pairs
}

fn content(headers: &HeaderMap, body: &[u8]) -> Value {
    let kind = headers.get(http::header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or("application/json");
    json!({ "mimeType": kind, "text": String::from_utf8_lossy(body) })
}

fn fault_name(fault: Fault) -> &'static str {
    match fault {
        Fault::Connect => "connect",
        Fault::Timeout => "timeout",
        Fault::Broken => "broken",
    }
}

pub(super) fn read(text: &str) -> Result<Recording, NotHar> {
    let text = text.trim_start_matches('\u{feff}');
    let har: Value = text.parse().map_err(|error| NotHar(format!("{error}")))?;
    let Some(mut archive) = Archive::of(&har) else {
        return Err(NotHar("it has no `log.entries`".to_owned()));
    };
    let mut recording = Recording::default();
    for entry in &std::mem::take(&mut archive.entries) {
        match replayed(entry) {
            Ok(entry) => recording.entries.push(entry),
            Err(reason) => archive.skip(entry.index, &reason),
        }
    }
    recording.skipped = archive.skipped;
    match archive.reason {
        // A file without any usable entry is an error.
        Some(reason) if recording.entries.is_empty() => Err(NotHar(reason)),
        _ => Ok(recording),
    }
}

fn replayed(entry: &Entry) -> Result<Recorded, String> {
    let mut request = HttpRequest::new(body(&entry.request)?);
    *request.method_mut() =
        entry.method.parse().map_err(|_| "`request.method` is no method".to_owned())?;
    // Tools save addresses as people see them, with spaces.
    let url = entry.url.replace(' ', "%20");
    *request.uri_mut() =
        url.parse().map_err(|_| "`request.url` is not an address".to_owned())?;
    *request.headers_mut() = read_headers(&entry.request);
    let started = entry.started.as_ref().and_then(|it| it.parse::<Timestamp>().ok());
    let took = Duration::try_from_secs_f64(entry.took / 1000.0);
    Ok(Recorded {
        started: started.map_or(0, millis),
        took: took.unwrap_or_default(),
        request,
        outcome: read_response(entry)?,
    })
}

fn read_response(entry: &Entry) -> Result<Result<HttpResponse, Fault>, String> {
    let Some(message) = entry.response.as_ref().filter(|_| entry.status != 0) else {
        return Ok(Err(match entry.error.as_deref() {
            Some("connect") => Fault::Connect,
            Some("timeout") => Fault::Timeout,
            _ => Fault::Broken,
        }));
    };
    let status = u16::try_from(entry.status).ok();
    let status = status.and_then(|it| StatusCode::from_u16(it).ok());
    let mut response = HttpResponse::new(body(message)?);
    *response.status_mut() =
        status.ok_or_else(|| "`response.status` is no status".to_owned())?;
    *response.headers_mut() = read_headers(message);
    Ok(Ok(response))
}

/// Reads valid headers; others are skipped.
fn read_headers(message: &Message) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in &message.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
            headers.append(name, value);
        }
    }
    headers
}

fn body(message: &Message) -> Result<Vec<u8>, String> {
    let Some(content) = message.content.as_ref().filter(|it| it.text.is_some()) else {
        return Ok(Vec::new());
    };
    content.bytes().map(Cow::into_owned).ok_or_else(|| match &content.encoding {
        Some(other) if !other.eq_ignore_ascii_case("base64") => {
            format!("a body is encoded as {:?}, not base64", excerpt(other))
        }
        _ => "a body is declared as base64 but is not".to_owned(),
    })
}
