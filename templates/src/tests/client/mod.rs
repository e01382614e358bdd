//! Errors and replies, as the API of this crate creates them.

mod error;
mod error_code;
mod reply;

use std::time::SystemTime;

use http::{Method, Response};
use ngrok_client_core::{Config, Draft, Exchange, Operation, Reply, Settings, Step};

use crate::runtime::facts::API;
use crate::runtime::{Error, HttpResponse, RetryPolicy};

/// Returns the result for a response: the reply, or the error.
fn exchange(operation: &'static str, response: HttpResponse) -> Result<Reply, Error> {
    let settings = Settings {
        api_key: Some("key".to_owned().into()),
        retry: RetryPolicy::none(),
        ..Settings::default()
    };
    let operation = Operation { name: operation, items: "things" };
    let draft = Draft::new(&API, operation, Method::GET, "/things");
    let config = Config::new(&settings, &API)?;
    let mut exchange = Exchange::new(draft, &config)?;
    exchange.attempt()?;
    match exchange.step(Ok(response), SystemTime::UNIX_EPOCH, 0.0)? {
        Step::Done(reply) => Ok(reply),
        Step::Wait(wait) => panic!("it waits {wait:?}"),
    }
}

fn response(
    status: u16,
    headers: &[(&str, &str)],
    body: impl AsRef<[u8]>,
) -> HttpResponse {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(body.as_ref().to_vec()).unwrap()
}
