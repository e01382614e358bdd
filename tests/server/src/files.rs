//! Files for browsers, served without a key beside the API, such as a page that makes calls. Pages of other sites cannot load them, since a
//! file may contain a key.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use bytes::Bytes;
use hyper::header::{
    CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method};

use crate::errors::Problem;
use crate::http::{self, Whole};
use crate::state::State;

/// Header that restricts which pages may load a file.
const RESOURCE_POLICY: HeaderName =
    HeaderName::from_static("cross-origin-resource-policy");

/// The files of a server, by path.
#[derive(Debug, Default)]
pub(crate) struct Files(RwLock<BTreeMap<String, File>>);

#[derive(Debug, Clone)]
struct File {
    content_type: &'static str,
    content: Bytes,
}

impl Files {
    pub(crate) fn add(&self, path: String, content_type: &'static str, content: Bytes) {
        let mut files = self.0.write().unwrap_or_else(PoisonError::into_inner);
        files.insert(path, File { content_type, content });
    }

    fn get(&self, path: &str) -> Option<File> {
        let files = self.0.read().unwrap_or_else(PoisonError::into_inner);
        files.get(path).cloned()
    }
}

/// Serves a file, if the request is for one. Requests with a key are for the API where it has the path of the file.
pub(crate) fn serve(state: &State, request: &Parts) -> Option<Whole> {
    let is_read = matches!(request.method, Method::GET | Method::HEAD);
    let path = request.uri.path();
    let api = &state.plan;
    let has_key = request.headers.contains_key(api.model.api.auth_header.as_str());
    if has_key && api.router.has(path) {
        return None;
    }
    let file = is_read.then(|| state.files.get(path)).flatten()?;
    let mut response = if is_from_elsewhere(&request.headers, file.content_type) {
        http::refuse(state, &Problem::cross_site())
    } else {
        let mut response = Whole::new(file.content);
        let content_type = HeaderValue::from_static(file.content_type);
        response.headers_mut().insert(CONTENT_TYPE, content_type);
        response
    };
    for (name, value) in [
        (RESOURCE_POLICY, "same-origin"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (CACHE_CONTROL, "no-store"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Some(response)
}

/// Returns true if a page of another site, or of another port, sent the request. Links to a page are allowed.
fn is_from_elsewhere(headers: &HeaderMap, content_type: &str) -> bool {
    let header =
        |name: &'static str| http::text(headers, &HeaderName::from_static(name));
    let site = header("sec-fetch-site");
    let is_link = content_type.starts_with("text/html")
        && header("sec-fetch-mode") == Some("navigate")
        && header("sec-fetch-dest") == Some("document");
    !is_link && site.is_some_and(|site| !matches!(site, "same-origin" | "none"))
}
