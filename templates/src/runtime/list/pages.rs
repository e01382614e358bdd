//! The pages of a list, one after the other: a stream with the async client, an iterator
//! with the blocking one.

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

/// The pages of a list. One is fetched when it is asked for, and none before. Ends after
/// an error. 1,000 pages without items in a row are one, so that a list which never ends
/// does not hold its caller for ever; [`cursor`](Self::cursor) goes on from there.
#[must_use = "pages are fetched when they are asked for"]
pub struct Pages<T, C: ApiClient> {
    client: C,
    cursor: Cursor,
    /// The page that is on its way.
    pending: Option<C::Pending>,
    /// Whether a page is fetched before it is asked for.
    prefetch: bool,
    /// Where the items of the page that comes next go: memory of an earlier one.
    room: Vec<T>,
}

impl<T: DeserializeOwned, C: ApiClient> Pages<T, C> {
    pub(super) fn new(client: C, cursor: Cursor) -> Self {
        Self { client, cursor, pending: None, prefetch: false, room: Vec::new() }
    }

    /// Reads a page that came, and moves on to the one it leads to.
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
    /// Fetches the page that comes next while the caller works on the one before it;
    /// never more than that one. An error comes in the place of its page.
    ///
    /// With the async client the request goes on in a task of the tokio runtime, and ends
    /// when this is dropped; on another runtime it goes on when the next page is asked
    /// for.
    ///
    /// With the blocking client it is made on a thread of its own, one for each page.
    /// Dropping this does not wait for it: what waits for its turn or before a retry is
    /// not sent any more, and a request that is under way ends on its thread, within the
    /// limits of time, and nobody sees what comes of it.
    pub fn prefetch(mut self) -> Self {
        self.prefetch = true;
        self
    }

    /// Leaves room for the items of the page that comes next.
    pub(super) fn leave_room(&mut self, room: Vec<T>) {
        self.room = room;
    }

    /// Begins with the page that comes next, if that is wished for.
    pub(super) fn begin_next(&mut self) {
        if self.prefetch && self.pending.is_none() {
            self.pending = self.cursor.take().map(|draft| self.client.begin(draft));
        }
    }

    /// Where the walk is: at the page that comes next, or at the one that failed. `None`
    /// after the last. [`List::resume`](crate::List::resume) goes on from there.
    #[must_use]
    pub fn cursor(&self) -> Option<PageCursor> {
        self.cursor.place(self.client.config().base())
    }

    /// The place after an item of any page.
    pub(super) fn after(&self, id: &str) -> Option<PageCursor> {
        self.cursor.after(self.client.config().base(), api::CURSOR_PARAMETER, id)
    }
}

/// Nothing in it is ever pinned.
impl<T, C: ApiClient> Unpin for Pages<T, C> {}

impl<T, C: ApiClient> fmt::Debug for Pages<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("client", &self.client).finish_non_exhaustive()
    }
}

#[cfg(feature = "blocking")]
impl<T: DeserializeOwned> Pages<T, BlockingClient> {
    /// The page that comes next, and none after it.
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
    //! The async side.

    use std::future::poll_fn;
    use std::pin::Pin;
    use std::task::{Context, Poll, ready};

    use futures_core::Stream;
    use serde_core::de::DeserializeOwned;

    use super::{Page, Pages};
    use crate::runtime::{Client, Result};

    /// With the async client.
    impl<T: DeserializeOwned> Pages<T, Client> {
        /// Fetches the page that comes next; `None` after the last one or an error.
        pub async fn next(&mut self) -> Option<Result<Page<T>>> {
            poll_fn(|context| self.poll(context)).await
        }

        /// The same, with the error outside.
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
