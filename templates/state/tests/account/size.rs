//! Planning many resources: the number of requests, and how the time grows with the number of resources.

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex};
use std::time::{Duration, Instant};

use ngrok_api_model::Listing;
use ngrok_state_core::{
    Actual, Address, Api, ApiError, Kinds, Lookup, Plan, Request, State, fetch,
};
use serde_json::{Map, Value, json};

use crate::account::Account;

/// Policies with a rule each: half of that many resources of each kind.
fn document(resources: usize) -> Value {
    let (mut policies, mut rules) = (Map::new(), Map::new());
    for at in 0..resources / 2 {
        policies
            .insert(format!("p{at}"), json!({ "description": format!("policy {at}") }));
        let rule = json!({
            "ip_policy_id": format!("${{ip_policies.p{at}}}"), "cidr": "10.0.0.0/8", "action": "allow"
        });
        rules.insert(format!("r{at}"), rule);
    }
    json!({ "ip_policies": policies, "ip_policy_rules": rules })
}

/// Returns the API's resources for a document, and the state after it was applied.
fn applied(kinds: &Kinds, resources: usize) -> (Actual, State) {
    let (mut actual, mut state) = (Actual::default(), State::new("test", "salt"));
    for at in 0..resources / 2 {
        let (policy, rule) = (format!("ipp_{at:027}"), format!("ipr_{at:027}"));
        for (kind, name, value) in [
            (
                "ip_policies",
                format!("p{at}"),
                json!({ "id": policy, "description": format!("policy {at}") }),
            ),
            (
                "ip_policy_rules",
                format!("r{at}"),
                json!({
                    "id": rule, "ip_policy": { "id": policy }, "cidr": "10.0.0.0/8", "action": "allow"
                }),
            ),
        ] {
            let kind = kinds.get(kind).unwrap();
            let entry = state
                .resources
                .entry(Address { kind: kind.name.clone(), name })
                .or_default();
            entry.identity = kind.identity(&value).unwrap();
            actual.add(kinds, kind, value);
        }
    }
    (actual, state)
}

/// The shortest of several times that planning takes.
fn time_of(account: &Account, resources: usize, known: bool) -> Duration {
    let documents = account.documents(&document(resources));
    let (actual, mut state) = applied(&account.kinds, resources);
    if !known {
        state.resources.clear();
    }
    let inputs = account.inputs(&documents, &state, &actual, true);
    let times = (0..5).map(|_| {
        let started = Instant::now();
        let plan = Plan::new(inputs).unwrap();
        assert_eq!(plan.has_changes(), !known);
        started.elapsed()
    });
    times.min().unwrap()
}

#[test]
fn the_time_of_planning_grows_with_the_number_of_resources() {
    let account = Account::new();
    for known in [true, false] {
        let (few, many) =
            (time_of(&account, 200, known), time_of(&account, 2_000, known));
        println!("200 resources: {few:?}, 2000 resources: {many:?}, known: {known}");
        let ratio = many.as_secs_f64() / few.as_secs_f64();
        assert!(ratio < 80.0, "ten times the resources take {ratio:.1} times as long");
    }
    println!("1000 resources: {:?}", time_of(&account, 1_000, true));
}

#[test]
fn planning_needs_no_more_requests_than_there_are_pages() {
    let account = Account::new();
    account.applied(&document(300), false);
    let documents = account.documents(&document(300));
    let lookups = Actual::lookups(&account.kinds, &documents, account.store().state());
    let kinds = ["ip_policies", "ip_policy_rules"];
    assert!(
        lookups.iter().eq(&kinds.map(|it| Lookup::List(it.to_owned()))),
        "{lookups:?}"
    );
    account.gets.store(0, std::sync::atomic::Ordering::Relaxed);
    fetch(&account.kinds, &lookups, &account, &|_, _| false).unwrap();
    // Two pages of 100 for each kind.
    assert_eq!(account.gets.load(std::sync::atomic::Ordering::Relaxed), 4);
    account.is_settled(&document(300));
}

/// An API whose lists respond when two of them are under way.
#[derive(Default)]
struct Pairs {
    started: Mutex<usize>,
    changed: Condvar,
}

impl Api for Pairs {
    fn send(&self, _: &Request) -> Result<Value, ApiError> {
        Ok(Value::Null)
    }

    fn list(
        &self,
        _: &Request,
        _: &Listing,
        each: &mut dyn FnMut(Value),
    ) -> Result<(), ApiError> {
        let mut started = self.started.lock().unwrap();
        *started += 1;
        each(json!({ "id": format!("id_{started}") }));
        self.changed.notify_all();
        let wait = Duration::from_secs(20);
        let alone = |started: &mut usize| *started < 2;
        let end = self.changed.wait_timeout_while(started, wait, alone).unwrap().1;
        let message = "one list at a time".to_owned();
        if end.timed_out() {
            Err(ApiError { message, ..ApiError::default() })
        } else {
            Ok(())
        }
    }
}

#[test]
fn lists_before_planning_run_at_the_same_time() {
    let account = Account::new();
    let kinds = ["ip_policies", "vaults"];
    let lookups = BTreeSet::from(kinds.map(|it| Lookup::List(it.to_owned())));
    let actual =
        fetch(&account.kinds, &lookups, &Pairs::default(), &|_, _| false).unwrap();
    assert!(kinds.iter().all(|it| actual.of_kind(it).count() == 1), "{actual:?}");
}
