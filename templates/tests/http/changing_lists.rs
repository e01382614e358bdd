//! Iteration over a list that changes meanwhile: a model determines which items must be seen.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use ngrok_client_runtime::{
    Builder, HttpRequest, HttpResponse, Items, List, TransportError,
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::clients::{TestClient, in_both_clients};
use crate::walks::saved;
use crate::{KEY, list};

in_both_clients! {
    items_of_a_changing_list_are_complete
    pages_of_a_changing_list_are_complete
}

/// A change of the list before a page is requested, and the response.
#[derive(Clone, Debug)]
struct Turn {
    added: u32,
    deleted: Vec<prop::sample::Index>,
    length: usize,
    fault: Option<u8>,
    /// Announces a next page although there is none.
    trailing: bool,
    /// Number of items of the page after which the program is restarted.
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

    fn reaction(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
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

/// A client that calls the model.
trait Modelled: TestClient {
    fn with(model: Model) -> Builder<Self::Client>;

    fn things(model: &Model) -> List<Value, Self::Client> {
        list(&Self::with(model.clone()).api_key(KEY).build().unwrap())
            .limit(3)
            .retries(0)
    }
}

#[cfg(feature = "hyper")]
mod for_async {
    //! The async transport.

    use ngrok_client_runtime::{BoxFuture, Limits, Transport};

    use super::*;

    impl Modelled for crate::clients::Async {
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
            Box::pin(std::future::ready(self.reaction(&request)))
        }
    }
}

#[cfg(feature = "blocking")]
mod for_blocking {
    //! The blocking transport.

    use ngrok_client_runtime::Limits;
    use ngrok_client_runtime::blocking::Transport;

    use super::*;

    impl Modelled for crate::clients::Blocking {
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
            self.reaction(&request)
        }
    }
}

/// The initial number of items, the changes, and whether pages are prefetched.
type Scene = (u32, Vec<Turn>, bool);

fn scenes(check: impl Fn(Scene) -> Result<(), TestCaseError>) {
    let scene = (0_u32..60, prop::collection::vec(turn(), 0..40), any::<bool>());
    let config =
        ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) };
    TestRunner::new(config).run(&scene, check).unwrap();
}

/// Checks for lost, duplicate and invented items.
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

/// Iterates over items; after a fault or a restart, from the last item.
fn items_of_a_changing_list_are_complete<W: Modelled>() {
    scenes(|(size, turns, ahead)| {
        let stops: Vec<_> = turns.iter().filter_map(|turn| turn.stopped).collect();
        let (bound, mut stops) = (200 + 2 * turns.len(), stops.into_iter());
        let model = Model::new(size, turns);
        let mut seen: Vec<Value> = Vec::new();
        let begin = |list: List<Value, W::Client>| match list.items() {
            items if ahead => items.prefetch(),
            items => items,
        };
        let mut items = begin(W::things(&model));
        loop {
            let stop = stops.next();
            let ended = continue_iteration::<W>(&mut items, &mut seen, stop);
            prop_assert!(model.0.lock().unwrap().requests <= bound, "it has no end");
            if ended {
                break;
            }
            items = match seen.last() {
                Some(last) => {
                    let cursor = items.cursor_after(last.as_str().unwrap()).unwrap();
                    begin(W::things(&model).resume(&saved(&cursor)))
                }
                None => begin(W::things(&model)),
            };
        }
        check(&model, size, &seen)
    });
}

/// Returns true if the iteration reached its end.
fn continue_iteration<W: TestClient>(
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

/// Iterates over pages; after a fault from the failed page, with a new iterator for each page.
fn pages_of_a_changing_list_are_complete<W: Modelled>() {
    scenes(|(size, turns, ahead)| {
        let bound = 200 + 2 * turns.len();
        let model = Model::new(size, turns);
        let mut seen: Vec<Value> = Vec::new();
        let mut pages = W::things(&model).pages();
        while let Some(cursor) = pages.cursor() {
            pages = W::things(&model).resume(&saved(&cursor)).pages();
            if ahead {
                pages = pages.prefetch();
            }
            if let Ok(page) = W::next_page(&mut pages).unwrap() {
                seen.extend(page.items);
            }
            prop_assert!(model.0.lock().unwrap().requests <= bound, "it has no end");
        }
        check(&model, size, &seen)
    });
}
