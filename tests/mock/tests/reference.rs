//! The files of the reference.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use ngrok_mock::add_reference;
use ngrok_test_server::Server;
use serde_json::Value;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn server() -> std::io::Result<Server> {
    let server = Server::start()?;
    add_reference(&server);
    Ok(server)
}

/// Returns the text at a path, requested without a key.
fn text(server: &Server, path: &str) -> (String, String) {
    let mut response = ureq::get(format!("{}{path}", server.url())).call().unwrap();
    let content_type = response.headers()["content-type"].to_str().unwrap().to_owned();
    let body = response.body_mut().with_config().limit(50 << 20).read_to_string();
    (content_type, body.unwrap())
}

#[test]
fn the_reference_loads_all_its_parts_from_the_server() -> Outcome {
    let server = server()?;
    let (content_type, page) = text(&server, "/");
    assert_eq!(content_type, "text/html; charset=utf-8");
    let links = page.split(['"', '\'']).filter(|text| text.starts_with('/'));
    let links: Vec<_> = links.collect();
    assert_eq!(links.len(), 5, "{links:?}");
    assert!(!page.contains("://"), "nothing comes from elsewhere");
    let types = links[1..].iter().map(|link| text(&server, link).0);
    assert!(types.eq(["text/css", "text/css", "text/javascript", "text/javascript"]));
    let (_, script) = text(&server, "/-/start.js");
    assert!(script.contains(server.api_key()) && !script.contains("://"));
    Ok(())
}

#[test]
fn the_document_of_the_reference_describes_this_server() -> Outcome {
    let server = server()?;
    let (content_type, document) = text(&server, "/-/openapi.json");
    assert_eq!(content_type, "application/json");
    let document: Value = serde_json::from_str(&document)?;
    assert_eq!(document["servers"], serde_json::json!([{ "url": "/" }]));
    assert!(document["paths"]["/ip_policies/{id}"]["patch"].is_object());
    Ok(())
}
