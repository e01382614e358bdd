//! Pages of lists.

use serde_json::Value;

use crate::model::Listing;
use crate::traffic::findings::{Kind, SLOT};
use crate::traffic::path::Path;

use super::Walk;

impl<'m> Walk<'m, '_> {
    /// Checks a response against a page of a list.
    pub(super) fn page(&mut self, listing: &'m Listing, value: &Value) {
        if listing.key.is_empty() {
            return self.items(listing, value, &Path::Root);
        }
        let Some(object) = value.as_object() else {
            return self.wrong_type(self.body(), "a page", value, &Path::Root);
        };
        let api = &self.model.api;
        for (key, value) in object {
            let path = Path::Root.key(key);
            if *key == listing.key {
                self.items(listing, value, &path);
            } else if *key == api.page_uri || *key == api.page_next {
                self.page_address(key, value, &path);
            } else {
                let message = format!("the page has `{SLOT}`, which is not in the spec");
                self.unknown_key(self.body().subject, message, key, value, &Path::Root);
            }
        }
        let next = listing.paged.then_some(&api.page_next);
        for key in [&listing.key, &api.page_uri].into_iter().chain(next) {
            if !object.contains_key(key) {
                let message = format!("the page lacks `{key}`");
                self.body_differs(Kind::MissingField, message, None);
            }
        }
    }

    fn items(&mut self, listing: &'m Listing, value: &Value, path: &Path<'_>) {
        let slot = self.body();
        match value {
            Value::Null => {
                let message = match listing.key.as_str() {
                    "" => "the list is null".to_owned(),
                    key => format!("`{key}` is null"),
                };
                self.differs(slot, Kind::UnexpectedNull, message, Some(value), path);
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.named(&listing.item, item, &path.index(index), slot);
                }
            }
            other => self.wrong_type(slot, "a list", other, path),
        }
    }

    fn page_address(&mut self, key: &str, value: &Value, path: &Path<'_>) {
        let (slot, next) = (self.body(), *key == self.model.api.page_next);
        match value {
            Value::String(text) if next && !self.base.may_be_followed(text) => {
                let message =
                    format!("`{key}` is on another host, which no client follows");
                self.breaks(slot, Kind::ForeignPage, message, Some(value), path);
            }
            Value::Null if !next => {
                let message = format!("`{key}` is null");
                self.differs(slot, Kind::UnexpectedNull, message, Some(value), path);
            }
            Value::String(_) | Value::Null => {}
            other => self.wrong_type(slot, "a string", other, path),
        }
    }
}
