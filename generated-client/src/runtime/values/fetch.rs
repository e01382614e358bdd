//! Following an id or a reference to what it names.

use super::{Id, Ref, Resource};
use crate::runtime::{ApiClient, Call};

/// A resource that can be fetched by its id alone.
pub trait Fetch: Resource + Sized {
    /// The call that fetches it.
    fn fetch<C: ApiClient>(client: &C, id: &Id<Self>) -> Call<Self, C>;
}

impl<T: Fetch> Id<T> {
    /// Fetches what has this id.
    pub fn get<C: ApiClient>(&self, client: &C) -> Call<T, C> {
        T::fetch(client, self)
    }
}

impl<T: Fetch> Ref<T> {
    /// Fetches what this refers to.
    pub fn get<C: ApiClient>(&self, client: &C) -> Call<T, C> {
        T::fetch(client, &self.id)
    }
}
