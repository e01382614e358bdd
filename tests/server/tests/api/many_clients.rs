//! Concurrent clients.

use std::collections::BTreeSet;
use std::thread;

use futures_util::future::try_join_all;
use ngrok_client::types::{IpPolicyCreate, IpPolicyUpdate};
use ngrok_test_server::Server;

use crate::clients::{All, Outcome, asynchronous, blocking};

#[test]
fn threads_do_not_lose_each_others_changes() -> Outcome {
    let server = Server::start()?;
    thread::scope(|scope| {
        for worker in 0..4 {
            let server = &server;
            scope.spawn(move || {
                let client = blocking(server).unwrap();
                for number in 0..20 {
                    let body =
                        IpPolicyCreate::new().description(format!("{worker}-{number}"));
                    let policy = client.ip_policies().create(&body).send().unwrap();
                    assert_eq!(
                        client.ip_policies().get(&policy).send().unwrap(),
                        policy
                    );
                    if number % 2 == 0 {
                        policy.delete(&client).send().unwrap();
                    }
                }
            });
        }
    });
    let left = blocking(&server)?.ip_policies().list().limit(7).all()?;
    let ids: BTreeSet<_> = left.iter().map(|policy| &policy.id).collect();
    assert_eq!((left.len(), ids.len()), (40, 40));
    assert!(left.is_sorted_by(|newer, older| newer.id > older.id));
    Ok(())
}

#[tokio::test]
async fn calls_of_one_client_run_at_once() -> Outcome {
    let server = Server::start()?;
    let client = asynchronous(&server)?;
    let policy = client.ip_policies().create(&IpPolicyCreate::new()).await?;
    let updates = (0..50).map(|number| {
        let update = IpPolicyUpdate::new().description(number.to_string());
        policy.update(&client, &update).send()
    });
    let responses = try_join_all(updates).await?;
    for (number, reply) in responses.iter().enumerate() {
        assert_eq!(reply.description, Some(number.to_string()));
    }
    Ok(())
}

#[test]
fn servers_share_nothing() -> Outcome {
    let (one, two) = (Server::start()?, Server::start()?);
    assert_ne!((one.url(), one.api_key()), (two.url(), two.api_key()));
    let body = IpPolicyCreate::new();
    blocking(&one)?.ip_policies().create(&body).send()?;
    assert!(blocking(&two)?.ip_policies().list().all()?.is_empty());
    Ok(())
}
