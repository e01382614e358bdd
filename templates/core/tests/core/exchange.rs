//! A call from its first attempt to its end.

use std::error::Error as Cause;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use http::{Method, StatusCode};

use super::{API, KEY, config, draft, response, settings};
use ngrok_client_core::{Config, Exchange, Settings, Step};
use ngrok_client_core::{Error, ErrorKind};
use ngrok_client_core::{HttpRequest, HttpResponse, TransportError};

type Outcome = Result<HttpResponse, TransportError>;

/// Returns the result of these outcomes, one per attempt, and the waits between them.
fn run(
    method: Method,
    outcomes: Vec<Outcome>,
) -> (Result<StatusCode, Error>, Vec<Duration>) {
    let config = config();
    let mut exchange = Exchange::new(draft(method, "/things"), &config).unwrap();
    let mut waits = Vec::new();
    for outcome in outcomes {
        exchange.attempt().unwrap();
        match exchange.step(outcome, SystemTime::UNIX_EPOCH, 1.0) {
            Ok(Step::Done(reply)) => return (Ok(reply.status()), waits),
            Ok(Step::Wait(wait)) => waits.push(wait),
            Err(error) => return (Err(error), waits),
        }
    }
    panic!("another attempt after {waits:?}");
}

#[allow(clippy::unnecessary_wraps, reason = "used beside outcomes that fail")]
fn responded(code: u16) -> Outcome {
    Ok(response(code, &[], "{}"))
}

fn refused() -> Outcome {
    Err(TransportError::connect(std::io::Error::other("refused")))
}

fn reset() -> Outcome {
    Err(TransportError::other(std::io::Error::other("reset")))
}

#[test]
fn every_attempt_sends_the_same_request() {
    let mut draft = draft(Method::PUT, "/things");
    draft.body(Ok(b"{}".to_vec()));
    let config = config();
    let mut exchange = Exchange::new(draft, &config).unwrap();
    let (first, second) = (exchange.attempt().unwrap(), exchange.attempt().unwrap());
    assert_eq!(first.uri(), second.uri());
    assert_eq!(first.headers(), second.headers());
    assert_eq!(first.body(), second.body());
}

/// Test transports tell the header with the key from those of the caller, which are marked as sensitive too.
#[cfg(feature = "testing")]
#[test]
fn a_request_carries_the_facts_of_its_api() {
    let config = config();
    let mut exchange = Exchange::new(draft(Method::GET, "/things"), &config).unwrap();
    let request = exchange.attempt().unwrap();
    let api = request.extensions().get::<&'static ngrok_client_core::Api>().unwrap();
    assert!(request.headers()[api.auth_header].to_str().unwrap().ends_with(KEY));
}

#[test]
fn all_statuses_of_success_succeed() {
    for status in [200, 201, 202, 204, 206] {
        let (outcome, _) = run(Method::POST, vec![responded(status)]);
        assert_eq!(outcome.unwrap().as_u16(), status);
    }
}

#[test]
fn transient_failures_are_retried() {
    let outcomes = vec![responded(503), reset(), responded(429), responded(200)];
    let (outcome, waits) = run(Method::GET, outcomes);
    assert!(outcome.is_ok());
    assert_eq!(waits, [500, 1000, 2000].map(Duration::from_millis));
}

#[test]
fn the_last_failure_is_reported() {
    let outcomes = vec![responded(503), refused(), responded(503), responded(502)];
    let (outcome, waits) = run(Method::DELETE, outcomes);
    let error = outcome.unwrap_err();
    assert_eq!((error.attempts(), waits.len()), (4, 3));
    assert_eq!(error.status(), Some(StatusCode::BAD_GATEWAY));
    assert!(error.to_string().ends_with("(after 4 attempts)"), "{error}");
}

#[test]
fn a_post_is_retried_only_if_it_was_not_processed() {
    let harmless = vec![
        refused(),
        Err(TransportError::connect_timeout()),
        responded(429),
        responded(201),
    ];
    assert!(run(Method::POST, harmless).0.is_ok());
    for outcome in [responded(502), responded(503), responded(504), responded(500)] {
        let (outcome, waits) = run(Method::POST, vec![outcome]);
        assert!(outcome.is_err() && waits.is_empty());
    }
    for outcome in [reset(), Err(TransportError::timeout())] {
        let (outcome, waits) = run(Method::POST, vec![outcome]);
        let error = outcome.unwrap_err();
        assert!(waits.is_empty() && !error.is_connect());
        assert!(error.to_string().contains("may have processed the call"), "{error}");
    }
}

#[test]
fn kinds_of_transport_errors() {
    let error = fail(TransportError::connect(std::io::Error::other("refused")));
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.is_connect() && error.is_retryable());
    assert_eq!(
        error.to_string(),
        "ThingsTest: cannot connect to api.example.com: refused"
    );
    assert!(error.source().is_some_and(<dyn Cause>::is::<TransportError>));

    let error = fail(TransportError::connect_timeout());
    assert!(error.is_timeout() && error.is_connect());
    assert_eq!(
        error.to_string(),
        "ThingsTest: no connection to api.example.com within 10s"
    );
    let error = fail(TransportError::timeout());
    assert!(error.is_timeout() && !error.is_connect() && error.is_retryable());
    assert_eq!(error.status(), None);
    let line = "ThingsTest: no complete response from api.example.com within 30s";
    assert_eq!(error.to_string(), line);
    let error = fail(TransportError::body_too_large());
    assert!(error.is_decode() && !error.is_retryable());
}

/// Returns the error for a transport's error without retries.
fn fail(error: TransportError) -> Error {
    let mut draft = draft(Method::GET, "/things");
    draft.retries = Some(0);
    let config = config();
    let mut exchange = Exchange::new(draft, &config).unwrap();
    exchange.attempt().unwrap();
    match exchange.step(Err(error), SystemTime::UNIX_EPOCH, 1.0) {
        Err(error) => error,
        Ok(_) => panic!("it goes on"),
    }
}

#[test]
fn the_root_cause_is_reported() {
    #[derive(Debug)]
    struct Layer(std::io::Error);
    impl std::fmt::Display for Layer {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("client error")
        }
    }
    impl std::error::Error for Layer {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }
    let error = TransportError::other(Layer(std::io::Error::other("broken pipe")));
    assert_eq!(error.to_string(), "the connection failed: broken pipe");
}

#[test]
fn an_incomplete_error_keeps_its_status_and_text() {
    let partial = response(400, &[("example-operation-id", "op_1")], "{\"msg\":\"cut o");
    let broken =
        TransportError::other(std::io::Error::other("reset")).with_partial(partial);
    let (outcome, waits) = run(Method::GET, vec![Err(broken)]);
    let error = outcome.unwrap_err();
    assert!(waits.is_empty());
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status(), Some(StatusCode::BAD_REQUEST));
    assert_eq!(error.body(), Some("{\"msg\":\"cut o"));
    assert_eq!(error.operation_id(), Some("op_1"));
    assert!(error.source().is_some_and(<dyn Cause>::is::<TransportError>));
}

#[test]
fn an_incomplete_429_is_retried_even_for_a_post() {
    let partial = response(429, &[("retry-after", "9")], "");
    let broken = TransportError::timeout().with_partial(partial);
    let (outcome, waits) = run(Method::POST, vec![Err(broken), responded(200)]);
    assert!(outcome.is_ok());
    assert_eq!(waits, [Duration::from_millis(9500)]);
}

#[test]
fn an_incomplete_success_is_a_connection_failure_with_a_status() {
    let cut = || {
        let broken = TransportError::other(std::io::Error::other("reset"));
        Err(broken.with_partial(response(201, &[], "{\"id\":")))
    };
    let (outcome, waits) = run(Method::POST, vec![cut()]);
    let error = outcome.unwrap_err();
    assert!(waits.is_empty());
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert_eq!(error.status(), Some(StatusCode::CREATED));
    assert_eq!(
        error.to_string(),
        "ThingsTest: the connection to api.example.com failed: reset, while reading the response: 201 Created"
    );
    assert!(run(Method::GET, vec![cut(), responded(200)]).0.is_ok());
}

#[test]
fn an_oversized_body_is_rejected_even_if_the_transport_accepted_it() {
    let long = "x".repeat(16 * 1024 * 1024 + 1);
    let (outcome, waits) = run(Method::GET, vec![Ok(response(200, &[], long))]);
    let error = outcome.unwrap_err();
    assert!(waits.is_empty() && error.is_decode());
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert!(error.to_string().contains("longer than 16777216 bytes"), "{error}");
}

#[test]
fn a_wait_beyond_the_limit_is_not_started() {
    let asked = response(429, &[("retry-after", "3600")], "");
    let (outcome, waits) = run(Method::GET, vec![Ok(asked)]);
    assert!(outcome.unwrap_err().is_rate_limited() && waits.is_empty());
}

#[test]
fn a_call_has_limits_of_its_own() {
    let mut draft = draft(Method::GET, "/things");
    draft.timeout = Some(Duration::from_secs(1));
    let config = config();
    let exchange = Exchange::new(draft.clone(), &config).unwrap();
    assert_eq!(exchange.limits().timeout, Duration::from_secs(1));
    assert_eq!(exchange.limits().connect_timeout, Duration::from_secs(10));
    draft.timeout = Some(Duration::MAX);
    let exchange = Exchange::new(draft, &config).unwrap();
    assert!(exchange.limits().timeout < Duration::MAX);
}

#[test]
fn a_rejected_key_is_requested_again_once() {
    let keys = Arc::new(Mutex::new(vec!["third", "second", "second", "first"]));
    let given = Arc::clone(&keys);
    let function = move || {
        given.lock().unwrap().pop().map(str::to_owned).ok_or("there are no more".into())
    };
    let settings = Settings { key_function: Some(Arc::new(function)), ..settings() };
    let config = Config::new(&settings, &API).unwrap();
    let post = || Exchange::new(draft(Method::POST, "/things"), &config).unwrap();
    let mut exchange = post();
    let sent = |request: HttpRequest| request.headers()["authorization"].clone();
    assert_eq!(sent(exchange.attempt().unwrap()), "Bearer first");
    let step = exchange.step(responded(401), SystemTime::UNIX_EPOCH, 1.0);
    assert!(matches!(step, Ok(Step::Wait(Duration::ZERO))), "{step:?}");
    assert_eq!(sent(exchange.attempt().unwrap()), "Bearer second");
    // Not permanently: the next call may try again.
    let error = exchange.step(responded(401), SystemTime::UNIX_EPOCH, 1.0).unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 2));

    assert_eq!(sent(post().attempt().unwrap()), "Bearer third");
    let error = post().attempt().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert_eq!(error.to_string(), "ThingsTest: there is no example API key");
    assert!(format!("{error:?}").contains("there are no more"), "{error:?}");
}

#[test]
fn the_same_key_is_not_retried() {
    let config = config();
    let mut exchange = Exchange::new(draft(Method::GET, "/things"), &config).unwrap();
    exchange.attempt().unwrap();
    assert!(exchange.step(responded(401), SystemTime::UNIX_EPOCH, 1.0).is_err());
    let function = || Ok("same".to_owned());
    let settings = Settings { key_function: Some(Arc::new(function)), ..settings() };
    let config = Config::new(&settings, &API).unwrap();
    let mut exchange = Exchange::new(draft(Method::GET, "/things"), &config).unwrap();
    exchange.attempt().unwrap();
    assert!(exchange.step(responded(401), SystemTime::UNIX_EPOCH, 1.0).is_err());
}

#[test]
fn a_key_in_the_response_is_redacted() {
    let config = config();
    let mut exchange = Exchange::new(draft(Method::GET, "/things"), &config).unwrap();
    exchange.attempt().unwrap();
    let said = Ok(response(400, &[], format!("<p>you sent Bearer {KEY}")));
    let error = exchange.step(said, SystemTime::UNIX_EPOCH, 1.0).unwrap_err();
    assert_eq!(error.body(), Some("<p>you sent Bearer [redacted]"));
    assert!(!format!("{error} {error:?}").contains(KEY), "{error}");
}

#[test]
fn is_retryable_matches_the_retry_loop() {
    for method in [Method::GET, Method::PATCH, Method::POST] {
        let responding =
            |status, body: &'static str| move || Ok(response(status, &[], body));
        let outcomes: [Box<dyn Fn() -> Outcome>; 9] = [
            Box::new(responding(503, "{}")),
            Box::new(responding(429, "{}")),
            Box::new(responding(400, "{}")),
            Box::new(responding(400, r#"{"error_code":"LATER"}"#)),
            Box::new(responding(500, r#"{"error_code":"LATER"}"#)),
            Box::new(responding(503, r#"{"error_code":"AFTER_CHANGE"}"#)),
            Box::new(reset),
            Box::new(refused),
            Box::new(|| Err(TransportError::timeout())),
        ];
        for outcome in outcomes {
            let (ended, waits) =
                run(method.clone(), (0..4).map(|_| outcome()).collect());
            let error = ended.unwrap_err();
            assert_eq!(error.is_retryable(), waits.len() == 3, "{method} {error:?}");
        }
    }
}
