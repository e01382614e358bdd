//! Custom transports: their requests, and waits through them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ngrok_client_runtime::{Builder, HttpRequest, HttpResponse, Limits, TransportError};

use crate::KEY;
use crate::clients::{TestClient, in_both_clients};

in_both_clients! {
    a_transport_receives_requests_and_waits
    plain_http_is_rejected_with_any_transport
    plain_http_is_allowed_for_configured_hosts
    the_size_limit_applies_to_any_transport
    buffers_of_pages_are_reused
    a_client_requires_a_key
}

type Reactions = Vec<Result<HttpResponse, TransportError>>;

/// Returns responses, the last one first, and records its requests.
#[derive(Clone, Default)]
struct Fake(Arc<Mutex<Notes>>);

#[derive(Default)]
struct Notes {
    reactions: Reactions,
    requests: Vec<(HttpRequest, Limits)>,
    waits: Vec<Duration>,
    returned: Vec<Vec<u8>>,
}

impl Fake {
    fn new(reactions: Reactions) -> Self {
        let reactions = reactions.into_iter().rev().collect();
        Self(Arc::new(Mutex::new(Notes { reactions, ..Notes::default() })))
    }

    fn reaction(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> Result<HttpResponse, TransportError> {
        let mut notes = self.0.lock().unwrap();
        notes.requests.push((request, limits));
        notes.reactions.pop().unwrap()
    }

    fn wait(&self, wait: Duration) {
        self.0.lock().unwrap().waits.push(wait);
    }

    fn returned(&self, body: Vec<u8>) {
        self.0.lock().unwrap().returned.push(body);
    }
}

/// A client with a custom transport.
trait Own: TestClient {
    fn with(fake: Fake) -> Builder<Self::Client>;
}

#[cfg(feature = "hyper")]
mod for_async {
    //! The async transport.

    use ngrok_client_runtime::{BoxFuture, Transport};

    use super::*;

    impl Own for crate::clients::Async {
        fn with(fake: Fake) -> Builder<Self::Client> {
            Self::builder().api_key(KEY).transport(fake)
        }
    }

    impl Transport for Fake {
        fn send(
            &self,
            request: HttpRequest,
            limits: Limits,
        ) -> BoxFuture<Result<HttpResponse, TransportError>> {
            Box::pin(std::future::ready(self.reaction(request, limits)))
        }

        fn reuse(&self, body: Vec<u8>) {
            self.returned(body);
        }

        fn sleep(&self, wait: Duration) -> BoxFuture<()> {
            self.wait(wait);
            Box::pin(std::future::ready(()))
        }
    }
}

#[cfg(feature = "blocking")]
mod for_blocking {
    //! The blocking transport.

    use ngrok_client_runtime::blocking::Transport;

    use super::*;

    impl Own for crate::clients::Blocking {
        fn with(fake: Fake) -> Builder<Self::Client> {
            Self::builder().api_key(KEY).transport(fake)
        }
    }

    impl Transport for Fake {
        fn send(
            &self,
            request: HttpRequest,
            limits: Limits,
        ) -> Result<HttpResponse, TransportError> {
            self.reaction(request, limits)
        }

        fn reuse(&self, body: Vec<u8>) {
            self.returned(body);
        }

        fn sleep(&self, wait: Duration) {
            self.wait(wait);
        }
    }
}

fn response(status: u16, retry_after: Option<&str>, body: &str) -> HttpResponse {
    let mut response = http::Response::builder().status(status);
    if let Some(value) = retry_after {
        response = response.header("retry-after", value);
    }
    response.body(body.as_bytes().to_vec()).unwrap()
}

fn a_transport_receives_requests_and_waits<W: Own>() {
    let fake = Fake::new(vec![
        Ok(response(429, Some("7"), "")),
        Err(TransportError::connect("no such host")),
        Ok(response(201, None, "{}")),
    ]);
    let client = W::with(fake.clone()).timeout(Duration::from_secs(5)).build().unwrap();
    W::send(crate::create(&client)).unwrap();

    let notes = fake.0.lock().unwrap();
    assert_eq!(notes.requests.len(), 3);
    for (request, limits) in &notes.requests {
        assert_eq!(request.uri(), "https://api.example.com/things");
        assert_eq!(request.headers()["authorization"], format!("Bearer {KEY}"));
        assert!(!format!("{request:?}").contains(KEY), "marked sensitive");
        assert_eq!(limits.timeout, Duration::from_secs(5));
        assert_eq!(limits.connect_timeout, Duration::from_secs(10));
        assert_eq!(limits.max_response_bytes, 16 * 1024 * 1024);
    }
    // The requested wait plus up to the base; then up to twice the base.
    let asked = Duration::from_secs(7);
    assert!((asked..=asked + Duration::from_millis(500)).contains(&notes.waits[0]));
    assert!(notes.waits[1] <= Duration::from_secs(1));
    assert_eq!(notes.waits.len(), 2);
}

fn plain_http_is_rejected_with_any_transport<W: Own>() {
    let fake = Fake::default();
    let error = W::with(fake).base_url("http://api.example.com").build().unwrap_err();
    assert!(error.to_string().contains("plain http"), "{error}");
}

fn plain_http_is_allowed_for_configured_hosts<W: Own>() {
    let builder = || W::with(Fake::new(vec![Ok(response(200, None, "{}"))]));
    let allowing =
        || builder().allow_plain_http_to("mock").allow_plain_http_to("10.0.0.1");
    for url in ["http://mock:4000", "http://MOCK", "http://10.0.0.1:80/api"] {
        W::send(crate::get(&allowing().base_url(url).build().unwrap())).unwrap();
        builder().base_url(url).build().unwrap_err();
    }
    for url in ["http://mock.example.com", "http://amock", "http://10.0.0.2"] {
        let error = allowing().base_url(url).build().unwrap_err().to_string();
        assert!(error.contains("`allow_plain_http_to`"), "{error}");
    }
}

fn the_size_limit_applies_to_any_transport<W: Own>() {
    let fake = Fake::new(vec![Ok(response(200, None, "{    }"))]);
    let client = W::with(fake).max_response_bytes(5).build().unwrap();
    assert!(W::send(crate::get(&client)).unwrap_err().is_decode());
}

/// Other responses may contain secrets, and are not kept.
fn buffers_of_pages_are_reused<W: Own>() {
    let first = r#"{"things":[1,2,3],"next_page_uri":"/things?before_id=t_3"}"#;
    let last = r#"{"things":[4],"next_page_uri":null}"#;
    let reactions = [r#"{"token":"s3cret"}"#, first, "[", last];
    let fake = Fake::new(reactions.map(|body| Ok(response(200, None, body))).into());
    let client = W::with(fake.clone()).build().unwrap();
    W::send(crate::create(&client)).unwrap();
    let mut items = crate::list(&client).items();
    let mut next = || W::next_item(&mut items);
    let seen: Vec<_> = std::iter::from_fn(|| next().and_then(Result::ok)).collect();
    assert_eq!(seen, [1, 2, 3], "the second page cannot be read");
    let mut again = crate::list(&client).items();
    assert_eq!(W::next_item(&mut again).unwrap().unwrap(), 4);
    let notes = fake.0.lock().unwrap();
    assert_eq!(notes.returned, [first.as_bytes(), last.as_bytes()]);
}

fn a_client_requires_a_key<W: Own>() {
    let error = W::builder().build().unwrap_err();
    assert_eq!(error.to_string(), "there is no example API key");
    // The environment of the test has no such variable.
    let error = W::builder().read_env().build().unwrap_err();
    assert_eq!(error.to_string(), "environment variable EXAMPLE_API_KEY is not set");
}
