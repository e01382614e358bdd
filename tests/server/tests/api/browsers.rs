//! What browsers are told.

use ngrok_test_server::Server;
use serde_json::Value;
use ureq::http::Request;

use crate::raw::{Answer, request, send};
use crate::worlds::Outcome;

fn preflight(server: &Server, path: &str) -> Answer {
    let request = Request::builder()
        .method("OPTIONS")
        .uri(format!("{}{path}", server.url()))
        .header("origin", "https://app.example.com")
        .header("access-control-request-method", "PATCH")
        .header("access-control-request-headers", "authorization,ngrok-version,x-own");
    send(request.body(String::new()).unwrap())
}

#[test]
fn a_browser_may_ask_for_what_a_path_takes() -> Outcome {
    let server = Server::start()?;
    let answer = preflight(&server, "/ip_policies/ipp_1");
    assert_eq!((answer.status, &answer.body), (204, &Value::Null));
    assert_eq!(answer.header("access-control-allow-origin"), "https://app.example.com");
    assert_eq!(answer.header("access-control-allow-credentials"), "true");
    assert_eq!(answer.header("access-control-max-age"), "600");
    let headers = answer.header("access-control-allow-headers");
    assert_eq!(headers, "authorization,ngrok-version,x-own");
    let methods = |path| {
        let answer = preflight(&server, path);
        let mut methods: Vec<_> = answer
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
fn other_sites_may_read_answers_and_refusals() -> Outcome {
    let server = Server::start()?;
    for (path, status) in [("/ip_policies", 200), ("/ip_policies/ipp_1", 404)] {
        let mut asked = request(&server, "GET", path);
        asked.headers_mut().insert("origin", "http://localhost:3000".parse()?);
        let answer = send(asked);
        assert_eq!(answer.status, status);
        assert_eq!(
            answer.header("access-control-allow-origin"),
            "http://localhost:3000"
        );
        assert_eq!(answer.header("access-control-allow-credentials"), "true");
    }
    let answer = send(request(&server, "GET", "/ip_policies"));
    assert_eq!(answer.header("access-control-allow-origin"), "", "nobody asked");
    Ok(())
}

#[test]
fn options_without_a_question_is_no_method() -> Outcome {
    let server = Server::start()?;
    assert_eq!(send(request(&server, "OPTIONS", "/ip_policies")).refusal(405), None);
    let keyless = Request::builder()
        .method("OPTIONS")
        .uri(format!("{}/ip_policies", server.url()));
    assert_eq!(send(keyless.body(String::new())?).refusal(401), Some("ERR_NGROK_200"));
    Ok(())
}
