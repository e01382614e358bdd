//! Iterating over a million items takes no more memory than over a few, with either client, and with prefetching.
#![cfg(all(target_os = "linux", feature = "hyper", feature = "blocking"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use ngrok_client_runtime::{
    BoxFuture, Client, HttpRequest, HttpResponse, Limits, List, Result, Transport,
    TransportError, blocking,
};
use serde_json::json;
use tokio::runtime::{Builder, Runtime};

/// Number of items per page, and number of pages.
const LENGTH: u32 = 100;
const PAGES: u32 = 10_000;

/// Returns pages without end.
#[derive(Clone)]
struct Endless {
    /// Number of pages so far.
    pages: Arc<AtomicU32>,
    /// The items of each page, as JSON.
    items: Arc<str>,
}

impl Endless {
    fn new() -> Self {
        let items: Vec<u32> = (1_000_000..).take(LENGTH as usize).collect();
        Self { pages: Arc::default(), items: json!(items).to_string().into() }
    }

    fn page(&self) -> HttpResponse {
        let page = self.pages.fetch_add(1, Ordering::Relaxed) + 1;
        let next = (page < PAGES).then(|| format!("/things?before_id=t_{page}"));
        let (items, next) = (&self.items, json!(next));
        let body = format!(r#"{{"things":{items},"next_page_uri":{next}}}"#);
        HttpResponse::new(body.into_bytes())
    }
}

impl blocking::Transport for Endless {
    fn send(
        &self,
        _request: HttpRequest,
        _limits: Limits,
    ) -> Result<HttpResponse, TransportError> {
        Ok(self.page())
    }
}

impl Transport for Endless {
    fn send(
        &self,
        _request: HttpRequest,
        _limits: Limits,
    ) -> BoxFuture<Result<HttpResponse, TransportError>> {
        Box::pin(std::future::ready(Ok(self.page())))
    }
}

/// Returns the resident memory of the process, in KiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// Iterates over all items, and checks that memory does not grow after the first ten thousand.
fn walk(what: &str, mut next: impl FnMut() -> Option<Result<u32>>) {
    let (mut count, mut early) = (0_u32, 0);
    while let Some(item) = next() {
        item.unwrap();
        count += 1;
        if count == 10_000 {
            early = resident();
        }
    }
    let late = resident();
    println!("{what}: {early} KiB after 10,000 items, {late} KiB after {count}");
    assert_eq!(count, LENGTH * PAGES);
    assert!(late < early + 1024, "{what}: {early} KiB grew to {late} KiB");
}

fn in_async(runtime: &Runtime, what: &str, ahead: bool) {
    let client = Client::builder().api_key("key").base_url("http://localhost");
    let client = client.transport(Endless::new()).build().unwrap();
    let list: List<u32, _> = List::new(&client, "ThingsList", "/things", "things");
    let items = list.items();
    let mut items = if ahead { items.prefetch() } else { items };
    walk(what, || runtime.block_on(items.next()));
}

fn in_blocking(what: &str, ahead: bool) {
    let client = blocking::Client::builder().api_key("key").base_url("http://localhost");
    let client = client.transport(Endless::new()).build().unwrap();
    let list: List<u32, _> = List::new(&client, "ThingsList", "/things", "things");
    let items = list.items();
    let mut items = if ahead { items.prefetch() } else { items };
    walk(what, || items.next());
}

/// Run sequentially: all share the measured memory.
#[test]
fn a_million_items_use_the_memory_of_a_page() {
    let runtime = Builder::new_multi_thread().worker_threads(1).build().unwrap();
    in_blocking("blocking", false);
    in_blocking("blocking, with a page ahead", true);
    in_async(&runtime, "async", false);
    in_async(&runtime, "async, with a page ahead", true);
}
