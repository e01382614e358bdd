//! The client in a real browser, in windows and in workers, against the fake API server at another origin.
//!
//! `cargo xtask ci browser` builds the pages, and runs these tests.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::time::Duration;

use ngrok_test_server::Fault;
use serde_json::{Value, json};

use support::{Outcome, header, outcome, run};

/// Defines a test that is skipped if the pages have not been built.
macro_rules! in_browser {
    ($($(#[$attribute:meta])* fn $name:ident() $body:block)*) => {$(
        #[test]
        #[ignore = "needs the pages that `cargo xtask ci browser` builds"]
        $(#[$attribute])*
        fn $name() -> Outcome $body
    )*};
}

fn statuses(api: &support::Api) -> Vec<(String, u64)> {
    api.calls().unwrap().into_iter().map(|it| (it.method, it.status)).collect()
}

in_browser! {
    fn a_list_is_read_to_its_end() {
        let all: Vec<_> = (0..25).map(|number| format!("policy {number}")).collect();
        run("pagination", |api| api.add(all.clone()), |outcome, api| {
            let newest_first: Vec<_> = all.iter().rev().collect();
            assert_eq!(outcome, &json!(newest_first));
            let calls = api.calls()?;
            assert_eq!(calls.len(), 3);
            assert!(calls.iter().all(|it| it.path.contains("limit=10")), "{calls:?}");
            Ok(())
        })
    }

    fn the_browser_asks_first_and_the_api_allows_it() {
        run("changes", |_| Ok(()), |_, api| {
            let seen = api.seen()?;
            let preflights: Vec<_> = seen.iter().filter(|it| it.method == "OPTIONS").collect();
            for method in ["POST", "PATCH", "DELETE"] {
                let asks = |it: &&&support::Seen| {
                    header(&it.request, "access-control-request-method") == Some(method)
                };
                let preflight = preflights.iter().find(asks).ok_or("no preflight")?;
                let asked = header(&preflight.request, "access-control-request-headers");
                assert!(asked.unwrap().contains("authorization"), "{method}: {asked:?}");
                assert_eq!(header(&preflight.request, "authorization"), None);
                assert!(preflight.status < 300);
                let origin = header(&preflight.request, "origin").unwrap();
                assert_ne!(origin, api.server.url());
                let allowed = header(&preflight.response, "access-control-allow-origin");
                assert_eq!(allowed, Some(origin));
            }
            Ok(())
        })
    }

    fn a_resource_is_created_changed_and_deleted() {
        run("changes", |_| Ok(()), |outcome, api| {
            assert_eq!(
                outcome,
                &json!({ "created": "ü", "updated": "new", "read": "from a browser", "year": "20" })
            );
            let expected =
                [("POST", 201), ("PATCH", 200), ("GET", 200), ("DELETE", 204)];
            assert_eq!(statuses(api), expected.map(|(it, status)| (it.to_owned(), status)));
            Ok(())
        })
    }

    fn what_does_not_exist_is_an_error_with_a_status() {
        run("absent", |_| Ok(()), |outcome, _| {
            assert_eq!(outcome["status"], 404);
            assert_eq!(outcome["not_found"], true);
            Ok(())
        })
    }

    fn a_filter_reaches_the_api_unchanged() {
        let all = ["13 \"&? a", "13", "3 \"&?"].map(str::to_owned);
        run("filter", |api| api.add(all.clone()), |outcome, _| {
            assert_eq!(outcome, &json!([all[2], all[0]]));
            Ok(())
        })
    }

    fn a_refusal_by_the_rate_limit_is_retried() {
        let refuse = |api: &support::Api| {
            api.server.fault(Fault::status(429).retry_after(1).method("GET").times(1));
            Ok(())
        };
        run("retry", refuse, |outcome, api| {
            assert_eq!(outcome["attempts"], json!([429, 200]), "{outcome}");
            // Pages cannot read `Retry-After`, so the client determines the delay.
            assert!(outcome["millis"].as_f64().unwrap() > 50.0, "{outcome}");
            let expected = [("GET", 429), ("GET", 200)];
            assert_eq!(statuses(api), expected.map(|(it, status)| (it.to_owned(), status)));
            Ok(())
        })
    }

    fn a_response_that_does_not_come_is_a_timeout() {
        let stall = |api: &support::Api| {
            api.server.fault(Fault::stall().method("GET"));
            Ok(())
        };
        run("timeout", stall, |outcome, _| {
            assert_eq!(outcome["error"]["timeout"], true, "{outcome}");
            let millis = outcome["millis"].as_f64().unwrap();
            assert!((250.0..5000.0).contains(&millis), "{outcome}");
            Ok(())
        })
    }

    fn a_body_that_stops_in_the_middle_is_a_timeout() {
        let drip = |api: &support::Api| {
            api.server.fault(Fault::drip(Duration::from_secs(2)).method("GET"));
            api.add(["long enough to be sent in parts".to_owned()])
        };
        run("timeout", drip, |outcome, _| {
            assert_eq!(outcome["error"]["timeout"], true, "{outcome}");
            assert!(outcome["millis"].as_f64().unwrap() < 5000.0, "{outcome}");
            Ok(())
        })
    }

    fn a_dropped_call_is_aborted() {
        let delay = |api: &support::Api| {
            api.server.fault(Fault::latency(Duration::from_millis(2500)).method("POST"));
            Ok(())
        };
        run("abort", delay, |outcome, api| {
            assert_eq!(outcome, &json!({ "dropped": true }));
            // The preflight came, and the API would have created the policy by now.
            let methods: Vec<_> = api.seen()?.into_iter().map(|it| it.method).collect();
            assert_eq!(methods, ["OPTIONS"]);
            Ok(())
        })
    }

    fn a_quota_makes_calls_wait() {
        run("quota", |_| Ok(()), |outcome, api| {
            assert_eq!(api.calls()?.len(), 4);
            assert!(outcome["millis"].as_f64().unwrap() >= 690.0, "{outcome}");
            Ok(())
        })
    }

    fn a_response_that_is_too_large_is_refused() {
        run("size", |api| api.add(["x".repeat(200)]), |outcome, _| {
            let text = outcome["error"]["text"].as_str().unwrap_or_default();
            assert!(text.contains("100"), "{outcome}");
            Ok(())
        })
    }

    fn a_server_that_is_not_there_is_a_connection_error() {
        for place in ["window", "worker"] {
            let gone = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
            let outcome = outcome("refused", place, &format!("http://{gone}"), "key")?;
            assert_eq!(outcome["error"]["kind"], "Connection", "{outcome}");
            assert_eq!(outcome["error"]["status"], Value::Null);
            let text = outcome["error"]["text"].as_str().unwrap_or_default();
            assert!(text.contains("CORS"), "{outcome}");
        }
        Ok(())
    }
}
