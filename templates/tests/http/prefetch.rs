//! Iteration with prefetching: when the next page is fetched, and how it is cancelled.

use std::thread::sleep;
use std::time::Duration;

use ngrok_client_runtime::{Priority, Quota};
use serde_json::json;

use crate::clients::{TestClient, in_both_clients};
use crate::server::{Reaction, Server, json as reaction, until};
use crate::{builder, client, list};

in_both_clients! {
    only_the_next_page_is_prefetched
    a_page_is_requested_before_the_previous_one_is_consumed
    unneeded_pages_are_not_prefetched
    a_prefetch_error_is_returned_in_order
    a_prefetch_error_comes_after_the_items_before_it
    dropping_an_iterator_releases_its_permit
    dropping_an_iterator_before_its_first_page_sends_nothing
}

const THINGS: [&str; 3] = [
    r#"{"things":[1,2],"next_page_uri":"/things?p=2"}"#,
    r#"{"things":[3,4],"next_page_uri":"/things?p=3"}"#,
    r#"{"things":[5]}"#,
];

/// Longer than any test waits.
const LONG: Duration = Duration::from_secs(3600);

fn only_the_next_page_is_prefetched<W: TestClient>() {
    let server = Server::new(THINGS.map(|page| reaction(200, page)));
    let mut items = list(&client::<W>(&server)).items().prefetch();
    assert!(server.requests().is_empty());
    for (item, requests) in [(1, 2), (2, 2), (3, 3), (4, 3), (5, 3)] {
        assert_eq!(W::next_item(&mut items).unwrap().unwrap(), json!(item));
        until("a page ahead", || server.requests().len() == requests);
        sleep(Duration::from_millis(20));
        assert_eq!(server.requests().len(), requests, "at {item}");
    }
    assert!(W::next_item(&mut items).is_none());
    assert_eq!(server.targets(), ["/things", "/things?p=2", "/things?p=3"]);
}

fn a_page_is_requested_before_the_previous_one_is_consumed<W: TestClient>() {
    let server = Server::new(THINGS.map(|page| reaction(200, page)));
    let mut pages = list(&client::<W>(&server)).pages().prefetch();
    for number in 1..=3 {
        let page = W::next_page(&mut pages).unwrap().unwrap();
        assert_eq!(page.has_next(), number < 3);
        until("a page ahead", || server.requests().len() == (number + 1).min(3));
    }
    assert!(W::next_page(&mut pages).is_none());
}

fn unneeded_pages_are_not_prefetched<W: TestClient>() {
    for (wanted, requests) in [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (9, 3)] {
        let server = Server::new(THINGS.map(|page| reaction(200, page)));
        let mut items = list(&client::<W>(&server)).items().prefetch().take(wanted);
        items = items.take(100);
        let mut seen = 0;
        while let Some(item) = W::next_item(&mut items) {
            item.unwrap();
            seen += 1;
        }
        sleep(Duration::from_millis(10));
        assert_eq!(seen, wanted.min(5));
        assert_eq!(server.requests().len(), requests, "for {wanted}");
    }
}

fn a_prefetch_error_is_returned_in_order<W: TestClient>() {
    let server = Server::new([reaction(200, THINGS[0]), reaction(403, "{}")]);
    let mut pages = list(&client::<W>(&server)).pages().prefetch();
    assert_eq!(W::next_page(&mut pages).unwrap().unwrap().items, [1, 2]);
    let cursor = pages.cursor();
    assert!(cursor.is_some());
    assert!(W::next_page(&mut pages).unwrap().is_err());
    assert_eq!(pages.cursor(), cursor, "it can be asked for again");
    assert!(W::next_page(&mut pages).is_none());
}

fn a_prefetch_error_comes_after_the_items_before_it<W: TestClient>() {
    for fault in [reaction(403, "{}"), reaction(200, r#"{"things":[3,nul"#)] {
        let server = Server::new([reaction(200, THINGS[0]), fault]);
        let mut items = list(&client::<W>(&server)).items().prefetch();
        assert_eq!(W::next_item(&mut items).unwrap().unwrap(), json!(1));
        until("the fault is there", || server.requests().len() == 2);
        assert_eq!(W::next_item(&mut items).unwrap().unwrap(), json!(2));
        assert!(W::next_item(&mut items).unwrap().is_err());
        assert!(W::next_item(&mut items).is_none());
        assert_eq!(server.requests().len(), 2);
    }
}

fn dropping_an_iterator_releases_its_permit<W: TestClient>() {
    let server = Server::new(THINGS.map(|page| reaction(200, page)));
    let quota = Quota::new(1, LONG);
    let client = builder::<W>(&server).quota(&quota).build().unwrap();
    let mut items = list(&client).priority(Priority::Background).items().prefetch();
    W::next_item(&mut items).unwrap().unwrap();
    until("it waits for its turn", || quota.waiting() == 1);
    drop(items);
    until("nobody waits", || quota.waiting() == 0);
    assert_eq!((server.requests().len(), quota.in_flight()), (1, 0));
}

fn dropping_an_iterator_before_its_first_page_sends_nothing<W: TestClient>() {
    let server = Server::new([]);
    drop(list(&client::<W>(&server)).items().prefetch());
    drop(list(&client::<W>(&server)).pages().prefetch());
    sleep(Duration::from_millis(10));
    assert_eq!(server.connections(), 0);
}

#[cfg(feature = "hyper")]
#[test]
fn dropping_an_async_iterator_cancels_its_prefetch() {
    use crate::clients::Async;

    let server = Server::new([reaction(200, THINGS[0]), Reaction::Silence]);
    let quota = Quota::new(10, LONG);
    let client = builder::<Async>(&server).quota(&quota).build().unwrap();
    let mut items = list(&client).items().prefetch();
    Async::next_item(&mut items).unwrap().unwrap();
    until("it is under way", || quota.in_flight() == 1 && server.left() == 0);
    assert_eq!(server.closed_by_client(), 0);
    drop(items);
    until("it is cancelled", || {
        quota.in_flight() == 0 && server.closed_by_client() == 1
    });
}

#[cfg(feature = "blocking")]
mod threads {
    //! The thread that prefetches a page.

    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Barrier};

    use ngrok_client_runtime::blocking::{Client, Transport};
    use ngrok_client_runtime::{HttpRequest, HttpResponse, Limits, TransportError};

    use super::*;
    use crate::KEY;
    use crate::clients::Blocking;
    use crate::server::head;

    #[test]
    fn dropping_an_iterator_does_not_wait_for_the_prefetch() {
        let gate = Arc::new(Barrier::new(2));
        let body = format!("{}{}", head(200, &[], THINGS[1].len()), THINGS[1]);
        let gated = Reaction::Gated(Arc::clone(&gate), body.into_bytes());
        let server = Server::new([reaction(200, THINGS[0]), gated]);
        let quota = Quota::new(10, LONG);
        let client = builder::<Blocking>(&server).quota(&quota).timeout(LONG);
        let client = client.build().unwrap();
        let mut items = list(&client).items().prefetch();
        items.next().unwrap().unwrap();
        until("it is under way", || server.requests().len() == 2);
        drop(items);
        // The server has not responded yet.
        assert_eq!(quota.in_flight(), 1);
        gate.wait();
        until("it has ended by itself", || quota.in_flight() == 0);
        assert_eq!(server.requests().len(), 2);
    }

    /// Returns one page, and then fails as configured; waits end when the test allows it.
    struct Failing {
        sent: Arc<AtomicUsize>,
        panics: bool,
        gate: Arc<Barrier>,
    }

    impl Transport for Failing {
        fn send(
            &self,
            _request: HttpRequest,
            _limits: Limits,
        ) -> Result<HttpResponse, TransportError> {
            if self.sent.fetch_add(1, Ordering::SeqCst) == 0 {
                return Ok(HttpResponse::new(THINGS[0].as_bytes().to_vec()));
            }
            assert!(!self.panics, "the cable");
            Err(TransportError::timeout())
        }

        fn sleep(&self, _wait: Duration) {
            self.gate.wait();
            self.gate.wait();
        }
    }

    fn failing(panics: bool) -> (Client, Arc<AtomicUsize>, Arc<Barrier>) {
        let (sent, gate) = (Arc::default(), Arc::new(Barrier::new(2)));
        let failing =
            Failing { sent: Arc::clone(&sent), panics, gate: Arc::clone(&gate) };
        let builder = Client::builder().api_key(KEY).transport(failing);
        (builder.build().unwrap(), sent, gate)
    }

    #[test]
    fn cancelled_requests_are_not_retried() {
        let (client, sent, gate) = failing(false);
        let mut items = list(&client).items().prefetch();
        items.next().unwrap().unwrap();
        gate.wait();
        drop((items, client));
        gate.wait();
        // The test and the transport hold references until the thread has ended.
        until("the thread has ended", || Arc::strong_count(&sent) == 1);
        assert_eq!(sent.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn a_panic_of_the_transport_is_propagated_to_the_caller() {
        let (client, ..) = failing(true);
        let mut pages = list(&client).pages().prefetch();
        assert_eq!(pages.next().unwrap().unwrap().items, [1, 2]);
        let next = catch_unwind(AssertUnwindSafe(|| pages.next().is_some()));
        assert_eq!(next.unwrap_err().downcast_ref(), Some(&"the cable"));
    }
}
