//! CORS.

use ngrok_test_server::Server;
use serde_json::Value;
use ureq::http::Request;

use crate::clients::Outcome;
use crate::raw::{Reply, request, send};

fn preflight(server: &Server, path: &str) -> Reply {
    let request = Request::builder()
        .method("OPTIONS")
        .uri(format!("{}{path}", server.url()))
        .header("origin", "https://app.example.com")
        .header("access-control-request-method", "PATCH")
        .header("access-control-request-headers", "authorization,ngrok-version,x-own");
    send(request.body(String::new()).unwrap())
}

#[test]
fn a_preflight_allows_the_methods_of_a_path() -> Outcome {
    let server = Server::start()?;
    let reply = preflight(&server, "/ip_policies/ipp_1");
    assert_eq!((reply.status, &reply.body), (204, &Value::Null));
    assert_eq!(reply.header("access-control-allow-origin"), "https://app.example.com");
    assert_eq!(reply.header("access-control-allow-credentials"), "true");
    assert_eq!(reply.header("access-control-max-age"), "600");
    let headers = reply.header("access-control-allow-headers");
    assert_eq!(headers, "authorization,ngrok-version,x-own");
    let methods = |path| {
        let reply = preflight(&server, path);
        let mut methods: Vec<_> = reply
            .header("access-control-allow-methods")
            .split(", ")
            .map(str::to_owned)
            .collect();
        methods.sort();
        methods
    };
    assert_eq!(methods("/ip_policies/ipp_1"), ["DELETE", "GET", "PATCH"]);
    assert_eq!(methods("/ip_policies"), ["GET", "POST"]);
    assert_eq!(preflight(&server, "/nowhere").refusal(404), None);
    Ok(())
}

#[test]
fn other_sites_can_read_responses_and_errors() -> Outcome {
    let server = Server::start()?;
    for (path, status) in [("/ip_policies", 200), ("/ip_policies/ipp_1", 404)] {
        let mut asked = request(&server, "GET", path);
        asked.headers_mut().insert("origin", "http://localhost:3000".parse()?);
        let reply = send(asked);
        assert_eq!(reply.status, status);
        assert_eq!(reply.header("access-control-allow-origin"), "http://localhost:3000");
        assert_eq!(reply.header("access-control-allow-credentials"), "true");
    }
    let reply = send(request(&server, "GET", "/ip_policies"));
    assert_eq!(
        reply.header("access-control-allow-origin"),
        "",
        "no preflight was requested"
    );
    Ok(())
}

#[test]
fn options_without_a_preflight_is_not_supported() -> Outcome {
    let server = Server::start()?;
    assert_eq!(send(request(&server, "OPTIONS", "/ip_policies")).refusal(405), None);
    let keyless = Request::builder()
        .method("OPTIONS")
        .uri(format!("{}/ip_policies", server.url()));
    assert_eq!(send(keyless.body(String::new())?).refusal(401), Some("ERR_NGROK_200"));
    Ok(())
}
