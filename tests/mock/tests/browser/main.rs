//! The reference of the API in a real browser: it opens without errors and without the internet, shows every service, and makes calls to
//! its server. Pages of other sites cannot read its files.
//!
//! Needs Chromium or Chrome: `chromium`, `chromium-headless-shell`, `google-chrome` or another of their names in `PATH`, or the program
//! named by the variable `CHROME`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::error::Error;

use ngrok_browser::{Chromium, Page};
use ngrok_mock::add_reference;
use ngrok_test_server::Server;
use serde_json::{Value, json};

type Outcome = Result<(), Box<dyn Error>>;

fn browser() -> Result<Chromium, &'static str> {
    Chromium::find()
        .ok_or("there is no Chromium; install one, or set CHROME to its program")
}

/// Sends a request through the page, and returns the displayed status and body.
const CALL: &str = include_str!("call.js");

struct Reference(Page);

impl Reference {
    /// Returns the status and the body of the response to an operation.
    fn call(
        &mut self,
        tag: &str,
        id: &str,
        parameters: &Value,
        body: &Value,
    ) -> Result<(u64, Value), Box<dyn Error>> {
        let asked =
            json!({ "tag": tag, "id": id, "parameters": parameters, "body": body });
        let shown = self.0.evaluate(&format!("({CALL})({asked})"))?;
        let body = shown["body"].as_str().unwrap_or_default();
        let status = shown["status"].as_str().unwrap_or_default().trim().parse()?;
        Ok((status, serde_json::from_str(body).unwrap_or_default()))
    }
}

#[test]
#[ignore = "needs Chromium: cargo xtask ci browser"]
fn the_reference_opens_and_calls_the_server() -> Outcome {
    let browser = browser()?;
    let server = Server::start()?;
    add_reference(&server);
    let mut page = browser.open("reference", &format!("{}/", server.url()))?;
    page.wait_for("document.querySelectorAll('#viewer .opblock-tag').length > 0")?;
    let counts = page.evaluate(
        "fetch('/-/openapi.json').then((it) => it.json()).then((it) => it.tags.length)",
    )?;
    let rows =
        page.evaluate("document.querySelectorAll('#viewer .opblock-tag').length")?;
    let folded = page.evaluate("document.querySelector('#deprecated').innerText")?;
    let deprecated = counts.as_u64().unwrap() - rows.as_u64().unwrap();
    assert!(deprecated > 0);
    assert_eq!(
        folded.as_str().unwrap().trim(),
        format!("{deprecated} deprecated services")
    );
    page.evaluate("document.querySelector('#deprecated summary').click()")?;
    page.wait_for(&format!(
        "document.querySelectorAll('#deprecated-viewer .opblock-tag').length === {deprecated}"
    ))?;
    // Names and descriptions are aligned in all rows.
    let columns = page.evaluate(
        "['a', 'small'].map((it) => new Set([...document.querySelectorAll(`#viewer .opblock-tag > ${it}`)]
            .map((it) => Math.round(it.getBoundingClientRect().left))).size)",
    )?;
    assert_eq!(columns, json!([1, 1]));

    let mut reference = Reference(page);
    try_operations(&mut reference)?;
    let page = &mut reference.0;
    let errors = page.errors()?;
    // The browser logs error responses that the page shows.
    let unexpected: Vec<_> =
        errors.iter().filter(|it| !it.contains("/tunnel_sessions/")).collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}");
    let elsewhere: Vec<_> =
        page.requests().iter().filter(|url| !is_own(url, server.url())).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
    Ok(())
}

/// Tries operations of different shapes.
fn try_operations(page: &mut Reference) -> Outcome {
    let none = json!({});
    let (status, policy) = page.call(
        "IPPolicies",
        "IpPoliciesCreate",
        &none,
        &json!({ "description": "one" }),
    )?;
    assert_eq!((status, &policy["description"]), (201, &json!("one")));
    let by_id = |value: &Value| json!({ "id": value["id"] });
    let (status, got) =
        page.call("IPPolicies", "IpPoliciesGet", &by_id(&policy), &Value::Null)?;
    assert_eq!((status, &got["id"]), (200, &policy["id"]));
    let asked = json!({ "limit": "1", "filter": "obj.description == 'one'" });
    let (status, page_of) =
        page.call("IPPolicies", "IpPoliciesList", &asked, &Value::Null)?;
    assert_eq!((status, &page_of["ip_policies"][0]["id"]), (200, &policy["id"]));
    let (status, changed) = page.call(
        "IPPolicies",
        "IpPoliciesUpdate",
        &by_id(&policy),
        &json!({ "description": "two" }),
    )?;
    assert_eq!((status, &changed["description"]), (200, &json!("two")));
    let rule =
        json!({ "cidr": "10.0.0.0/8", "ip_policy_id": policy["id"], "action": "deny" });
    let (status, rule) =
        page.call("IPPolicyRules", "IpPolicyRulesCreate", &none, &rule)?;
    assert_eq!((status, &rule["ip_policy"]["id"]), (201, &policy["id"]));
    let (status, _) =
        page.call("IPPolicyRules", "IpPolicyRulesDelete", &by_id(&rule), &Value::Null)?;
    assert_eq!(status, 204);
    let (status, vault) =
        page.call("Vaults", "VaultsCreate", &none, &json!({ "name": "v" }))?;
    assert_eq!(status, 201);
    let secret = json!({ "name": "s", "value": "x", "vault_id": vault["id"] });
    let (status, _) = page.call("Secrets", "SecretsCreate", &none, &secret)?;
    assert_eq!(status, 201);
    let (status, inside) =
        page.call("Vaults", "VaultsGetSecretsByVault", &by_id(&vault), &Value::Null)?;
    assert_eq!((status, &inside["secrets"][0]["name"]), (200, &json!("s")));
    let (status, refused) = page.call(
        "TunnelSessions",
        "TunnelSessionsStop",
        &json!({ "id": "ts_1" }),
        &Value::Null,
    )?;
    assert_eq!((status, &refused["msg"]), (404, &json!("Resource not found")));
    Ok(())
}

#[test]
#[ignore = "needs Chromium: cargo xtask ci browser"]
fn a_page_of_another_site_cannot_read_the_key() -> Outcome {
    let browser = browser()?;
    let server = Server::start()?;
    add_reference(&server);
    let other = Server::start()?;
    let script = format!("{}/-/start.js", server.url());
    let page = format!(
        "<!doctype html><title>other</title><script src=\"{script}\"></script>\
         <script>window.loaded = true</script>"
    );
    other.add_file("/page.html", "text/html", page.into_bytes());
    let reads =
        format!("fetch('{script}').then((it) => it.text()).catch(() => 'refused')");
    // `localhost` is another site than 127.0.0.1; another port is another origin of the same site.
    for host in ["localhost", "127.0.0.1"] {
        let url = other.url().replace("127.0.0.1", host) + "/page.html";
        let mut page = browser.open("other", &url)?;
        page.wait_for("window.loaded === true")?;
        assert_eq!(page.evaluate("typeof settings")?, "undefined", "{host}");
        assert_eq!(page.evaluate(&reads)?, "refused", "{host}");
    }
    let mut own = browser.open("own", &format!("{}/", server.url()))?;
    own.wait_for("typeof settings === 'object'")?;
    assert_eq!(own.evaluate("settings.key")?, server.api_key());
    Ok(())
}

fn is_own(url: &str, server: &str) -> bool {
    url.starts_with(server) || url.starts_with("data:") || url.starts_with("blob:")
}
