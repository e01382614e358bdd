//! Random desired states of every kind of resource, and what has to hold for each.
//!
//! Each kind is the subject of three rounds; `NGROK_STATE_ROUNDS` asks for another number, with other values in each.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use fastrand::Rng;
use ngrok_api_model::{Equality, Method, Model, Type, check};
use ngrok_state_core::{Address, Field, Kind, Outcome, Shape};
use serde_json::{Map, Value, json};

use crate::account::Account;
use crate::made_up::{model, operation};

/// Makes up desired states, with the help of an account of its own.
struct Maker {
    model: Model,
    account: Account,
    /// Kinds by the prefixes of their IDs.
    prefixes: BTreeMap<String, String>,
}

impl Maker {
    fn new() -> Self {
        let (model, account) = (model().unwrap(), Account::new());
        let prefixes = account.kinds.iter().filter_map(|kind| {
            let Some(Type::Record(record)) = model.types.get(&kind.resource) else {
                return None;
            };
            Some((record.prefix.clone()?, kind.name.clone()))
        });
        Self { prefixes: prefixes.collect(), model, account }
    }

    /// Returns a document with one or two resources of a kind, and whatever they refer to.
    fn document(&self, kind: &Kind, rng: &mut Rng) -> Value {
        let mut document = json!({});
        for _ in 0..rng.usize(1..=2) {
            self.add(kind, &mut document, rng);
        }
        document
    }

    /// Adds a resource, and returns its name.
    fn add(&self, kind: &Kind, document: &mut Value, rng: &mut Rng) -> String {
        let mut fields = self.account.made_up(kind, rng.bool());
        for name in fields.keys().cloned().collect::<Vec<_>>() {
            if rng.bool() {
                self.leave_out(kind, &mut fields, &name);
            }
        }
        let mut fields = Value::Object(fields);
        self.refer(&mut fields, document, rng);
        let own =
            document.as_object_mut().unwrap().entry(&kind.name).or_insert(json!({}));
        let own = own.as_object_mut().unwrap();
        let name = format!("r{}", own.len());
        own.insert(name.clone(), fields);
        name
    }

    /// Leaves out a field, if the rest is still valid.
    fn leave_out(&self, kind: &Kind, fields: &mut Map<String, Value>, name: &str) {
        // Some are identified by what is stated.
        let identifies = kind.identifiers().any(|it| it == name);
        if identifies
            || kind.field(name).is_none_or(|it| it.facts.presence.required || it.in_path)
        {
            return;
        }
        let mut service = self.model.services.iter();
        let service = service.find(|it| it.label() == kind.name).unwrap();
        let create = operation(service, "create").unwrap();
        let ngrok_api_model::Body::Type(body) = &create.body else { return };
        let mut rest = fields.clone();
        rest.remove(name);
        rest.retain(|key, _| kind.field(key).is_some_and(|it| !it.in_path));
        if check::validate(&self.model, body, &Value::Object(rest)).is_empty() {
            fields.remove(name);
        }
    }

    /// Replaces IDs by references to resources of the document, old or new ones.
    fn refer(&self, value: &mut Value, document: &mut Value, rng: &mut Rng) {
        match value {
            Value::String(text) => {
                let Some(kind) = self.kind_of(text) else { return };
                let known = document.get(&kind.name).and_then(Value::as_object);
                let known: Vec<_> =
                    known.into_iter().flat_map(Map::keys).cloned().collect();
                let reused = rng.choice(known).filter(|_| rng.bool());
                let name = reused.unwrap_or_else(|| self.add(kind, document, rng));
                *text = format!("${{{}.{name}}}", kind.name);
            }
            Value::Array(items) => {
                for item in items {
                    self.refer(item, document, rng);
                }
            }
            Value::Object(fields) => {
                for field in fields.values_mut() {
                    self.refer(field, document, rng);
                }
            }
            _ => {}
        }
    }

    fn kind_of(&self, text: &str) -> Option<&Kind> {
        let (prefix, _) = text.rsplit_once('_')?;
        self.account.kinds.get(self.prefixes.get(prefix)?)
    }
}

/// Does something for each kind, with documents of its own.
fn for_every_kind(check: impl Fn(&Account, &Kind, &mut dyn FnMut() -> Value)) {
    let rounds = std::env::var("NGROK_STATE_ROUNDS").ok().and_then(|it| it.parse().ok());
    let (maker, account) = (Maker::new(), Account::new());
    for round in 0..rounds.unwrap_or(3_u64) {
        for (at, kind) in maker.account.kinds.iter().enumerate() {
            let mut rng = Rng::with_seed(round << 16 | at as u64);
            check(&account, kind, &mut || maker.document(kind, &mut rng));
            account.applied(&json!({}), true);
            assert!(account.store().state().resources.is_empty(), "{}", kind.name);
        }
        // Nothing is left, whatever referred to what.
        for kind in account.kinds.iter() {
            assert_eq!(account.all(kind), Vec::<Value>::new(), "{}", kind.name);
        }
    }
}

/// The account has the resources of a document and no others, with the values that are stated.
fn is_as_stated(account: &Account, document: &Value) {
    account.is_settled(document);
    let state = account.store().state().clone();
    let listed = account.kinds.iter().filter(|it| it.list.is_some());
    for kind in listed.filter(|it| document.get(&it.name).is_some()) {
        let all = account.all(kind);
        let wanted = document.get(&kind.name).and_then(Value::as_object);
        assert_eq!(all.len(), wanted.map_or(0, Map::len), "{}: {document:#}", kind.name);
        for (name, fields) in wanted.into_iter().flatten() {
            let entry = &state.resources
                [&Address { kind: kind.name.clone(), name: name.clone() }];
            let actual = all
                .iter()
                .find(|it| kind.identity(it).as_ref() == Some(&entry.identity));
            assert_eq!(
                differing(kind, fields, actual.unwrap()),
                [""; 0],
                "{}",
                kind.name
            );
        }
    }
}

/// The fields that the response does not have as they were stated, among strings that have one form only.
fn differing(kind: &Kind, fields: &Value, actual: &Value) -> Vec<String> {
    let differs = |field: &&Field| {
        let (Some(stated), Some(response)) = (fields.get(&field.name), field.response())
        else {
            return false;
        };
        let exact = matches!(field.shape, Shape::Plain(None | Some(Equality::Pem)));
        exact
            && stated.as_str().is_some_and(|it| !it.contains("${"))
            && actual[response] != *stated
    };
    let open = kind.fields.iter().filter(|it| !it.facts.secret).filter(differs);
    open.map(|it| it.name.clone()).collect()
}

#[test]
fn what_is_applied_is_there_and_a_second_apply_makes_no_call() {
    for_every_kind(|account, _, next| {
        for document in [next(), next()] {
            account.applied(&document, true);
            is_as_stated(account, &document);
            account.sent.lock().unwrap().clear();
            account.applied(&document, true);
            assert_eq!(*account.sent.lock().unwrap(), [], "{document:#}");
        }
    });
}

#[test]
fn a_run_that_loses_any_request_is_finished_by_the_next_one() {
    runs_that_stop(false);
}

#[test]
fn a_run_that_loses_any_response_is_finished_by_the_next_one() {
    runs_that_stop(true);
}

/// Creates, changes and deletes resources, with runs that stop at each of their calls; `arrives` is true if the server receives
/// the last request.
fn runs_that_stop(arrives: bool) {
    for_every_kind(|account, _, next| {
        let (first, second) = (next(), next());
        let nothing = json!({});
        for (before, after) in
            [(&nothing, &first), (&first, &second), (&second, &nothing)]
        {
            stops_at_every_call(account, before, after, arrives);
        }
    });
}

/// Goes from one document to another, with a run that stops at each of its calls in turn.
pub(crate) fn stops_at_every_call(
    account: &Account,
    before: &Value,
    after: &Value,
    arrives: bool,
) {
    for calls in 1.. {
        account.applied(before, true);
        account.arrives.store(arrives, Ordering::Relaxed);
        account.allowed.store(calls, Ordering::Relaxed);
        account.apply(after, true);
        let stopped = account.allowed.swap(usize::MAX, Ordering::Relaxed) == 0;
        account.applied(after, true);
        is_as_stated(account, after);
        assert!(account.store().state().pending.is_empty());
        if !stopped {
            return;
        }
    }
}

#[test]
fn what_another_client_changed_is_shown_and_corrected() {
    let drifted = Cell::new(0);
    for_every_kind(|account, kind, next| {
        let (document, other) = (next(), next());
        let Some(update) = kind.update.as_ref().filter(|_| kind.list.is_some()) else {
            return;
        };
        account.applied(&document, true);
        let fields = other[&kind.name]["r0"].as_object().unwrap().clone();
        let is_known = |value: &Value| !value.to_string().contains("${");
        let part = |(key, value): (String, Value)| {
            let field = kind.field(&key)?;
            let sent = field.updatable
                && !field.in_path
                && !field.facts.secret
                && is_known(&value);
            sent.then(|| (key, field.updatable_part(&value)))
        };
        let body: Map<_, _> = fields.into_iter().filter_map(part).collect();
        let target = account.all(kind).pop().unwrap();
        let path = account.sandbox.path_of(&target);
        let response =
            account.sandbox.send(update.method, &path, Some(Value::Object(body)));
        assert_eq!(response.status, 200, "{response:?}");
        let state = account.store().state().clone();
        let owner = state.owner(&kind.name, &kind.identity(&target).unwrap()).unwrap();
        let stated = &document[&kind.name][&owner.name];
        let is_target = |it: &Value| it["id"] == target["id"];
        let now = account.all(kind).into_iter().find(is_target).unwrap();
        if !differing(kind, stated, &now).is_empty() {
            drifted.set(drifted.get() + 1);
            let plan = account.plan(&document, true);
            let item =
                plan.items.values().find(|it| it.identity == kind.identity(&target));
            assert_ne!(item.unwrap().outcome, Outcome::Unchanged, "{plan:#?}");
        }
        account.applied(&document, true);
        is_as_stated(account, &document);
        let path = account.sandbox.path_of(&account.all(kind)[0]);
        account.sandbox.send(Method::Delete, &path, None);
        account.applied(&document, true);
        is_as_stated(account, &document);
    });
    assert!(drifted.get() > 5, "only {} kinds were changed", drifted.get());
}
