//! Tests written once for both clients: a trait for their differences.

use ngrok_client_runtime::{
    ApiClient, Builder, Call, Items, Page, Pages, Response, Result,
};
use serde_json::Value;

/// The async or the blocking client, in a plain test.
pub(crate) trait TestClient {
    type Client: ApiClient;
    /// Name of its module.
    const NAME: &str;

    fn builder() -> Builder<Self::Client>;
    fn send<T>(call: Call<T, Self::Client>) -> Result<T>;
    fn send_with_meta<T>(call: Call<T, Self::Client>) -> Result<Response<T>>;
    fn next_item(items: &mut Items<Value, Self::Client>) -> Option<Result<Value>>;
    fn next_page(pages: &mut Pages<Value, Self::Client>) -> Option<Result<Page<Value>>>;
}

/// Makes a module with a test of each function for each client.
macro_rules! in_both_clients {
    ($($test:ident)*) => {
        #[cfg(feature = "hyper")]
        mod asynchronous {
            $(#[test] fn $test() { super::$test::<crate::clients::Async>() })*
        }
        #[cfg(feature = "blocking")]
        mod blocking {
            $(#[test] fn $test() { super::$test::<crate::clients::Blocking>() })*
        }
    };
}
pub(crate) use in_both_clients;

#[cfg(feature = "hyper")]
pub(crate) struct Async;

#[cfg(feature = "hyper")]
impl TestClient for Async {
    type Client = ngrok_client_runtime::Client;
    const NAME: &str = "asynchronous";

    fn builder() -> Builder<Self::Client> {
        Self::Client::builder()
    }

    fn send<T>(call: Call<T, Self::Client>) -> Result<T> {
        runtime().block_on(call.into_future())
    }

    fn send_with_meta<T>(call: Call<T, Self::Client>) -> Result<Response<T>> {
        runtime().block_on(call.send_with_meta())
    }

    fn next_item(items: &mut Items<Value, Self::Client>) -> Option<Result<Value>> {
        runtime().block_on(items.next())
    }

    fn next_page(pages: &mut Pages<Value, Self::Client>) -> Option<Result<Page<Value>>> {
        runtime().block_on(pages.next())
    }
}

#[cfg(feature = "hyper")]
fn runtime() -> &'static tokio::runtime::Runtime {
    static RUNTIME: std::sync::LazyLock<tokio::runtime::Runtime> =
        std::sync::LazyLock::new(|| tokio::runtime::Runtime::new().unwrap());
    &RUNTIME
}

#[cfg(feature = "blocking")]
pub(crate) struct Blocking;

#[cfg(feature = "blocking")]
impl TestClient for Blocking {
    type Client = ngrok_client_runtime::blocking::Client;
    const NAME: &str = "blocking";

    fn builder() -> Builder<Self::Client> {
        Self::Client::builder()
    }

    fn send<T>(call: Call<T, Self::Client>) -> Result<T> {
        call.send()
    }

    fn send_with_meta<T>(call: Call<T, Self::Client>) -> Result<Response<T>> {
        call.send_with_meta()
    }

    fn next_item(items: &mut Items<Value, Self::Client>) -> Option<Result<Value>> {
        items.next()
    }

    fn next_page(pages: &mut Pages<Value, Self::Client>) -> Option<Result<Page<Value>>> {
        pages.next()
    }
}
