//! Requests that are refused before any operation sees them, and how every refusal looks.

use ngrok_client::ErrorCode;
use ngrok_client::types::IpPolicyCreate;
use ngrok_test_server::Server;
use serde_json::json;

use crate::raw::{Answer, request, send, with_body};
use crate::worlds::{Outcome, Run, asynchronous, blocking, both};

/// Sends a request with a header set, or taken away.
fn with_header(server: &Server, name: &'static str, value: Option<&str>) -> Answer {
    let mut request = request(server, "GET", "/ip_policies");
    request.headers_mut().remove(name);
    if let Some(value) = value {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    send(request)
}

#[test]
fn a_good_request_is_answered() -> Outcome {
    let server = Server::start()?;
    let answer = send(request(&server, "GET", "/ip_policies"));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json");
    let id = answer.header("ngrok-operation-id");
    assert!(id.starts_with("op_") && id.len() == 30, "{id}");
    Ok(())
}

#[test]
fn the_key_is_looked_at_first() -> Outcome {
    let server = Server::start()?;
    let code = |value| with_header(&server, "authorization", value);
    assert_eq!(code(None).refusal(401), Some("ERR_NGROK_200"));
    assert_eq!(code(Some("Basic abc")).refusal(401), Some("ERR_NGROK_201"));
    assert_eq!(code(Some("Bearer")).refusal(401), Some("ERR_NGROK_202"));
    assert_eq!(code(Some("Bearer \"abc\"")).refusal(401), Some("ERR_NGROK_202"));
    assert_eq!(code(Some("Bearer abc")).refusal(401), Some("ERR_NGROK_203"));
    let mut nowhere = request(&server, "GET", "/nowhere");
    nowhere.headers_mut().remove("authorization");
    assert_eq!(send(nowhere).refusal(401), Some("ERR_NGROK_200"));
    Ok(())
}

#[test]
fn the_scheme_may_be_written_in_any_case() -> Outcome {
    let server = Server::start()?;
    let value = format!("bEARER {}", server.api_key());
    assert_eq!(with_header(&server, "authorization", Some(&value)).status, 200);
    Ok(())
}

#[test]
fn the_version_must_be_given_and_known() -> Outcome {
    let server = Server::start()?;
    let code = |value| with_header(&server, "ngrok-version", value);
    assert_eq!(code(None).refusal(400), Some("ERR_NGROK_218"));
    assert_eq!(code(Some("1")).refusal(400), Some("ERR_NGROK_217"));
    Ok(())
}

#[test]
fn a_path_that_is_none_has_no_code() -> Outcome {
    let server = Server::start()?;
    for path in
        ["//", "/-/nothing", "/nowhere", "/ip_policies/", "/ip_policies/ipp_1/rules"]
    {
        assert_eq!(send(request(&server, "GET", path)).refusal(404), None, "{path}");
    }
    for id in ["ipp_1", "%FF", "%2F", "..%2Fvaults"] {
        let answer = send(request(&server, "GET", &format!("/ip_policies/{id}")));
        assert_eq!(answer.refusal(404), None, "{id}");
    }
    Ok(())
}

#[test]
fn a_method_that_a_path_does_not_take_is_told_apart() -> Outcome {
    let server = Server::start()?;
    let answer = send(request(&server, "DELETE", "/ip_policies"));
    assert_eq!(answer.refusal(405), None);
    let allowed: Vec<_> = answer.header("allow").split(", ").collect();
    assert!(allowed.contains(&"GET") && allowed.contains(&"POST"), "{allowed:?}");
    Ok(())
}

#[test]
fn the_query_must_be_one_that_the_operation_takes() -> Outcome {
    let server = Server::start()?;
    let code = |path: &str| {
        let answer = send(request(&server, "GET", path));
        answer.refusal(400).unwrap_or_default().to_owned()
    };
    assert_eq!(code("/ip_policies?page=2"), "ERR_NGROK_231");
    assert_eq!(code("/ip_policies?limit=1&limit=1"), "ERR_NGROK_232");
    assert_eq!(code("/ip_policies?limit=ten"), "ERR_NGROK_244");
    assert_eq!(code("/ip_policies?limit=-1"), "ERR_NGROK_244");
    assert_eq!(code("/ip_policies?limit=0"), "ERR_NGROK_233");
    assert_eq!(code("/ip_policies?limit=101"), "ERR_NGROK_233");
    assert_eq!(code("/ip_policies?before_id=ipr_1"), "ERR_NGROK_227");
    assert_eq!(code("/ip_policies/ipp_1?limit=1"), "ERR_NGROK_231");
    assert_eq!(code("/event_subscriptions/esb_1/sources?limit=1"), "ERR_NGROK_231");
    Ok(())
}

#[test]
fn a_body_must_be_json_and_say_so() -> Outcome {
    let server = Server::start()?;
    let send_as = |content_type: Option<&str>, body: &str| {
        let mut request = with_body(&server, "POST", "/ip_policies", body);
        request.headers_mut().remove("content-type");
        if let Some(content_type) = content_type {
            request.headers_mut().insert("content-type", content_type.parse().unwrap());
        }
        send(request)
    };
    let json = Some("application/json");
    assert_eq!(send_as(None, "{}").refusal(400), Some("ERR_NGROK_216"));
    assert_eq!(send_as(Some("text/plain"), "{}").refusal(415), Some("ERR_NGROK_210"));
    assert_eq!(send_as(json, "{").refusal(400), Some("ERR_NGROK_213"));
    assert_eq!(send_as(json, "[]").refusal(400), Some("ERR_NGROK_213"));
    assert_eq!(send_as(json, "").refusal(400), Some("ERR_NGROK_213"));
    assert_eq!(send_as(Some("application/json; charset=utf-8"), "{}").status, 201);
    let unwanted = with_body(&server, "DELETE", "/ip_policies/ipp_1", "{}");
    assert_eq!(send(unwanted).refusal(400), Some("ERR_NGROK_211"));
    Ok(())
}

#[test]
fn a_body_that_is_too_long_is_refused() -> Outcome {
    let server = Server::start()?;
    let body = json!({ "description": "x".repeat(5 << 20) });
    let answer = send(with_body(&server, "POST", "/ip_policies", body));
    assert_eq!(answer.refusal(400), Some("ERR_NGROK_212"));
    Ok(())
}

both! {
    fn clients_understand_a_refusal(_server, client) {
        let error = client.ip_policies().get("ipp_nobody").run().unwrap_err();
        assert!(error.is_not_found());
        assert_eq!(error.code(), None);
        let operation_id = error.operation_id().unwrap_or_default();
        assert!(operation_id.starts_with("op_"));
        let text = error.to_string();
        assert!(text.starts_with("IpPoliciesGet: 404 Not Found: Resource not found"), "{text}");
        let error = client.ip_policies().list().limit(0).first_page().run().unwrap_err();
        assert!(error.is_code(ErrorCode::PAGE_LIMIT_OUT_OF_RANGE));
        Ok(())
    }
}

#[test]
fn a_client_with_another_key_is_refused() -> Outcome {
    let (server, other) = (Server::start()?, Server::start()?);
    let client = ngrok_client::blocking::Client::builder()
        .api_key(other.api_key())
        .base_url(server.url())
        .build()?;
    let error = client.ip_policies().create(&IpPolicyCreate::new()).run().unwrap_err();
    assert!(error.is_code(ErrorCode::API_KEY_INVALID), "{error}");
    Ok(())
}

#[test]
fn a_server_stops_when_it_is_dropped() -> Outcome {
    let server = Server::start()?;
    let (quick, slow) = (blocking(&server)?, asynchronous(&server)?);
    assert!(quick.ip_policies().get("ipp_1").run().unwrap_err().is_not_found());
    assert!(slow.ip_policies().get("ipp_1").run().unwrap_err().is_not_found());
    drop(server);
    // Nobody answers, or a server that was given the port since and has another key.
    let error = quick.ip_policies().get("ipp_1").retries(0).run().unwrap_err();
    assert!(!error.is_not_found(), "{error}");
    let error = slow.ip_policies().get("ipp_1").retries(0).run().unwrap_err();
    assert!(!error.is_not_found(), "{error}");
    Ok(())
}
