//! Lists in `for` loops: which clients have iterators, and what the compiler reports for the
//! other one.

use serde_core::de::DeserializeOwned;

use super::{Items, List, Page, Pages};
use crate::runtime::Result;
use crate::runtime::client::ApiClient;

/// Clients whose lists are iterators: the blocking one. With the async client, items and
/// pages are streams.
#[diagnostic::on_unimplemented(
    message = "lists of the async client are streams and not iterators",
    label = "a `for` loop needs a list of `blocking::Client`",
    note = "use `let mut items = list.items();` and `while let Some(item) = items.try_next().await?`"
)]
pub trait InForLoop: ApiClient {
    /// Fetches the next page, and none after it.
    #[doc(hidden)]
    fn next_page<T: DeserializeOwned>(
        pages: &mut Pages<T, Self>,
    ) -> Option<Result<Page<T>>>;
}

#[cfg(feature = "blocking")]
impl InForLoop for crate::runtime::blocking::Client {
    fn next_page<T: DeserializeOwned>(
        pages: &mut Pages<T, Self>,
    ) -> Option<Result<Page<T>>> {
        pages.fetch()
    }
}

/// Iterates over the items of all pages, as [`List::items`] does.
impl<T: DeserializeOwned, C: InForLoop, Q> IntoIterator for List<T, C, Q> {
    type Item = Result<T>;
    type IntoIter = Items<T, C>;

    fn into_iter(self) -> Items<T, C> {
        self.items()
    }
}

impl<T: DeserializeOwned, C: InForLoop> Iterator for Items<T, C> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.is_enough() {
                return None;
            }
            if let Some(item) = self.in_hand() {
                return Some(Ok(item));
            }
            match C::next_page(self.pages())? {
                Ok(page) => self.turn_to(page),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<T: DeserializeOwned, C: InForLoop> Iterator for Pages<T, C> {
    type Item = Result<Page<T>>;

    fn next(&mut self) -> Option<Self::Item> {
        let page = C::next_page(self);
        self.begin_next();
        page
    }
}
