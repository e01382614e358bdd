//! Requests that are rejected before any operation, and the form of every error response.

use ngrok_client::ErrorCode;
use ngrok_client::types::IpPolicyCreate;
use ngrok_test_server::Server;
use serde_json::json;

use crate::clients::{Outcome, Run, asynchronous, blocking, both};
use crate::raw::{Reply, request, send, with_body};

/// Sends a request with a header set or removed.
fn with_header(server: &Server, name: &'static str, value: Option<&str>) -> Reply {
    let mut request = request(server, "GET", "/ip_policies");
    request.headers_mut().remove(name);
    if let Some(value) = value {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    send(request)
}

#[test]
fn a_valid_request_succeeds() -> Outcome {
    let server = Server::start()?;
    let reply = send(request(&server, "GET", "/ip_policies"));
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "application/json");
    let id = reply.header("ngrok-operation-id");
    assert!(id.starts_with("op_") && id.len() == 30, "{id}");
    Ok(())
}

#[test]
fn the_key_is_checked_first() -> Outcome {
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
fn an_unknown_path_has_no_code() -> Outcome {
    let server = Server::start()?;
    for path in
        ["//", "/-/nothing", "/nowhere", "/ip_policies/", "/ip_policies/ipp_1/rules"]
    {
        assert_eq!(send(request(&server, "GET", path)).refusal(404), None, "{path}");
    }
    for id in ["ipp_1", "%FF", "%2F", "..%2Fvaults"] {
        let reply = send(request(&server, "GET", &format!("/ip_policies/{id}")));
        assert_eq!(reply.refusal(404), None, "{id}");
    }
    Ok(())
}

#[test]
fn an_unsupported_method_has_its_own_status() -> Outcome {
    let server = Server::start()?;
    let reply = send(request(&server, "DELETE", "/ip_policies"));
    assert_eq!(reply.refusal(405), None);
    let allowed: Vec<_> = reply.header("allow").split(", ").collect();
    assert!(allowed.contains(&"GET") && allowed.contains(&"POST"), "{allowed:?}");
    Ok(())
}

#[test]
fn the_query_must_match_the_operation() -> Outcome {
    let server = Server::start()?;
    let code = |path: &str| {
        let reply = send(request(&server, "GET", path));
        reply.refusal(400).unwrap_or_default().to_owned()
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
fn a_body_must_be_json_with_its_content_type() -> Outcome {
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
fn an_oversized_body_is_rejected() -> Outcome {
    let server = Server::start()?;
    let body = json!({ "description": "x".repeat(5 << 20) });
    let reply = send(with_body(&server, "POST", "/ip_policies", body));
    assert_eq!(reply.refusal(400), Some("ERR_NGROK_212"));
    Ok(())
}

both! {
    fn clients_decode_a_rejection(_server, client) {
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
fn a_client_with_another_key_is_rejected() -> Outcome {
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
    // No server responds, or one that was given the port since and has another key.
    let error = quick.ip_policies().get("ipp_1").retries(0).run().unwrap_err();
    assert!(!error.is_not_found(), "{error}");
    let error = slow.ip_policies().get("ipp_1").retries(0).run().unwrap_err();
    assert!(!error.is_not_found(), "{error}");
    Ok(())
}
