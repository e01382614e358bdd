//! Faults of the way: late answers, none at all, connections that break, bodies that trickle or end early.

use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State as Shared};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use tokio::time::sleep;

use super::Kind;
use crate::connection::Switch;
use crate::http::collect;
use crate::state::State;

/// How many bytes come at a time.
const DROP: usize = 16;

/// How long half a body has to be sent.
const FLUSH: Duration = Duration::from_millis(20);

/// Chooses what goes wrong with a request, and lets that go wrong which is about the way.
pub(crate) async fn deliver(
    Shared(state): Shared<Arc<State>>,
    mut request: Request,
    next: Next,
) -> Response {
    let chosen = state.faults.choose(request.method().as_str(), request.uri().path());
    let kinds = chosen.kinds.clone();
    let switch = request.extensions().get::<ConnectInfo<Switch>>().cloned();
    for kind in &kinds {
        match kind {
            Kind::Latency(delay) => sleep(*delay).await,
            Kind::Stall => pending().await,
            Kind::ResetBefore => return reset(switch.as_ref()),
            _ => {}
        }
    }
    request.extensions_mut().insert(chosen);
    let mut response = next.run(request).await;
    for kind in &kinds {
        response = match kind {
            Kind::ResetAfter => return reset(switch.as_ref()),
            Kind::Truncate => truncate(response).await,
            Kind::Drip(pause) => drip(response, *pause).await,
            _ => response,
        };
    }
    response
}

/// Breaks the connection. The answer is never seen.
fn reset(switch: Option<&ConnectInfo<Switch>>) -> Response {
    if let Some(ConnectInfo(switch)) = switch {
        switch.reset();
    }
    ().into_response()
}

/// The first half of a body, under the length of all of it.
async fn truncate(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = collect(body).await.unwrap_or_default();
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len().max(1)));
    let half = bytes.slice(..bytes.len() / 2);
    let broken = async {
        // What waits to be sent goes out first.
        sleep(FLUSH).await;
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    };
    let body = stream::iter([Ok(half)]).chain(stream::once(broken));
    Response::from_parts(parts, Body::from_stream(body))
}

async fn drip(response: Response, pause: Duration) -> Response {
    let (parts, body) = response.into_parts();
    let bytes = collect(body).await.unwrap_or_default();
    let drops = stream::unfold(bytes, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        sleep(pause).await;
        let drop = rest.split_to(DROP.min(rest.len()));
        Some((Ok::<_, Infallible>(drop), rest))
    });
    Response::from_parts(parts, Body::from_stream(drops))
}
