//! The calls of the protocol by their paths: a gRPC request in, the response of the provider out.
//!
//! Each call runs on a thread for blocking work. A panic becomes a status that Terraform reports as an error of the
//! provider.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use hyper::body::Incoming;
use prost::Message;
use tokio::sync::Notify;
use tonic::body::Body;
use tonic::server::{Grpc, UnaryService};
use tonic::{Request, Response, Status};
use tonic_prost::ProstCodec;

use crate::proto::{Empty, Failed};
use crate::provider::{Provider, Result};

/// States and plans of one resource stay far below this.
const LARGEST_MESSAGE: usize = 256 << 20;

type Reply = http::Response<Body>;

type Replied<A> = std::result::Result<Response<A>, Status>;

/// The state with which a connection responds to its requests.
#[derive(Clone)]
pub(crate) struct Service {
    pub(crate) provider: Arc<Provider>,
    /// Notified when Terraform asks the process to end.
    pub(crate) ended: Arc<Notify>,
}

impl Service {
    /// Responds to one request. The methods of the services that Terraform calls have different names.
    pub(crate) async fn respond(
        self,
        request: http::Request<Incoming>,
    ) -> std::result::Result<Reply, Infallible> {
        let path = request.uri().path().to_owned();
        let method = path.rsplit('/').next().unwrap_or_default();
        let to = (self.provider, request);
        Ok(match method {
            "Shutdown" => {
                self.ended.notify_one();
                infallible(to, |_, _: &Empty| Empty {}).await
            }
            "GetProviderSchema" => infallible(to, Provider::schema).await,
            // Its configuration is checked when it is used.
            "ValidateProviderConfig" => infallible(to, |_, _: &Empty| Empty {}).await,
            "ConfigureProvider" => unary(to, Provider::configure).await,
            "ValidateResourceConfig" => unary(to, Provider::validate_resource).await,
            "ValidateDataResourceConfig" => unary(to, Provider::validate_data).await,
            "UpgradeResourceState" => unary(to, Provider::upgrade).await,
            "ReadResource" => unary(to, Provider::read).await,
            "PlanResourceChange" => unary(to, Provider::plan).await,
            "ApplyResourceChange" => infallible(to, Provider::apply).await,
            "ImportResourceState" => unary(to, Provider::import).await,
            "MoveResourceState" => unary(to, Provider::move_state).await,
            "ReadDataSource" => unary(to, Provider::read_data).await,
            // Calls that run are waited for: a creation that was sent must reach the state.
            "StopProvider" => infallible(to, |_, _: &Empty| Empty {}).await,
            // The broker and the streams of go-plugin are optional, and nothing is sent through them.
            _ => Status::unimplemented(format!("{path} is not implemented")).into_http(),
        })
    }
}

/// Responds with what a call returns, or with a response that has nothing but its error.
async fn unary<Q, A>(
    to: (Arc<Provider>, http::Request<Incoming>),
    call: fn(&Provider, &Q) -> Result<A>,
) -> Reply
where
    Q: Message + Default + Send + 'static,
    A: Message + Failed + Send + Sync + 'static,
{
    let call = move |provider: &Provider, request: &Q| {
        call(provider, request).unwrap_or_else(|diagnostic| A::failed(diagnostic))
    };
    infallible(to, call).await
}

async fn infallible<Q, A>(
    (provider, request): (Arc<Provider>, http::Request<Incoming>),
    call: impl Fn(&Provider, &Q) -> A + Copy + Send + 'static,
) -> Reply
where
    Q: Message + Default + Send + 'static,
    A: Message + Send + Sync + 'static,
{
    let mut grpc = Grpc::new(ProstCodec::<A, Q>::default())
        .max_decoding_message_size(LARGEST_MESSAGE)
        .max_encoding_message_size(LARGEST_MESSAGE);
    grpc.unary(Call { provider, call }, request).await
}

/// One call, as tonic takes it.
struct Call<F> {
    provider: Arc<Provider>,
    call: F,
}

impl<Q, A, F> UnaryService<Q> for Call<F>
where
    Q: Send + 'static,
    A: Send + 'static,
    F: Fn(&Provider, &Q) -> A + Copy + Send + 'static,
{
    type Response = A;
    type Future = Pin<Box<dyn Future<Output = Replied<A>> + Send>>;

    fn call(&mut self, request: Request<Q>) -> Self::Future {
        let (provider, call) = (Arc::clone(&self.provider), self.call);
        let running =
            tokio::task::spawn_blocking(move || call(&provider, &request.into_inner()));
        Box::pin(async {
            running.await.map(Response::new).map_err(|_| {
                Status::internal(
                    "the provider failed unexpectedly; please report this with the configuration that causes it",
                )
            })
        })
    }
}
