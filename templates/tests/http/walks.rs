//! Walks that are broken off, resumed, prefetched and cut short, and a model of a list that
//! changes under them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use ngrok_client_runtime::{
    Builder, HttpRequest, HttpResponse, Items, List, PageCursor, TransportError,
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::server::{Server, json as answer};
use crate::worlds::{World, in_both_worlds};
use crate::{KEY, client, list};

in_both_worlds! {
    a_walk_goes_on_where_it_was
    a_page_that_failed_can_be_asked_for_again
    a_cursor_leads_to_no_other_host_and_no_other_list
    a_cursor_after_an_item_keeps_the_query
    no_page_is_fetched_for_items_that_are_not_taken
    a_list_that_changes_is_walked_whole
    pages_of_a_list_that_changes_are_walked_whole
}

/// A saved cursor, as it comes back from a file.
fn saved(cursor: &PageCursor) -> PageCursor {
    serde_json::from_str(&serde_json::to_string(cursor).unwrap()).unwrap()
}

fn a_walk_goes_on_where_it_was<W: World>() {
    let server = Server::new([]);
    server.then(answer(200, r#"{"things":[1],"next_page_uri":"/things?p=2"}"#));
    server.then(answer(200, r#"{"things":[2],"next_page_uri":"/things?p=3"}"#));
    server.then(answer(200, r#"{"things":[3]}"#));
    let client = client::<W>(&server);
    let mut pages = list(&client).limit(1).pages();
    assert_eq!(pages.cursor().unwrap().to_string(), "ThingsList /things?limit=1");
    W::next_page(&mut pages).unwrap().unwrap();
    let cursor = saved(&pages.cursor().unwrap());
    assert_eq!(cursor.to_string(), "ThingsList /things?p=2");
    drop(pages);
    let mut pages = list(&client).resume(&cursor).pages();
    assert_eq!(pages.cursor(), Some(cursor));
    assert_eq!(W::next_page(&mut pages).unwrap().unwrap().items, [2]);
    assert_eq!(W::next_page(&mut pages).unwrap().unwrap().items, [3]);
    assert_eq!(pages.cursor(), None);
    assert!(W::next_page(&mut pages).is_none());
    assert_eq!(server.targets(), ["/things?limit=1", "/things?p=2", "/things?p=3"]);
}

fn a_page_that_failed_can_be_asked_for_again<W: World>() {
    let server = Server::new([]);
    server.then(answer(200, r#"{"things":[1],"next_page_uri":"/things?p=2"}"#));
    server.then(answer(403, "{}"));
    server.then(answer(200, r#"{"things":[2,]}"#));
    server.then(answer(200, r#"{"things":[2]}"#));
    let client = client::<W>(&server);
    let mut pages = list(&client).pages();
    W::next_page(&mut pages).unwrap().unwrap();
    for _ in 0..2 {
        assert!(W::next_page(&mut pages).unwrap().is_err());
        assert!(W::next_page(&mut pages).is_none());
        pages = list(&client).resume(&pages.cursor().unwrap()).pages();
    }
    assert_eq!(W::next_page(&mut pages).unwrap().unwrap().items, [2]);
}

fn a_cursor_leads_to_no_other_host_and_no_other_list<W: World>() {
    let server = Server::new([]);
    let client = client::<W>(&server);
    let bad = [
        "ThingsList https://evil.example/things",
        "ThingsList //evil.example/things",
        "ThingsList http://localhost:1/things",
        "ThingsList things",
        "PartsList /things",
    ];
    for text in bad {
        let list = list(&client).resume(&text.parse().unwrap());
        let mut pages = list.clone().pages();
        assert!(W::next_page(&mut pages).unwrap().is_err(), "{text}");
        assert!(W::next_page(&mut pages).is_none());
        assert!(W::send(list.first_page()).is_err());
    }
    assert_eq!(server.connections(), 0);
    for text in ["", " ", "ThingsList", "ThingsList ", " /things", "A /b c", "A /\n"] {
        assert!(text.parse::<PageCursor>().is_err(), "{text:?}");
    }
    let cursor: PageCursor = "ThingsList /things?filter=secret".parse().unwrap();
    assert!(!format!("{cursor:?}").contains("secret"));
}

fn a_cursor_after_an_item_keeps_the_query<W: World>() {
    let server = Server::new(vec![answer(200, "{}"); 2]);
    let base = format!("{}/gate", server.url());
    let client = crate::builder::<W>(&server).base_url(base).build().unwrap();
    let items = list(&client).limit(7).query("x", "a b").before_id("t_9").items();
    let cursor = items.cursor_after("t/1").unwrap();
    let text = "ThingsList /things?limit=7&x=a%20b&before_id=t%2F1";
    assert_eq!(cursor.to_string(), text);
    let mut items = list(&client).resume(&cursor).items();
    let again = items.cursor_after("t_2").unwrap().to_string();
    assert_eq!(again, text.replace("t%2F1", "t_2"));
    assert!(W::next_item(&mut items).is_none());
    assert_eq!(server.targets(), ["/gate/things?limit=7&x=a%20b&before_id=t%2F1"]);
}

fn no_page_is_fetched_for_items_that_are_not_taken<W: World>() {
    for (wanted, requests) in [(0, 0), (1, 1), (2, 1), (3, 2)] {
        let server = Server::new([]);
        server.then(answer(200, r#"{"things":[1,2],"next_page_uri":"/things?p=2"}"#));
        server.then(answer(200, r#"{"things":[3,4],"next_page_uri":"/things?p=3"}"#));
        let mut items = list(&client::<W>(&server)).items();
        for _ in 0..wanted {
            W::next_item(&mut items).unwrap().unwrap();
        }
        assert_eq!(server.requests().len(), requests);
    }
}

/// What befalls the list before a page is asked for, and the answer to that.
#[derive(Clone, Debug)]
struct Turn {
    added: u32,
    deleted: Vec<prop::sample::Index>,
    length: usize,
    fault: Option<u8>,
    /// Says that a page follows when none does.
    trailing: bool,
    /// After how many of its items the program is stopped and started again.
    stopped: Option<usize>,
}

fn turn() -> impl Strategy<Value = Turn> {
    let deleted = prop::collection::vec(any::<prop::sample::Index>(), 0..4);
    let fault = prop::option::weighted(0.2, 0_u8..4);
    let stopped = prop::option::weighted(0.2, 0_usize..4);
    (0_u32..3, deleted, 1_usize..6, fault, any::<bool>(), stopped).prop_map(
        |(added, deleted, length, fault, trailing, stopped)| Turn {
            added,
            deleted,
            length,
            fault,
            trailing,
            stopped,
        },
    )
}

/// A list, newest first, that changes between its pages.
#[derive(Clone)]
struct Model(Arc<Mutex<State>>);

struct State {
    items: BTreeSet<u32>,
    newest: u32,
    deleted: BTreeSet<u32>,
    turns: Vec<Turn>,
    requests: usize,
}

impl Model {
    fn new(size: u32, mut turns: Vec<Turn>) -> Self {
        turns.reverse();
        let (items, deleted) = ((1..=size).collect(), BTreeSet::new());
        let state = State { items, newest: size, deleted, turns, requests: 0 };
        Self(Arc::new(Mutex::new(state)))
    }

    fn answer(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut state = self.0.lock().unwrap();
        state.requests += 1;
        let turn = state.turns.pop();
        let length = turn.as_ref().map_or(3, |turn| turn.length);
        if let Some(turn) = &turn {
            state.change(turn);
        }
        match turn.as_ref().and_then(|turn| turn.fault) {
            Some(0) => return Err(TransportError::timeout()),
            Some(1) => return Ok(response(403, "{}".to_owned())),
            Some(2) => return Ok(response(200, "{\"things\":[".to_owned())),
            Some(_) => return Ok(response(200, "{\"things\":[\"t_1\",nul".to_owned())),
            None => {}
        }
        let trailing = turn.is_some_and(|turn| turn.trailing);
        Ok(response(200, state.page(request.uri().query(), length, trailing)))
    }
}

impl State {
    fn change(&mut self, turn: &Turn) {
        for _ in 0..turn.added {
            self.newest += 1;
            self.items.insert(self.newest);
        }
        for which in &turn.deleted {
            if !self.items.is_empty() {
                let item = *which.get(&self.items.iter().copied().collect::<Vec<_>>());
                self.items.remove(&item);
                self.deleted.insert(item);
            }
        }
    }

    fn page(&self, query: Option<&str>, length: usize, trailing: bool) -> String {
        let before = query.and_then(|query| query.split("before_id=t_").nth(1));
        let before = before.map_or(u32::MAX, |id| id.parse().unwrap());
        let older = || self.items.range(..before).rev();
        let page: Vec<_> = older().take(length).collect();
        let more = older().count() > page.len() || trailing;
        let next = page.last().filter(|_| more);
        let next = next.map(|id| format!("/things?limit=3&before_id=t_{id}"));
        let page: Vec<_> = page.iter().map(|id| format!("t_{id}")).collect();
        json!({ "things": page, "next_page_uri": next }).to_string()
    }
}

fn response(status: u16, body: String) -> HttpResponse {
    let mut response = HttpResponse::new(body.into_bytes());
    *response.status_mut() = status.try_into().unwrap();
    response
}

/// A world whose client asks the model.
trait Modelled: World {
    fn with(model: Model) -> Builder<Self::Client>;

    fn things(model: &Model) -> List<Value, Self::Client> {
        list(&Self::with(model.clone()).api_key(KEY).build().unwrap())
            .limit(3)
            .retries(0)
    }
}

#[cfg(feature = "async")]
mod for_async {
    //! The async transport.

    use ngrok_client_runtime::{BoxFuture, Limits, Transport};

    use super::*;

    impl Modelled for crate::worlds::Async {
        fn with(model: Model) -> Builder<Self::Client> {
            Self::builder().transport(model)
        }
    }

    impl Transport for Model {
        fn send(
            &self,
            request: HttpRequest,
            _limits: Limits,
        ) -> BoxFuture<Result<HttpResponse, TransportError>> {
            Box::pin(std::future::ready(self.answer(&request)))
        }
    }
}

#[cfg(feature = "blocking")]
mod for_blocking {
    //! The blocking transport.

    use ngrok_client_runtime::Limits;
    use ngrok_client_runtime::blocking::Transport;

    use super::*;

    impl Modelled for crate::worlds::Blocking {
        fn with(model: Model) -> Builder<Self::Client> {
            Self::builder().transport(model)
        }
    }

    impl Transport for Model {
        fn send(
            &self,
            request: HttpRequest,
            _limits: Limits,
        ) -> Result<HttpResponse, TransportError> {
            self.answer(&request)
        }
    }
}

type Scene = (u32, Vec<Turn>);

fn scenes(check: impl Fn(Scene) -> Result<(), TestCaseError>) {
    let scene = (0_u32..60, prop::collection::vec(turn(), 0..40));
    let config =
        ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) };
    TestRunner::new(config).run(&scene, check).unwrap();
}

/// No loss, no duplicate, and nothing that never was.
fn check(model: &Model, size: u32, seen: &[Value]) -> Result<(), TestCaseError> {
    let state = model.0.lock().unwrap();
    let ids = seen.iter().map(|item| item.as_str().unwrap()[2..].parse().unwrap());
    let ids: Vec<u32> = ids.collect();
    prop_assert!(ids.is_sorted_by(|a, b| a > b), "one came twice: {:?}", ids);
    prop_assert!(ids.iter().all(|id| (1..=state.newest).contains(id)));
    for id in (1..=size).filter(|id| !state.deleted.contains(id)) {
        prop_assert!(ids.contains(&id), "{} is lost", id);
    }
    Ok(())
}

/// Walks the items; after a fault, or where the program is stopped, from the last one.
fn a_list_that_changes_is_walked_whole<W: Modelled>() {
    scenes(|(size, turns)| {
        let stops: Vec<_> = turns.iter().filter_map(|turn| turn.stopped).collect();
        let (bound, mut stops) = (200 + turns.len(), stops.into_iter());
        let model = Model::new(size, turns);
        let mut seen: Vec<Value> = Vec::new();
        let mut items = W::things(&model).items();
        loop {
            let stop = stops.next();
            let ended = walk_on::<W>(&mut items, &mut seen, stop);
            prop_assert!(model.0.lock().unwrap().requests <= bound, "it has no end");
            if ended {
                break;
            }
            items = match seen.last() {
                Some(last) => {
                    let cursor = items.cursor_after(last.as_str().unwrap()).unwrap();
                    W::things(&model).resume(&saved(&cursor)).items()
                }
                None => W::things(&model).items(),
            };
        }
        check(&model, size, &seen)
    });
}

/// Whether the walk came to its end.
fn walk_on<W: World>(
    items: &mut Items<Value, W::Client>,
    seen: &mut Vec<Value>,
    stop: Option<usize>,
) -> bool {
    for _ in 0..stop.unwrap_or(usize::MAX) {
        match W::next_item(items) {
            Some(Ok(item)) => seen.push(item),
            Some(Err(_)) => return false,
            None => return true,
        }
    }
    false
}

/// Walks the pages; after a fault from the one that failed, with a new walk for each page.
fn pages_of_a_list_that_changes_are_walked_whole<W: Modelled>() {
    scenes(|(size, turns)| {
        let bound = 200 + turns.len();
        let model = Model::new(size, turns);
        let mut seen: Vec<Value> = Vec::new();
        let mut pages = W::things(&model).pages();
        while let Some(cursor) = pages.cursor() {
            pages = W::things(&model).resume(&saved(&cursor)).pages();
            if let Ok(page) = W::next_page(&mut pages).unwrap() {
                seen.extend(page.items);
            }
            prop_assert!(model.0.lock().unwrap().requests <= bound, "it has no end");
        }
        check(&model, size, &seen)
    });
}

/// What only the async client does.
#[cfg(feature = "async")]
mod ahead {
    use std::time::Duration;

    use ngrok_client_runtime::Quota;

    use super::*;
    use crate::server::Answer;
    use crate::worlds::Async;

    const THINGS: [&str; 3] = [
        r#"{"things":[1,2],"next_page_uri":"/things?p=2"}"#,
        r#"{"things":[3,4],"next_page_uri":"/things?p=3"}"#,
        r#"{"things":[5]}"#,
    ];

    fn run<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Runtime::new().unwrap().block_on(future)
    }

    async fn until(holds: impl Fn() -> bool) {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    #[test]
    fn the_next_page_is_fetched_meanwhile_and_no_other() {
        let server = Server::new(THINGS.map(|page| answer(200, page)));
        let mut items = list(&client::<Async>(&server)).items().prefetch();
        run(async {
            assert!(server.requests().is_empty());
            assert_eq!(items.try_next().await.unwrap(), Some(json!(1)));
            until(|| server.requests().len() == 2).await;
            tokio::time::sleep(Duration::from_millis(50)).await;
            assert_eq!(server.requests().len(), 2);
            assert_eq!(items.try_collect().await.unwrap(), [2, 3, 4, 5]);
            assert_eq!(server.requests().len(), 3);
        });
    }

    #[test]
    fn what_is_not_taken_is_not_prefetched() {
        for (wanted, requests) in [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (9, 3)] {
            let server = Server::new(THINGS.map(|page| answer(200, page)));
            let items = list(&client::<Async>(&server)).items().prefetch().take(wanted);
            let items = run(async {
                let items = items.take(100).try_collect().await.unwrap();
                tokio::time::sleep(Duration::from_millis(10)).await;
                items
            });
            assert_eq!(items.len(), wanted.min(5));
            assert_eq!(server.requests().len(), requests, "for {wanted}");
        }
    }

    #[test]
    fn an_error_ahead_comes_in_its_place() {
        let server = Server::new([answer(200, THINGS[0]), answer(403, "{}")]);
        let mut pages = list(&client::<Async>(&server)).pages().prefetch();
        run(async {
            assert_eq!(pages.try_next().await.unwrap().unwrap().items, [1, 2]);
            let cursor = pages.cursor();
            assert!(cursor.is_some());
            assert!(pages.try_next().await.is_err());
            assert_eq!(pages.cursor(), cursor, "it can be asked for again");
            assert!(pages.try_next().await.unwrap().is_none());
        });
    }

    #[test]
    fn dropping_a_walk_ends_what_it_fetches_ahead() {
        let server = Server::new([answer(200, THINGS[0]), Answer::Silence]);
        let quota = Quota::new(10, Duration::from_secs(60));
        let client = crate::builder::<Async>(&server).quota(&quota).build().unwrap();
        run(async {
            let mut items = list(&client).items().prefetch();
            items.next().await.unwrap().unwrap();
            until(|| quota.in_flight() == 1).await;
            drop(items);
            until(|| quota.in_flight() == 0).await;
        });
    }
}

#[cfg(feature = "blocking")]
#[test]
fn a_blocking_walk_can_be_collected() {
    use crate::worlds::Blocking;

    let server = Server::new([
        answer(200, r#"{"things":[1],"next_page_uri":"/things?p=2"}"#),
        answer(200, r#"{"things":[2]}"#),
        answer(403, "{}"),
    ]);
    let list = list(&client::<Blocking>(&server));
    assert_eq!(list.clone().items().try_collect().unwrap(), [1, 2]);
    assert!(list.items().try_collect().is_err());
}
