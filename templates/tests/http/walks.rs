//! Iteration that is interrupted, resumed, prefetched and limited.

use ngrok_client_runtime::PageCursor;

use crate::clients::{TestClient, in_both_clients};
use crate::server::{Server, json as reaction};
use crate::{client, list};

in_both_clients! {
    iteration_resumes_at_the_cursor
    a_failed_page_can_be_requested_again
    a_cursor_is_bound_to_its_host_and_list
    a_cursor_after_an_item_keeps_the_query
    no_page_is_fetched_for_unneeded_items
    endless_empty_pages_end_the_iteration
    relative_addresses_are_followed
}

/// Returns a saved cursor as read back from a file.
pub(crate) fn saved(cursor: &PageCursor) -> PageCursor {
    serde_json::from_str(&serde_json::to_string(cursor).unwrap()).unwrap()
}

fn iteration_resumes_at_the_cursor<W: TestClient>() {
    let server = Server::new([]);
    server.then(reaction(200, r#"{"things":[1],"next_page_uri":"/things?p=2"}"#));
    server.then(reaction(200, r#"{"things":[2],"next_page_uri":"/things?p=3"}"#));
    server.then(reaction(200, r#"{"things":[3]}"#));
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

fn a_failed_page_can_be_requested_again<W: TestClient>() {
    let server = Server::new([]);
    server.then(reaction(200, r#"{"things":[1],"next_page_uri":"/things?p=2"}"#));
    server.then(reaction(403, "{}"));
    server.then(reaction(200, r#"{"things":[2,]}"#));
    server.then(reaction(200, r#"{"things":[2]}"#));
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

fn a_cursor_is_bound_to_its_host_and_list<W: TestClient>() {
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

fn a_cursor_after_an_item_keeps_the_query<W: TestClient>() {
    let server = Server::new(vec![reaction(200, "{}"); 2]);
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

fn no_page_is_fetched_for_unneeded_items<W: TestClient>() {
    for (wanted, requests) in [(0, 0), (1, 1), (2, 1), (3, 2)] {
        let server = Server::new([]);
        server.then(reaction(200, r#"{"things":[1,2],"next_page_uri":"/things?p=2"}"#));
        server.then(reaction(200, r#"{"things":[3,4],"next_page_uri":"/things?p=3"}"#));
        let mut items = list(&client::<W>(&server)).items();
        for _ in 0..wanted {
            W::next_item(&mut items).unwrap().unwrap();
        }
        assert_eq!(server.requests().len(), requests);
    }
}

#[cfg(feature = "blocking")]
#[test]
fn a_blocking_iterator_can_be_collected() {
    use crate::clients::Blocking;

    let server = Server::new([
        reaction(200, r#"{"things":[1],"next_page_uri":"/things?p=2"}"#),
        reaction(200, r#"{"things":[2]}"#),
        reaction(403, "{}"),
    ]);
    let list = list(&client::<Blocking>(&server));
    assert_eq!(list.clone().items().try_collect().unwrap(), [1, 2]);
    assert!(list.items().try_collect().is_err());
}

fn endless_empty_pages_end_the_iteration<W: TestClient>() {
    let empty = |page| {
        reaction(200, &format!(r#"{{"things":[],"next_page_uri":"/things?p={page}"}}"#))
    };
    let server = Server::new((0..1000).map(empty));
    let client = client::<W>(&server);
    let mut pages = list(&client).pages();
    for _ in 0..1000 {
        assert!(W::next_page(&mut pages).unwrap().unwrap().items.is_empty());
    }
    let cursor = pages.cursor().unwrap();
    let error = W::next_page(&mut pages).unwrap().unwrap_err();
    assert!(error.to_string().contains("1000 consecutive pages"), "{error}");
    assert!(W::next_page(&mut pages).is_none());
    assert_eq!(server.requests().len(), 1000);

    server.then(reaction(200, r#"{"things":[7]}"#));
    let mut items = list(&client).resume(&cursor).items();
    assert_eq!(W::next_item(&mut items).unwrap().unwrap(), 7);
    assert_eq!(server.targets().last().unwrap(), "/things?p=999");
}

fn relative_addresses_are_followed<W: TestClient>() {
    let server = Server::new([]);
    server.then(reaction(200, r#"{"things":[1],"next_page_uri":"?p=2"}"#));
    server.then(reaction(200, r#"{"things":[2],"next_page_uri":"things?p=3"}"#));
    server.then(reaction(
        200,
        r#"{"things":[3],"uri":"/things?p=3","next_page_uri":"?p=4"}"#,
    ));
    server.then(reaction(200, r#"{"things":[4]}"#));
    let client = client::<W>(&server);
    let mut pages = list(&client).pages();
    let mut page = None;
    for item in 1..4 {
        page = W::next_page(&mut pages);
        assert_eq!(page.as_ref().unwrap().as_ref().unwrap().items, [item]);
    }
    let page = W::send(page.unwrap().unwrap().next(&client).unwrap()).unwrap();
    assert_eq!(page.items, [4]);
    assert_eq!(
        server.targets(),
        ["/things", "/things?p=2", "/things?p=3", "/things?p=4"]
    );
}
