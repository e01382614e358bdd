//! Connections are used again, on every kind of runtime, and replaced when the server
//! closes them.

use crate::server::{Answer, Server, json};
use crate::worlds::{World, in_both_worlds};
use crate::{KEY, client, create, get};

in_both_worlds! {
    a_connection_is_used_again
    clones_share_connections
    a_connection_that_the_server_closed_is_replaced
    a_host_is_found_by_its_name
}

fn a_connection_is_used_again<W: World>() {
    let server = Server::new(vec![json(200, "{}"); 20]);
    let client = client::<W>(&server);
    for _ in 0..10 {
        W::send(get(&client)).unwrap();
        W::send(create(&client)).unwrap();
    }
    // Not exactly one: the async pool may open another while the first one is on its way
    // back.
    assert_eq!(server.requests().len(), 20);
    assert!(server.connections() < 10, "{}", server.connections());
}

fn clones_share_connections<W: World>() {
    let server = Server::new(vec![json(404, "{}"); 20]);
    let client = client::<W>(&server);
    for _ in 0..20 {
        W::send(get(&client.clone())).unwrap_err();
    }
    assert!(server.connections() < 10, "{}", server.connections());
}

fn a_connection_that_the_server_closed_is_replaced<W: World>() {
    let Answer::Whole(answer) = json(200, "{}") else { unreachable!() };
    let server = Server::new(vec![Answer::Cut(answer); 5]);
    let client = client::<W>(&server);
    for _ in 0..5 {
        W::send(get(&client)).unwrap();
    }
    assert_eq!(server.requests().len(), 5);
}

fn a_host_is_found_by_its_name<W: World>() {
    let server = Server::new(vec![json(200, "{}"); 3]);
    let url = server.url().replace("127.0.0.1", "localhost");
    let client = W::builder().api_key(KEY).base_url(url).build().unwrap();
    for _ in 0..3 {
        W::send(get(&client)).unwrap();
    }
    assert!(server.connections() < 3, "{}", server.connections());
}

#[cfg(feature = "async")]
mod runtimes {
    use ngrok_client_runtime::{Client, Items, Pages};
    use serde_json::Value;

    use crate::server::{Server, json};
    use crate::worlds::Async;
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
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(get(&client).send()).unwrap();
        }
        assert_eq!(server.requests().len(), 3);
    }

    #[test]
    fn without_a_runtime_there_is_an_error_and_no_panic() {
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
    }

    #[tokio::test]
    async fn a_call_that_is_dropped_leaves_the_client_usable() {
        let server = Server::new([]);
        let client = client(&server);
        let stalled = get(&client).send();
        server.then(crate::server::Answer::Stall(Vec::new()));
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
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
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
    fn everything_can_be_sent_to_another_thread() {
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
fn blocking_clients_and_lists_can_be_sent_to_another_thread() {
    use ngrok_client_runtime::{Call, Items, blocking};

    fn sent<T: Send + 'static>() {}
    fn shared<T: Send + Sync + 'static>() {}
    shared::<blocking::Client>();
    sent::<Call<serde_json::Value, blocking::Client>>();
    sent::<Items<serde_json::Value, blocking::Client>>();
}
