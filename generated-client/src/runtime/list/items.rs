//! The items of a list, across pages: a stream with the async client, an iterator with the blocking one.

use std::collections::VecDeque;
use std::fmt;
use std::mem::replace;

use ngrok_client_core::PageCursor;

use super::{Page, Pages};
#[cfg(feature = "blocking")]
use crate::runtime::blocking::Client as BlockingClient;
use crate::runtime::client::ApiClient;
use crate::runtime::values::IntoId;

/// The items of a list. A page is fetched when its first item is requested. Ends after an error.
#[must_use = "items are fetched on demand"]
pub struct Items<T, C: ApiClient> {
    pages: Pages<T, C>,
    page: VecDeque<T>,
    /// Maximum number of further items.
    wanted: Option<usize>,
}

impl<T, C: ApiClient> Items<T, C> {
    pub(super) fn new(pages: Pages<T, C>) -> Self {
        Self { pages, page: VecDeque::new(), wanted: None }
    }

    /// Limits the number of remaining items. No page beyond them is fetched or [prefetched](Self::prefetch).
    pub fn take(mut self, items: usize) -> Self {
        self.wanted = Some(self.wanted.map_or(items, |wanted| wanted.min(items)));
        self
    }

    /// Fetches the next page while the caller processes the items of the current one; never more than one page ahead. See
    /// [`Pages::prefetch`](crate::Pages::prefetch).
    ///
    /// ```no_run
    /// # #[cfg(feature = "blocking")] {
    #[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{List, blocking::Client};")]
    ///
    /// let client = Client::from_env()?;
    /// let list: List<serde_json::Value, _> = List::new(&client, "ThingsList", "/things", "things");
    /// for item in list.items().prefetch().take(500) {
    ///     println!("{}", item?);
    /// }
    /// # }
    #[doc = concat!("# Ok::<(), ", env!("CARGO_CRATE_NAME"), "::Error>(())")]
    /// ```
    ///
    /// With the async client it is `while let Some(item) = items.try_next().await? { … }`.
    pub fn prefetch(mut self) -> Self {
        self.pages = self.pages.prefetch();
        self
    }

    /// Returns the source of the items.
    pub(super) fn pages(&mut self) -> &mut Pages<T, C> {
        &mut self.pages
    }

    /// Returns true if the limit has been reached.
    pub(super) fn is_enough(&self) -> bool {
        self.wanted == Some(0)
    }

    /// Returns the next item of the current page.
    pub(super) fn in_hand(&mut self) -> Option<T> {
        let item = self.page.pop_front()?;
        self.wanted = self.wanted.map(|wanted| wanted.saturating_sub(1));
        Some(item)
    }

    /// Starts a page, and prefetches the next one if items of that are needed.
    pub(super) fn turn_to(&mut self, page: Page<T>) {
        let room = replace(&mut self.page, page.items.into());
        self.pages.leave_room(room.into());
        if self.wanted.is_none_or(|wanted| wanted > self.page.len()) {
            self.pages.begin_next();
        }
    }

    /// Returns the position after an item that was returned, for paginated lists: save it once the item has been
    /// processed, and [`List::resume`](crate::List::resume) continues with the next one, whatever was added or
    /// deleted before it in the meantime.
    ///
    /// `None` if the list cannot be fetched at all.
    #[must_use]
    pub fn cursor_after(&self, item: impl IntoId<T>) -> Option<PageCursor> {
        self.pages.after(item.into_id().as_str())
    }
}

/// Nothing in it is pinned.
impl<T, C: ApiClient> Unpin for Items<T, C> {}

impl<T, C: ApiClient> fmt::Debug for Items<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}

/// With the blocking client.
#[cfg(feature = "blocking")]
impl<T: serde_core::de::DeserializeOwned> Items<T, BlockingClient> {
    /// Collects the remaining items, or returns the first error.
    pub fn try_collect(self) -> crate::runtime::Result<Vec<T>> {
        self.collect()
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

    use super::Items;
    use crate::runtime::{Client, Result};

    /// With the async client.
    impl<T: DeserializeOwned> Items<T, Client> {
        /// Returns the next item; `None` after the last one or an error.
        pub async fn next(&mut self) -> Option<Result<T>> {
            poll_fn(|context| self.poll(context)).await
        }

        /// Returns the next item, with the error outside: `while let Some(item) = items.try_next().await?`.
        pub async fn try_next(&mut self) -> Result<Option<T>> {
            self.next().await.transpose()
        }

        /// Collects the remaining items, or returns the first error.
        pub async fn try_collect(mut self) -> Result<Vec<T>> {
            let mut items = Vec::new();
            while let Some(item) = self.next().await {
                items.push(item?);
            }
            Ok(items)
        }

        fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T>>> {
            loop {
                if self.is_enough() {
                    return Poll::Ready(None);
                }
                if let Some(item) = self.in_hand() {
                    return Poll::Ready(Some(Ok(item)));
                }
                match ready!(self.pages.poll_page(context)) {
                    Some(Ok(page)) => self.turn_to(page),
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    None => return Poll::Ready(None),
                }
            }
        }
    }

    impl<T: DeserializeOwned> Stream for Items<T, Client> {
        type Item = Result<T>;

        fn poll_next(
            self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Self::Item>> {
            self.get_mut().poll(context)
        }
    }
}
