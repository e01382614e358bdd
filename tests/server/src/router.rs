//! Routing. Takes routes; returns the operation of a path and method, and the values of its parameters.

use bytes::Bytes;
use hyper::{Method, Request};
use ngrok_api_model::{Method as Verb, path};
use percent_encoding::percent_decode_str;

use crate::errors::{Outcome, Problem};
use crate::handlers::{self, Request as ParsedRequest};
use crate::http::{self, Whole};
use crate::plan::Route;
use crate::query::Query;
use crate::state::State;
use crate::{body, cors};

/// The paths of an API, and the operations on them.
#[derive(Debug, Default)]
pub(crate) struct Router(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    /// Path with `{}` for each parameter.
    pattern: String,
    /// Methods, and the indices of their routes.
    routes: Vec<(Verb, usize)>,
}

impl Router {
    pub(crate) fn new(routes: &[Route]) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        for (index, route) in routes.iter().enumerate() {
            let method = route.operation.method;
            let known = entries.iter().position(|it| it.pattern == route.pattern);
            match known.and_then(|known| entries.get_mut(known)) {
                Some(entry) => entry.routes.push((method, index)),
                None => entries.push(Entry {
                    pattern: route.pattern.clone(),
                    routes: vec![(method, index)],
                }),
            }
        }
        // A fixed part takes precedence over a parameter, and `{` sorts after all characters of paths.
        entries.sort_by(|one, other| one.pattern.cmp(&other.pattern));
        Self(entries)
    }

    /// Returns true if the API has a path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.find(path).is_some()
    }

    /// Returns the matching path, and the values of its parameters.
    fn find(&self, path: &str) -> Option<(&Entry, Vec<String>)> {
        self.0.iter().find_map(|entry| Some((entry, arguments(&entry.pattern, path)?)))
    }
}

impl Entry {
    fn methods(&self) -> String {
        let names: Vec<_> =
            self.routes.iter().map(|(method, _)| name(*method)).collect();
        names.join(", ")
    }

    /// A HEAD request is routed as the corresponding GET.
    fn route(&self, method: &Method) -> Option<usize> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        let mut routes = self.routes.iter();
        routes
            .find(|(known, _)| name(*known) == method.as_str())
            .map(|(_, index)| *index)
    }
}

/// Returns the values of a pattern's parameters in a path that matches.
fn arguments(pattern: &str, path: &str) -> Option<Vec<String>> {
    let decoded = |text: &str| Some(percent_decode_str(text).decode_utf8().ok()?.into());
    path::arguments(pattern, path.split('/').skip(1))?.into_iter().map(decoded).collect()
}

/// Calls the operation of a request.
pub(crate) fn respond(
    state: &State,
    url: &str,
    request: &Request<Bytes>,
) -> Outcome<Whole> {
    let path = request.uri().path();
    let (entry, arguments) =
        state.plan.router.find(path).ok_or_else(Problem::not_found)?;
    if cors::is_preflight(request.method(), request.headers()) {
        let max_age = state.plan.model.api.cors_max_age_seconds;
        return Ok(cors::preflight(&entry.methods(), request.headers(), max_age));
    }
    let route = entry.route(request.method()).and_then(|it| state.plan.routes.get(it));
    let route = route.ok_or_else(|| {
        Problem::bad_method(request.method().as_str(), path, entry.methods())
    })?;
    let wanted = body::is_wanted(&route.operation);
    let body = http::json(request.headers(), request.body(), wanted)?;
    let query = request.uri().query().unwrap_or_default();
    let parsed = ParsedRequest {
        url: url.to_owned(),
        path: path.to_owned(),
        uri: request.uri().path_and_query().map_or(path, |it| it.as_str()).to_owned(),
        arguments,
        query: Query::read(&state.plan, &route.operation, query)?,
        body,
    };
    handlers::handle(state, route, &parsed)
}

fn name(method: Verb) -> &'static str {
    match method {
        Verb::Get => "GET",
        Verb::Post => "POST",
        Verb::Patch => "PATCH",
        Verb::Put => "PUT",
        Verb::Delete => "DELETE",
    }
}

#[cfg(test)]
mod tests {
    use super::arguments;

    #[test]
    fn parameters_are_decoded() {
        let fits = |path| arguments("/edges/{}/routes/{}", path);
        assert_eq!(fits("/edges/a%2Fb/routes/c"), Some(vec!["a/b".into(), "c".into()]));
        assert_eq!(fits("/edges/%FF/routes/c"), None, "not UTF-8");
    }
}
