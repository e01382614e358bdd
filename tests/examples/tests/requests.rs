//! Rust and curl versions of an example make the same request.

use ngrok_client::blocking::Client;
use ngrok_examples_tests::{Sent, requests};
use serde_json::Value;

#[test]
fn rust_and_curl_make_the_same_request() {
    let client = Client::builder().api_key("key").build().expect("a client");
    let requests = requests(&client);
    assert!(!requests.is_empty());
    let wrong: Vec<_> = requests.iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns the difference between a request and its example.
fn difference(sent: &Sent) -> Option<String> {
    let request = match &sent.request {
        Ok(request) => request,
        Err(error) => return Some(format!("{}: {error}", sent.id)),
    };
    let json = |text: &[u8]| serde_json::from_slice::<Value>(text).ok();
    let said = (sent.method, sent.path, sent.body.map(|body| json(body.as_bytes())));
    let body = Some(request.body()).filter(|body| !body.is_empty());
    let made =
        (request.method().as_str(), request.uri().path(), body.map(|body| json(body)));
    (said != made).then(|| format!("{}: curl {said:?}, Rust {made:?}", sent.id))
}
