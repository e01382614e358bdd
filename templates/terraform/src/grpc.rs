//! The calls of the protocol by their paths: a gRPC request in, the response of the provider out.
//!
//! Each call runs on a thread for blocking work. A panic becomes a status that Terraform reports as an error of the
//! provider.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper::body::Incoming;
use prost::Message;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tonic::body::Body;
use tonic::server::{Grpc, UnaryService};
use tonic::{Request, Response, Status};
use tonic_prost::ProstCodec;

use crate::proto::Empty;
use crate::provider::Provider;

/// States and plans of one resource stay far below this.
const LARGEST_MESSAGE: usize = 256 << 20;

type Reply = http::Response<Body>;

/// The state with which a connection responds to its requests.
#[derive(Clone)]
pub(crate) struct Service {
    pub(crate) provider: Arc<Provider>,
    /// Notified when Terraform asks the process to end.
    pub(crate) ended: Arc<Notify>,
}

impl Service {
    /// Responds to one request.
    pub(crate) async fn respond(
        self,
        request: http::Request<Incoming>,
    ) -> Result<Reply, Infallible> {
        let path = request.uri().path().to_owned();
        let Some((service, method)) = path[1..].split_once('/') else {
            return Ok(unimplemented(&path));
        };
        Ok(match service {
            "tfplugin6.Provider" => self.call(method, request).await,
            "plugin.GRPCController" if method == "Shutdown" => {
                self.ended.notify_one();
                unary(self.provider, request, |_, _: &Empty| Empty {}).await
            }
            // The broker and the streams of go-plugin are optional, and nothing is sent through them.
            _ => unimplemented(&path),
        })
    }

    async fn call(self, method: &str, request: http::Request<Incoming>) -> Reply {
        let provider = self.provider;
        match method {
            "GetMetadata" => unary(provider, request, Provider::metadata).await,
            "GetProviderSchema" => unary(provider, request, Provider::schema).await,
            "ValidateProviderConfig" => {
                unary(provider, request, Provider::validate_provider).await
            }
            "ConfigureProvider" => unary(provider, request, Provider::configure).await,
            "ValidateResourceConfig" => {
                unary(provider, request, Provider::validate_resource).await
            }
            "ValidateDataResourceConfig" => {
                unary(provider, request, Provider::validate_data).await
            }
            "UpgradeResourceState" => unary(provider, request, Provider::upgrade).await,
            "ReadResource" => unary(provider, request, Provider::read).await,
            "PlanResourceChange" => unary(provider, request, Provider::plan).await,
            "ApplyResourceChange" => unary(provider, request, Provider::apply).await,
            "ImportResourceState" => unary(provider, request, Provider::import).await,
            "MoveResourceState" => unary(provider, request, Provider::move_state).await,
            "ReadDataSource" => unary(provider, request, Provider::read_data).await,
            "GetFunctions" => unary(provider, request, |_, _: &Empty| Empty {}).await,
            "StopProvider" => unary(provider, request, Provider::stop).await,
            _ => unimplemented(method),
        }
    }
}

fn unimplemented(method: &str) -> Reply {
    Status::unimplemented(format!("{method} is not implemented")).into_http()
}

async fn unary<Q, A>(
    provider: Arc<Provider>,
    request: http::Request<Incoming>,
    call: fn(&Provider, &Q) -> A,
) -> Reply
where
    Q: Message + Default + Send + 'static,
    A: Message + Send + Sync + 'static,
{
    let mut grpc = Grpc::new(ProstCodec::<A, Q>::default())
        .max_decoding_message_size(LARGEST_MESSAGE)
        .max_encoding_message_size(LARGEST_MESSAGE);
    grpc.unary(Call { provider, answer: call }, request).await
}

/// One call, as tonic takes it.
struct Call<Q, A> {
    provider: Arc<Provider>,
    answer: fn(&Provider, &Q) -> A,
}

impl<Q, A> UnaryService<Q> for Call<Q, A>
where
    Q: Send + 'static,
    A: Send + 'static,
{
    type Response = A;
    type Future = Running<A>;

    fn call(&mut self, request: Request<Q>) -> Self::Future {
        let (provider, answer) = (Arc::clone(&self.provider), self.answer);
        Running(tokio::task::spawn_blocking(move || {
            answer(&provider, &request.into_inner())
        }))
    }
}

/// A call that runs.
struct Running<A>(JoinHandle<A>);

impl<A> Future for Running<A> {
    type Output = Result<Response<A>, Status>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let failed = |_| {
            Status::internal(
                "the provider failed unexpectedly; please report this with the configuration that causes it",
            )
        };
        let polled = Pin::new(&mut self.0).poll(context);
        polled.map(|result| result.map(Response::new).map_err(failed))
    }
}
