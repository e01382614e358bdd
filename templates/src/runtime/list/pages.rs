//! The pages of a list, one after the other: a stream with the async client, an iterator with the blocking one.

use std::fmt;
use std::mem::take;

use serde_core::de::DeserializeOwned;

use ngrok_client_core::{Cursor, PageCursor, Reply};

use super::Page;
use crate::api;
use crate::runtime::Result;
#[cfg(feature = "blocking")]
use crate::runtime::blocking::Client as BlockingClient;
use crate::runtime::client::ApiClient;

/// The pages of a list. A page is fetched when it is requested. Ends after an error. 1,000 consecutive pages
/// without items are an error, so that an endless list does not block its caller forever; [`cursor`](Self::cursor)
/// continues from there.
#[must_use = "pages are fetched on demand"]
pub struct Pages<T, C: ApiClient> {
    client: C,
    cursor: Cursor,
    /// The pending page.
    pending: Option<C::Pending>,
    /// True if pages are prefetched.
    prefetch: bool,
    /// Empty vector of an earlier page, for the items of the next one.
    room: Vec<T>,
}

impl<T: DeserializeOwned, C: ApiClient> Pages<T, C> {
    pub(super) fn new(client: C, cursor: Cursor) -> Self {
        Self { client, cursor, pending: None, prefetch: false, room: Vec::new() }
    }

    /// Decodes a received page, and advances to the next one.
    fn received(&mut self, reply: Result<Reply>) -> Result<Page<T>> {
        let reply = reply?;
        let page = Page::decode_into(take(&mut self.room), &reply)?;
        self.client.reuse(reply);
        self.cursor.count(page.items.len());
        self.cursor.advance(page.next_page_uri.as_deref(), self.client.config().base());
        Ok(page)
    }
}

impl<T, C: ApiClient> Pages<T, C> {
    /// Fetches the next page while the caller processes the current one; never more than one page ahead. An error
    /// is returned in the place of its page.
    ///
    /// With the async client the request continues in a task of the tokio runtime, and is cancelled when this is
    /// dropped; on another runtime it continues when the next page is requested.
    ///
    /// With the blocking client it is made on its own thread, one for each page. Dropping this does not wait for
    /// it: a request that waits for a permit or a retry is cancelled, and one in flight completes on its thread,
    /// within its timeout; its result is discarded.
    pub fn prefetch(mut self) -> Self {
        self.prefetch = true;
        self
    }

    /// Provides an empty vector for the items of the next page.
    pub(super) fn leave_room(&mut self, room: Vec<T>) {
        self.room = room;
    }

    /// Starts fetching the next page, if prefetching is enabled.
    pub(super) fn begin_next(&mut self) {
        if self.prefetch && self.pending.is_none() {
            self.pending = self.cursor.take().map(|draft| self.client.begin(draft));
        }
    }

    /// Returns the current position: the next page, or the failed one. `None` after the last.
    /// [`List::resume`](crate::List::resume) continues from there.
    #[must_use]
    pub fn cursor(&self) -> Option<PageCursor> {
        self.cursor.place(self.client.config().base())
    }

    /// Returns the position after an item of any page.
    pub(super) fn after(&self, id: &str) -> Option<PageCursor> {
        self.cursor.after(self.client.config().base(), api::CURSOR_PARAMETER, id)
    }
}

/// Nothing in it is pinned.
impl<T, C: ApiClient> Unpin for Pages<T, C> {}

impl<T, C: ApiClient> fmt::Debug for Pages<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("client", &self.client).finish_non_exhaustive()
    }
}

#[cfg(feature = "blocking")]
impl<T: DeserializeOwned> Pages<T, BlockingClient> {
    /// Returns the next page without prefetching.
    pub(super) fn fetch(&mut self) -> Option<Result<Page<T>>> {
        let reply = match self.pending.take() {
            Some(ahead) => ahead.wait().map_err(Into::into),
            None => self.client.run(self.cursor.take()?),
        };
        Some(self.received(reply))
    }
}

#[cfg(feature = "async")]
mod stream {
    //! The async client.

    use std::future::poll_fn;
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};

    use futures_core::Stream;
    use serde_core::de::DeserializeOwned;

    use super::{Page, Pages};
    use crate::runtime::{Client, Result};

    /// With the async client.
    impl<T: DeserializeOwned> Pages<T, Client> {
        /// Fetches the next page; `None` after the last one or an error.
        pub async fn next(&mut self) -> Option<Result<Page<T>>> {
            poll_fn(|context| self.poll(context)).await
        }

        /// Fetches the next page, with the error outside.
        pub async fn try_next(&mut self) -> Result<Option<Page<T>>> {
            self.next().await.transpose()
        }

        fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page<T>>>> {
            let page = ready!(self.poll_page(context));
            self.begin_next();
            Poll::Ready(page)
        }

        pub(in crate::runtime::list) fn poll_page(
            &mut self,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Page<T>>>> {
            if self.pending.is_none() {
                self.pending = self.cursor.take().map(|draft| self.client.run(draft));
            }
            let Some(pending) = &mut self.pending else {
                return Poll::Ready(None);
            };
            let reply = ready!(Pin::new(pending).poll(context));
            self.pending = None;
            Poll::Ready(Some(self.received(reply.map_err(Into::into))))
        }
    }

    impl<T: DeserializeOwned> Stream for Pages<T, Client> {
        type Item = Result<Page<T>>;

        fn poll_next(
            self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Self::Item>> {
            self.get_mut().poll(context)
        }
    }
}
