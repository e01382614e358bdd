//! Sends requests through custom transports: one that responds from memory, for tests, and one that logs what
//! goes through another. It needs neither a server nor an API key.
//!
//! ```text
//! cargo run --example own_transport
//! ```

use std::time::Duration;

use ngrok_client::{
    BoxFuture, Client, HttpRequest, HttpResponse, Limits, Result, Transport,
    TransportError,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let client =
        Client::builder().api_key("any").transport(Logged(FromMemory)).build()?;

    let policy = client.ip_policies().get("ipp_1").await?;
    println!("{:?}", policy.description);

    let error = client.ip_policies().get("ipp_2").await.err();
    println!("{}", error.is_some_and(|error| error.is_not_found()));
    Ok(())
}

/// Knows one policy.
struct FromMemory;

impl Transport for FromMemory {
    fn send(
        &self,
        request: HttpRequest,
        _limits: Limits,
    ) -> BoxFuture<Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let known = request.uri().path() == "/ip_policies/ipp_1";
            let body =
                if known { r#"{"id": "ipp_1", "description": "office"}"# } else { "{}" };
            let mut response = HttpResponse::new(body.into());
            let status: u16 = if known { 200 } else { 404 };
            *response.status_mut() = status.try_into().map_err(TransportError::other)?;
            Ok(response)
        })
    }
}

/// Prints what goes through another transport, without headers, one of which has the API key.
struct Logged<T>(T);

impl<T: Transport> Transport for Logged<T> {
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> BoxFuture<Result<HttpResponse, TransportError>> {
        let line = format!("{} {}", request.method(), request.uri());
        let response = self.0.send(request, limits);
        Box::pin(async move {
            let response = response.await;
            match &response {
                Ok(response) => println!("{line}: {}", response.status()),
                Err(error) => println!("{line}: {error}"),
            }
            response
        })
    }

    fn sleep(&self, wait: Duration) -> BoxFuture<()> {
        self.0.sleep(wait)
    }
}
