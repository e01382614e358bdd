//! The items of a list, whatever page they are on: a stream with the async client, an
//! iterator with the blocking one.

use std::fmt;
use std::vec;

use super::Pages;
use crate::runtime::client::ApiClient;

/// The items of a list. A page is fetched when its first item is asked for, and none
/// before. Ends after an error.
#[must_use = "items are fetched when they are asked for"]
pub struct Items<T, C: ApiClient> {
    pages: Pages<T, C>,
    page: vec::IntoIter<T>,
}

impl<T, C: ApiClient> Items<T, C> {
    pub(super) fn new(pages: Pages<T, C>) -> Self {
        Self { pages, page: Vec::new().into_iter() }
    }
}

/// Nothing in it is ever pinned.
impl<T, C: ApiClient> Unpin for Items<T, C> {}

impl<T, C: ApiClient> fmt::Debug for Items<T, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}

#[cfg(feature = "blocking")]
impl<T> Iterator for Items<T, crate::runtime::blocking::Client>
where
    T: serde_core::de::DeserializeOwned,
{
    type Item = crate::runtime::Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(page) => self.page = page.items.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
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

    impl<T: DeserializeOwned> Items<T, Client> {
        /// The item that comes next; `None` after the last one or an error.
        pub async fn next(&mut self) -> Option<Result<T>> {
            poll_fn(|context| self.poll(context)).await
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
                if let Some(item) = self.page.next() {
                    return Poll::Ready(Some(Ok(item)));
                }
                match ready!(self.pages.poll(context)) {
                    Some(Ok(page)) => self.page = page.items.into_iter(),
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
