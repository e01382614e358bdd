//! Lists of resources, as items or pages, and marker types for their query parameters.
//!
//! The third parameter of [`List`] is one of them: [`Unfiltered`], [`Filtered`], [`Unpaged`], or the query type of
//! one operation.

mod for_loop;
mod items;
mod page;
mod pages;

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use http::Method;
use serde_core::de::DeserializeOwned;
use serde_core::ser::Serialize;

pub use for_loop::InForLoop;
pub use items::Items;
pub use page::Page;
pub use pages::Pages;

use ngrok_client_core::limits::{Check, check_text};
use ngrok_client_core::quota::Priority;
use ngrok_client_core::{Cursor, Draft, Operation, PageCursor};

use crate::api;
use crate::runtime::call::Call;
use crate::runtime::client::ApiClient;
use crate::runtime::codec::Record;
use crate::runtime::facts::API;
use crate::runtime::filter::{Condition, Fields};
use crate::runtime::values::{IntoId, WithSecrets};

/// A list of the API, fetched page by page on demand.
///
/// Nothing is sent before [`items`](Self::items), [`pages`](Self::pages) or [`first_page`](Self::first_page) is
/// used. `Q` determines the query parameters of the list.
#[doc(alias = "pagination")]
#[must_use = "a list does nothing until its items or pages are asked for: use `.items()`"]
pub struct List<T, C, Q = Unfiltered> {
    client: C,
    draft: Draft,
    marker: PhantomData<fn() -> (T, Q)>,
}

/// A paginated list without filters.
#[derive(Debug)]
pub enum Unfiltered {}

/// A paginated list with filters.
#[derive(Debug)]
pub enum Filtered {}

/// A list without pagination.
#[derive(Debug)]
pub enum Unpaged {}

/// Paginated lists.
pub trait Paged {}

/// Lists with filters.
#[diagnostic::on_unimplemented(
    message = "the API does not filter this list",
    label = "this list has no filter",
    note = "filter its items instead, as they come from `.items()`"
)]
pub trait Filterable {}

impl Paged for Unfiltered {}
impl Paged for Filtered {}
impl Filterable for Filtered {}

impl<T, C: ApiClient, Q> List<T, C, Q> {
    /// Creates the list at a path, which may have parameters in braces. Its pages have the items under the key
    /// `items`; with an empty key, the response itself is the list.
    pub fn new(
        client: &C,
        operation: &'static str,
        path: &str,
        items: &'static str,
    ) -> Self {
        Self::of(client, operation, Method::GET, path, items)
    }

    /// Creates a list that is fetched with POST, such as a search. The request for each page has the same body.
    pub fn post(
        client: &C,
        operation: &'static str,
        path: &str,
        items: &'static str,
    ) -> Self {
        Self::of(client, operation, Method::POST, path, items)
    }

    /// Creates a list that is fetched with PUT.
    pub fn put(
        client: &C,
        operation: &'static str,
        path: &str,
        items: &'static str,
    ) -> Self {
        Self::of(client, operation, Method::PUT, path, items)
    }

    /// Creates a list that is fetched with PATCH.
    pub fn patch(
        client: &C,
        operation: &'static str,
        path: &str,
        items: &'static str,
    ) -> Self {
        Self::of(client, operation, Method::PATCH, path, items)
    }

    /// Creates a list that is fetched with DELETE.
    pub fn delete(
        client: &C,
        operation: &'static str,
        path: &str,
        items: &'static str,
    ) -> Self {
        Self::of(client, operation, Method::DELETE, path, items)
    }

    fn of(
        client: &C,
        operation: &'static str,
        method: Method,
        path: &str,
        items: &'static str,
    ) -> Self {
        let operation = Operation { name: operation, items };
        let draft = Draft::new(&API, operation, method, path);
        Self { client: client.clone(), draft, marker: PhantomData }
    }

    /// Sets the body of the request for each page.
    pub fn body<B: Serialize + ?Sized>(mut self, body: &B) -> Self {
        self.draft.body(serde_json::to_vec(&WithSecrets(body)));
        self
    }

    /// Sets the body to a type of the API.
    #[allow(dead_code, reason = "for generated modules")]
    pub(crate) fn record<B: Record>(mut self, body: &B) -> Self {
        self.draft.body_type = Some(B::NAME);
        self.body(body)
    }

    /// Sets the body to an empty object.
    pub fn empty_body(mut self) -> Self {
        self.draft.body(Ok(b"{}".to_vec()));
        self
    }

    /// Enables or disables validation of the body, instead of the client's setting. See
    /// [`Validate`](crate::runtime::Validate).
    pub fn validate_body(mut self, validate: bool) -> Self {
        self.draft.validate = Some(validate.then_some(check_text as Check));
        self
    }

    /// Sets a path parameter, escaped. Empty strings, `.` and `..` are rejected when the list is fetched.
    pub fn param(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.draft.param(name, value.as_ref());
        self
    }

    /// Adds a query parameter.
    pub fn query(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.draft.query(name, value.to_string());
        self
    }

    /// Sets the timeout of each attempt to fetch a page, instead of the client's setting.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.draft.timeout = Some(timeout);
        self
    }

    /// Sets the maximum number of retries of the request for a page, instead of the client's setting.
    pub fn retries(mut self, retries: u32) -> Self {
        self.draft.retries = Some(retries);
        self
    }

    /// Sets the priority of the requests for its pages among others that wait for the client's
    /// [`Quota`](crate::Quota). Without a quota it has no effect.
    pub fn priority(mut self, priority: Priority) -> Self {
        self.draft.priority = priority;
        self
    }

    /// Sets a header of the request for each page.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.draft.header(name, value);
        self
    }
}

impl<T, C: ApiClient, Q: Paged> List<T, C, Q> {
    /// Sets the maximum number of items per page. All pages are fetched nevertheless.
    pub fn limit(mut self, limit: u32) -> Self {
        self.draft.set_query(api::LIMIT_PARAMETER, limit.to_string());
        self
    }

    /// Returns the minimum number of requests for this many items: the number of pages of the length set by
    /// [`limit`](Self::limit). Nothing is sent.
    ///
    /// With a quota, `quota.wait_for(list.cost_hint(5000), priority)` is the time that they wait for permits.
    #[must_use]
    pub fn cost_hint(&self, items: usize) -> usize {
        let limit = self.draft.query_value(api::LIMIT_PARAMETER);
        let limit = limit.and_then(|limit| limit.parse().ok());
        let length = limit.unwrap_or(api::LIMIT_DEFAULT).clamp(1, api::LIMIT_MAX);
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        items.div_ceil(length).max(1)
    }

    /// Begins after this item, in the order of the list.
    pub fn before_id(mut self, id: impl IntoId<T>) -> Self {
        self.draft.set_query(api::CURSOR_PARAMETER, id.into_id().as_str().to_owned());
        self
    }
}

impl<T, C: ApiClient, Q> List<T, C, Q> {
    /// Filters the list on the server. The closure receives the filterable fields and returns a condition. Replaces
    /// an earlier filter.
    ///
    /// [`Field`](crate::runtime::filter::Field) documents the supported conditions.
    #[doc = include_str!("../../overview/filter.md")]
    pub fn filter<R: Into<Condition>>(
        self,
        condition: impl FnOnce(Fields<T>) -> R,
    ) -> Self
    where
        Q: Filterable,
    {
        self.filter_text(condition(Fields::new()).into().to_string())
    }

    /// Filters the list on the server by an expression in the filter language of the API. Replaces an earlier filter.
    pub fn filter_text(mut self, expression: impl Into<String>) -> Self
    where
        Q: Filterable,
    {
        self.draft.set_query(api::FILTER_PARAMETER, expression.into());
        self
    }
}

impl<T: DeserializeOwned, C: ApiClient, Q> List<T, C, Q> {
    /// Continues at a position in this list, returned by [`Pages::cursor`] or [`Items::cursor_after`]. The cursor
    /// includes the query of the list: limit, filter and others are those of the original list.
    ///
    /// A cursor of another operation is rejected when the list is fetched, and so is one for another host than the
    /// client's: cursors can come from untrusted sources.
    ///
    /// ```no_run
    /// # #[cfg(feature = "blocking")] {
    #[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{List, PageCursor, blocking::Client};")]
    ///
    /// let client = Client::from_env()?;
    /// let list: List<serde_json::Value, _> = List::new(&client, "ThingsList", "/things", "things");
    /// let mut pages = list.clone().limit(50).pages();
    /// let first = pages.next();
    /// // The next page, or, had it failed, the first again.
    /// let saved = pages.cursor().map(|cursor| cursor.to_string());
    ///
    /// if let Some(saved) = saved {
    ///     let cursor: PageCursor = saved.parse().expect("it was written by this program");
    ///     for item in list.resume(&cursor).items() {
    ///         println!("{}", item?);
    ///     }
    /// }
    /// # let _ = first;
    /// # }
    #[doc = concat!("# Ok::<(), ", env!("CARGO_CRATE_NAME"), "::Error>(())")]
    /// ```
    pub fn resume(mut self, cursor: &PageCursor) -> Self {
        self.draft = self.draft.resume(self.client.config().base(), cursor);
        self
    }

    /// Returns the items of all pages.
    #[doc(alias = "iter")]
    #[doc(alias = "stream")]
    pub fn items(self) -> Items<T, C> {
        Items::new(self.pages())
    }

    /// Returns the pages.
    pub fn pages(self) -> Pages<T, C> {
        let cursor = Cursor::new(self.draft, self.client.config().base());
        Pages::new(self.client, cursor)
    }

    /// Returns the call for the first page; [`Page::next`] returns the one for the next page.
    pub fn first_page(self) -> Call<Page<T>, C> {
        Call::of(&self.client, self.draft, Page::decode)
    }
}

impl<T, C: Clone, Q> Clone for List<T, C, Q> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            draft: self.draft.clone(),
            marker: PhantomData,
        }
    }
}

/// Omits the query.
impl<T, C, Q> fmt::Debug for List<T, C, Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("List").field(&self.draft).finish()
    }
}
