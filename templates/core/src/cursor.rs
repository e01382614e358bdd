//! Pagination: takes the next page of a page, returns the request for it. No I/O.

use http::Uri;

use crate::cycle_guard::CycleGuard;
use crate::url::{BaseUrl, escape};
use crate::{Draft, PageCursor, excerpt};

/// A position in the pages of a list.
#[derive(Debug)]
pub struct Cursor {
    /// The request for any page, except for its address.
    template: Draft,
    /// The next request.
    next: Option<Box<Draft>>,
    /// Address of the next or requested page.
    at: Option<Uri>,
    /// Addresses of the requested pages.
    cycle_guard: CycleGuard,
    /// Number of consecutive empty pages.
    empty: usize,
}

/// Maximum number of consecutive empty pages. Filters can cause some.
const EMPTY_PAGES: usize = 1000;

impl Cursor {
    /// Starts at the first page.
    #[must_use]
    pub fn new(draft: Draft, base: &BaseUrl) -> Self {
        let mut cursor = Self {
            template: draft.clone(),
            next: None,
            at: None,
            cycle_guard: CycleGuard::default(),
            empty: 0,
        };
        cursor.go(draft, base);
        cursor
    }

    /// Returns the request for the next page; `None` at the end. The cursor stays at its end until
    /// [`advance`](Self::advance) sets the following page.
    pub fn take(&mut self) -> Option<Box<Draft>> {
        self.next.take()
    }

    /// Records the number of items on a page, before advancing to the next one.
    pub fn count(&mut self, items: usize) {
        self.empty = if items == 0 { self.empty.saturating_add(1) } else { 0 };
    }

    /// Advances to the page with this address. An address outside the API, or a repeated one, becomes a request
    /// that fails before it is sent: iteration ends there, after the preceding items.
    pub fn advance(&mut self, reference: Option<&str>, base: &BaseUrl) {
        let from = self.at.take();
        let Some(reference) = reference else { return };
        self.go(self.template.clone().page_from(base, reference, from.as_ref()), base);
        if self.empty >= EMPTY_PAGES
            && let Some(next) = &mut self.next
        {
            next.fail(format!(
                "{EMPTY_PAGES} consecutive pages of the list were empty, and there is another one; its cursor \
                 continues from there"
            ));
            self.empty = 0;
        }
    }

    /// Returns the current position: the next page, or the requested one if it is in flight or failed. `None` at the end.
    #[must_use]
    pub fn place(&self, base: &BaseUrl) -> Option<PageCursor> {
        let uri = self.at.as_ref()?;
        Some(PageCursor::new(self.template.operation.name, base.relative(uri)))
    }

    /// Returns the position after an item: the first page of this list that begins there.
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
        let mut address = format!("{path}?");
        for pair in query.split('&') {
            if !pair.is_empty() && !pair.starts_with(name) {
                address.push_str(pair);
                address.push('&');
            }
        }
        address.push_str(&begin);
        Some(PageCursor::new(self.template.operation.name, address))
    }

    fn go(&mut self, mut draft: Draft, base: &BaseUrl) {
        if let Ok(uri) = draft.uri(base) {
            if self.cycle_guard.visit(&uri) {
                let again = excerpt(&uri.to_string());
                draft.fail(format!(
                    "the pages of the list form a cycle: {again} is repeated"
                ));
            }
            self.at = draft.is_sound().then_some(uri);
        }
        self.next = Some(Box::new(draft));
    }
}
