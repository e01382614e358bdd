//! Connections are reused, on every kind of runtime, and replaced when the server closes them.

use std::time::Duration;

use crate::clients::{TestClient, in_both_clients};
use crate::server::{Reaction, Server, json};
use crate::{KEY, client, create, get};

in_both_clients! {
    a_connection_is_reused
    clones_share_connections
    a_connection_that_the_server_closed_is_replaced
    a_host_is_resolved_by_name
    a_body_is_sent_without_waiting_for_100
}

fn a_connection_is_reused<W: TestClient>() {
    let server = Server::new(vec![json(200, "{}"); 20]);
    let client = client::<W>(&server);
    for _ in 0..10 {
        W::send(get(&client)).unwrap();
        W::send(create(&client)).unwrap();
    }
    // Not exactly one: the async pool may open another before the first one is returned.
    assert_eq!(server.requests().len(), 20);
    assert!(server.connections() < 10, "{}", server.connections());
}

fn clones_share_connections<W: TestClient>() {
    let server = Server::new(vec![json(404, "{}"); 20]);
    let client = client::<W>(&server);
    for _ in 0..20 {
        W::send(get(&client.clone())).unwrap_err();
    }
    assert!(server.connections() < 10, "{}", server.connections());
}

fn a_connection_that_the_server_closed_is_replaced<W: TestClient>() {
    let Reaction::Whole(reaction) = json(200, "{}") else { unreachable!() };
    let server = Server::new(vec![Reaction::Cut(reaction); 5]);
    let client = client::<W>(&server);
    for _ in 0..5 {
        W::send(get(&client)).unwrap();
    }
    assert_eq!(server.requests().len(), 5);
}

fn a_host_is_resolved_by_name<W: TestClient>() {
    // On a loaded machine, a connection can be idle too late for the next call.
    let calls = 20;
    let server = Server::new(vec![json(200, "{}"); calls]);
    let url = server.url().replace("127.0.0.1", "localhost");
    let client = W::builder().api_key(KEY).base_url(url).build().unwrap();
    for _ in 0..calls {
        W::send(get(&client)).unwrap();
    }
    assert!(server.connections() < calls / 2, "{}", server.connections());
}

/// The server does not support `Expect`, like many.
fn a_body_is_sent_without_waiting_for_100<W: TestClient>() {
    let server = Server::new(vec![json(201, "{}"); 2]);
    let limit = Duration::from_millis(900);
    let client = crate::builder::<W>(&server).timeout(limit).build().unwrap();
    let call = || create(&client).header("expect", "100-continue").retries(0);
    W::send(call()).unwrap();
    W::send(call().timeout(Duration::from_millis(800))).unwrap();
    assert_eq!(server.requests()[1].body, r#"{"name":"x"}"#);
}

#[cfg(feature = "hyper")]
mod runtimes {
    use std::sync::{Arc, Barrier};
    use std::time::Duration;

    use ngrok_client_runtime::{Client, Items, Pages, Quota};
    use serde_json::Value;
    use tokio::runtime::Builder;

    use crate::clients::Async;
    use crate::server::{Reaction, Server, json};
    use crate::{get, list};

    fn client(server: &Server) -> Client {
        crate::client::<Async>(server)
    }

    #[tokio::test]
    async fn current_thread() {
        let server = Server::new(vec![json(200, "{}"); 5]);
        let client = client(&server);
        for _ in 0..5 {
            get(&client).await.unwrap();
        }
        assert_eq!(server.connections(), 1);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn multi_thread() {
        let server = Server::new(vec![json(200, "{}"); 24]);
        let client = client(&server);
        let calls: Vec<_> = (0..24).map(|_| tokio::spawn(get(&client).send())).collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(server.requests().len(), 24);
    }

    #[test]
    fn one_client_on_one_runtime_after_another() {
        let server = Server::new(vec![json(200, "{}"); 3]);
        let client = client(&server);
        for _ in 0..3 {
            let runtime = Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(get(&client).send()).unwrap();
        }
        assert_eq!(server.requests().len(), 3);
    }

    #[test]
    fn without_a_runtime_the_call_fails_without_panic() {
        use std::task::{Context, Poll, Waker};

        let server = Server::new([]);
        let call = get(&client(&server)).send();
        let mut call = std::pin::pin!(call);
        let Poll::Ready(outcome) =
            call.as_mut().poll(&mut Context::from_waker(Waker::noop()))
        else {
            panic!("it waits for a runtime that is not there");
        };
        let error = outcome.unwrap_err();
        assert!(error.to_string().contains("needs a tokio runtime"), "{error}");
        assert!(!error.is_retryable() && error.attempts() == 1, "{error:?}");
    }

    #[test]
    fn on_a_runtime_without_timers_the_call_fails() {
        let server = Server::new([]);
        let client = client(&server);
        let quota = Quota::new(1, Duration::from_secs(3600));
        let spent = crate::builder::<Async>(&server).quota(&quota).build().unwrap();
        let bare = Builder::new_current_thread().build().unwrap();
        let timers = Builder::new_current_thread().enable_time().build().unwrap();
        let io = Builder::new_current_thread().enable_io().build().unwrap();
        for runtime in [bare, timers, io] {
            for client in [&client, &spent] {
                let error = runtime.block_on(get(client).send()).unwrap_err();
                assert!(error.to_string().contains("`enable_all`"), "{error}");
                assert!(!error.is_retryable() && error.attempts() == 1, "{error:?}");
            }
        }
    }

    #[test]
    fn an_idle_runtime_does_not_block_others() {
        let server = Server::new(vec![json(200, "{}"); 4]);
        let client = crate::builder::<Async>(&server)
            .timeout(Duration::from_secs(5))
            .max_retries(0)
            .build()
            .unwrap();
        let build = || Builder::new_current_thread().enable_all().build().unwrap();
        let (one, other) = (build(), build());
        for runtime in [&one, &other, &one, &other] {
            runtime.block_on(crate::create(&client).send()).unwrap();
        }
        // Each runtime reuses its own connection.
        assert_eq!(server.connections(), 2);
    }

    #[test]
    fn short_lived_runtimes_lose_no_call() {
        let server = Server::new(vec![json(201, "{}"); 800]);
        let client = client(&server);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..100 {
                        let runtime = Builder::new_current_thread().enable_all().build();
                        let call = crate::create(&client).send();
                        runtime.unwrap().block_on(call).unwrap();
                    }
                });
            }
        });
        assert_eq!(server.requests().len(), 800);
    }

    #[tokio::test]
    async fn few_connections_are_left_after_a_burst() {
        const CALLS: usize = 100;
        let gate = Arc::new(Barrier::new(CALLS));
        let Reaction::Whole(bytes) = json(200, "{}") else { unreachable!() };
        let server = Server::new(vec![Reaction::Gated(gate, bytes); CALLS]);
        let client = client(&server);
        let calls: Vec<_> =
            (0..CALLS).map(|_| tokio::spawn(get(&client).send())).collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(server.connections(), CALLS);
        for _ in 0..500 {
            if server.open() <= 32 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{} connections are open", server.open());
    }

    #[tokio::test]
    async fn a_call_that_is_dropped_leaves_the_client_usable() {
        let server = Server::new([]);
        let client = client(&server);
        let stalled = get(&client).send();
        server.then(Reaction::Stall(Vec::new()));
        server.then(json(200, "{}"));
        tokio::select! {
            biased;
            outcome = stalled => panic!("{outcome:?}"),
            () = arrived(&server) => {}
        }
        get(&client).await.unwrap();
    }

    async fn arrived(server: &Server) {
        while server.requests().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    #[tokio::test]
    async fn a_list_is_a_stream_and_can_be_collected() {
        let server = Server::new(vec![json(200, r#"{"things":[1,2]}"#); 2]);
        let client = client(&server);
        let mut items = Box::pin(list(&client).items());
        let next = std::future::poll_fn(|context| {
            futures_core::Stream::poll_next(items.as_mut(), context)
        });
        assert_eq!(next.await.unwrap().unwrap(), 1);
        assert_eq!(list(&client).items().try_collect().await.unwrap(), [1, 2]);
    }

    #[test]
    fn all_async_types_are_send() {
        fn sent<T: Send + 'static>() {}
        fn shared<T: Send + Sync + 'static>() {}
        fn unpinned<T: Unpin>() {}
        shared::<Client>();
        sent::<ngrok_client_runtime::CallFuture<Value>>();
        sent::<ngrok_client_runtime::Call<Value, Client>>();
        sent::<Items<Value, Client>>();
        sent::<Pages<Value, Client>>();
        unpinned::<Items<std::marker::PhantomPinned, Client>>();
        unpinned::<Pages<std::marker::PhantomPinned, Client>>();
    }
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_types_are_send() {
    use ngrok_client_runtime::{Call, Items, blocking};

    fn sent<T: Send + 'static>() {}
    fn shared<T: Send + Sync + 'static>() {}
    shared::<blocking::Client>();
    sent::<Call<serde_json::Value, blocking::Client>>();
    sent::<Items<serde_json::Value, blocking::Client>>();
}
