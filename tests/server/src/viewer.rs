//! The reference of the API, to be read and tried out in a browser. The page is Swagger UI, whose files are part of this
//! program: nothing comes from the internet. It stands at the root, and its files below `/-/`, where no API has anything.

use std::sync::Arc;

use axum::extract::{Request, State as Shared};
use axum::http::Method;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use ngrok_codegen::openapi::{export, to_json};
use serde_json::json;

use crate::state::State;

const PAGE: &str = include_str!("viewer/index.html");
const SCRIPT: &str = include_str!("viewer/start.js");
const VIEWER: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/swagger-ui/swagger-ui-bundle.js"));
const STYLE: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/swagger-ui/swagger-ui.css"));
const ICON: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/swagger-ui/favicon-32x32.png"));

/// Answers requests for the page and its files; leaves all others to the API.
pub(crate) async fn serve(
    Shared(state): Shared<Arc<State>>,
    request: Request,
    next: Next,
) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let file = is_read.then(|| file(&state, request.uri().path())).flatten();
    match file {
        Some(response) => response,
        None => next.run(request).await,
    }
}

fn file(state: &State, path: &str) -> Option<Response> {
    let response = match path {
        "/" => text("text/html; charset=utf-8", PAGE.to_owned()),
        "/-/start.js" => text("text/javascript", script(state)),
        "/-/openapi.json" => match state.plan.document {
            Some(document) => bytes("application/json", document.as_bytes()),
            None => text("application/json", document(state)),
        },
        "/-/swagger-ui-bundle.js" => bytes("text/javascript", VIEWER),
        "/-/swagger-ui.css" => bytes("text/css", STYLE),
        "/-/icon.png" => bytes("image/png", ICON),
        _ => return None,
    };
    Some(response)
}

/// The script that opens the viewer. It knows the API key, so that calls can be made at once: whoever sees the page can
/// reach this machine.
fn script(state: &State) -> String {
    let settings = json!({ "key": state.api_key, "document": "/-/openapi.json" });
    format!("const settings = {settings};\n{SCRIPT}")
}

/// The document of the API, which is wherever the document is.
fn document(state: &State) -> String {
    let mut model = state.plan.model.clone();
    "/".clone_into(&mut model.api.base_url);
    to_json(&export(&model))
}

fn text(content_type: &'static str, text: String) -> Response {
    ([(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-store")], text).into_response()
}

fn bytes(content_type: &'static str, bytes: &'static [u8]) -> Response {
    ([(CONTENT_TYPE, content_type)], bytes).into_response()
}
