//! The path of a request from its head to its response, in order: host check, files for browsers, faults, key and rate limit, operation,
//! recording.

use std::future::pending;

use bytes::Bytes;
use hyper::body::Incoming;
use hyper::header::ORIGIN;
use hyper::http::request::Parts;
use hyper::{Request, Response};
use tokio::time::sleep;

use crate::connection::Switch;
use crate::errors::Outcome;
use crate::faults::{Chosen, Kind, content, transport};
use crate::http::{self, Whole};
use crate::payload::Payload;
use crate::record::Exchange;
use crate::state::State;
use crate::{cors, files, router};

/// Serves one request.
pub(crate) async fn respond(
    state: &State,
    switch: &Switch,
    request: Request<Incoming>,
) -> Response<Payload> {
    let (parts, body) = request.into_parts();
    let url = match state.hosts.url_of(&parts) {
        Ok(url) => url,
        Err(problem) => return refuse(http::refuse(state, &problem), body).await,
    };
    if let Some(file) = files::serve(state, &parts) {
        return refuse(file, body).await;
    }
    let chosen = state.faults.choose(parts.method.as_str(), parts.uri.path());
    if !wait(&chosen).await {
        switch.reset();
        return Response::default();
    }
    let exchange = state.recorder.is_some().then(|| Exchange::begin(&url, &parts));
    let origin = parts.headers.get(ORIGIN).cloned();
    let admitted = content::instead(&chosen).and_then(|()| admit(state, &parts));
    // The body is always read: otherwise the connection could not be reused.
    let body = http::read(body, admitted.is_ok()).await;
    let request = admitted.and(body).map(|body| Request::from_parts(parts, body));
    let sent = request.as_ref().map_or_else(|_| Bytes::new(), |it| it.body().clone());
    let mut response = call(state, &url, request);
    if let Some(origin) = origin {
        cors::allow(&origin, response.headers_mut());
    }
    content::change(state, &chosen, &mut response);
    if let (Some(recorder), Some(exchange)) = (&state.recorder, exchange) {
        recorder.add(state, &exchange, &sent, &response);
    }
    transport::send(&chosen, switch, response)
}

/// Sends a response without using the body of the request.
async fn refuse(response: Whole, body: Incoming) -> Response<Payload> {
    // Errors while discarding the body do not matter.
    let _ = http::read(body, false).await;
    response.map(Payload::from)
}

/// Waits as the faults require. Returns false if there is no response at all.
async fn wait(chosen: &Chosen) -> bool {
    for kind in &chosen.kinds {
        match kind {
            Kind::Latency(delay) => sleep(*delay).await,
            Kind::Stall => pending::<()>().await,
            Kind::ResetBefore => return false,
            _ => {}
        }
    }
    true
}

/// Admits a request. Preflight requests need no key.
fn admit(state: &State, parts: &Parts) -> Outcome<()> {
    if cors::is_preflight(&parts.method, &parts.headers) {
        return Ok(());
    }
    http::admit(state, &parts.headers)
}

fn call(state: &State, url: &str, request: Outcome<Request<Bytes>>) -> Whole {
    match request.and_then(|request| router::respond(state, url, &request)) {
        Ok(response) => http::finish(state, response),
        Err(problem) => http::refuse(state, &problem),
    }
}
