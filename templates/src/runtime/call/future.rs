//! Sending of calls by the async client. The exchange is compiled once, for all results; only decoding is generic.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::{Call, Decode, Response};
use crate::runtime::Result;
use crate::runtime::client::{Client, Pending};

/// A call of the async client in progress.
#[must_use = "futures do nothing unless awaited"]
pub struct CallFuture<T> {
    reply: Pending,
    decode: Decode<T>,
}

/// With the async client.
impl<T> Call<T, Client> {
    /// Sends the call.
    pub fn send(self) -> CallFuture<T> {
        CallFuture { reply: self.client.run(self.draft), decode: self.decode }
    }

    /// Sends the call, and returns status, headers and operation ID along with the value.
    pub async fn send_with_meta(self) -> Result<Response<T>> {
        let reply = self.client.run(self.draft).await?;
        Ok(Response::new((self.decode)(&reply)?, reply))
    }
}

impl<T> IntoFuture for Call<T, Client> {
    type Output = Result<T>;
    type IntoFuture = CallFuture<T>;

    fn into_future(self) -> CallFuture<T> {
        self.send()
    }
}

impl<T> Future for CallFuture<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let decode = self.decode;
        Pin::new(&mut self.reply).poll(context).map(|reply| decode(&reply?))
    }
}

impl<T> fmt::Debug for CallFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallFuture").finish_non_exhaustive()
    }
}
