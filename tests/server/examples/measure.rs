//! Measures the speed of the server: its start, 10,000 requests for one resource, and a list of 100,000 items read to its end by one
//! client. Prints the processor time of each side, which shows the slower one.
//!
//! ```text
//! cargo run --release --package ngrok-test-server --example measure
//! ```

use std::error::Error;
use std::fs;
use std::time::{Duration, Instant};

use ngrok_client::blocking::Client;
use ngrok_client::types::IpPolicyCreate;
use ngrok_test_server::Server;
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    for what in ["first start", "next start", "next start"] {
        let (before, start) = (busy()?.0, Instant::now());
        let server = Server::start()?;
        let (after, took) = (busy()?.0, start.elapsed());
        println!("{what}: {took:.2?}, busy {:.2?}", after.saturating_sub(before));
        drop(server);
    }
    let server = Server::start()?;
    let client =
        Client::builder().base_url(server.url()).api_key(server.api_key()).build()?;
    let policy = client.ip_policies().create(&IpPolicyCreate::new().description("one"));
    let policy = policy.send()?;
    measure("10,000 GETs", || {
        for _ in 0..10_000 {
            client.ip_policies().get(&policy).send()?;
        }
        Ok(10_000)
    })?;
    for number in 0..100_000 {
        let fields =
            json!({ "description": format!("number {number}"), "metadata": "{}" });
        server.add("/ip_policies", fields)?;
    }
    measure("a list of 100,000", || {
        let mut count = 0;
        for policy in client.ip_policies().list().items() {
            policy?;
            count += 1;
        }
        Ok(count)
    })?;
    measure("the same, filtered", || {
        let filter = "obj.description == 'number 5'";
        Ok(client.ip_policies().list().filter_text(filter).items().count())
    })
}

/// Runs `work`, and prints the elapsed time and the processor time of either side.
fn measure(
    what: &str,
    work: impl FnOnce() -> ngrok_client::Result<usize>,
) -> Result<(), Box<dyn Error>> {
    let before = busy()?;
    let start = Instant::now();
    let count = work()?;
    let took = start.elapsed();
    let after = busy()?;
    let client = after.0.saturating_sub(before.0);
    let server = after.1.saturating_sub(before.1);
    println!(
        "{what}: {count} in {took:.2?}; client busy {client:.2?}, server busy {server:.2?}"
    );
    Ok(())
}

/// Returns the processor time of this thread, and that of the servers.
fn busy() -> Result<(Duration, Duration), Box<dyn Error>> {
    let (mut client, mut server) = (Duration::ZERO, Duration::ZERO);
    for task in fs::read_dir("/proc/self/task")? {
        let task = task?.path();
        let name = fs::read_to_string(task.join("comm"))?;
        let text = fs::read_to_string(task.join("schedstat"))?;
        let nanoseconds = text.split(' ').next().unwrap_or_default().parse()?;
        let time = Duration::from_nanos(nanoseconds);
        // The system truncates thread names.
        if name.starts_with("ngrok-test-serv") { server += time } else { client += time }
    }
    Ok((client, server))
}
