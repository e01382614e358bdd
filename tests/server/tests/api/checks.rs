//! Invalid values of fields, and their error codes.

use ngrok_test_server::Server;
use serde_json::{Value, json};

use crate::clients::Outcome;
use crate::raw::{Reply, send, with_body};

fn post(server: &Server, path: &str, body: &Value) -> Reply {
    send(with_body(server, "POST", path, body))
}

fn made(server: &Server, path: &str, body: &Value) -> Value {
    let reply = post(server, path, body);
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.body
}

/// Returns the code and message of an error.
fn refused(server: &Server, path: &str, body: &Value) -> (String, String) {
    let reply = post(server, path, body);
    let code = reply.refusal(400).unwrap_or_default().to_owned();
    (code, reply.body["msg"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_string_has_a_maximum_length() -> Outcome {
    let server = Server::start()?;
    made(&server, "/ip_policies", &json!({ "description": "x".repeat(255) }));
    let (code, message) =
        refused(&server, "/ip_policies", &json!({ "description": "x".repeat(256) }));
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("ERR_NGROK_215", "description is longer than 255 bytes.")
    );
    // Some lengths are counted in bytes, others in characters.
    let wide = json!({ "description": "é".repeat(128) });
    assert_eq!(refused(&server, "/ip_policies", &wide).0, "ERR_NGROK_215");
    let destination = json!({ "description": "é".repeat(255) });
    let reply = post(&server, "/event_subscriptions", &destination);
    assert_eq!(reply.status, 201, "{reply:?}");
    let destination = json!({ "description": "é".repeat(256) });
    assert_eq!(
        refused(&server, "/event_subscriptions", &destination).0,
        "ERR_NGROK_215"
    );
    Ok(())
}

#[test]
fn a_cidr_range_is_well_formed_and_begins_at_its_lowest_address() -> Outcome {
    let server = Server::start()?;
    let policy = made(&server, "/ip_policies", &json!({}));
    let rule = |cidr: &str| {
        let body =
            json!({ "ip_policy_id": policy["id"], "action": "allow", "cidr": cidr });
        post(&server, "/ip_policy_rules", &body)
    };
    for cidr in ["10.0.0.0/8", "1.2.3.4/32", "0.0.0.0/0", "2001:db8::/32", "::/0"] {
        assert_eq!(rule(cidr).status, 201, "{cidr}");
    }
    for cidr in ["", "10.0.0.0", "10.0.0.0/33", "somewhere", "::/129"] {
        assert_eq!(rule(cidr).refusal(400), Some("ERR_NGROK_1406"), "{cidr}");
    }
    for cidr in ["10.1.2.3/16", "2001:db8::1/64"] {
        assert_eq!(rule(cidr).refusal(400), Some("ERR_NGROK_1409"), "{cidr}");
    }
    Ok(())
}

#[test]
fn an_enum_has_a_known_value() -> Outcome {
    let server = Server::start()?;
    let policy = made(&server, "/ip_policies", &json!({}));
    let (code, message) = refused(
        &server,
        "/ip_restrictions",
        &json!({ "type": "cellar", "ip_policy_ids": [policy["id"]] }),
    );
    assert_eq!(code, "ERR_NGROK_1803", "{message}");
    let body =
        json!({ "ip_policy_id": policy["id"], "action": "allowed", "cidr": "::/0" });
    let (code, message) = refused(&server, "/ip_policy_rules", &body);
    assert_eq!(code, "ERR_NGROK_1422");
    assert_eq!(message, "action is not one of allow, deny.");
    // Where the API is known to accept more than the description, the value is accepted.
    let body = json!({ "type": "cloud", "url": "https://a.test", "traffic_policy": "{}", "bindings": ["moon"] });
    made(&server, "/endpoints", &body);
    Ok(())
}

#[test]
fn urls_and_addresses_are_well_formed() -> Outcome {
    let server = Server::start()?;
    let endpoint = |url: &str| {
        let body = json!({ "type": "cloud", "url": url, "traffic_policy": "{}" });
        post(&server, "/endpoints", &body)
    };
    for url in ["https://a.test", "tcp://1.tcp.example.com:12345", "https://*.a.test/"] {
        assert_eq!(endpoint(url).status, 201, "{url}");
    }
    for url in ["", "a.test", "https://", "://a", "https:// a"] {
        assert_eq!(endpoint(url).refusal(400), Some("ERR_NGROK_249"), "{url}");
    }
    let domain =
        |domain: &str| post(&server, "/reserved_domains", &json!({ "domain": domain }));
    assert_eq!(domain("*.app.example.com").status, 201);
    for name in ["a..b", "-a.test", "a b", "a.test/x", "*.*.test"] {
        assert_eq!(domain(name).status, 400, "{name}");
    }
    Ok(())
}

#[test]
fn a_list_has_a_minimum_length_and_no_duplicates() -> Outcome {
    let server = Server::start()?;
    let (code, message) = refused(
        &server,
        "/ip_restrictions",
        &json!({ "type": "api", "ip_policy_ids": [] }),
    );
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("ERR_NGROK_215", "ip_policy_ids must have at least 1 elements.")
    );
    let twice = json!({ "sources": [{ "type": "ip_policy_created.v0" }, { "type": "ip_policy_created.v0" }] });
    assert_eq!(refused(&server, "/event_subscriptions", &twice).0, "ERR_NGROK_5127");
    Ok(())
}

#[test]
fn required_strings_are_not_empty() -> Outcome {
    let server = Server::start()?;
    let (code, message) = refused(&server, "/vaults", &json!({ "name": "" }));
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("ERR_NGROK_23001", "name must not be empty.")
    );
    Ok(())
}

#[test]
fn unique_values_exist_once() -> Outcome {
    let server = Server::start()?;
    let vault = made(&server, "/vaults", &json!({ "name": "one" }));
    let other = made(&server, "/vaults", &json!({ "name": "two" }));
    let again = post(&server, "/vaults", &json!({ "name": "one" }));
    assert_eq!(again.refusal(409), Some("ERR_NGROK_23004"));
    let rename = |vault: &Value, name: &str| {
        let path = format!("/vaults/{}", vault["id"].as_str().unwrap());
        send(with_body(&server, "PATCH", &path, json!({ "name": name })))
    };
    assert_eq!(rename(&other, "one").refusal(409), Some("ERR_NGROK_23004"));
    assert_eq!(rename(&vault, "one").status, 200, "the resource can keep its own name");
    // The name of a secret is unique within its vault only.
    let secret = |vault: &Value| {
        let body = json!({ "name": "s", "value": "v", "vault_id": vault["id"] });
        post(&server, "/vault_secrets", &body)
    };
    assert_eq!(secret(&vault).status, 201);
    assert_eq!(secret(&other).status, 201);
    assert_eq!(secret(&vault).refusal(409), Some("ERR_NGROK_24005"));
    let domain = json!({ "domain": "app.example.com" });
    made(&server, "/reserved_domains", &domain);
    assert_eq!(
        post(&server, "/reserved_domains", &domain).refusal(409),
        Some("ERR_NGROK_413")
    );
    Ok(())
}

#[test]
fn dependent_fields_are_checked() -> Outcome {
    let server = Server::start()?;
    let authority = |body: Value| post(&server, "/ssh_certificate_authorities", &body);
    let rsa = json!({ "private_key_type": "rsa", "key_size": 4096 });
    assert_eq!(authority(rsa).status, 201);
    let ecdsa = json!({ "private_key_type": "ecdsa", "key_size": 4096 });
    assert_eq!(authority(ecdsa).refusal(400), Some("ERR_NGROK_1940"));
    let odd = json!({ "private_key_type": "rsa", "key_size": 1000 });
    assert_eq!(authority(odd).refusal(400), Some("ERR_NGROK_1940"));
    Ok(())
}
