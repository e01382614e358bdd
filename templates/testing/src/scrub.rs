//! Redaction of recordings: removes everything known to be secret from a request and its response.

use http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use ngrok_client_core::secrets::{REDACTED, clean, note, take};
use ngrok_client_core::{Api, HttpRequest, HttpResponse};
use serde_json::Value;

/// Headers without secrets.
const HARMLESS: [HeaderName; 10] = [
    header::ACCEPT,
    header::CACHE_CONTROL,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::DATE,
    header::RETRY_AFTER,
    header::SERVER,
    header::TRANSFER_ENCODING,
    header::USER_AGENT,
];

/// Redacts recorded traffic.
///
/// `[redacted]` replaces
///
/// - the header with the API key, and all headers except for a few that are known to be harmless, such as the
///   content type;
/// - strings and numbers in JSON bodies under a key that any type of the API has for a secret field, at any depth;
/// - the API key and these strings anywhere else in the exchange: in the address, in other headers, in other
///   fields, in bodies that are not JSON.
///
/// Other secrets are not detected, such as a password in a description. Check a recording before you publish it.
#[derive(Clone, Copy, Debug)]
pub struct Scrubber {
    auth_header: &'static str,
    headers: [&'static str; 2],
    fields: &'static [&'static str],
}

impl Scrubber {
    /// Uses the secret fields of an API.
    #[must_use]
    pub fn new(api: &'static Api) -> Self {
        Self {
            auth_header: api.auth_header,
            headers: [api.version_header, api.operation_id_header],
            fields: api.secret_fields,
        }
    }

    /// Redacts an exchange.
    pub fn scrub(&self, request: &mut HttpRequest, response: Option<&mut HttpResponse>) {
        let mut secrets = Vec::new();
        let mut sent = Body::read(request.body());
        self.take_headers(request.headers_mut(), &mut secrets);
        sent.take(self.fields, &mut secrets);
        let received = response.map(|response| {
            let mut body = Body::read(response.body());
            self.take_headers(response.headers_mut(), &mut secrets);
            body.take(self.fields, &mut secrets);
            (response, body)
        });
        clean_headers(request.headers_mut(), &secrets);
        let uri = clean(&request.uri().to_string(), &secrets);
        *request.uri_mut() = uri.parse().unwrap_or_else(|_| Uri::default());
        *request.body_mut() = sent.finish(&secrets);
        if let Some((response, body)) = received {
            clean_headers(response.headers_mut(), &secrets);
            *response.body_mut() = body.finish(&secrets);
        }
    }

    fn take_headers(&self, headers: &mut HeaderMap, secrets: &mut Vec<String>) {
        for (name, value) in headers.iter_mut() {
            if self.is_harmless(name) {
                continue;
            }
            if value.is_sensitive()
                || name.as_str().eq_ignore_ascii_case(self.auth_header)
            {
                // With or without a scheme, such as in `Bearer 123`.
                let text = String::from_utf8_lossy(value.as_bytes());
                for secret in [Some(&*text), text.split(' ').next_back()] {
                    note(secret.unwrap_or_default(), secrets);
                }
            }
            *value = HeaderValue::from_static(REDACTED);
        }
    }

    fn is_harmless(&self, name: &HeaderName) -> bool {
        let own = self.headers.iter().any(|it| name.as_str().eq_ignore_ascii_case(it));
        own || HARMLESS.contains(name)
    }
}

fn clean_headers(headers: &mut HeaderMap, secrets: &[String]) {
    for value in headers.values_mut() {
        let text = String::from_utf8_lossy(value.as_bytes());
        let cleaned = clean(&text, secrets);
        if cleaned != text {
            *value = HeaderValue::from_str(&cleaned)
                .unwrap_or(HeaderValue::from_static(REDACTED));
        }
    }
}

/// A body, parsed if it is JSON.
enum Body {
    Json(Value),
    Other(Vec<u8>),
}

impl Body {
    fn read(body: &[u8]) -> Self {
        let text = str::from_utf8(body).ok();
        let json = text.and_then(|text| text.parse().ok());
        json.map_or_else(|| Self::Other(body.to_vec()), Self::Json)
    }

    /// Removes and collects the values of secret keys.
    fn take(&mut self, fields: &[&str], secrets: &mut Vec<String>) {
        if let Self::Json(json) = self {
            take(json, fields, false, secrets);
        }
    }

    /// Returns the redacted body.
    fn finish(self, secrets: &[String]) -> Vec<u8> {
        match self {
            Self::Json(mut json) => {
                clean_json(&mut json, secrets);
                json.to_string().into_bytes()
            }
            Self::Other(bytes) => match String::from_utf8(bytes) {
                Ok(text) => clean(&text, secrets).into_bytes(),
                Err(error) => clean_bytes(error.into_bytes(), secrets),
            },
        }
    }
}

fn clean_json(json: &mut Value, secrets: &[String]) {
    match json {
        Value::String(text) => *text = clean(text, secrets),
        Value::Array(items) => {
            for item in items {
                clean_json(item, secrets);
            }
        }
        Value::Object(object) => {
            for value in object.values_mut() {
                clean_json(value, secrets);
            }
        }
        _ => {}
    }
}

/// Drops bytes that are not text if they contain a secret.
fn clean_bytes(bytes: Vec<u8>, secrets: &[String]) -> Vec<u8> {
    let has = |secret: &String| {
        bytes.windows(secret.len()).any(|part| part == secret.as_bytes())
    };
    if secrets.iter().any(has) { REDACTED.into() } else { bytes }
}
