//! An account: a fake server, files, and the state of the last apply.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use ngrok_api_model::{Listing, Method};
use ngrok_state_core::{
    Actual, Api, ApiError, Applied, Documents, Inputs, Kind, Kinds, Plan, Problem,
    Request, State, Store, apply, fetch,
};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::made_up::{Sandbox, model, operation};

/// An account and its state.
pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    pub(crate) kinds: Kinds,
    folder: TempDir,
    next_page: String,
    /// Modifying requests that were sent.
    pub(crate) sent: Mutex<Vec<Request>>,
    /// Number of GET requests.
    pub(crate) gets: AtomicUsize,
    /// Number of modifying requests before a connection failure.
    pub(crate) allowed: AtomicUsize,
    /// True if the server receives the request whose response is lost.
    pub(crate) arrives: AtomicBool,
}

impl Account {
    pub(crate) fn new() -> Self {
        let model = model().unwrap();
        Self {
            sandbox: Sandbox::new().unwrap(),
            kinds: Kinds::new(&model),
            folder: tempfile::tempdir().unwrap(),
            next_page: model.api.page_next,
            sent: Mutex::default(),
            gets: AtomicUsize::new(0),
            allowed: AtomicUsize::new(usize::MAX),
            arrives: AtomicBool::new(false),
        }
    }

    /// Reads documents, which must be valid.
    pub(crate) fn documents(&self, document: &Value) -> Documents {
        let (documents, problems) = self.read(document);
        assert_eq!(problems, [], "{document:#}");
        documents
    }

    /// Reads documents, and returns their problems.
    pub(crate) fn read(&self, document: &Value) -> (Documents, Vec<Problem>) {
        let (mut documents, mut problems) = (Documents::default(), Vec::new());
        for (kind, resources) in document.as_object().unwrap() {
            let kind = self.kinds.get(kind).unwrap();
            for (name, fields) in resources.as_object().unwrap() {
                problems.extend(documents.add(kind, name, "files", fields.clone()));
            }
        }
        problems.extend(documents.check(&self.kinds));
        (documents, problems)
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(&self.folder.path().join("state.json"), "test", "salt").unwrap()
    }

    pub(crate) fn state_text(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("state.json"))
            .unwrap_or_default()
    }

    /// Fetches the required resources and plans.
    pub(crate) fn plan(&self, document: &Value, prune: bool) -> Plan {
        self.try_plan(document, prune).unwrap()
    }

    /// The same where the plan may be refused.
    pub(crate) fn try_plan(
        &self,
        document: &Value,
        prune: bool,
    ) -> Result<Plan, Problem> {
        let (documents, store) = (self.documents(document), self.store());
        let actual = self.actual(&documents, &store);
        Plan::new(self.inputs(&documents, store.state(), &actual, prune))
    }

    /// Plans and applies.
    pub(crate) fn apply(&self, document: &Value, prune: bool) -> Applied {
        let (documents, mut store) = (self.documents(document), self.store());
        let actual = self.actual(&documents, &store);
        let state = store.state().clone();
        let inputs = self.inputs(&documents, &state, &actual, prune);
        let plan = Plan::new(inputs).unwrap();
        let cancel = AtomicBool::new(false);
        apply(&plan, inputs, &mut store, self, 4, &cancel, &|_| {}).unwrap()
    }

    /// Applies without failures.
    pub(crate) fn applied(&self, document: &Value, prune: bool) -> Applied {
        let applied = self.apply(document, prune);
        let failed: Vec<_> = applied
            .failed
            .iter()
            .map(|(step, why)| format!("{}: {why}", step.address))
            .collect();
        assert!(failed.is_empty() && applied.skipped == 0, "{failed:#?}\n{document:#}");
        applied
    }

    /// Checks that a plan for the same document has no changes.
    pub(crate) fn is_settled(&self, document: &Value) {
        let plan = self.plan(document, true);
        let open: Vec<_> =
            plan.steps.iter().map(|it| (&it.address, &it.action)).collect();
        let changes: Vec<_> = plan.items.values().flat_map(|it| &it.changes).collect();
        assert!(!plan.has_changes(), "{open:#?}\n{changes:#?}\n{document:#}");
    }

    /// Returns all resources of a kind.
    pub(crate) fn all(&self, kind: &Kind) -> Vec<Value> {
        let mut all = Vec::new();
        if let Some(list) = &kind.list {
            let request = Request::new(list, &Value::Null, None);
            self.list(&request, list.listing().unwrap(), &mut |item| all.push(item))
                .unwrap();
        }
        all
    }

    pub(crate) fn actual(&self, documents: &Documents, store: &Store) -> Actual {
        let lookups = Actual::lookups(&self.kinds, documents, store.state());
        fetch(&self.kinds, &lookups, self, &|_, _| false).unwrap()
    }

    pub(crate) fn inputs<'a>(
        &'a self,
        desired: &'a Documents,
        state: &'a State,
        actual: &'a Actual,
        prune: bool,
    ) -> Inputs<'a> {
        let kinds = &self.kinds;
        Inputs { kinds, desired, state, actual, prune, delete_retained: true }
    }

    /// Removes the state, as before the first apply.
    pub(crate) fn forget_state(&mut self) {
        self.folder = tempfile::tempdir().unwrap();
    }

    /// Returns desired fields of a resource, all of them or only the required ones.
    pub(crate) fn made_up(&self, kind: &Kind, full: bool) -> Map<String, Value> {
        let service = self.sandbox.services().iter().find(|it| it.label() == kind.name);
        let create = operation(service.unwrap(), "create").unwrap();
        // A resource without an ID is identified by its desired values.
        let full = full || !kind.identifiers().any(|it| it == "id");
        let body = self.sandbox.body(create, full).unwrap_or(json!({}));
        let mut fields = body.as_object().unwrap().clone();
        for parameter in &create.parameters {
            fields.insert(
                parameter.wire.clone(),
                self.sandbox.value(&parameter.ty, false),
            );
        }
        fields
    }
}

impl Api for Account {
    fn send(&self, request: &Request) -> Result<Value, ApiError> {
        let lost = || ApiError {
            message: "the connection was lost".to_owned(),
            ..ApiError::default()
        };
        if request.method == Method::Get {
            self.gets.fetch_add(1, Ordering::Relaxed);
        } else {
            let left = self.allowed.load(Ordering::Relaxed);
            if left == 0 {
                return Err(lost());
            }
            self.allowed.store(left - 1, Ordering::Relaxed);
            self.sent.lock().unwrap().push(request.clone());
            if left == 1 {
                if self.arrives.load(Ordering::Relaxed) {
                    self.sandbox.send(
                        request.method,
                        &request.path,
                        request.body.clone(),
                    );
                }
                return Err(lost());
            }
        }
        let response =
            self.sandbox.send(request.method, &request.path, request.body.clone());
        if (200..300).contains(&response.status) {
            return Ok(response.body);
        }
        let message = format!("{} {}: {}", request.path, response.status, response.body);
        Err(ApiError { status: Some(response.status), code: None, message })
    }

    fn list(
        &self,
        request: &Request,
        listing: &Listing,
        each: &mut dyn FnMut(Value),
    ) -> Result<(), ApiError> {
        let mut request = request.clone();
        request.path += "?limit=100";
        loop {
            let page = Api::send(self, &request)?;
            page[&listing.key].as_array().unwrap().iter().cloned().for_each(&mut *each);
            let Some(next) = page[&self.next_page].as_str() else { return Ok(()) };
            request.path = self.sandbox.path_of(&json!({ "uri": next }));
        }
    }
}
