//! Pagination of lists.

use std::collections::BTreeSet;
use std::slice::from_ref;

use ngrok_client::types::{
    Endpoint, EndpointCreate, EndpointCreateRequired, EndpointType, IpPolicy,
    IpPolicyCreate,
};
use ngrok_client::{Id, Page};
use ngrok_test_server::Server;

use crate::clients::{All, Outcome, Run, both};
use crate::raw::{request, send};

fn numbers(policies: &[IpPolicy]) -> Vec<&str> {
    policies
        .iter()
        .map(|policy| policy.description.as_deref().unwrap_or_default())
        .collect()
}

both! {
    fn a_list_is_paginated_newest_first(_server, client) {
        for number in 0..7 {
            client.ip_policies().create(&IpPolicyCreate::new().description(number.to_string())).run()?;
        }
        let first = client.ip_policies().list().limit(3).first_page().run()?;
        assert_eq!(numbers(&first.items), ["6", "5", "4"]);
        let second = first.next(client).unwrap().run()?;
        assert_eq!(numbers(&second.items), ["3", "2", "1"]);
        let third = second.next(client).unwrap().run()?;
        assert_eq!(numbers(&third.items), ["0"]);
        assert!(!third.has_next() && third.next(client).is_none());
        let all = client.ip_policies().list().limit(2).all()?;
        assert_eq!(numbers(&all), ["6", "5", "4", "3", "2", "1", "0"]);
        Ok(())
    }

    fn a_page_has_a_hundred_items_by_default(_server, client) {
        for _ in 0..101 {
            client.ip_policies().create(&IpPolicyCreate::new()).run()?;
        }
        let first = client.ip_policies().list().first_page().run()?;
        let second = first.next(client).unwrap().run()?;
        assert_eq!((first.items.len(), second.items.len()), (100, 1));
        let ids: BTreeSet<Id<IpPolicy>> =
            first.items.into_iter().chain(second.items).map(|policy| policy.id).collect();
        assert_eq!(ids.len(), 101);
        Ok(())
    }

    fn a_page_begins_after_an_item_even_if_that_was_deleted(_server, client) {
        let policies = client.ip_policies();
        let old = policies.create(&IpPolicyCreate::new().description("old")).run()?;
        let middle = policies.create(&IpPolicyCreate::new().description("middle")).run()?;
        policies.create(&IpPolicyCreate::new().description("new")).run()?;
        assert_eq!(numbers(&policies.list().before_id(&middle).all()?), ["old"]);
        policies.delete(&middle).run()?;
        assert_eq!(numbers(&policies.list().before_id(&middle).all()?), ["old"]);
        assert!(policies.list().before_id(&old).all()?.is_empty());
        Ok(())
    }

    fn pagination_survives_concurrent_changes(_server, client) {
        let policies = client.ip_policies();
        for number in 0..4 {
            policies.create(&IpPolicyCreate::new().description(number.to_string())).run()?;
        }
        let first: Page<IpPolicy> = policies.list().limit(2).first_page().run()?;
        policies.create(&IpPolicyCreate::new().description("late")).run()?;
        policies.delete(&first.items[1]).run()?;
        let second = first.next(client).unwrap().run()?;
        assert_eq!(numbers(&second.items), ["1", "0"]);
        Ok(())
    }

    fn an_empty_list_is_one_empty_page(_server, client) {
        let page = client.ip_policies().list().first_page().run()?;
        assert!(page.items.is_empty() && !page.has_next());
        assert!(client.ip_policies().list().all()?.is_empty());
        Ok(())
    }
}

#[test]
#[allow(deprecated, reason = "the old parameters are part of the API")]
fn a_query_parameter_selects_by_the_field_of_its_name() -> Outcome {
    let server = Server::start()?;
    let client = crate::clients::blocking(&server)?;
    let create = |url: &str| {
        let endpoint = EndpointCreate::new(EndpointCreateRequired {
            type_: EndpointType::Cloud,
            url,
            traffic_policy: "{}",
        });
        client.endpoints().create(&endpoint).run()
    };
    let (one, two, three) = (
        create("https://one.test")?,
        create("https://two.test")?,
        create("https://three.test")?,
    );
    let ids = |endpoints: Vec<Endpoint>| -> Vec<_> {
        endpoints.into_iter().map(|endpoint| endpoint.id).collect()
    };
    let list = || client.endpoints().list();
    assert_eq!(ids(list().id(&one).all()?), from_ref(&one.id));
    assert_eq!(
        ids(list().id(&one).id(&three).limit(1).all()?),
        [three.id.clone(), one.id.clone()]
    );
    assert_eq!(ids(list().url("https://two.test").all()?), [two.id]);
    assert!(list().url("https://two.test").id(&one).all()?.is_empty());
    Ok(())
}

#[test]
fn a_page_contains_its_address_and_that_of_the_next_page() -> Outcome {
    let server = Server::start()?;
    let client = crate::clients::blocking(&server)?;
    let made = client.ip_policies().create(&IpPolicyCreate::new()).run()?;
    client.ip_policies().create(&IpPolicyCreate::new()).run()?;
    let page = send(request(&server, "GET", "/ip_policies?limit=1")).body;
    assert_eq!(page["uri"], format!("{}/ip_policies?limit=1", server.url()));
    let item = page["ip_policies"][0]["id"].as_str().unwrap();
    let next = format!("{}/ip_policies?before_id={item}&limit=1", server.url());
    assert_eq!(page["next_page_uri"], next);
    let next = next.strip_prefix(server.url()).unwrap();
    let last = send(request(&server, "GET", next)).body;
    assert_eq!(last["ip_policies"][0]["id"], made.id.as_str());
    assert_eq!(last["next_page_uri"], serde_json::Value::Null);
    Ok(())
}
