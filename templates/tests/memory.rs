//! A walk over a million items takes no more memory than one over a few.
#![cfg(all(target_os = "linux", feature = "blocking"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::atomic::{AtomicU32, Ordering};

use ngrok_client_runtime::blocking::{Client, Transport};
use ngrok_client_runtime::{HttpRequest, HttpResponse, Limits, List, TransportError};

/// How many items a page has, and how many pages there are.
const LENGTH: u32 = 100;
const PAGES: u32 = 10_000;

/// Gives one page after the other.
#[derive(Default)]
struct Endless(AtomicU32);

impl Transport for Endless {
    fn send(
        &self,
        _request: HttpRequest,
        _limits: Limits,
    ) -> Result<HttpResponse, TransportError> {
        let page = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        let items: Vec<u32> = (0..LENGTH).map(|item| page * LENGTH + item).collect();
        let next = (page < PAGES).then(|| format!("/things?before_id=t_{page}"));
        let body = serde_json::json!({ "things": items, "next_page_uri": next });
        Ok(HttpResponse::new(body.to_string().into_bytes()))
    }
}

/// What the process has in memory, in KiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
fn a_million_items_take_the_memory_of_a_page() {
    let client = Client::builder().api_key("key").base_url("http://localhost");
    let client = client.transport(Endless::default()).build().unwrap();
    let list: List<u32, _> = List::new(&client, "ThingsList", "/things", "things");
    let (mut count, mut early) = (0_u32, 0);
    for item in list.items() {
        item.unwrap();
        count += 1;
        if count == 10_000 {
            early = resident();
        }
    }
    let late = resident();
    println!("resident: {early} KiB after 10,000 items, {late} KiB after {count}");
    assert_eq!(count, LENGTH * PAGES);
    assert!(late < early + 1024, "{early} KiB grew to {late} KiB");
}
