//! Fetching the resource of an ID or a reference.

use super::{Id, Ref, Resource};
use crate::runtime::{ApiClient, Call};

/// A resource that can be fetched by its ID only.
pub trait Fetch: Resource + Sized {
    /// Returns the call that fetches it.
    fn fetch<C: ApiClient>(client: &C, id: &Id<Self>) -> Call<Self, C>;
}

impl<T: Fetch> Id<T> {
    /// Fetches the resource with this ID.
    pub fn get<C: ApiClient>(&self, client: &C) -> Call<T, C> {
        T::fetch(client, self)
    }
}

impl<T: Fetch> Ref<T> {
    /// Fetches the referenced resource.
    pub fn get<C: ApiClient>(&self, client: &C) -> Call<T, C> {
        T::fetch(client, &self.id)
    }
}
