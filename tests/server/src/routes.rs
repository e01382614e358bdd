//! Which operation a request is for. A plan goes in; a router that calls each operation's handler comes out.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State as Shared};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use ngrok_codegen::model::Method;

use crate::body;
use crate::cors;
use crate::errors::{Outcome, Problem};
use crate::faults::{deliver, spoil};
use crate::handlers::{self, Request as Asked};
use crate::http::{Reply, guard, read_body};
use crate::plan::Route;
use crate::plan::path::router_path;
use crate::query::Query;
use crate::record::record;
use crate::state::State;
use crate::viewer;

/// A router for all operations.
pub(crate) fn router(state: &Arc<State>) -> Router {
    let mut paths: BTreeMap<String, MethodRouter<Arc<State>>> = BTreeMap::new();
    let mut names: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (index, route) in state.plan.routes.iter().enumerate() {
        let handler = async move |Shared(state): Shared<Arc<State>>,
                                  arguments: Result<RawPathParams, _>,
                                  request: Request| {
            let route = &state.plan.routes[index];
            match arguments {
                Ok(arguments) => answer(&state, route, &arguments, request).await,
                // They are not UTF-8, and nothing here is called like that.
                Err::<_, RawPathParamsRejection>(_) => {
                    Err(Problem::not_found(request.uri().path()))
                }
            }
        };
        let methods = paths.entry(router_path(&route.pattern)).or_default();
        *methods =
            std::mem::take(methods).merge(on(filter(route.operation.method), handler));
        let names = names.entry(router_path(&route.pattern)).or_default();
        names.push(name(route.operation.method));
    }
    let mut router = Router::new();
    for (path, methods) in paths {
        let asked = names.remove(&path).unwrap_or_default().join(", ");
        let handler = async move |state, request| options(state, &asked, &request);
        router = router.route(&path, methods.merge(on(MethodFilter::OPTIONS, handler)));
    }
    // From the inside out: what is added last sees a request first.
    router
        .method_not_allowed_fallback(wrong_method)
        .fallback(nothing)
        .layer(from_fn_with_state(Arc::clone(state), guard))
        .layer(from_fn_with_state(Arc::clone(state), spoil))
        .layer(from_fn_with_state(Arc::clone(state), record))
        .layer(from_fn_with_state(Arc::clone(state), deliver))
        .layer(from_fn_with_state(Arc::clone(state), viewer::serve))
        .with_state(Arc::clone(state))
}

/// What a path takes, if a browser asks.
fn options(
    Shared(state): Shared<Arc<State>>,
    methods: &str,
    request: &Request,
) -> Result<Response, Problem> {
    if cors::is_preflight(request.method(), request.headers()) {
        let max_age = state.plan.model.api.cors_max_age_seconds;
        Ok(cors::preflight(methods, request.headers(), max_age))
    } else {
        Err(Problem::bad_method(request.method().as_str(), request.uri().path()))
    }
}

async fn answer(
    state: &State,
    route: &Route,
    arguments: &RawPathParams,
    request: Request,
) -> Outcome<Reply> {
    let (parts, body) = request.into_parts();
    let query = parts.uri.query().unwrap_or_default();
    let body =
        read_body(&parts.headers, body, body::is_wanted(&route.operation)).await?;
    let asked = Asked {
        path: parts.uri.path().to_owned(),
        uri: parts.uri.to_string(),
        arguments: arguments.iter().map(|(_, value)| value.to_owned()).collect(),
        query: Query::read(&state.plan, &route.operation, query)?,
        body,
    };
    handlers::handle(state, route, &asked)
}

async fn wrong_method(request: Request) -> Problem {
    Problem::bad_method(request.method().as_str(), request.uri().path())
}

async fn nothing(request: Request) -> Problem {
    Problem::not_found(request.uri().path())
}

fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Patch => MethodFilter::PATCH,
        Method::Put => MethodFilter::PUT,
        Method::Delete => MethodFilter::DELETE,
    }
}

fn name(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Patch => "PATCH",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    }
}
