//! HTTP archives (HAR 1.2): a recording goes in and text comes out, and back. What only
//! some tools write may be absent.

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD as BASE64;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use serde_json::{Value, json};

use super::exchange::Recorded;
use super::{Fault, Recording};
use crate::{HttpRequest, HttpResponse, Timestamp, excerpt};

/// The text is not an HTTP archive that can be replayed.
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

/// Names and values as they stand in the address, escaped.
fn query(query: &str) -> Vec<Value> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.map(|(name, value)| json!({ "name": name, "value": value })).collect()
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
    let Some(entries) = har["log"]["entries"].as_array() else {
        return Err(NotHar("it has no `log.entries`".to_owned()));
    };
    let mut recording = Recording::default();
    let mut first_error = None;
    for (index, entry) in entries.iter().enumerate() {
        match read_entry(entry) {
            Ok(entry) => recording.entries.push(entry),
            Err(what) => {
                recording.skipped += 1;
                first_error.get_or_insert_with(|| format!("entry {index}: {what}"));
            }
        }
    }
    match first_error {
        // Where nothing is left, the file is of no use.
        Some(error) if recording.entries.is_empty() => Err(NotHar(error)),
        _ => Ok(recording),
    }
}

/// An address as an HTTP request can have it. Tools save addresses as people see them, with spaces.
fn address(url: &str) -> Result<Uri, String> {
    let url: Uri = url
        .replace(' ', "%20")
        .parse()
        .map_err(|_| "`request.url` is not an address".to_owned())?;
    match url.scheme_str() {
        None | Some("http" | "https") => Ok(url),
        Some(_) => Err("`request.url` is not an HTTP address".to_owned()),
    }
}

fn read_entry(entry: &Value) -> Result<Recorded, String> {
    let (asked, answered) = (&entry["request"], &entry["response"]);
    let mut request = HttpRequest::new(body(&asked["postData"])?);
    let method = asked["method"].as_str().unwrap_or_default();
    *request.method_mut() =
        method.parse().map_err(|_| "`request.method` is no method".to_owned())?;
    *request.uri_mut() = address(asked["url"].as_str().unwrap_or_default())?;
    *request.headers_mut() = read_headers(&asked["headers"]);
    let started = entry["startedDateTime"].as_str();
    let started = started.and_then(|it| it.parse::<Timestamp>().ok());
    let took =
        Duration::try_from_secs_f64(entry["time"].as_f64().unwrap_or(0.0) / 1000.0);
    Ok(Recorded {
        started: started.map_or(0, millis),
        took: took.unwrap_or_default(),
        request,
        outcome: read_response(answered)?,
    })
}

fn read_response(answered: &Value) -> Result<Result<HttpResponse, Fault>, String> {
    let status = answered["status"].as_u64().unwrap_or(0);
    if status == 0 {
        return Ok(Err(match answered["_error"].as_str() {
            Some("connect") => Fault::Connect,
            Some("timeout") => Fault::Timeout,
            _ => Fault::Broken,
        }));
    }
    let status = u16::try_from(status).ok().and_then(|it| StatusCode::from_u16(it).ok());
    let mut response = HttpResponse::new(body(&answered["content"])?);
    *response.status_mut() =
        status.ok_or_else(|| "`response.status` is no status".to_owned())?;
    *response.headers_mut() = read_headers(&answered["headers"]);
    Ok(Ok(response))
}

/// The headers that are some; others are left out.
fn read_headers(json: &Value) -> HeaderMap {
    let pairs = json.as_array().into_iter().flatten();
    let pairs = pairs.filter_map(|header| {
        let name: HeaderName = header["name"].as_str()?.parse().ok()?;
        Some((name, header["value"].as_str()?.parse::<HeaderValue>().ok()?))
    });
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(name, value);
    }
    headers
}

fn body(content: &Value) -> Result<Vec<u8>, String> {
    let text = content["text"].as_str().unwrap_or_default();
    match content["encoding"].as_str().unwrap_or_default() {
        "" => Ok(text.as_bytes().to_vec()),
        "base64" => BASE64
            .decode(text.trim_end_matches('='))
            .map_err(|_| "a body is said to be base64, and is not".to_owned()),
        other => Err(format!("a body is encoded as {:?}, not base64", excerpt(other))),
    }
}
