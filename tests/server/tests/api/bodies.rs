//! Validation of request bodies.

use ngrok_test_server::Server;
use serde_json::{Value, json};

use crate::clients::Outcome;
use crate::raw::{request, send, with_body};

/// Returns the code and message of the error for a body.
fn refused(server: &Server, path: &str, body: &Value) -> (String, String) {
    let reply = send(with_body(server, "POST", path, body));
    let code = reply.refusal(400).unwrap_or_default().to_owned();
    (code, reply.body["msg"].as_str().unwrap_or_default().to_owned())
}

fn created(server: &Server, path: &str, body: &Value) -> Value {
    let reply = send(with_body(server, "POST", path, body));
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.body
}

#[test]
fn an_unknown_field_is_named() -> Outcome {
    let server = Server::start()?;
    let (code, message) = refused(&server, "/ip_policies", &json!({ "descr": "x" }));
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("ERR_NGROK_214", "The body has an unknown field descr.")
    );
    let body =
        json!({ "target": { "kinesis": { "auth": { "role": { "arn": "a" } } } } });
    let (code, message) = refused(&server, "/event_destinations", &body);
    assert_eq!(code, "ERR_NGROK_214");
    assert!(message.contains("target.kinesis.auth.role.arn"), "{message}");
    Ok(())
}

#[test]
fn a_missing_field_is_named() -> Outcome {
    let server = Server::start()?;
    let policy = created(&server, "/ip_policies", &json!({}));
    let body = json!({ "ip_policy_id": policy["id"], "action": "allow" });
    let (code, message) = refused(&server, "/ip_policy_rules", &body);
    assert_eq!(code, "ERR_NGROK_1405");
    assert_eq!(message, "The body lacks the field cidr.");
    let body = json!({ "ip_policy_id": policy["id"], "action": "allow", "cidr": null });
    assert_eq!(refused(&server, "/ip_policy_rules", &body).0, "ERR_NGROK_1405");
    Ok(())
}

#[test]
fn values_must_have_the_right_type() -> Outcome {
    let server = Server::start()?;
    let code = |path: &str, body: Value| refused(&server, path, &body).0;
    assert_eq!(code("/ip_policies", json!({ "description": 1 })), "ERR_NGROK_213");
    assert_eq!(code("/credentials", json!({ "acl": "bind:*" })), "ERR_NGROK_213");
    assert_eq!(code("/credentials", json!({ "acl": ["bind:*", 1] })), "ERR_NGROK_213");
    assert_eq!(code("/event_destinations", json!({ "target": [] })), "ERR_NGROK_213");
    let body = json!({ "ip_policy_ids": [], "type": "api", "enforced": "yes" });
    assert_eq!(code("/ip_restrictions", body), "ERR_NGROK_213");
    let body = json!({ "status_code": 4_000_000_000_u64 });
    assert_eq!(code("/backends/http_response", body), "ERR_NGROK_213");
    let authority = created(&server, "/ssh_certificate_authorities", &json!({}));
    let body = json!({
        "public_key": "ssh-ed25519 AAAA",
        "ssh_certificate_authority_id": authority["id"],
        "valid_until": "tomorrow",
    });
    assert_eq!(code("/ssh_host_certificates", body), "ERR_NGROK_241");
    Ok(())
}

#[test]
fn ids_must_refer_to_existing_resources() -> Outcome {
    let server = Server::start()?;
    let rule =
        |id: &Value| json!({ "ip_policy_id": id, "action": "deny", "cidr": "::/0" });
    let (code, _) = refused(&server, "/ip_policy_rules", &rule(&json!("ipp_nobody")));
    assert_eq!(code, "ERR_NGROK_380");
    for id in ["nobody", "", "x_nobody", "IPP_nobody"] {
        let (code, message) = refused(&server, "/ip_policy_rules", &rule(&json!(id)));
        assert_eq!(code, "ERR_NGROK_227", "{message}");
    }
    let policy = created(&server, "/ip_policies", &json!({}));
    let made = created(&server, "/ip_policy_rules", &rule(&policy["id"]));
    let reference = json!({ "id": policy["id"], "uri": policy["uri"] });
    assert_eq!(made["ip_policy"], reference);
    assert_eq!(made.get("ip_policy_id"), None);
    let (code, message) = refused(&server, "/ip_policy_rules", &rule(&made["id"]));
    assert_eq!(code, "ERR_NGROK_243", "{message}");
    let body = json!({ "ip_policy_ids": [policy["id"], "ipp_nobody"], "type": "api" });
    let (_, message) = refused(&server, "/ip_restrictions", &body);
    assert!(message.starts_with("ip_policy_ids[1] is"), "{message}");
    // Users have no operations in this API, so any ID is accepted.
    created(&server, "/api_keys", &json!({ "owner_id": "usr_1" }));
    Ok(())
}

#[test]
fn only_one_alternative_can_be_set() -> Outcome {
    let server = Server::start()?;
    let code = |target: Value| {
        let body = json!({ "format": "json", "target": target });
        refused(&server, "/event_destinations", &body).0
    };
    assert_eq!(code(json!({})), "ERR_NGROK_5100");
    assert_eq!(code(json!({ "kinesis": null })), "ERR_NGROK_5100");
    assert_eq!(code(json!({ "kinesis": {}, "datadog": {} })), "ERR_NGROK_5115");
    assert_eq!(code(json!({ "s3": {} })), "ERR_NGROK_214");
    let made = json!({ "kinesis": null, "datadog": { "ddsite": "datadoghq.eu" } });
    created(
        &server,
        "/event_destinations",
        &json!({ "format": "json", "target": made }),
    );
    Ok(())
}

#[test]
fn rules_over_several_fields_are_enforced() -> Outcome {
    let server = Server::start()?;
    let none = json!({ "name": "a", "value": "x" });
    assert_eq!(refused(&server, "/vault_secrets", &none).0, "ERR_NGROK_24008");
    let vault = created(&server, "/vaults", &json!({ "name": "v" }));
    let both =
        json!({ "name": "a", "value": "x", "vault_id": vault["id"], "vault_name": "v" });
    assert_eq!(refused(&server, "/vault_secrets", &both).0, "ERR_NGROK_24008");
    let edge = created(&server, "/edges/https", &json!({}));
    let path =
        format!("/edges/https/{}/routes", edge["id"].as_str().unwrap_or_default());
    let route = |google: Value| json!({ "match": "/", "match_type": "path_prefix", "oauth": { "provider": { "google": google } } });
    let (code, message) = refused(&server, &path, &route(json!({ "client_id": "a" })));
    assert_eq!(code, "ERR_NGROK_383", "{message}");
    let (code, message) =
        refused(&server, &path, &route(json!({ "scopes": ["profile"] })));
    assert_eq!(code, "ERR_NGROK_390", "{message}");
    created(&server, &path, &route(json!({ "scopes": [] })));
    Ok(())
}

#[test]
fn unset_fields_are_absent_null_or_empty() -> Outcome {
    let server = Server::start()?;
    let policy = created(&server, "/ip_policies", &json!({ "description": "" }));
    let keys: Vec<_> = policy.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["created_at", "id", "uri"]);
    let credential = created(&server, "/credentials", &json!({}));
    assert_eq!(credential["acl"], json!([]));
    assert_eq!(credential["owner_id"], Value::Null);
    let certificate = json!({ "certificate_pem": "-----BEGIN CERTIFICATE-----", "private_key_pem": "-----BEGIN PRIVATE KEY-----" });
    let certificate = created(&server, "/tls_certificates", &certificate);
    assert_eq!(certificate["not_after"], "0001-01-01T00:00:00Z");
    assert_eq!(
        certificate["subject_alternative_names"],
        json!({ "dns_names": [], "ips": [] })
    );
    assert_eq!(certificate.get("private_key_pem"), None);
    Ok(())
}

#[test]
fn path_parameters_may_be_repeated_in_the_body() -> Outcome {
    let server = Server::start()?;
    let policy = created(&server, "/ip_policies", &json!({}));
    let path = format!("/ip_policies/{}", policy["id"].as_str().unwrap());
    let body = json!({ "id": policy["id"], "description": "both" });
    let reply = send(with_body(&server, "PATCH", &path, body));
    assert_eq!((reply.status, &reply.body["description"]), (200, &json!("both")));
    assert_eq!(send(request(&server, "GET", &path)).body, reply.body);
    Ok(())
}
