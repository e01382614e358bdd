//! Retry decisions.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, Method, StatusCode};

use ngrok_client_core::jitter;
use ngrok_client_core::retry::{Outcome, RetryClass, RetryPolicy, retry_after};

use crate::API;

const METHODS: [Method; 5] =
    [Method::GET, Method::PUT, Method::DELETE, Method::PATCH, Method::POST];

fn status(code: u16) -> Outcome {
    Outcome::Status(StatusCode::from_u16(code).unwrap(), RetryClass::Never)
}

fn again(method: &Method, outcome: Outcome) -> bool {
    API.retry.allow(method, outcome)
}

#[test]
fn retried_outcomes() {
    for method in METHODS {
        let repeatable = method != Method::POST;
        for code in [502, 503, 504] {
            assert_eq!(again(&method, status(code)), repeatable, "{method} {code}");
        }
        assert_eq!(again(&method, Outcome::Lost), repeatable, "{method}");
        // With any method: the server did not process it.
        assert!(again(&method, Outcome::NotSent), "{method}");
        assert!(again(&method, status(429)), "{method}");
        for code in [301, 304, 400, 401, 403, 404, 408, 409, 410, 422, 500, 501, 505] {
            assert!(!again(&method, status(code)), "{method} {code}");
        }
        assert!(!again(&method, Outcome::Final), "{method}");
    }
}

#[test]
fn an_error_code_takes_precedence_over_the_status() {
    let coded =
        |code, class| Outcome::Status(StatusCode::from_u16(code).unwrap(), class);
    for method in METHODS {
        let idempotent = method != Method::POST;
        for status in [400, 404, 429] {
            assert!(
                again(&method, coded(status, RetryClass::Later)),
                "{method} {status}"
            );
        }
        for status in [500, 503] {
            let outcome = coded(status, RetryClass::Later);
            assert_eq!(again(&method, outcome), idempotent, "{method} {status}");
        }
        for status in [400, 429, 503] {
            let outcome = coded(status, RetryClass::AfterChange);
            assert!(!again(&method, outcome), "{method} {status}");
        }
    }
}

#[test]
fn retries_end() {
    let decide = |retries, attempts| {
        let policy = RetryPolicy::new().max_retries(retries);
        policy.decide(attempts, None, 0.5).is_some()
    };
    assert!(decide(3, 1) && decide(3, 3) && !decide(3, 4));
    assert!(decide(1, 1) && !decide(1, 2));
    assert!(!decide(0, 1));
    assert!(decide(u32::MAX, u32::MAX));
}

#[test]
fn waits_double_up_to_a_bound_with_full_jitter() {
    let policy = RetryPolicy::new().max_retries(u32::MAX);
    let wait = |attempts, jitter| policy.decide(attempts, None, jitter).unwrap();
    let longest = [(1, 500), (2, 1000), (3, 2000), (4, 4000), (5, 8000), (6, 8000)];
    for (attempts, millis) in longest {
        assert_eq!(wait(attempts, 1.0), Duration::from_millis(millis));
        assert_eq!(wait(attempts, 0.5), Duration::from_millis(millis / 2));
        assert_eq!(wait(attempts, 0.0), Duration::ZERO);
    }
    assert_eq!(wait(u32::MAX, 1.0), Duration::from_secs(8));
}

#[test]
fn retry_after_is_respected_up_to_a_bound() {
    let wait = |seconds, jitter| {
        let asked = Some(Duration::from_secs(seconds));
        RetryPolicy::default().decide(1, asked, jitter)
    };
    assert_eq!(wait(7, 0.0), Some(Duration::from_secs(7)));
    assert_eq!(wait(7, 1.0), Some(Duration::from_millis(7500)));
    assert_eq!(wait(60, 0.0), Some(Duration::from_secs(60)));
    assert_eq!(wait(61, 0.0), None);
    assert_eq!(wait(u64::MAX, 0.0), None);
}

#[test]
fn extreme_settings_do_not_overflow() {
    let policy = RetryPolicy::new().base_wait(Duration::MAX).max_wait(Duration::MAX);
    let policy = policy.max_retries(9).max_retry_after(Duration::MAX);
    for asked in [None, Some(Duration::MAX)] {
        assert!(policy.decide(9, asked, 1.0).is_some());
    }
    let none = RetryPolicy::new().base_wait(Duration::ZERO);
    let wait = none.decide(3, None, 1.0);
    assert_eq!(wait, Some(Duration::ZERO));
}

#[test]
fn retry_after_is_a_number_or_a_date() {
    // 1994-11-06 08:49:37 UTC.
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
    let read = |value: &str, date: Option<&str>| {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", value.parse().unwrap());
        if let Some(date) = date {
            headers.insert("date", date.parse().unwrap());
        }
        retry_after(&headers, now).map(|wait| wait.as_secs())
    };
    let cases = [
        ("0", None, Some(0)),
        (" 12 ", None, Some(12)),
        ("99999999999999999999999", None, Some(u64::MAX)),
        ("Sun, 06 Nov 1994 08:50:37 GMT", None, Some(60)),
        // A date in the past means now.
        ("Sun, 06 Nov 1994 08:49:00 GMT", None, Some(0)),
        // Relative to the server's own clock, if it sends the time.
        (
            "Sun, 06 Nov 1994 08:50:37 GMT",
            Some("Sun, 06 Nov 1994 08:50:30 GMT"),
            Some(7),
        ),
        ("Sun, 06 Nov 1994 08:50:37 GMT", Some("no date"), Some(60)),
        // Invalid values are ignored.
        ("", None, None),
        ("-1", None, None),
        ("1.5", None, None),
        ("soon", None, None),
    ];
    for (value, date, seconds) in cases {
        assert_eq!(read(value, date), seconds, "{value:?}");
    }
    assert_eq!(retry_after(&HeaderMap::new(), now), None);
}

#[test]
fn jitter_is_a_fraction_and_differs() {
    let draws: Vec<f64> = (0..1000).map(|_| jitter::fraction()).collect();
    assert!(draws.iter().all(|draw| (0.0..=1.0).contains(draw)));
    for bound in [0.1, 0.5, 0.9] {
        assert!(draws.iter().any(|draw| *draw < bound), "none below {bound}");
        assert!(draws.iter().any(|draw| *draw > bound), "none above {bound}");
    }
}
