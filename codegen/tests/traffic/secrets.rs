//! No secret of a recording is in a report.

use serde_json::{Value, json};

use crate::recording::{exchange, har};
use crate::report;

/// A secret that does not look like a key.
const CANARY: &str = "yellow bird of the mine";

/// A secret that looks like a key anywhere.
const TOKEN: &str = "9qweRTyUiOpAsDfGhJkLzXcVbNm_8QaZwSxEdCrFvTgByHnU";

const ID: &str = "2abcDEfGhIjKlMnOpQrStUvWxYz";

fn check(entries: &[Value], secret: &str) -> String {
    let report = report(&har(entries));
    assert!(!report.findings.is_empty(), "there are findings");
    let json = serde_json::to_string_pretty(&report).expect("a report is JSON");
    for output in [report.text(), json, format!("{report:?}")] {
        assert!(!output.contains(secret), "{output}");
        // Not even parts of it.
        assert!(!output.contains(&secret[..12]), "{output}");
    }
    report.text()
}

/// Returns a response with the text in locations that are not known to be secret.
fn response(text: &str) -> Value {
    json!({
        "id": format!("ipp_{ID}"),
        "uri": text,
        "created_at": text,
        "description": format!("{text} {}", "x".repeat(300)),
        "metadata": 7,
        "note": text,
        "notes": { "inner": [text] },
        text: true,
    })
}

fn get(text: &str) -> Value {
    exchange(
        ("GET", &format!("/ip_policies/ipp_{ID}"), Value::Null),
        (200, response(text)),
    )
}

#[test]
fn fields_that_are_marked() {
    let sent = json!({ "name": "db", "value": CANARY, "vault_id": 3, "description": 7 });
    let create = exchange(("POST", "/vault_secrets", sent), (201, json!({})));
    let text = check(&[create, get(CANARY)], CANARY);
    assert!(text.contains("`[23 characters]` is no field of IpPolicy"), "{text}");
}

#[test]
fn fields_that_are_marked_in_requests_that_were_refused() {
    let sent = json!({ "name": "db", "value": CANARY });
    let create =
        exchange(("POST", "/vault_secrets", sent), (400, json!({ "msg": CANARY })));
    check(&[create, get(CANARY)], CANARY);
}

#[test]
fn values_of_marked_fields_that_are_wrong_themselves() {
    let path = format!("/credentials/cr_{ID}");
    let body = json!({ "id": format!("cr_{ID}"), "token": CANARY });
    let text = check(&[exchange(("GET", &path, Value::Null), (200, body))], CANARY);
    assert!(text.contains("$.token = a string of 23 characters"), "{text}");
}

#[test]
fn headers_and_cookies() {
    for (name, value) in [
        ("authorization", format!("Bearer {CANARY}")),
        ("X-Api-Key", CANARY.to_owned()),
        ("Cookie", format!("theme=dark; session={CANARY}; a=b")),
        ("set-cookie", format!("session={CANARY}; Path=/; HttpOnly")),
    ] {
        let mut entry = get(CANARY);
        let side = if name == "set-cookie" { "response" } else { "request" };
        entry[side]["headers"] = json!([{ "name": name, "value": value }]);
        check(&[entry], CANARY);
    }
    let mut entry = get(CANARY);
    entry["request"]["cookies"] = json!([{ "name": "session", "value": CANARY }]);
    check(&[entry], CANARY);
}

#[test]
fn headers_of_other_hosts() {
    let mut other = get("");
    other["request"]["url"] = json!("https://example.com/");
    other["request"]["headers"] = json!([{ "name": "authorization", "value": CANARY }]);
    check(&[get(CANARY), other], CANARY);
}

#[test]
fn suspicious_names() {
    let mut body = response("");
    body["client_secret"] = json!(CANARY);
    body["inner"] = json!({ "apiKey": CANARY });
    body["again"] = json!(CANARY);
    let path = format!("/ip_policies/ipp_{ID}?access_token=yellow+bird+of+the+mine");
    check(&[exchange(("GET", &path, Value::Null), (200, body))], CANARY);
}

#[test]
fn tokens_anywhere() {
    let text = check(&[get(TOKEN)], TOKEN);
    assert!(text.contains("`[48 characters]` is no field of IpPolicy"), "{text}");
    let unknown =
        exchange(("GET", &format!("/{TOKEN}/x"), Value::Null), (200, json!({})));
    let query = format!("/ip_policies?{TOKEN}={TOKEN}&filter=obj.{TOKEN}&limit={TOKEN}");
    let query = exchange(("GET", &query, Value::Null), (200, json!([TOKEN])));
    let action = json!({ "id": format!("ipr_{ID}"), "action": TOKEN });
    let rules = format!("/ip_policy_rules/{TOKEN}");
    let action = exchange(("GET", &rules, Value::Null), (200, action));
    let error = json!({ "error_code": TOKEN, "msg": TOKEN, TOKEN: TOKEN });
    let error = exchange(("GET", "/ip_policies", Value::Null), (400, error));
    let map = json!({ "id": format!("tn_{ID}"), "labels": { TOKEN: 1 } });
    let map = exchange(("GET", &format!("/tunnels/tn_{ID}"), Value::Null), (200, map));
    check(&[unknown, query, action, error, map], TOKEN);
}

#[test]
fn text_that_is_not_json() {
    let mut entry = get("");
    entry["response"]["content"]["text"] = json!(format!("<p>token={CANARY}</p>"));
    check(&[entry], CANARY);
}

#[test]
fn a_file_that_is_not_har() {
    let text = json!({ "log": { "entries": CANARY } }).to_string();
    let error = ngrok_codegen::traffic::Har::read(text.as_bytes()).expect_err("no HAR");
    assert!(!error.to_string().contains("yellow"), "{error}");
}

/// Returns the unknown fields of a response with these, each with the outline of its value.
fn shown(fields: Value) -> Vec<(String, String)> {
    let entry = exchange(("GET", "/ip_policies/ipp_x", Value::Null), (200, fields));
    let found = report(&har(&[entry])).findings.into_iter();
    found.filter_map(|it| Some((it.name?, it.example.value?))).collect()
}

#[test]
fn only_names_are_shown() {
    for (words, is_name) in [
        (&["", "us-cal-1", "ERR_NGROK_99999", "clientSecret", "/v2/a_b/{id}"][..], true),
        (
            &[
                "2abcDEfGhIjKlMnOpQrStUvWxYz_4AbCdEfGhIjKlMnOpQrSt",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "550e8400-e29b-41d4-a716-446655440000",
                "d41d8cd98f00b204e9800998ecf8427e",
                "s3cr3t-canary-value",
                "two words",
                "token=x",
            ],
            false,
        ),
    ] {
        for word in words {
            let found = shown(json!({ *word: 1 }));
            assert!(found.iter().any(|(name, _)| (name == word) == is_name), "{word}");
        }
    }
}

#[test]
fn values_are_outlined() {
    for (value, outline) in [
        (json!("öä"), "a string of 2 characters"),
        (json!([1]), "a list of 1 element"),
        (json!({ "a": "x", "b": [1] }), "an object of 2 keys"),
        (json!(12), "a number"),
    ] {
        let found = shown(json!({ "note": value }));
        assert_eq!(found, [("note".to_owned(), outline.to_owned())]);
    }
}

/// Values are not shown, so each message must have the reason itself: the violated rule and its bound.
#[test]
fn redaction_leaves_the_reason() {
    let long = |length| json!(CANARY.chars().cycle().take(length).collect::<String>());
    let rule =
        |cidr: Value| json!({ "cidr": cidr, "ip_policy_id": CANARY, "action": "deny" });
    let weights = json!({ "backends": { CANARY: 10_001 } });
    let shop = json!({ "error_threshold_percentage": 2, "num_buckets": 1_000 });
    for (method, path, body, reason) in [
        (
            "POST",
            "/ip_policies",
            json!({ "description": long(256) }),
            "is longer than 255 bytes",
        ),
        (
            "POST",
            "/ip_policies",
            json!({ "metadata": long(4097) }),
            "is longer than 4096 bytes",
        ),
        (
            "POST",
            "/ip_policy_rules",
            rule(json!(CANARY)),
            "is not a valid range in CIDR notation",
        ),
        ("POST", "/ip_policy_rules", rule(json!(7)), "is not a string"),
        (
            "POST",
            "/ip_policy_rules",
            rule(json!(CANARY)),
            "is not an ID of this kind, which begins with `ipp_`",
        ),
        ("POST", "/backends/weighted", weights, "is more than 10000"),
        (
            "PUT",
            "/edges/https/edghts_1/routes/edghtsrt_1/circuit_breaker",
            shop,
            "is more than 128",
        ),
        (
            "POST",
            "/credentials",
            json!({ "acl": [CANARY] }),
            "does not begin with `bind:`",
        ),
    ] {
        let text = check(&[exchange((method, path, body), (201, json!({})))], CANARY);
        assert!(text.contains(reason), "{reason}:\n{text}");
    }
    let action =
        json!({ "id": format!("ipr_{ID}"), "action": CANARY, "created_at": CANARY });
    let path = format!("/ip_policy_rules/ipr_{ID}");
    let text = check(&[exchange(("GET", &path, Value::Null), (200, action))], CANARY);
    for reason in [
        "`[23 characters]` is no value of PolicyAction",
        "is not a timestamp in RFC 3339",
    ] {
        assert!(text.contains(reason), "{reason}:\n{text}");
    }
}

#[test]
fn secrets_are_hidden_inside_of_words() {
    let found = shown(json!({ "open_sesame": 1, "office": { "Token": ["sesame"] } }));
    let names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["[11 characters]", "office"]);
}
