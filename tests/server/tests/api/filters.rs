//! Filters of lists.

use ngrok_client::types::{
    EndpointBinding, EndpointCreate, EndpointCreateRequired, EndpointType,
    IpPolicyCreate,
};
use ngrok_test_server::Server;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use crate::clients::{All, Outcome, Run, both};
use crate::raw::{request, send};

fn path(list: &str, filter: &str) -> String {
    format!("{list}?filter={}", utf8_percent_encode(filter, NON_ALPHANUMERIC))
}

/// Returns the error of a rejected filter.
fn refused(server: &Server, list: &str, filter: &str) -> String {
    let reply = send(request(server, "GET", &path(list, filter)));
    assert_eq!(reply.refusal(400), Some("ERR_NGROK_250"), "{filter}");
    reply.body["msg"].as_str().unwrap().to_owned()
}

both! {
    fn a_filter_selects_items(_server, client) {
        for description in ["a", "b", "c", "d"] {
            let body = IpPolicyCreate::new().description(description);
            client.ip_policies().create(&body).run()?;
        }
        client.ip_policies().create(&IpPolicyCreate::new().metadata("none")).run()?;
        let found = |filter: &str| -> Result<String, ngrok_client::Error> {
            let found = client.ip_policies().list().filter_text(filter).all()?;
            Ok(found.into_iter().filter_map(|policy| policy.description).collect())
        };
        assert_eq!(found("obj.description == 'b'")?, "b");
        assert_eq!(found("obj.description in ['a', 'd', 'x']")?, "da");
        assert_eq!(found("obj.description > 'a' && obj.description <= 'c'")?, "cb");
        assert_eq!(found("!(obj.description != 'a') || obj.description == \"b\"")?, "ba");
        assert_eq!(found("size(obj.description) == 1")?, "dcba");
        assert_eq!(found("size(obj.description) == 0")?, "");
        assert_eq!(found("obj.metadata == 'none' || obj.description == 'c'")?, "c");
        assert_eq!(found("true")?, "dcba");
        assert_eq!(found("false")?, "");
        Ok(())
    }

    fn times_are_relative_to_the_request(_server, client) {
        let made = client.ip_policies().create(&IpPolicyCreate::new()).run()?;
        let count = |filter: &str| -> Result<usize, ngrok_client::Error> {
            Ok(client.ip_policies().list().filter_text(filter).all()?.len())
        };
        assert_eq!(count("obj.created_at > timestamp(time.now).subtract('7d')")?, 1);
        assert_eq!(count("obj.created_at > timestamp(time.now).add('1h30m')")?, 0);
        assert_eq!(count("obj.created_at <= time.now")?, 1);
        assert_eq!(count(&format!("obj.created_at == timestamp('{}')", made.created_at))?, 1);
        assert_eq!(count("obj.created_at < timestamp('2020-01-01T00:00:00Z')")?, 0);
        Ok(())
    }

    fn a_filter_applies_to_all_pages(_server, client) {
        for number in 0..25 {
            let body = IpPolicyCreate::new().description(if number % 2 == 0 { "even" } else { "odd" });
            client.ip_policies().create(&body).run()?;
        }
        let list = client.ip_policies().list().filter_text("obj.description == 'even'").limit(5);
        assert_eq!(list.all()?.len(), 13);
        Ok(())
    }
}

#[test]
fn a_field_may_have_another_name_in_filters() -> Outcome {
    let server = Server::start()?;
    let client = crate::clients::blocking(&server)?;
    for (name, binding) in
        [("a", EndpointBinding::Public), ("b", EndpointBinding::Internal)]
    {
        let url = format!("https://{name}.test");
        let body = EndpointCreate::new(EndpointCreateRequired {
            type_: EndpointType::Cloud,
            url,
            traffic_policy: "{}",
        })
        .bindings([binding]);
        client.endpoints().create(&body).run()?;
    }
    let found =
        client.endpoints().list().filter_text("obj.binding == 'internal'").all()?;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].url.as_deref(), Some("https://b.test"));
    Ok(())
}

#[test]
fn nested_fields_are_reached() -> Outcome {
    let server = Server::start()?;
    let certificate = json!({ "certificate_pem": "-----BEGIN CERTIFICATE-----", "private_key_pem": "-----BEGIN PRIVATE KEY-----" });
    let certificate =
        send(crate::raw::with_body(&server, "POST", "/tls_certificates", certificate));
    let id = certificate.body["id"].as_str().unwrap();
    for body in [
        json!({ "domain": "a.test", "certificate_id": id }),
        json!({ "domain": "b.test" }),
    ] {
        send(crate::raw::with_body(&server, "POST", "/reserved_domains", body));
    }
    let found = |filter: &str| {
        let reply = send(request(&server, "GET", &path("/reserved_domains", filter)));
        let items = reply.body["reserved_domains"].as_array().unwrap().clone();
        items
            .iter()
            .map(|item| item["domain"].as_str().unwrap().to_owned())
            .collect::<String>()
    };
    assert_eq!(found(&format!("obj.certificate.id == '{id}'")), "a.test");
    assert_eq!(found("obj.certificate.id == ''"), "b.test");
    Ok(())
}

#[test]
fn a_field_that_cannot_be_filtered_by_is_named() -> Outcome {
    let server = Server::start()?;
    let message = refused(&server, "/ip_policies", "obj.colour == 'red'");
    assert_eq!(
        message,
        "The filter is not supported: `colour` is not filterable; fields: id, \
         created_at, description, metadata."
    );
    assert!(refused(&server, "/ip_policies", "obj.uri == ''").contains("`uri`"));
    assert!(
        refused(&server, "/ip_policies", "description == ''").contains("`description`")
    );
    assert!(refused(&server, "/ip_policies", "obj == obj").contains("`obj`"));
    assert!(
        refused(&server, "/ip_policies", "obj.id == time.then").contains("`time.then`")
    );
    Ok(())
}

#[test]
fn only_the_supported_subset_of_the_language_is_accepted() -> Outcome {
    let server = Server::start()?;
    for (filter, expected) in [
        (
            "obj.id.startsWith('ipp')",
            "`startsWith` is applied to `obj.id`, which is an ID; `startsWith`",
        ),
        ("obj.description.matches('a')", "`matches`"),
        ("contains(obj.description, 'a')", "`contains`"),
        ("obj.description.contains(1)", "does not work"),
        ("obj.created_at.contains('1')", "does not work"),
        ("obj.id + 'a' == 'a'", "`+`"),
        ("-1 * 2 == 3", "`*`"),
        ("[1][0] == 1", "`[]`"),
        ("true ? true : false", "`?:`"),
        ("has(obj.id)", "`has`"),
        ("[1].all(x, x > 0)", "`all`"),
        ("{'a': 1} == {}", "`{}`"),
        ("duration('1s') == duration('1s')", "`duration`"),
        ("string(1) == '1'", "`string`"),
        ("size(obj.id.id) == 1", "does not work"),
        ("obj.description == 'a' &&", "cannot be parsed"),
        ("obj.description = 'a'", "cannot be parsed"),
        ("'", "cannot be parsed"),
        ("obj.description", "neither true nor false"),
        ("1", "neither true nor false"),
        ("obj.created_at > 5", "does not work"),
        ("size(1) == 1", "does not work"),
        ("obj.created_at > timestamp('yesterday')", "does not work"),
        ("obj.created_at > timestamp(time.now).add('7w')", "does not work"),
    ] {
        let message = refused(&server, "/ip_policies", filter);
        assert!(message.contains(expected), "{filter}: {message}");
    }
    let long = format!("true{}", " && true".repeat(1000));
    assert!(refused(&server, "/ip_policies", &long).contains("longer than 2048 bytes"));
    Ok(())
}

#[test]
fn a_list_without_filters_rejects_them() -> Outcome {
    let server = Server::start()?;
    let reply = send(request(&server, "GET", &path("/tunnels", "true")));
    assert_eq!(reply.refusal(400), Some("ERR_NGROK_231"));
    assert_eq!(send(request(&server, "GET", "/ip_policies?filter=")).status, 200);
    Ok(())
}

#[test]
fn a_filter_of_any_depth_gets_a_response() -> Outcome {
    let server = Server::start()?;
    for (open, close) in
        [("(", ")"), ("[", "]"), ("!(", ")"), ("size([", "])"), ("f(", ")")]
    {
        let depth = 2000 / (open.len() + close.len());
        let nested = format!("{}true{}", open.repeat(depth), close.repeat(depth));
        refused(&server, "/ip_policies", &nested);
    }
    for chain in ["!", "-", "1<", "1==", "[1]==", "true&&", "a.", "'a'+", "1?1:"] {
        let filter = format!("{}1", chain.repeat(2000 / chain.len()));
        let reply = send(request(&server, "GET", &path("/ip_policies", &filter)));
        assert!([200, 400].contains(&reply.status), "{reply:?}");
    }
    Ok(())
}
