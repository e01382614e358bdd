//! Contents of recordings, and the secrets they must not contain.

use std::fs;
use std::path::{Path, PathBuf};

use ngrok_test_server::{Builder, Server};
use serde_json::{Value, json};

use crate::clients::Outcome;
use crate::raw::{Reply, exchange, request, send, with_body};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn recording(name: &str) -> Builder {
    Server::builder().record(file(name))
}

fn entries(name: &str) -> (String, Vec<Value>) {
    let text = fs::read_to_string(file(name)).unwrap();
    let log: Value = serde_json::from_str(&text).unwrap();
    (text, log["log"]["entries"].as_array().unwrap().clone())
}

#[test]
fn no_secret_is_recorded() -> Outcome {
    let server = recording("secrets.har").start()?;
    let post = |path: &str, body: Value| -> Reply {
        send(with_body(&server, "POST", path, body))
    };
    let token = post("/api_keys", json!({})).body["token"].as_str().unwrap().to_owned();
    let vault = post("/vaults", json!({ "name": "v" })).body["id"].clone();
    let value = "p&ss \"<w>rd\" é";
    assert_eq!(
        post(
            "/vault_secrets",
            json!({ "name": "s", "value": value, "vault_id": vault })
        )
        .status,
        201
    );
    // Secrets in unexpected locations: a string, the query, a header, the body of an error, a body that is not JSON.
    let key = server.api_key().to_owned();
    post("/ip_policies", json!({ "description": format!("{key} {token}") }));
    post("/vault_secrets", json!({ "value": value, "name": value, "vault_id": value }));
    post("/ip_policies", json!(format!("no object: {key}")));
    let mut asked =
        request(&server, "GET", &format!("/ip_policies?filter={key}&{key}=1"));
    asked.headers_mut().insert("x-own", key.parse()?);
    send(asked);
    let mut asked =
        with_body(&server, "POST", "/ip_policies", format!("{key} is no JSON"));
    asked.headers_mut().insert("cookie", "a=b".parse()?);
    send(asked);
    let (text, entries) = entries("secrets.har");
    assert_eq!(entries.len(), 8);
    let written = serde_json::to_string(&serde_json::to_string(value)?)?;
    for secret in
        [key.as_str(), token.as_str(), value, "p&ss", written.trim_matches(['\\', '"'])]
    {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    assert!(
        text.contains("[redacted]") && text.contains("\"name\\\":\\\"v\\\""),
        "{text}"
    );
    Ok(())
}

#[test]
fn requests_rejected_unread_are_recorded_without_their_body() -> Outcome {
    let server = recording("unread.har").start()?;
    let mut asked =
        with_body(&server, "POST", "/ip_policies", json!({ "description": "stranger" }));
    asked.headers_mut().remove("authorization");
    assert_eq!(send(asked).status, 401);
    let host = server.url().strip_prefix("http://").unwrap();
    let length = 5 << 20;
    let head = format!(
        "POST /ip_policies HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\nauthorization: Bearer {}\r\n\
         ngrok-version: 2\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n",
        server.api_key()
    );
    let response = exchange(&server, &(head + &"x".repeat(length)));
    assert!(response.contains(" 400 ") && response.contains("too long"), "{response}");
    let (text, entries) = entries("unread.har");
    assert_eq!(entries.len(), 2);
    assert!(entries.iter().all(|entry| entry["request"].get("postData").is_none()));
    assert!(!text.contains("stranger") && text.len() < 20_000, "{}", text.len());
    Ok(())
}
