//! The items of a list, whatever page they are on: a stream with the async client, an
//! iterator with the blocking one.

use std::collections::VecDeque;
use std::fmt;
use std::mem::replace;

use ngrok_client_core::PageCursor;

use super::{Page, Pages};
#[cfg(feature = "blocking")]
use crate::runtime::blocking::Client as BlockingClient;
use crate::runtime::client::ApiClient;
use crate::runtime::values::IntoId;

/// The items of a list. A page is fetched when its first item is asked for, and none
/// before. Ends after an error.
#[must_use = "items are fetched when they are asked for"]
pub struct Items<T, C: ApiClient> {
    pages: Pages<T, C>,
    page: VecDeque<T>,
    /// How many more are wanted at most.
    wanted: Option<usize>,
}

impl<T, C: ApiClient> Items<T, C> {
    pub(super) fn new(pages: Pages<T, C>) -> Self {
        Self { pages, page: VecDeque::new(), wanted: None }
    }

    /// No more than that many of the items that are left. No page is fetched, or
    /// [prefetched](Self::prefetch), that they are not on.
    pub fn take(mut self, items: usize) -> Self {
        self.wanted = Some(self.wanted.map_or(items, |wanted| wanted.min(items)));
        self
    }

    /// Fetches the page that comes next while the caller works on the items of the one
    /// before it; never more than that one. See [`Pages::prefetch`](crate::Pages::prefetch).
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

    /// Where the items come from.
    pub(super) fn pages(&mut self) -> &mut Pages<T, C> {
        &mut self.pages
    }

    /// Whether as many were given as are wanted.
    pub(super) fn is_enough(&self) -> bool {
        self.wanted == Some(0)
    }

    /// The next item of the page in hand.
    pub(super) fn in_hand(&mut self) -> Option<T> {
        let item = self.page.pop_front()?;
        self.wanted = self.wanted.map(|wanted| wanted.saturating_sub(1));
        Some(item)
    }

    /// Takes up a page, and begins with the next one if items of that are wanted.
    pub(super) fn turn_to(&mut self, page: Page<T>) {
        let room = replace(&mut self.page, page.items.into());
        self.pages.leave_room(room.into());
        if self.wanted.is_none_or(|wanted| wanted > self.page.len()) {
            self.pages.begin_next();
        }
    }

    /// The place after an item that this walk has given, for lists in pages: save it once
    /// the item is dealt with, and [`List::resume`](crate::List::resume) goes on with the
    /// one after it, whatever was added or deleted before it in between.
    ///
    /// `None` if the list cannot be fetched at all.
    #[must_use]
    pub fn cursor_after(&self, item: impl IntoId<T>) -> Option<PageCursor> {
        self.pages.after(item.into_id().as_str())
    }
}

/// Nothing in it is ever pinned.
impl<T, C: ApiClient> Unpin for Items<T, C> {}

impl<T, C: ApiClient> fmt::Debug for Items<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}

/// With the blocking client.
#[cfg(feature = "blocking")]
impl<T: serde_core::de::DeserializeOwned> Items<T, BlockingClient> {
    /// All items that are left, or the first error.
    pub fn try_collect(self) -> crate::runtime::Result<Vec<T>> {
        self.collect()
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

    use super::Items;
    use crate::runtime::{Client, Result};

    /// With the async client.
    impl<T: DeserializeOwned> Items<T, Client> {
        /// The item that comes next; `None` after the last one or an error.
        pub async fn next(&mut self) -> Option<Result<T>> {
            poll_fn(|context| self.poll(context)).await
        }

        /// The same, with the error outside: `while let Some(item) = items.try_next().await?`.
        pub async fn try_next(&mut self) -> Result<Option<T>> {
            self.next().await.transpose()
        }

        /// All items that are left, or the first error.
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
