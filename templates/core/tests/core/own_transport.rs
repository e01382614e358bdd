//! The async client with a custom transport, without a runtime.

use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use http::{Method, Response};
use ngrok_client_core::session::Session;
use ngrok_client_core::{
    BoxFuture, HttpRequest, HttpResponse, Limits, Result, Transport, TransportError,
};

use crate::{config, draft};

/// Fails once, and records its calls.
#[derive(Clone, Default)]
struct Own(Arc<Mutex<Vec<String>>>);

impl Transport for Own {
    fn send(
        &self,
        request: HttpRequest,
        _limits: Limits,
    ) -> BoxFuture<Result<HttpResponse, TransportError>> {
        let mut notes = self.0.lock().unwrap();
        let first = notes.is_empty();
        notes.push(request.uri().to_string());
        Box::pin(std::future::ready(if first {
            Err(TransportError::connect("no such host"))
        } else {
            Ok(Response::new(b"{}".to_vec()))
        }))
    }

    fn sleep(&self, _wait: Duration) -> BoxFuture<()> {
        self.0.lock().unwrap().push("sleep".to_owned());
        Box::pin(std::future::ready(()))
    }
}

#[test]
fn it_sends_and_sleeps_without_a_runtime() {
    let own = Own::default();
    let session = Session::new(config(), Some(Arc::new(own.clone()))).unwrap();
    let mut call = session.run(Box::new(draft(Method::GET, "/things")));
    let context = &mut Context::from_waker(Waker::noop());
    let Poll::Ready(reply) = call.as_mut().poll(context) else { panic!("it waits") };
    assert_eq!(reply.unwrap().attempts(), 2);
    let url = "https://api.example.com/things";
    assert_eq!(*own.0.lock().unwrap(), [url, "sleep", url]);
}

/// The enabled features determine whether there is another one.
#[cfg(not(feature = "hyper"))]
#[test]
fn without_it_there_is_no_client() {
    let error = Session::new(config(), None).unwrap_err().to_string();
    assert!(error.contains("`hyper`") && error.contains("`transport`"), "{error}");
}
