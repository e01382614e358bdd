//! Quotas, as observed by the server.

use std::thread;
use std::time::{Duration, Instant};

use ngrok_client_runtime::{ErrorKind, Priority, Quota};

use crate::clients::{TestClient, in_both_clients};
use crate::server::{Server, json, with_headers};
use crate::{builder, client, get, list};

in_both_clients! {
    no_window_at_the_server_exceeds_the_budget
    a_rejection_pauses_all_clients_of_the_quota
    failed_connections_do_not_count
    each_attempt_counts
    the_pages_of_a_list_count
    the_cost_of_a_list_can_be_estimated
    a_call_that_would_wait_too_long_fails
    without_a_quota_nothing_waits
}

const WINDOW: Duration = Duration::from_millis(200);

/// Longer than any test waits.
const LONG: Duration = Duration::from_secs(3600);

/// Returns true if any period shorter than the window contains more requests than the budget.
fn is_over(arrivals: &[Instant], budget: usize, window: Duration) -> bool {
    arrivals.windows(budget + 1).any(|some| some[budget] - some[0] < window)
}

/// Sends the given number of concurrent calls from threads, each with its own client.
fn send_all<W: TestClient>(
    server: &Server,
    quota: &Quota,
    threads: usize,
    calls: usize,
) {
    thread::scope(|scope| {
        for number in 0..threads {
            let client = builder::<W>(server).quota(quota).build().unwrap();
            let priorities = [Priority::Urgent, Priority::Normal, Priority::Background];
            let priority = priorities[number % priorities.len()];
            scope.spawn(move || {
                for _ in 0..calls {
                    W::send(get(&client).priority(priority)).unwrap();
                }
            });
        }
    });
}

fn no_window_at_the_server_exceeds_the_budget<W: TestClient>() {
    let server = Server::new(vec![json(200, "{}"); 1000]);
    let quota = Quota::new(100, WINDOW);
    send_all::<W>(&server, &quota, 20, 50);
    let arrivals = server.arrivals();
    assert_eq!(arrivals.len(), 1000);
    assert!(!is_over(&arrivals, 100, WINDOW));
    assert_eq!((quota.in_flight(), quota.waiting()), (0, 0));
}

fn a_rejection_pauses_all_clients_of_the_quota<W: TestClient>() {
    let server = Server::new([]);
    server.then(with_headers(429, &[("retry-after", "1")], ""));
    server.then(json(200, "{}"));
    let quota = Quota::new(100, Duration::from_secs(1));
    let first = builder::<W>(&server).quota(&quota).build().unwrap();
    let second = builder::<W>(&server).quota(&quota).build().unwrap();
    assert!(W::send(get(&first).retries(0)).unwrap_err().is_rate_limited());
    assert_eq!(quota.left(), 0);
    assert!(quota.wait(Priority::Urgent) > Duration::ZERO);
    W::send(get(&second)).unwrap();
    let arrivals = server.arrivals();
    // The pause begins with the response, which is after the server received the request.
    assert!(arrivals[1] - arrivals[0] >= Duration::from_secs(1));
}

fn failed_connections_do_not_count<W: TestClient>() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let quota = Quota::new(2, LONG);
    let client = W::builder().api_key("key").base_url(format!("http://{gone}"));
    let client = client.quota(&quota).max_retries(0).build().unwrap();
    for _ in 0..5 {
        assert!(W::send(get(&client)).unwrap_err().is_connect());
    }
    assert_eq!(quota.left(), 2);
}

fn each_attempt_counts<W: TestClient>() {
    let server = Server::new([json(503, ""), json(503, ""), json(200, "{}")]);
    let quota = Quota::new(5, LONG).reserve(1);
    let client = builder::<W>(&server).quota(&quota).build().unwrap();
    W::send(get(&client)).unwrap();
    assert_eq!((quota.left(), quota.budget()), (1, 4));
}

fn the_pages_of_a_list_count<W: TestClient>() {
    let next = r#"{"things":[1],"next_page_uri":"/things?p=2"}"#;
    let server = Server::new([json(200, next), json(200, r#"{"things":[2]}"#)]);
    let quota = Quota::new(10, LONG);
    let client = builder::<W>(&server).quota(&quota).build().unwrap();
    let mut items = list(&client).priority(Priority::Background).items();
    assert_eq!(quota.left(), 10);
    while W::next_item(&mut items).is_some() {}
    assert_eq!(quota.left(), 8);
}

fn a_call_that_would_wait_too_long_fails<W: TestClient>() {
    let server = Server::new(vec![json(200, "{}"); 2]);
    let quota = Quota::new(1, LONG).max_wait(LONG / 2);
    let client = builder::<W>(&server).quota(&quota).build().unwrap();
    W::send(get(&client)).unwrap();
    let error = W::send(get(&client)).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Quota, 0));
    assert!(error.is_retryable() && !error.is_rate_limited());
    let text = error.to_string();
    assert!(
        text.starts_with("ThingsGet: the rate limit requires waiting 3599."),
        "{text}"
    );
    assert!(text.ends_with(", more than max_wait (1800s)"), "{text}");
    assert_eq!((server.requests().len(), quota.waiting()), (1, 0));
}

fn the_cost_of_a_list_can_be_estimated<W: TestClient>() {
    let server = Server::new([]);
    let list = list(&client::<W>(&server));
    let costs = [0, 1, 100, 101, 5000].map(|items| list.cost_hint(items));
    assert_eq!(costs, [1, 1, 1, 2, 50]);
    let of = |limit| list.clone().limit(limit).cost_hint(5000);
    assert_eq!([0, 10, 999].map(of), [5000, 500, 50]);
    assert!(server.requests().is_empty());
}

fn without_a_quota_nothing_waits<W: TestClient>() {
    let server = Server::new(vec![json(200, "{}"); 300]);
    let client = client::<W>(&server);
    for _ in 0..300 {
        W::send(get(&client).priority(Priority::Background)).unwrap();
    }
}

/// Behaviour of futures: dropping, and concurrent waiting. The runtime's clock is paused, and advances when all tasks wait.
#[cfg(feature = "hyper")]
mod futures {
    use std::pin::{Pin, pin};
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Waker};

    use ngrok_client_runtime::Priority::{Background, Normal, Urgent};
    use ngrok_client_runtime::{
        BoxFuture, Client, HttpRequest, HttpResponse, Limits, Transport, TransportError,
    };

    use super::*;
    use crate::KEY;

    /// Records the kind of request, and responds unless it is to be silent.
    #[derive(Clone, Default)]
    struct Fake {
        kinds: Arc<Mutex<Vec<String>>>,
        silent: bool,
    }

    impl Transport for Fake {
        fn send(
            &self,
            request: HttpRequest,
            _limits: Limits,
        ) -> BoxFuture<Result<HttpResponse, TransportError>> {
            let kind = request.headers().get("x-kind");
            let kind = kind.map_or("", |kind| kind.to_str().unwrap()).to_owned();
            self.kinds.lock().unwrap().push(kind);
            if self.silent {
                return Box::pin(std::future::pending());
            }
            Box::pin(std::future::ready(Ok(HttpResponse::new(b"{}".to_vec()))))
        }
    }

    fn client(fake: &Fake, quota: &Quota) -> Client {
        let builder = Client::builder().api_key(KEY).quota(quota);
        builder.transport(fake.clone()).build().unwrap()
    }

    fn run(future: impl Future) {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().start_paused(true).build().unwrap().block_on(future);
    }

    /// Polls a future once, which does not complete.
    fn start(future: &mut Pin<&mut impl Future>) {
        let mut context = Context::from_waker(Waker::noop());
        assert!(future.as_mut().poll(&mut context).is_pending());
    }

    #[test]
    fn a_dropped_call_leaves_the_queue() {
        let quota = Quota::new(1, LONG);
        let client = client(&Fake { silent: true, ..Fake::default() }, &quota);
        run(async {
            {
                let mut sent = pin!(get(&client).send());
                let mut waits = pin!(get(&client).send());
                start(&mut sent);
                start(&mut waits);
                assert_eq!((quota.in_flight(), quota.waiting()), (1, 1));
            }
            assert_eq!((quota.in_flight(), quota.waiting()), (0, 0));
            // A request that was sent may have arrived, so it still counts.
            assert_eq!(quota.left(), 0);
            tokio::time::advance(LONG).await;
            assert_eq!(quota.left(), 1);
        });
    }

    #[test]
    fn urgent_calls_go_first() {
        let (fake, quota) = (Fake::default(), Quota::new(1, LONG));
        let client = client(&fake, &quota);
        run(async {
            let begin = tokio::time::Instant::now();
            let mut calls = Vec::new();
            for priority in [Normal, Background, Normal, Urgent] {
                let call = get(&client).priority(priority);
                let call = call.header("x-kind", &format!("{priority:?}"));
                calls.push(tokio::spawn(call.send()));
                tokio::task::yield_now().await;
            }
            for call in calls {
                call.await.unwrap().unwrap();
            }
            let took = begin.elapsed();
            assert!(took >= 3 * LONG && took < 3 * LONG + WINDOW, "{took:?}");
        });
        let kinds = fake.kinds.lock().unwrap();
        assert_eq!(*kinds, ["Normal", "Urgent", "Normal", "Background"]);
    }

    #[test]
    fn a_thousand_calls_use_the_full_rate() {
        let (fake, quota) = (Fake::default(), Quota::new(100, WINDOW));
        let client = client(&fake, &quota);
        run(async {
            let begin = tokio::time::Instant::now();
            let told = quota.wait_for(1000, Normal);
            let calls: Vec<_> =
                (0..1000).map(|_| tokio::spawn(get(&client).send())).collect();
            for call in calls {
                call.await.unwrap().unwrap();
            }
            assert_eq!(told, 9 * WINDOW);
            let took = begin.elapsed();
            assert!(took >= told && took < told + WINDOW / 4, "{took:?}");
        });
    }

    /// Calls cancelled at any time lose no permit.
    #[test]
    fn no_permit_is_lost_to_cancelled_calls() {
        use proptest::prelude::*;

        let calls =
            prop::collection::vec((0_u64..500, prop::option::of(0_u64..500)), 60);
        proptest!(ProptestConfig::with_cases(32), |(calls in calls, silent: bool)| {
            let (fake, quota) =
                (Fake { silent, ..Fake::default() }, Quota::new(5, WINDOW));
            let client = client(&fake, &quota);
            run(async {
                let call = |(begin, end): (u64, Option<u64>)| {
                    let call = get(&client).send();
                    let limit = Duration::from_millis(end.unwrap_or(60_000));
                    tokio::spawn(async move {
                        tokio::time::sleep(Duration::from_millis(begin)).await;
                        // The call has completed or was cancelled.
                        drop(tokio::time::timeout(limit, call).await);
                    })
                };
                for call in calls.into_iter().map(call).collect::<Vec<_>>() {
                    call.await.unwrap();
                }
                assert_eq!((quota.in_flight(), quota.waiting()), (0, 0));
                tokio::time::sleep(WINDOW).await;
                assert_eq!(quota.left(), 5);
            });
            assert!(fake.kinds.lock().unwrap().len() >= 5);
        });
    }

    /// A waiting future that is never polled again does not block the others.
    #[test]
    fn an_unpolled_future_does_not_block_others() {
        let (fake, quota) = (Fake::default(), Quota::new(3, LONG));
        let client = client(&fake, &quota);
        run(async {
            for _ in 0..3 {
                get(&client).await.unwrap();
            }
            let mut left = pin!(get(&client).send());
            let mut alone = pin!(get(&client).send());
            start(&mut left);
            start(&mut alone);
            get(&client).await.unwrap();
            assert_eq!(quota.in_flight(), 2, "they have their permits");
            left.await.unwrap();
        });
        assert_eq!(fake.kinds.lock().unwrap().len(), 5);
    }

    #[test]
    fn futures_are_send() {
        fn is_fine<T: Send + 'static>(_: &T) {}
        let client = client(&Fake::default(), &Quota::new(1, LONG));
        is_fine(&get(&client).send());
        is_fine(&list(&client).items());
    }
}

#[cfg(all(feature = "hyper", feature = "blocking"))]
#[test]
fn both_clients_share_one_quota() {
    use crate::clients::{Async, Blocking};

    let server = Server::new(vec![json(200, "{}"); 400]);
    let quota = Quota::new(50, WINDOW);
    thread::scope(|scope| {
        scope.spawn(|| send_all::<Async>(&server, &quota, 5, 40));
        scope.spawn(|| send_all::<Blocking>(&server, &quota, 5, 40));
    });
    let arrivals = server.arrivals();
    assert_eq!(arrivals.len(), 400);
    assert!(!is_over(&arrivals, 50, WINDOW));
}
