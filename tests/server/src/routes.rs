//! Which operation a request is for. A plan goes in; a router that calls each operation's handler comes out.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State as Shared};
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, on};
use ngrok_codegen::model::Method;

use crate::body;
use crate::errors::{Outcome, Problem};
use crate::handlers::{self, Request as Asked};
use crate::http::{Reply, guard, read_body};
use crate::plan::Route;
use crate::plan::path::router_path;
use crate::query::Query;
use crate::state::State;

/// A router for all operations.
pub(crate) fn router(state: &Arc<State>) -> Router {
    let mut paths: BTreeMap<String, MethodRouter<Arc<State>>> = BTreeMap::new();
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
    }
    let router = paths
        .into_iter()
        .fold(Router::new(), |router, (path, methods)| router.route(&path, methods));
    router
        .method_not_allowed_fallback(wrong_method)
        .fallback(nothing)
        .layer(from_fn_with_state(Arc::clone(state), guard))
        .with_state(Arc::clone(state))
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
