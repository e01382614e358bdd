//! The transport of browsers: `fetch`, in windows and in workers.
//!
//! A browser hides the reason of a failed request, headers of a response that the API does not expose to other
//! origins, and the target of a redirect.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use http::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, HOST, HeaderName, HeaderValue, USER_AGENT,
};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, Headers, ReadableStreamDefaultReader, Request,
    RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
    ResponseType,
};

use crate::{BoxFuture, HttpRequest, HttpResponse, Limits, Transport, TransportError};

/// The built-in transport of browsers, over `fetch`.
///
/// The API must allow the page's origin (CORS). A call that is dropped, or that times out, is aborted.
#[derive(Clone, Debug, Default)]
pub struct FetchTransport(());

impl FetchTransport {
    /// Creates a transport that uses the `fetch` of the current window or worker.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Transport for FetchTransport {
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> BoxFuture<Result<HttpResponse, TransportError>> {
        Box::pin(within(limits, request))
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<()> {
        Box::pin(sleep(wait))
    }
}

/// Aborts a request that is no longer needed; has no effect on a completed one.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn within(
    limits: Limits,
    request: HttpRequest,
) -> Result<HttpResponse, TransportError> {
    let abort = Abort(AbortController::new().map_err(|error| broken(&error))?);
    let mut exchange = pin!(exchange(limits, request, abort.0.signal()));
    let mut timer = pin!(sleep(limits.timeout));
    poll_fn(|context| match exchange.as_mut().poll(context) {
        Poll::Pending => {
            timer.as_mut().poll(context).map(|()| Err(TransportError::timeout()))
        }
        ended @ Poll::Ready(_) => ended,
    })
    .await
}

async fn exchange(
    limits: Limits,
    request: HttpRequest,
    signal: AbortSignal,
) -> Result<HttpResponse, TransportError> {
    let request = prepare(&request, &signal).map_err(|error| broken(&error))?;
    let promise = call("fetch", &[request.as_ref()]).map_err(|error| broken(&error))?;
    let response = JsFuture::from(Promise::from(promise)).await;
    let response: Response = response.map_err(|_| unreachable())?.unchecked_into();
    if response.type_() == ResponseType::Opaqueredirect {
        return Err(TransportError::other("redirects are not followed").permanent());
    }
    let mut received = head(&response).map_err(|error| broken(&error))?;
    let outcome = read(&response, received.body_mut(), limits).await;
    match outcome {
        Ok(()) => Ok(received),
        Err(error) => Err(error.with_partial(received)),
    }
}

fn prepare(request: &HttpRequest, signal: &AbortSignal) -> Result<Request, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in request.headers() {
        // The browser sets these. Another `User-Agent` would have to be allowed by the API.
        if [CONTENT_LENGTH, HOST, USER_AGENT].contains(name) {
            continue;
        }
        if let Ok(value) = value.to_str() {
            headers.append(name.as_str(), value)?;
        }
    }
    let init = RequestInit::new();
    init.set_method(request.method().as_str());
    init.set_headers(&headers);
    init.set_signal(Some(signal));
    init.set_redirect(RequestRedirect::Manual);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    if !request.body().is_empty() {
        init.set_body(&Uint8Array::from(request.body().as_slice()));
    }
    Request::new_with_str_and_init(&request.uri().to_string(), &init)
}

/// Returns status and headers, as far as the API exposes them.
fn head(response: &Response) -> Result<HttpResponse, JsValue> {
    let mut received = HttpResponse::new(Vec::new());
    let status = http::StatusCode::from_u16(response.status());
    *received.status_mut() =
        status.map_err(|_| JsValue::from("the status is invalid"))?;
    for entry in js_sys::try_iter(&response.headers())?.into_iter().flatten() {
        let entry: Array = entry?.unchecked_into();
        let text = |at| entry.get(at).as_string().unwrap_or_default();
        let name = HeaderName::try_from(text(0));
        if let (Ok(name), Ok(value)) = (name, HeaderValue::try_from(text(1))) {
            // The browser has decompressed the body.
            if name != CONTENT_ENCODING {
                received.headers_mut().append(name, value);
            }
        }
    }
    Ok(received)
}

async fn read(
    response: &Response,
    body: &mut Vec<u8>,
    limits: Limits,
) -> Result<(), TransportError> {
    let Some(stream) = response.body() else { return Ok(()) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let part = JsFuture::from(reader.read()).await;
        let part = part.map_err(|error| broken(&error))?;
        let member = |name| Reflect::get(&part, &JsValue::from_str(name));
        if member("done").is_ok_and(|done| done.is_truthy()) {
            return Ok(());
        }
        let bytes = member("value").map_err(|error| broken(&error))?;
        let mut bytes = Uint8Array::from(bytes).to_vec();
        let room = limits.max_response_bytes.saturating_sub(body.len());
        let too_large = bytes.len() > room;
        bytes.truncate(room);
        body.append(&mut bytes);
        if too_large {
            return Err(TransportError::body_too_large());
        }
    }
}

/// Returns the reason why `fetch` failed, as far as a page can know it.
fn unreachable() -> TransportError {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into());
    let online =
        navigator.and_then(|navigator| Reflect::get(&navigator, &"onLine".into()));
    if online.is_ok_and(|online| online.is_falsy() && !online.is_undefined()) {
        return TransportError::connect("the browser is offline");
    }
    TransportError::other(
        "the server cannot be reached, or does not allow this page's origin (CORS); browsers do not distinguish these",
    )
}

fn broken(error: &JsValue) -> TransportError {
    let message = error.dyn_ref::<Object>().map(|error| String::from(error.to_string()));
    let message = message.or_else(|| error.as_string()).unwrap_or_default();
    TransportError::other(message)
}

/// Calls a function of the window or the worker.
fn call(name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let global = js_sys::global();
    let function = Reflect::get(&global, &JsValue::from_str(name))?;
    let arguments: Array = arguments.iter().copied().collect();
    function.dyn_into::<Function>()?.apply(&global, &arguments)
}

/// A timer that is cleared when it is dropped.
struct Timer(JsValue);

impl Drop for Timer {
    fn drop(&mut self) {
        drop(call("clearTimeout", &[&self.0]));
    }
}

/// Waits. Waits longer than a timer of the browser supports are split.
async fn sleep(mut wait: Duration) {
    const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
    while !wait.is_zero() {
        let part = wait.min(LONGEST);
        wait -= part;
        let mut timer = None;
        let promise = Promise::new(&mut |resolve, _| {
            let millis = JsValue::from_f64(part.as_secs_f64() * 1000.0);
            timer = call("setTimeout", &[resolve.as_ref(), &millis]).ok().map(Timer);
        });
        if timer.is_some() {
            drop(JsFuture::from(promise).await);
        }
    }
}
