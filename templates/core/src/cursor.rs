//! Moving from page to page: what a page says comes next goes in, the request for it
//! comes out. No I/O.

use http::Uri;

use crate::trail::Trail;
use crate::url::{BaseUrl, escape};
use crate::{Draft, PageCursor, excerpt};

/// Where a walk over the pages of a list is.
#[derive(Debug)]
pub struct Cursor {
    /// The request for any page but for its address.
    template: Draft,
    /// The request that comes next.
    next: Option<Box<Draft>>,
    /// The address that comes next, or is being asked for.
    at: Option<Uri>,
    /// The addresses that were asked for.
    trail: Trail,
    /// How many pages in a row had no items.
    empty: usize,
}

/// How many pages in a row may have no items. A filter may leave some without.
const EMPTY_PAGES: usize = 1000;

impl Cursor {
    /// At the first page.
    #[must_use]
    pub fn new(draft: Draft, base: &BaseUrl) -> Self {
        let mut cursor = Self {
            template: draft.clone(),
            next: None,
            at: None,
            trail: Trail::default(),
            empty: 0,
        };
        cursor.go(draft, base);
        cursor
    }

    /// The request for the page that comes next; `None` at the end. The walk stays at its
    /// end until [`advance`](Self::advance) says what the page led to.
    pub fn take(&mut self) -> Option<Box<Draft>> {
        self.next.take()
    }

    /// Notes how many items a page had, before it leads on to another one.
    pub fn count(&mut self, items: usize) {
        self.empty = if items == 0 { self.empty.saturating_add(1) } else { 0 };
    }

    /// Moves on to the page with this address. An address off the API, or one that was
    /// asked for before, becomes a request that fails before it is sent: the walk ends
    /// there, after the items before it.
    pub fn advance(&mut self, reference: Option<&str>, base: &BaseUrl) {
        let from = self.at.take();
        let Some(reference) = reference else { return };
        self.go(self.template.clone().page_from(base, reference, from.as_ref()), base);
        if self.empty >= EMPTY_PAGES
            && let Some(next) = &mut self.next
        {
            next.fail(format!(
                "the list has had {EMPTY_PAGES} pages without items in a row, and leads to \
                 another one; its cursor goes on from there"
            ));
            self.empty = 0;
        }
    }

    /// Where the walk is: the page that comes next, or the one that was taken and has not
    /// led on, because it is on its way or failed. `None` at the end.
    #[must_use]
    pub fn place(&self, base: &BaseUrl) -> Option<PageCursor> {
        let uri = self.at.as_ref()?;
        Some(PageCursor::new(self.template.operation.name, base.relative(uri)))
    }

    /// The place after an item: the first page of this list, from there.
    #[must_use]
    pub fn after(
        &self,
        base: &BaseUrl,
        parameter: &str,
        id: &str,
    ) -> Option<PageCursor> {
        let uri = self.template.uri(base).ok()?;
        let address = base.relative(&uri);
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        let begin = format!("{}={}", escape(parameter), escape(id));
        let name = begin.split_inclusive('=').next().unwrap_or_default();
        let rest = query.split('&').filter(|pair| !pair.is_empty());
        let rest = rest.filter(|pair| !pair.starts_with(name));
        let query: Vec<_> = rest.chain([begin.as_str()]).collect();
        let address = format!("{path}?{}", query.join("&"));
        Some(PageCursor::new(self.template.operation.name, address))
    }

    fn go(&mut self, mut draft: Draft, base: &BaseUrl) {
        if let Ok(uri) = draft.uri(base) {
            if self.trail.meets(&uri) {
                let again = excerpt(&uri.to_string());
                draft.fail(format!(
                    "the list goes in circles: it leads to {again} again"
                ));
            }
            self.at = draft.is_sound().then_some(uri);
        }
        self.next = Some(Box::new(draft));
    }
}
