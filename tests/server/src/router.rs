//! Routing. Takes routes; returns the operation of a path and method, and the values of its parameters.

use bytes::Bytes;
use hyper::{Method, Request};
use ngrok_api_model::{Method as Verb, Routes};
use percent_encoding::percent_decode_str;

use crate::errors::{Outcome, Problem};
use crate::handlers::{self, Request as ParsedRequest};
use crate::http::{self, Whole};
use crate::plan::Route;
use crate::query::Query;
use crate::state::State;
use crate::{body, cors};

/// The paths of an API, with the methods on them and the indices of their routes.
#[derive(Debug, Default)]
pub(crate) struct Router(Routes<(Verb, usize)>);

/// The methods on a path, and the indices of their routes.
#[derive(Clone, Copy)]
struct Entry<'r>(&'r [(Verb, usize)]);

impl Router {
    pub(crate) fn new(routes: &[Route]) -> Self {
        let mut paths = Routes::default();
        for (index, Route { operation, .. }) in routes.iter().enumerate() {
            paths.add(&operation.path, (operation.method, index));
        }
        Self(paths)
    }

    /// Returns true if the API has a path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.find(path).is_some()
    }

    /// Returns the methods of the matching path, and the decoded values of its parameters.
    fn find(&self, path: &str) -> Option<(Entry<'_>, Vec<String>)> {
        let decoded =
            |text: &str| Some(percent_decode_str(text).decode_utf8().ok()?.into());
        let (methods, arguments) = self.0.find(&path.split('/').skip(1))?;
        let arguments = arguments.into_iter().map(decoded).collect::<Option<_>>()?;
        Some((Entry(methods), arguments))
    }
}

impl Entry<'_> {
    fn methods(self) -> String {
        let names: Vec<_> = self.0.iter().map(|(method, _)| method.as_str()).collect();
        names.join(", ")
    }

    /// A HEAD request is routed as the corresponding GET.
    fn route(self, method: &Method) -> Option<usize> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        let mut routes = self.0.iter();
        routes
            .find(|(known, _)| known.as_str() == method.as_str())
            .map(|(_, index)| *index)
    }
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

#[cfg(test)]
mod tests {
    use ngrok_api_model::{Method, PathTemplate, Routes};

    use super::Router;

    #[test]
    fn parameters_are_decoded() {
        let mut paths = Routes::default();
        paths.add(&PathTemplate::new("/edges/{id}/routes/{route}"), (Method::Get, 0));
        let router = Router(paths);
        let found = |path| router.find(path).map(|(_, arguments)| arguments);
        assert_eq!(found("/edges/a%2Fb/routes/c"), Some(vec!["a/b".into(), "c".into()]));
        assert_eq!(found("/edges/%FF/routes/c"), None, "not UTF-8");
    }
}
