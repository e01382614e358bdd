//! Values that the server derives from requests: derived fields, canonical forms, documented nulls.

use ngrok_test_server::Server;
use serde_json::{Value, json};

use crate::clients::Outcome;
use crate::raw::{request, send, with_body};

pub(crate) fn made(server: &Server, path: &str, body: &Value) -> Value {
    let reply = send(with_body(server, "POST", path, body));
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.body
}

pub(crate) fn endpoint(url: &str) -> Value {
    json!({ "type": "cloud", "url": url, "traffic_policy": "{}" })
}

#[test]
fn an_endpoint_has_the_parts_of_its_url() -> Outcome {
    let server = Server::start()?;
    let domain = made(&server, "/reserved_domains", &json!({ "domain": "app.test" }));
    let made_ = made(&server, "/endpoints", &endpoint("HTTPS://App.test:443"));
    assert_eq!(made_["url"], "https://app.test");
    assert_eq!(made_["public_url"], "https://app.test");
    assert_eq!((&made_["proto"], &made_["scheme"]), (&json!("https"), &json!("https")));
    assert_eq!(
        (&made_["host"], &made_["hostport"]),
        (&json!("app.test"), &json!("app.test:443"))
    );
    assert_eq!(made_["domain"], json!({ "id": domain["id"], "uri": domain["uri"] }));
    assert_eq!(made_.get("port"), None);
    assert!(made_["principal"]["id"].as_str().unwrap().starts_with("usr_"));
    let path = format!("/endpoints/{}", made_["id"].as_str().unwrap());
    let moved = json!({ "url": "tcp://1.tcp.test:20000" });
    let moved = send(with_body(&server, "PATCH", &path, moved)).body;
    assert_eq!((&moved["proto"], &moved["port"]), (&json!("tcp"), &json!(20000)));
    assert_eq!(
        (&moved["hostport"], moved.get("domain")),
        (&json!("1.tcp.test:20000"), None)
    );
    Ok(())
}

#[test]
fn values_assigned_by_the_service_are_plausible() -> Outcome {
    let server = Server::start()?;
    let address = made(&server, "/reserved_addrs", &json!({}));
    let (host, port) = address["addr"].as_str().unwrap().split_once(':').unwrap();
    assert!(
        host.ends_with(".tcp.ngrok.io") && port.parse::<u16>()? >= 20_000,
        "{address}"
    );
    let on_it = made(&server, "/endpoints", &endpoint(&format!("tcp://{host}:{port}")));
    assert_eq!(on_it["tcp_addr"]["id"], address["id"]);
    let domain = made(&server, "/reserved_domains", &json!({ "domain": "own.test" }));
    assert!(domain["cname_target"].as_str().unwrap().ends_with(".ngrok-cname.com"));
    let key = made(&server, "/api_keys", &json!({}));
    let owner = key["owner_id"].as_str().unwrap();
    assert!(owner.starts_with("usr_") && owner.len() == 31, "{owner}");
    let given = made(&server, "/service_users", &json!({ "name": "robot" }));
    assert_eq!(given["active"], true);
    let own = made(&server, "/api_keys", &json!({ "owner_id": given["id"] }));
    assert_eq!(own["owner_id"], given["id"]);
    let vault = made(&server, "/vaults", &json!({ "name": "v" }));
    assert_eq!(
        (&vault["created_by"], &vault["last_updated_by"]),
        (&json!(owner), &json!(owner))
    );
    let secret = json!({ "name": "s", "value": "x", "vault_id": vault["id"] });
    assert_eq!(made(&server, "/vault_secrets", &secret)["created_by"]["id"], owner);
    let authority = made(
        &server,
        "/ssh_certificate_authorities",
        &json!({ "private_key_type": "rsa" }),
    );
    assert_eq!(authority["key_type"], "rsa");
    assert!(authority["public_key"].as_str().unwrap().starts_with("ssh-"));
    let urls = json!({ "urls": ["https://Bad.test/a", "https://bad.test/b", "https://worse.test"] });
    let report = made(&server, "/abuse_reports", &urls);
    assert_eq!(report["status"], "PENDING");
    let hosts = json!([
        { "hostname": "bad.test", "status": "PENDING" },
        { "hostname": "worse.test", "status": "PENDING" },
    ]);
    assert_eq!(report["hostnames"], hosts);
    Ok(())
}

#[test]
fn documented_nulls_are_returned() -> Outcome {
    let server = Server::start()?;
    let key = made(&server, "/api_keys", &json!({}));
    let read = send(request(
        &server,
        "GET",
        &format!("/api_keys/{}", key["id"].as_str().unwrap()),
    ));
    assert!(key["token"].is_string());
    assert_eq!(read.body.get("token"), Some(&Value::Null));
    let listed = send(request(&server, "GET", "/api_keys")).body;
    assert_eq!(listed["keys"][0].get("token"), Some(&Value::Null));
    let role =
        json!({ "role": { "role_arn": "arn:aws:iam::123456789012:role/example" } });
    let target = json!({ "kinesis": { "auth": role, "stream_arn": "arn:aws:kinesis:us-east-1:1:stream/a" } });
    let destination = made(
        &server,
        "/event_destinations",
        &json!({ "format": "json", "target": target }),
    );
    let target = destination["target"].as_object().unwrap();
    assert_eq!(target.len(), 5);
    assert_eq!(target.values().filter(|it| it.is_null()).count(), 4);
    assert_eq!(target["kinesis"]["auth"].get("creds"), Some(&Value::Null));
    let edge = made(&server, "/edges/https", &json!({}));
    assert_eq!(edge.get("hostports"), Some(&Value::Null));
    Ok(())
}

#[test]
fn header_names_are_returned_in_lower_case() -> Outcome {
    let server = Server::start()?;
    let backend = json!({ "headers": { "Content-Type": "text/HTML" }, "body": "x" });
    let backend = made(&server, "/backends/http_response", &backend);
    assert_eq!(backend["headers"], json!({ "content-type": "text/HTML" }));
    Ok(())
}

/// Official clients always send all fields, whether set or not, and some repeat the ID.
#[test]
fn fields_always_sent_by_official_clients_are_accepted() -> Outcome {
    let server = Server::start()?;
    let vault = made(
        &server,
        "/vaults",
        &json!({ "name": "v", "description": "", "metadata": "" }),
    );
    for (name, vault_id, vault_name) in [("a", &vault["id"], ""), ("b", &json!(""), "v")]
    {
        let secret = json!({
            "name": name, "value": "x", "metadata": "", "description": "",
            "vault_id": vault_id, "vault_name": vault_name,
        });
        assert_eq!(made(&server, "/vault_secrets", &secret)["vault"]["id"], vault["id"]);
    }
    for kind in ["ed25519", "ecdsa", "rsa", ""] {
        let authority = json!({
            "description": "", "metadata": "", "private_key_type": kind, "elliptic_curve": "", "key_size": 0,
        });
        let authority = made(&server, "/ssh_certificate_authorities", &authority);
        assert_eq!(
            authority["key_type"],
            if kind.is_empty() { "ed25519" } else { kind }
        );
    }
    let session = server.add("/tunnel_sessions", json!({}))?;
    for action in ["stop", "restart", "update"] {
        let path = format!("/tunnel_sessions/{session}/{action}");
        for body in [json!({ "id": session }), json!({})] {
            assert_eq!(
                send(with_body(&server, "POST", &path, body)).status,
                204,
                "{action}"
            );
        }
        let other = send(with_body(&server, "POST", &path, json!({ "force": true })));
        assert_eq!(other.refusal(400), Some("ERR_NGROK_214"));
    }
    Ok(())
}

#[test]
fn imagined_values_are_plausible() -> Outcome {
    let server = Server::builder().imagining().start()?;
    let read = |path: &str| send(request(&server, "GET", path)).body;
    let domain = &read("/reserved_domains")["reserved_domains"][0];
    assert_eq!(domain["domain"], "app.example.com");
    let endpoint = read("/endpoints/ep_1");
    assert_eq!(
        (&endpoint["url"], &endpoint["proto"]),
        (&json!("https://app.example.com"), &json!("https"))
    );
    let rule = &read("/ip_policy_rules")["ip_policy_rules"][0];
    assert_eq!(
        (&rule["cidr"], &rule["action"]),
        (&json!("10.1.0.0/16"), &json!("allow"))
    );
    // Of a text without a format, the documentation gives an example.
    let session = &read("/tunnel_sessions")["tunnel_sessions"][0];
    assert_eq!(session["region"], "us");
    assert!(session["agent_version"].as_str().unwrap().starts_with("3."), "{session}");
    Ok(())
}

#[test]
fn a_domain_has_no_region_any_more() -> Outcome {
    let server = Server::start()?;
    let domain = json!({ "domain": "old.test", "region": "us" });
    assert_eq!(made(&server, "/reserved_domains", &domain)["region"], "");
    Ok(())
}
