//! Identity of the API resource of a state.

use ngrok_api_model::Method;
use ngrok_state_core::{Call, Identity};

use super::Provider;
use crate::client::{Client, Failure};
use crate::diagnostic::{error, failed};
use crate::proto::Diagnostic;
use crate::schema::{List, Request, Resource};
use crate::value::Value;

/// A call of the state engine as a request.
pub(super) fn request(call: &Call) -> Request {
    Request { path: call.path.clone(), parameters: call.parameters.clone() }
}

/// The call that lists all resources of a kind, where there is one.
pub(super) fn list(resource: &Resource) -> Option<List> {
    let list = resource.kind.list.as_ref()?;
    Some(List {
        request: request(&list.call),
        items: list.items.clone(),
        paged: true,
        filter: false,
    })
}

impl Provider {
    /// Calls the API for a resource whose state names it.
    pub(super) fn call(
        client: &Client,
        call: &Call,
        state: &Value,
        body: Option<serde_json::Value>,
    ) -> Result<serde_json::Value, Failure> {
        let parameter = |name: &str| state.get(name).as_str().map(str::to_owned);
        let body = body.filter(|_| {
            call.has_body || call.method != Method::Get && call.method != Method::Delete
        });
        client.send(call.method, &request(call), &parameter, body.as_ref())
    }

    /// The diagnostic for an error of the API, at the attribute that its code belongs to.
    pub(super) fn failed(
        &self,
        action: &str,
        resource: &Resource,
        failure: &Failure,
    ) -> Diagnostic {
        let action = format!("Cannot {action} the {}", resource.kind.noun);
        failed(&action, failure, &resource.attributes, |code| {
            self.field_of(resource, code)
        })
    }

    /// The only field of a body whose rules have this error code.
    fn field_of(&self, resource: &Resource, code: u32) -> Option<String> {
        let create = self.model.types.get(resource.create_type.as_ref()?)?;
        let ngrok_api_model::Type::Record(record) = create else { return None };
        let mut fields = record.fields.iter().filter(|it| it.errors.contains(&code));
        let field = fields.next()?;
        fields.next().is_none().then(|| field.wire.clone())
    }
}

/// The error for a state that does not name its resource.
pub(super) fn unnamed(resource: &Resource) -> Diagnostic {
    let names = resource.kind.get.parameters.join("`, `");
    let detail = format!(
        "The state has no `{names}`; remove the resource from the state and import it."
    );
    error(format!("The {} cannot be identified", resource.kind.noun), detail)
}

/// Returns whether a state names its resource.
pub(super) fn is_named(resource: &Resource, state: &Value) -> bool {
    let named =
        |name: &String| state.get(name).as_str().is_some_and(|it| !it.is_empty());
    resource.kind.get.parameters.iter().all(named)
}

/// Returns the values that name the resource of a state.
pub(super) fn identity(resource: &Resource, state: &Value) -> Identity {
    let value =
        |name: &String| Some((name.clone(), state.get(name).as_str()?.to_owned()));
    resource.kind.get.parameters.iter().filter_map(value).collect()
}
