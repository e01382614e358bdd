//! The async client on all kinds of runtimes, one after the other, and beside the blocking one; dropping cancels.

use std::time::Duration;

use ngrok_client_runtime::{ApiClient, Client, Quota};
use tokio::runtime::{Builder, Runtime};

use crate::clients::Async;
use crate::server::{Reaction, Server, json};
use crate::{builder, client, create, get, list};

fn runtimes() -> [Runtime; 2] {
    let build = |mut builder: Builder| builder.enable_all().build().unwrap();
    [build(Builder::new_current_thread()), build(Builder::new_multi_thread())]
}

#[test]
fn any_runtime_works() {
    for runtime in runtimes() {
        let server = Server::new([json(200, "{}"), json(503, ""), json(200, "{}")]);
        let client = client::<Async>(&server);
        runtime.block_on(async {
            get(&client).await.unwrap();
            let there = client.clone();
            tokio::spawn(async move { get(&there).await }).await.unwrap().unwrap();
        });
        assert_eq!(server.requests().len(), 3);
    }
}

#[test]
fn a_client_outlives_its_first_runtime() {
    let server = Server::new((0..6).map(|_| json(200, "{}")));
    let client = client::<Async>(&server);
    for _ in 0..3 {
        for runtime in runtimes() {
            runtime.block_on(get(&client).into_future()).unwrap();
            drop(runtime);
        }
    }
    assert_eq!(server.left(), 0);
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_works_in_a_blocking_thread_of_a_runtime() {
    for runtime in runtimes() {
        let server = Server::new([json(200, "{}"), json(200, "{}")]);
        let blocking = client::<crate::clients::Blocking>(&server);
        runtime.block_on(async {
            let there = blocking.clone();
            let call = tokio::task::spawn_blocking(move || get(&there).send());
            call.await.unwrap().unwrap();
        });
        // The blocking client has no runtime that could not be dropped there.
        runtime.block_on(async { drop(blocking) });
    }
}

#[test]
fn clients_and_futures_are_send() {
    fn client<C: ApiClient + Clone + Send + Sync + 'static>() {}
    fn future<F: Send + 'static>(_: F) {}
    client::<Client>();
    #[cfg(feature = "blocking")]
    client::<ngrok_client_runtime::blocking::Client>();
    let server = Server::new([]);
    let client = crate::client::<Async>(&server);
    future(get(&client).send());
    future(get(&client).send_with_meta());
    future(get(&client).into_future());
    future(list(&client).items());
    future(list(&client).pages());
    future(async move { list(&client).items().next().await.is_some() });
}

/// Waits in the runtime until a condition is true.
async fn eventually(holds: impl Fn() -> bool) {
    while !holds() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[test]
fn a_dropped_call_is_cancelled_and_returns_its_permit() {
    for runtime in runtimes() {
        let server = Server::new([Reaction::Silence, json(201, "{}")]);
        let quota = Quota::new(9, Duration::from_secs(3600));
        let client = builder::<Async>(&server).quota(&quota).build().unwrap();
        runtime.block_on(async {
            let mut call = Box::pin(create(&client).send());
            tokio::select! {
                biased;
                outcome = &mut call => panic!("{outcome:?}"),
                () = eventually(|| server.left() == 1) => {}
            }
            assert_eq!((quota.in_flight(), server.closed_by_client()), (1, 0));
            drop(call);
            assert_eq!((quota.in_flight(), quota.waiting()), (0, 0));
            eventually(|| server.closed_by_client() == 1).await;
            // The cancelled call is neither retried nor blocks another one.
            create(&client).await.unwrap();
        });
        assert_eq!((server.requests().len(), server.connections()), (1, 2));
        assert_eq!(quota.left(), 7, "the server may have counted the cancelled request");
    }
}

#[tokio::test]
async fn a_dropped_wait_sends_nothing() {
    let busy = crate::server::with_headers(429, &[("retry-after", "1")], "");
    let server = Server::new([busy, json(200, "{}")]);
    let client = builder::<Async>(&server).build().unwrap();
    let mut call = Box::pin(get(&client).send());
    while server.requests().is_empty() {
        let moment = tokio::time::timeout(Duration::from_millis(20), &mut call);
        moment.await.unwrap_err();
    }
    drop(call);
    tokio::time::sleep(Duration::from_millis(2500)).await;
    assert_eq!((server.requests().len(), server.left()), (1, 1));
}
