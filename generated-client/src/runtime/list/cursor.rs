//! Moving from page to page: what a page says comes next goes in, the request for it
//! comes out. No I/O.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::runtime::draft::Draft;
use crate::runtime::error::excerpt;
use crate::runtime::url::BaseUrl;

/// How many pages a list may have: far more than any has, and a bound on the memory for
/// telling a loop.
const MOST_PAGES: usize = 1 << 20;

/// Where a walk over the pages of a list is.
pub(crate) struct Cursor {
    /// The request for any page but for its address.
    template: Draft,
    /// The request that comes next.
    next: Option<Draft>,
    /// Fingerprints of the addresses that were asked for: eight bytes a page, where the
    /// items of a page are kilobytes.
    seen: BTreeSet<u64>,
}

impl Cursor {
    /// At the first page.
    pub(crate) fn new(draft: Draft, base: &BaseUrl) -> Self {
        let mut cursor =
            Self { template: draft.clone(), next: None, seen: BTreeSet::new() };
        cursor.go(draft, base);
        cursor
    }

    /// The request for the page that comes next; `None` at the end. The walk stays at its
    /// end until [`advance`](Self::advance) says what the page led to.
    pub(crate) fn take(&mut self) -> Option<Draft> {
        self.next.take()
    }

    /// Moves on to the page with this address. An address off the API, or one that was
    /// asked for before, becomes a request that fails before it is sent: the walk ends
    /// there, after the items before it.
    pub(crate) fn advance(&mut self, reference: Option<&str>, base: &BaseUrl) {
        if let Some(reference) = reference {
            self.go(self.template.clone().page(base, reference), base);
        }
    }

    fn go(&mut self, mut draft: Draft, base: &BaseUrl) {
        if let Ok(uri) = draft.uri(base) {
            let mut hasher = DefaultHasher::new();
            uri.hash(&mut hasher);
            if !self.seen.insert(hasher.finish()) {
                let again = excerpt(&uri.to_string());
                draft.fail(format!(
                    "the list goes in circles: it leads to {again} again"
                ));
            } else if self.seen.len() > MOST_PAGES {
                draft.fail(format!("the list has more than {MOST_PAGES} pages"));
            }
        }
        self.next = Some(draft);
    }
}
