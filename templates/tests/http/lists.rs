//! Iteration over lists.

use ngrok_client_runtime::list::Filtered;
use ngrok_client_runtime::{ErrorKind, List};
use serde_json::Value;

use crate::clients::{TestClient, in_both_clients};
use crate::server::{Reaction, Server, json};
use crate::{KEY, client, list};

in_both_clients! {
    items_come_from_all_pages
    pages_are_fetched_on_demand
    an_empty_page_in_the_middle_is_skipped
    an_empty_list_has_no_items
    an_error_ends_the_list
    a_list_whose_first_page_fails
    a_page_on_another_origin_is_not_requested
    a_cycle_of_pages_ends
    an_undecodable_item_ends_the_list
    pages_are_returned_one_by_one
    a_page_is_written_as_it_came
    pages_can_be_fetched_manually
    a_list_takes_its_parameters
    settings_of_a_list_apply_to_all_its_pages
    relative_addresses_and_paths_before_them
    a_list_can_be_fetched_with_a_body
    a_list_can_be_the_whole_response
    a_list_is_not_read_from_another_kind_of_response
}

/// Returns a page of things; `next` is a path on the same server.
fn page(server: &Server, things: &str, next: Option<&str>) -> Reaction {
    let next = match next {
        Some(path) => format!("\"{}{path}\"", server.url()),
        None => "null".to_owned(),
    };
    json(200, &format!(r#"{{"things":{things},"uri":"u","next_page_uri":{next}}}"#))
}

/// Collects all remaining items, up to an error.
fn walk<W: TestClient>(
    list: List<Value, W::Client>,
) -> Vec<Result<Value, ngrok_client_runtime::Error>> {
    let mut items = list.items();
    let walked = std::iter::from_fn(|| W::next_item(&mut items)).take(1000).collect();
    // It stays at its end.
    for _ in 0..2 {
        assert!(W::next_item(&mut items).is_none());
    }
    walked
}

fn items_come_from_all_pages<W: TestClient>() {
    let server = Server::new([]);
    server.then(page(&server, "[1,2]", Some("/things?before_id=2&limit=2")));
    server.then(page(&server, "[3,4]", Some("/things?before_id=4&limit=2")));
    server.then(page(&server, "[5]", None));
    let items: Result<Vec<_>, _> =
        walk::<W>(list(&client::<W>(&server)).limit(2)).into_iter().collect();
    assert_eq!(items.unwrap(), [1, 2, 3, 4, 5]);
    let targets = [
        "/things?limit=2",
        "/things?before_id=2&limit=2",
        "/things?before_id=4&limit=2",
    ];
    assert_eq!(server.targets(), targets);
    for request in server.requests() {
        assert_eq!(request.method, "GET");
        assert_eq!(request.header("authorization"), Some(&*format!("Bearer {KEY}")));
    }
}

fn pages_are_fetched_on_demand<W: TestClient>() {
    let server = Server::new([]);
    server.then(page(&server, "[1,2]", Some("/things?p=2")));
    server.then(page(&server, "[3]", Some("/things?p=3")));
    let mut items = list(&client::<W>(&server)).items();
    let mut seen = Vec::new();
    for requests in [1, 1, 2] {
        seen.push(W::next_item(&mut items).unwrap().unwrap());
        assert_eq!(server.requests().len(), requests);
    }
    drop(items);
    assert_eq!(seen, [1, 2, 3]);
    assert_eq!(server.requests().len(), 2);
}

fn an_empty_page_in_the_middle_is_skipped<W: TestClient>() {
    let server = Server::new([]);
    server.then(page(&server, "[1]", Some("/things?p=2")));
    server.then(page(&server, "[]", Some("/things?p=3")));
    server.then(page(&server, "null", Some("/things?p=4")));
    server.then(json(
        200,
        &format!(r#"{{"next_page_uri":"{}/things?p=5"}}"#, server.url()),
    ));
    server.then(page(&server, "[2]", Some("/things?p=6")));
    server.then(page(&server, "[]", None));
    let items: Result<Vec<_>, _> =
        walk::<W>(list(&client::<W>(&server))).into_iter().collect();
    assert_eq!(items.unwrap(), [1, 2]);
    assert_eq!(server.left(), 0);
}

fn an_empty_list_has_no_items<W: TestClient>() {
    let server = Server::new([json(200, "{}")]);
    assert!(walk::<W>(list(&client::<W>(&server))).is_empty());
    assert_eq!(server.requests().len(), 1);
}

fn an_error_ends_the_list<W: TestClient>() {
    let server = Server::new([]);
    server.then(page(&server, "[1]", Some("/things?p=2")));
    server.then(json(403, r#"{"msg":"no"}"#));
    server.then(page(&server, "[2]", None));
    let items = walk::<W>(list(&client::<W>(&server)));
    assert_eq!(items[0].as_ref().unwrap(), 1);
    assert_eq!(items[1].as_ref().unwrap_err().message(), "no");
    assert_eq!((items.len(), server.requests().len()), (2, 2));
}

fn a_list_whose_first_page_fails<W: TestClient>() {
    let server = Server::new([json(401, "")]);
    let items = walk::<W>(list(&client::<W>(&server)));
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].as_ref().unwrap_err().operation(), Some("ThingsList"));
}

fn a_page_on_another_origin_is_not_requested<W: TestClient>() {
    let elsewhere = Server::new([json(200, "{}")]);
    let port = elsewhere.url().rsplit(':').next().unwrap().to_owned();
    let addresses = [
        elsewhere.url(),
        format!("http://localhost:{port}/things"),
        format!("//127.0.0.1:{port}/things"),
        "https://evil.example/things".to_owned(),
        "\\u0000".to_owned(),
    ];
    for address in addresses {
        let body = format!(r#"{{"things":[1],"next_page_uri":"{address}"}}"#);
        let server = Server::new([json(200, &body)]);
        let items = walk::<W>(list(&client::<W>(&server)));
        assert_eq!(items[0].as_ref().unwrap(), 1, "what came before is kept");
        let error = items[1].as_ref().unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::InvalidRequest, 0),
            "{error:?}"
        );
        assert_eq!((items.len(), server.requests().len()), (2, 1));
    }
    assert_eq!(elsewhere.connections(), 0);
}

fn a_cycle_of_pages_ends<W: TestClient>() {
    for back in ["/things", "/things?p=2"] {
        let server = Server::new([]);
        server.then(page(&server, "[1]", Some("/things?p=2")));
        server.then(page(&server, "[2]", Some(back)));
        let items = walk::<W>(list(&client::<W>(&server)));
        let error = items[2].as_ref().unwrap_err();
        assert!(error.to_string().contains("form a cycle"), "{error}");
        assert_eq!((items.len(), server.requests().len()), (3, 2));
    }
}

fn an_undecodable_item_ends_the_list<W: TestClient>() {
    let server = Server::new([]);
    server.then(page(&server, "[1,nul]", Some("/things?p=2")));
    let items = walk::<W>(list(&client::<W>(&server)));
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].as_ref().unwrap_err().json_path(), Some("$.things[1]"));
}

fn pages_are_returned_one_by_one<W: TestClient>() {
    let server = Server::new([]);
    server.then(page(&server, "[1,2]", Some("/things?p=2")));
    server.then(page(&server, "[]", Some("/things?p=3")));
    server.then(page(&server, "[3]", None));
    let mut pages = list(&client::<W>(&server)).pages();
    for (number, items) in [(1, vec![1, 2]), (2, vec![]), (3, vec![3])] {
        let page = W::next_page(&mut pages).unwrap().unwrap();
        assert_eq!(
            (page.items, page.uri.as_str()),
            (items.into_iter().map(Value::from).collect(), "u")
        );
        assert_eq!(page.next_page_uri.is_some(), number < 3);
        assert_eq!(server.requests().len(), number);
    }
    assert!(W::next_page(&mut pages).is_none());
}

fn pages_can_be_fetched_manually<W: TestClient>() {
    let server = Server::new([]);
    server.then(page(&server, "[1]", Some("/things?p=2")));
    server.then(page(&server, "[2]", None));
    let client = client::<W>(&server);
    let first = W::send(list(&client).first_page()).unwrap();
    assert!(first.has_next());
    let second = W::send(first.next(&client).unwrap()).unwrap();
    assert_eq!(second.items, [2]);
    assert!(!second.has_next() && second.next(&client).is_none());
    assert_eq!(server.targets(), ["/things", "/things?p=2"]);

    let hostile =
        Server::new([json(200, r#"{"next_page_uri":"https://evil.example/"}"#)]);
    let client = crate::client::<W>(&hostile);
    let page = W::send(list(&client).first_page()).unwrap();
    let error = W::send(page.next(&client).unwrap()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(hostile.requests().len(), 1);
}

fn a_list_takes_its_parameters<W: TestClient>() {
    let server = Server::new(vec![json(200, "{}"); 2]);
    let client = client::<W>(&server);
    let list: List<Value, _, Filtered> =
        List::new(&client, "PartsList", "/things/{id}/parts", "parts");
    let list = list.param("id", "t/1").limit(5).limit(7).filter_text("obj.a == \"b\"");
    W::send(list.clone().query("x", 1).query("x", 2).first_page()).unwrap();
    W::send(list.first_page()).unwrap();
    let both = "/things/t%2F1/parts?limit=7&filter=obj.a%20%3D%3D%20%22b%22";
    assert_eq!(server.targets(), [format!("{both}&x=1&x=2"), both.to_owned()]);
}

fn settings_of_a_list_apply_to_all_its_pages<W: TestClient>() {
    let server = Server::new([]);
    server.then(page(&server, "[]", Some("/things?p=2")));
    server.then(json(503, ""));
    let items = walk::<W>(list(&client::<W>(&server)).retries(0).header("x-trace", "1"));
    assert_eq!(items[0].as_ref().unwrap_err().attempts(), 1);
    for request in server.requests() {
        assert_eq!(request.header("x-trace"), Some("1"));
    }
}

fn relative_addresses_and_paths_before_them<W: TestClient>() {
    let server = Server::new([
        json(200, r#"{"things":[1],"next_page_uri":"/things?p=2"}"#),
        json(200, r#"{"things":[2],"next_page_uri":"/gate/things?p=3"}"#),
        json(200, r#"{"things":[3]}"#),
    ]);
    let base = format!("{}/gate", server.url());
    let client = crate::builder::<W>(&server).base_url(base).build().unwrap();
    let items: Result<Vec<_>, _> = walk::<W>(list(&client)).into_iter().collect();
    assert_eq!(items.unwrap(), [1, 2, 3]);
    assert_eq!(
        server.targets(),
        ["/gate/things", "/gate/things?p=2", "/gate/things?p=3"]
    );
}

fn a_list_can_be_fetched_with_a_body<W: TestClient>() {
    let server = Server::new([]);
    server.then(page(&server, "[1]", Some("/things/search?p=2")));
    server.then(page(&server, "[2]", None));
    let client = client::<W>(&server);
    let list: List<Value, _> =
        List::post(&client, "ThingsSearch", "/things/search", "things");
    let list = list.body(&serde_json::json!({ "text": "a" }));
    let items: Result<Vec<_>, _> = walk::<W>(list).into_iter().collect();
    assert_eq!(items.unwrap(), [1, 2]);
    for request in server.requests() {
        assert_eq!(request.method, "POST");
        assert_eq!(request.body, r#"{"text":"a"}"#);
    }
    assert_eq!(server.targets(), ["/things/search", "/things/search?p=2"]);
}

fn a_list_can_be_the_whole_response<W: TestClient>() {
    let server = Server::new([json(200, "[1,2]"), json(200, "[]"), json(200, "null")]);
    let client = client::<W>(&server);
    for expected in [vec![1, 2], vec![], vec![]] {
        let list: List<Value, _> = List::new(&client, "ThingsList", "/things", "");
        let items: Result<Vec<_>, _> = walk::<W>(list).into_iter().collect();
        assert_eq!(items.unwrap(), expected);
    }
}

fn a_list_is_not_read_from_another_kind_of_response<W: TestClient>() {
    for (items, body) in [("", r#"{"things":[1]}"#), ("things", "[1]")] {
        let server = Server::new([json(200, body)]);
        let list: List<Value, _> =
            List::new(&client::<W>(&server), "ThingsList", "/things", items);
        let error = walk::<W>(list).remove(0).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    }
}

fn a_page_is_written_as_it_came<W: TestClient>() {
    let server = Server::new([]);
    server.then(page(&server, "[1,2]", Some("/things?before_id=2")));
    server.then(json(200, "[3,4]"));
    let client = client::<W>(&server);
    let page = W::send(list(&client).first_page()).unwrap();
    let next = format!("{}/things?before_id=2", server.url());
    assert_eq!(
        serde_json::to_value(&page).unwrap(),
        serde_json::json!({ "things": [1, 2], "uri": "u", "next_page_uri": next })
    );
    assert_eq!((&page).into_iter().chain(&page).count(), 4);
    assert_eq!(page.into_iter().collect::<Vec<_>>(), [1, 2]);
    let bare: List<Value, _> = List::new(&client, "ThingsList", "/things", "");
    let page = W::send(bare.first_page()).unwrap();
    assert_eq!(serde_json::to_string(&page).unwrap(), "[3,4]");
}

#[cfg(feature = "blocking")]
#[test]
fn a_list_of_the_blocking_client_can_be_iterated_over() {
    let server = Server::new([]);
    server.then(page(&server, "[1,2]", Some("/things?before_id=2")));
    server.then(page(&server, "[3]", None));
    let mut found = Vec::new();
    for item in list(&client::<crate::clients::Blocking>(&server)) {
        found.push(item.unwrap());
    }
    assert_eq!(found, [1, 2, 3]);
}

#[cfg(feature = "async")]
#[test]
fn what_the_async_client_returns_can_be_shared_between_threads() {
    use ngrok_client_runtime::{CallFuture, Client, Items, Pages};

    fn is<T: Send + Sync>() {}
    is::<CallFuture<Value>>();
    is::<Items<Value, Client>>();
    is::<Pages<Value, Client>>();
}
