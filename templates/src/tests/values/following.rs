//! Calls made from IDs and references, on either client.

use super::decode;
use super::models::Policy;
use crate::runtime::{ApiClient, Call, Fetch, Id, Ref};

impl Fetch for Policy {
    fn fetch<C: ApiClient>(client: &C, id: &Id<Self>) -> Call<Self, C> {
        Call::get(client, "PoliciesGet", "/policies/{id}").param("id", id)
    }
}

fn follow<C: ApiClient>(client: &C) {
    let reference: Ref<Policy> =
        decode(r#"{"id":"pol_1","uri":"https://elsewhere.example.com"}"#);
    for call in [reference.get(client), reference.id.get(client)] {
        let request = call.request().unwrap();
        assert_eq!(
            (request.method().as_str(), request.uri().path()),
            ("GET", "/policies/pol_1")
        );
    }
    assert!(Ref::<Policy>::default().get(client).request().is_err(), "nothing to fetch");
}

/// Returns a client without TLS.
#[cfg(any(feature = "async", feature = "blocking"))]
fn here<C: ApiClient>(builder: crate::runtime::Builder<C>) -> C {
    builder.api_key("key").base_url("http://localhost").build().unwrap()
}

#[cfg(feature = "async")]
#[test]
fn on_the_async_client() {
    follow(&here(crate::runtime::Client::builder()));
}

#[cfg(feature = "blocking")]
#[test]
fn on_the_blocking_client() {
    follow(&here(crate::runtime::blocking::Client::builder()));
}
