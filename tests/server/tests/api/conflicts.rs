//! Conflicts with other resources: URLs and names in use, and deletions of resources in use.

use ngrok_test_server::Server;
use serde_json::{Value, json};

use crate::clients::Outcome;
use crate::derived::{endpoint, made};
use crate::raw::{Reply, request, send, with_body};

fn code(reply: &Reply) -> &str {
    assert!((400..500).contains(&reply.status), "{reply:?}");
    reply.body["error_code"].as_str().unwrap_or_default()
}

fn post(server: &Server, path: &str, body: &Value) -> Reply {
    send(with_body(server, "POST", path, body))
}

fn pooled(url: &str, pooling_enabled: bool) -> Value {
    let mut body = endpoint(url);
    body["pooling_enabled"] = pooling_enabled.into();
    body
}

#[test]
fn endpoints_share_a_url_only_if_all_agree() -> Outcome {
    let server = Server::start()?;
    let first = made(&server, "/endpoints", &pooled("https://a.test", false));
    let again = post(&server, "/endpoints", &endpoint("https://A.test:443"));
    assert_eq!(code(&again), "ERR_NGROK_334");
    let pool = post(&server, "/endpoints", &pooled("https://a.test", true));
    assert_eq!(code(&pool), "ERR_NGROK_18016");
    made(&server, "/endpoints", &pooled("https://b.test", true));
    let second = made(&server, "/endpoints", &pooled("https://b.test", true));
    let alone = post(&server, "/endpoints", &pooled("https://b.test", false));
    assert_eq!(code(&alone), "ERR_NGROK_18017");
    let change = |endpoint: &Value, change: Value| {
        let path = format!("/endpoints/{}", endpoint["id"].as_str().unwrap());
        send(with_body(&server, "PATCH", &path, change))
    };
    assert_eq!(
        code(&change(&second, json!({ "pooling_enabled": false }))),
        "ERR_NGROK_18017"
    );
    assert_eq!(
        code(&change(&first, json!({ "url": "https://b.test" }))),
        "ERR_NGROK_18017"
    );
    assert_eq!(change(&first, json!({ "description": "kept" })).status, 200);
    assert_eq!(
        change(&second, json!({ "url": "https://c.test", "pooling_enabled": false }))
            .status,
        200
    );
    Ok(())
}

/// Returns a body that refers to the resource with this ID.
type User = fn(&str) -> Value;

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHpBbVpBbVpBbVpBbVpBbVpBbVpBbVpBbVpBbVpBbVpB me";

/// Returns list and body of the referenced resource, those of the referring one, and the error.
fn uses() -> [(&'static str, Value, &'static str, User, &'static str); 6] {
    let certificate = json!({
        "certificate_pem": "-----BEGIN CERTIFICATE-----", "private_key_pem": "-----BEGIN PRIVATE KEY-----",
    });
    let role =
        json!({ "role": { "role_arn": "arn:aws:iam::123456789012:role/example" } });
    let target = json!({ "firehose": { "auth": role, "delivery_stream_arn": "arn:aws:firehose:us-east-1:1:deliverystream/a" } });
    [
        (
            "/reserved_domains",
            json!({ "domain": "a.test" }),
            "/endpoints",
            |_| endpoint("https://a.test"),
            "446",
        ),
        (
            "/ip_policies",
            json!({}),
            "/ip_restrictions",
            |id| json!({ "type": "api", "ip_policy_ids": [id] }),
            "1420",
        ),
        (
            "/ssh_certificate_authorities",
            json!({}),
            "/ssh_host_certificates",
            |id| json!({ "ssh_certificate_authority_id": id, "public_key": KEY }),
            "1964",
        ),
        (
            "/tls_certificates",
            certificate,
            "/reserved_domains",
            |id| json!({ "domain": "b.test", "certificate_id": id }),
            "1966",
        ),
        (
            "/event_destinations",
            json!({ "format": "json", "target": target }),
            "/event_subscriptions",
            |id| json!({ "destination_ids": [id], "sources": [{ "type": "ip_policy_created.v0" }] }),
            "5112",
        ),
        (
            "/vaults",
            json!({ "name": "v" }),
            "/vault_secrets",
            |id| json!({ "name": "s", "value": "x", "vault_id": id }),
            "23003",
        ),
    ]
}

#[test]
fn resources_in_use_cannot_be_deleted() -> Outcome {
    let server = Server::start()?;
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    let delete = |list: &str, value: &Value| {
        send(request(&server, "DELETE", &format!("{list}/{}", id(value))))
    };
    for (list, body, users, user, number) in uses() {
        let used = made(&server, list, &body);
        let by = made(&server, users, &user(&id(&used)));
        let refused = delete(list, &used);
        assert_eq!(code(&refused), format!("ERR_NGROK_{number}"), "{list}");
        assert!(refused.body["msg"].as_str().unwrap().contains(&id(&by)), "{refused:?}");
        assert_eq!(delete(users, &by).status, 204, "{users}");
        assert_eq!(delete(list, &used).status, 204, "{list}");
    }
    Ok(())
}

#[test]
fn a_dev_domain_is_not_deleted() -> Outcome {
    let server = Server::start()?;
    let path =
        |domain: &Value| format!("/reserved_domains/{}", domain["id"].as_str().unwrap());
    let delete = |domain: &Value| send(request(&server, "DELETE", &path(domain)));
    let dev =
        made(&server, "/reserved_domains", &json!({ "domain": "a.ngrok-free.dev" }));
    assert_eq!((&dev["is_dev"], code(&delete(&dev))), (&json!(true), "ERR_NGROK_458"));
    let own = made(&server, "/reserved_domains", &json!({ "domain": "a.test" }));
    assert_eq!((&own["is_dev"], delete(&own).status), (&json!(false), 204));
    Ok(())
}

#[test]
fn the_last_rule_of_the_dashboards_policy_is_not_deleted() -> Outcome {
    let server = Server::start()?;
    let policy = made(&server, "/ip_policies", &json!({}));
    let rule = |cidr: &str| {
        let body =
            json!({ "ip_policy_id": policy["id"], "cidr": cidr, "action": "allow" });
        made(&server, "/ip_policy_rules", &body)
    };
    let (first, second) = (rule("10.0.0.0/8"), rule("192.0.2.0/24"));
    let restriction = |part: &str| {
        let body = json!({ "type": part, "ip_policy_ids": [policy["id"]] });
        made(&server, "/ip_restrictions", &body)
    };
    let delete = |list: &str, value: &Value| {
        let path = format!("/{list}/{}", value["id"].as_str().unwrap());
        send(request(&server, "DELETE", &path))
    };
    restriction("api");
    let dashboard = restriction("dashboard");
    assert_eq!(delete("ip_policy_rules", &first).status, 204);
    assert_eq!(code(&delete("ip_policy_rules", &second)), "ERR_NGROK_1419");
    assert_eq!(delete("ip_restrictions", &dashboard).status, 204);
    assert_eq!(delete("ip_policy_rules", &second).status, 204);
    Ok(())
}

#[test]
fn a_backend_of_a_route_is_not_deleted() -> Outcome {
    let server = Server::start()?;
    let backend = made(&server, "/backends/http_response", &json!({ "body": "x" }));
    let edge = made(&server, "/edges/https", &json!({}));
    let route = json!({ "match_type": "path_prefix", "match": "/", "backend": { "backend_id": backend["id"] } });
    made(
        &server,
        &format!("/edges/https/{}/routes", edge["id"].as_str().unwrap()),
        &route,
    );
    let path = format!("/backends/http_response/{}", backend["id"].as_str().unwrap());
    assert_eq!(code(&send(request(&server, "DELETE", &path))), "ERR_NGROK_6502");
    Ok(())
}

#[test]
fn names_and_strings_are_rejected_with_specific_errors() -> Outcome {
    let server = Server::start()?;
    let vault = made(&server, "/vaults", &json!({ "name": "a-z_0/9.A" }));
    let secret = |name: &str, value: &str| json!({ "name": name, "value": value, "vault_id": vault["id"] });
    let long = "x".repeat(4097);
    let mut wordy = endpoint("https://a.test");
    wordy["metadata"] = long.into();
    let mut broken = endpoint("https://a.test");
    broken["traffic_policy"] = "{".into();
    for (path, body, number) in [
        ("/vaults", json!({ "name": "bad name!" }), "23000"),
        ("/vaults", json!({ "name": "" }), "23001"),
        ("/vaults", json!({}), "23001"),
        ("/vaults", json!({ "name": "a-z_0/9.A" }), "23004"),
        ("/vault_secrets", secret("bad name!", "x"), "24000"),
        ("/vault_secrets", secret("", "x"), "24001"),
        ("/vault_secrets", secret("s", ""), "24003"),
        ("/endpoints", wordy, "18013"),
        ("/endpoints", broken, "2201"),
        ("/reserved_domains", json!({}), "1405"),
    ] {
        assert_eq!(
            code(&post(&server, path, &body)),
            format!("ERR_NGROK_{number}"),
            "{path} {body}"
        );
    }
    Ok(())
}
