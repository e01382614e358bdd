//! The client's quota against the server's rate limit: the server's recording shows whether a request was rejected.

use std::path::PathBuf;
use std::time::Duration;
use std::{env, fs, process, thread};

use futures_util::future::try_join_all;
use ngrok_client::types::{IpPolicyCreate, IpPolicyUpdate};
use ngrok_client::{ApiClient, Builder, Client, Quota, Result, RetryPolicy, blocking};
use ngrok_test_server::{Fault, Server};
use serde_json::Value;

use crate::clients::Outcome;
use crate::raw::{request, send};

/// Rate limit of the server and of the quota, in requests per window.
const REQUESTS: u32 = 100;
const WINDOW: Duration = Duration::from_millis(300);

/// A server that limits requests and records them.
struct Limited {
    server: Server,
    recording: PathBuf,
}

impl Limited {
    fn start(name: &str, requests: u32, window: Duration) -> std::io::Result<Self> {
        let name = format!("ngrok-quota-{}-{name}.har", process::id());
        let recording = env::temp_dir().join(name);
        let server = Server::builder().seed(1).record(&recording);
        let server = server.rate_limit(requests).rate_window(window).start()?;
        Ok(Self { server, recording })
    }

    fn client<C: ApiClient>(&self, builder: Builder<C>, quota: &Quota) -> Builder<C> {
        let builder = builder.api_key(self.server.api_key());
        builder.base_url(self.server.url()).quota(quota)
    }

    /// Returns the statuses of all responses, in order.
    fn statuses(&self) -> Vec<u64> {
        let text = fs::read_to_string(&self.recording).unwrap();
        let recording: Value = serde_json::from_str(&text).unwrap();
        let entries = recording["log"]["entries"].as_array().unwrap().iter();
        entries.map(|entry| entry["response"]["status"].as_u64().unwrap()).collect()
    }

    fn refused(&self) -> usize {
        self.statuses().iter().filter(|status| **status == 429).count()
    }
}

impl Drop for Limited {
    fn drop(&mut self) {
        // At worst a file is left over.
        let _ = fs::remove_file(&self.recording);
    }
}

/// Runs five operations, two of which are reads.
async fn life(client: &Client, number: usize) -> Result<()> {
    let body = IpPolicyCreate::new().description(number.to_string());
    let policy = client.ip_policies().create(&body).await?;
    let update = IpPolicyUpdate::new().metadata("changed");
    policy.update(client, &update).await?;
    let found = client.ip_policies().get(&policy).await?;
    assert_eq!(found.metadata.as_deref(), Some("changed"));
    client.ip_policies().list().limit(1).first_page().await?;
    policy.delete(client).await
}

/// Runs the same operations with the blocking client.
fn blocking_life(client: &blocking::Client, number: usize) -> Result<()> {
    let body = IpPolicyCreate::new().description(number.to_string());
    let policy = client.ip_policies().create(&body).send()?;
    let update = IpPolicyUpdate::new().metadata("changed");
    policy.update(client, &update).send()?;
    let found = client.ip_policies().get(&policy).send()?;
    assert_eq!(found.metadata.as_deref(), Some("changed"));
    client.ip_policies().list().limit(1).first_page().send()?;
    policy.delete(client).send()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_operations_of_tasks_stay_within_the_limit() -> Outcome {
    let limited = Limited::start("tasks", REQUESTS, WINDOW)?;
    // The server counts a request neither at its start nor at the end of its response.
    limited.server.fault(Fault::latency(WINDOW / 5).chance(0.3));
    let quota = Quota::new(REQUESTS, WINDOW);
    let build = |_| limited.client(Client::builder(), &quota).build();
    let clients = (0..4).map(build).collect::<Result<Vec<_>>>()?;
    let task = |number: usize| {
        let client = clients[number % clients.len()].clone();
        tokio::spawn(async move { life(&client, number).await })
    };
    for ended in try_join_all((0..200).map(task)).await? {
        ended?;
    }
    assert_eq!((limited.statuses().len(), limited.refused()), (1000, 0));
    assert_eq!((quota.in_flight(), quota.waiting()), (0, 0));
    Ok(())
}

#[test]
fn a_thousand_operations_of_threads_stay_within_the_limit() -> Outcome {
    let limited = Limited::start("threads", REQUESTS, WINDOW)?;
    let quota = Quota::new(REQUESTS, WINDOW);
    let build = |_| limited.client(blocking::Client::builder(), &quota).build();
    let clients = (0..4).map(build).collect::<Result<Vec<_>>>()?;
    thread::scope(|scope| {
        for worker in 0..20 {
            let client = &clients[worker % clients.len()];
            scope.spawn(move || {
                (0..10).for_each(|number| blocking_life(client, number).unwrap());
            });
        }
    });
    assert_eq!((limited.statuses().len(), limited.refused()), (1000, 0));
    Ok(())
}

/// Checks that a counted request with a lost response counts in the window as well.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lost_attempts_count() -> Outcome {
    let limited = Limited::start("lost", 50, WINDOW)?;
    limited.server.fault(Fault::reset_after().chance(0.2));
    let quota = Quota::new(50, WINDOW);
    let client = limited.client(Client::builder(), &quota);
    let stubborn = RetryPolicy::new().max_retries(20).base_wait(WINDOW / 10);
    let client = client.retry_policy(stubborn).build()?;
    let get = |_| client.ip_policies().list().first_page().send();
    try_join_all((0..300).map(get)).await?;
    let requests = limited.statuses().len();
    assert!(requests > 300, "{requests} requests, of which none was lost");
    assert_eq!(limited.refused(), 0);
    Ok(())
}

/// Uses up the remaining requests of the window, and returns their number.
fn use_up(server: &Server) -> usize {
    let status = || send(request(server, "GET", "/vaults")).status;
    (0..1000).find(|_| status() == 429).unwrap()
}

/// Another client has used up the account's limit; all calls wait until it is available again, and succeed.
#[test]
fn a_quota_adapts_to_other_clients_by_rejections() -> Outcome {
    let window = Duration::from_secs(2);
    let limited = Limited::start("others", 40, window)?;
    let quota = Quota::new(40, window);
    let client = limited.client(blocking::Client::builder(), &quota).build()?;
    let others = use_up(&limited.server);
    assert_eq!((others, limited.refused()), (40, 1));
    thread::scope(|scope| {
        for number in 0..20 {
            let client = &client;
            scope.spawn(move || blocking_life(client, number).unwrap());
        }
    });
    let (all, refused) = (limited.statuses().len(), limited.refused() - 1);
    assert_eq!(all - others - 1 - refused, 100, "each operation was admitted once");
    assert!(refused > 0, "the others were not noticed");
    Ok(())
}
