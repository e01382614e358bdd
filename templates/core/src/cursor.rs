//! Moving from page to page: what a page says comes next goes in, the request for it
//! comes out. No I/O.

use crate::trail::Trail;
use crate::url::BaseUrl;
use crate::{Draft, excerpt};

/// Where a walk over the pages of a list is.
#[derive(Debug)]
pub struct Cursor {
    /// The request for any page but for its address.
    template: Draft,
    /// The request that comes next.
    next: Option<Draft>,
    /// The addresses that were asked for.
    trail: Trail,
}

impl Cursor {
    /// At the first page.
    #[must_use]
    pub fn new(draft: Draft, base: &BaseUrl) -> Self {
        let mut cursor =
            Self { template: draft.clone(), next: None, trail: Trail::default() };
        cursor.go(draft, base);
        cursor
    }

    /// The request for the page that comes next; `None` at the end. The walk stays at its
    /// end until [`advance`](Self::advance) says what the page led to.
    pub fn take(&mut self) -> Option<Draft> {
        self.next.take()
    }

    /// Moves on to the page with this address. An address off the API, or one that was
    /// asked for before, becomes a request that fails before it is sent: the walk ends
    /// there, after the items before it.
    pub fn advance(&mut self, reference: Option<&str>, base: &BaseUrl) {
        if let Some(reference) = reference {
            self.go(self.template.clone().page(base, reference), base);
        }
    }

    fn go(&mut self, mut draft: Draft, base: &BaseUrl) {
        if let Ok(uri) = draft.uri(base)
            && self.trail.meets(&uri)
        {
            let again = excerpt(&uri.to_string());
            draft.fail(format!("the list goes in circles: it leads to {again} again"));
        }
        self.next = Some(draft);
    }
}
