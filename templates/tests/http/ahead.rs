//! Walks that fetch a page ahead: when it is asked for, and what becomes of it.

use std::thread::sleep;
use std::time::Duration;

use ngrok_client_runtime::{Priority, Quota};
use serde_json::json;

use crate::server::{Answer, Server, json as answer, until};
use crate::worlds::{World, in_both_worlds};
use crate::{builder, client, list};

in_both_worlds! {
    the_next_page_is_fetched_meanwhile_and_no_other
    a_page_is_asked_for_before_the_one_before_it_is_used_up
    what_is_not_taken_is_not_prefetched
    an_error_ahead_comes_in_its_place
    an_error_ahead_comes_after_the_items_before_it
    a_walk_that_is_dropped_gives_up_its_turn
    a_walk_that_is_dropped_before_its_first_page_sends_nothing
}

const THINGS: [&str; 3] = [
    r#"{"things":[1,2],"next_page_uri":"/things?p=2"}"#,
    r#"{"things":[3,4],"next_page_uri":"/things?p=3"}"#,
    r#"{"things":[5]}"#,
];

/// More than any test waits.
const LONG: Duration = Duration::from_secs(3600);

fn the_next_page_is_fetched_meanwhile_and_no_other<W: World>() {
    let server = Server::new(THINGS.map(|page| answer(200, page)));
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

fn a_page_is_asked_for_before_the_one_before_it_is_used_up<W: World>() {
    let server = Server::new(THINGS.map(|page| answer(200, page)));
    let mut pages = list(&client::<W>(&server)).pages().prefetch();
    for number in 1..=3 {
        let page = W::next_page(&mut pages).unwrap().unwrap();
        assert_eq!(page.has_next(), number < 3);
        until("a page ahead", || server.requests().len() == (number + 1).min(3));
    }
    assert!(W::next_page(&mut pages).is_none());
}

fn what_is_not_taken_is_not_prefetched<W: World>() {
    for (wanted, requests) in [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (9, 3)] {
        let server = Server::new(THINGS.map(|page| answer(200, page)));
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

fn an_error_ahead_comes_in_its_place<W: World>() {
    let server = Server::new([answer(200, THINGS[0]), answer(403, "{}")]);
    let mut pages = list(&client::<W>(&server)).pages().prefetch();
    assert_eq!(W::next_page(&mut pages).unwrap().unwrap().items, [1, 2]);
    let cursor = pages.cursor();
    assert!(cursor.is_some());
    assert!(W::next_page(&mut pages).unwrap().is_err());
    assert_eq!(pages.cursor(), cursor, "it can be asked for again");
    assert!(W::next_page(&mut pages).is_none());
}

fn an_error_ahead_comes_after_the_items_before_it<W: World>() {
    for fault in [answer(403, "{}"), answer(200, r#"{"things":[3,nul"#)] {
        let server = Server::new([answer(200, THINGS[0]), fault]);
        let mut items = list(&client::<W>(&server)).items().prefetch();
        assert_eq!(W::next_item(&mut items).unwrap().unwrap(), json!(1));
        until("the fault is there", || server.requests().len() == 2);
        assert_eq!(W::next_item(&mut items).unwrap().unwrap(), json!(2));
        assert!(W::next_item(&mut items).unwrap().is_err());
        assert!(W::next_item(&mut items).is_none());
        assert_eq!(server.requests().len(), 2);
    }
}

fn a_walk_that_is_dropped_gives_up_its_turn<W: World>() {
    let server = Server::new(THINGS.map(|page| answer(200, page)));
    let quota = Quota::new(1, LONG);
    let client = builder::<W>(&server).quota(&quota).build().unwrap();
    let mut items = list(&client).priority(Priority::Background).items().prefetch();
    W::next_item(&mut items).unwrap().unwrap();
    until("it waits for its turn", || quota.waiting() == 1);
    drop(items);
    until("nobody waits", || quota.waiting() == 0);
    assert_eq!((server.requests().len(), quota.in_flight()), (1, 0));
}

fn a_walk_that_is_dropped_before_its_first_page_sends_nothing<W: World>() {
    let server = Server::new([]);
    drop(list(&client::<W>(&server)).items().prefetch());
    drop(list(&client::<W>(&server)).pages().prefetch());
    sleep(Duration::from_millis(10));
    assert_eq!(server.connections(), 0);
}

#[cfg(feature = "hyper")]
#[test]
fn dropping_an_async_walk_cancels_what_it_fetches_ahead() {
    use crate::worlds::Async;

    let server = Server::new([answer(200, THINGS[0]), Answer::Silence]);
    let quota = Quota::new(10, LONG);
    let client = builder::<Async>(&server).quota(&quota).build().unwrap();
    let mut items = list(&client).items().prefetch();
    Async::next_item(&mut items).unwrap().unwrap();
    until("it is under way", || quota.in_flight() == 1 && server.left() == 0);
    assert_eq!(server.hung_up(), 0);
    drop(items);
    until("it is cancelled", || quota.in_flight() == 0 && server.hung_up() == 1);
}

#[cfg(feature = "blocking")]
mod threads {
    //! What becomes of the thread that fetches a page ahead.

    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Barrier};

    use ngrok_client_runtime::blocking::{Client, Transport};
    use ngrok_client_runtime::{HttpRequest, HttpResponse, Limits, TransportError};

    use super::*;
    use crate::KEY;
    use crate::server::head;
    use crate::worlds::Blocking;

    #[test]
    fn dropping_a_walk_does_not_wait_for_the_page_ahead() {
        let gate = Arc::new(Barrier::new(2));
        let body = format!("{}{}", head(200, &[], THINGS[1].len()), THINGS[1]);
        let gated = Answer::Gated(Arc::clone(&gate), body.into_bytes());
        let server = Server::new([answer(200, THINGS[0]), gated]);
        let quota = Quota::new(10, LONG);
        let client = builder::<Blocking>(&server).quota(&quota).timeout(LONG);
        let client = client.build().unwrap();
        let mut items = list(&client).items().prefetch();
        items.next().unwrap().unwrap();
        until("it is under way", || server.requests().len() == 2);
        drop(items);
        // The server has not answered yet.
        assert_eq!(quota.in_flight(), 1);
        gate.wait();
        until("it has ended by itself", || quota.in_flight() == 0);
        assert_eq!(server.requests().len(), 2);
    }

    /// Gives one page, and then fails as it is told to; waits end when the test says so.
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
    fn what_is_given_up_is_not_sent_again() {
        let (client, sent, gate) = failing(false);
        let mut items = list(&client).items().prefetch();
        items.next().unwrap().unwrap();
        gate.wait();
        drop((items, client));
        gate.wait();
        // This and the transport, until the thread has ended.
        until("the thread has ended", || Arc::strong_count(&sent) == 1);
        assert_eq!(sent.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn a_transport_that_panics_does_so_where_its_page_is_asked_for() {
        let (client, ..) = failing(true);
        let mut pages = list(&client).pages().prefetch();
        assert_eq!(pages.next().unwrap().unwrap().items, [1, 2]);
        let next = catch_unwind(AssertUnwindSafe(|| pages.next().is_some()));
        assert_eq!(next.unwrap_err().downcast_ref(), Some(&"the cable"));
    }
}
